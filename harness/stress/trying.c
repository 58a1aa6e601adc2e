#include "trying.h"

#include "catalogue.h"
#include "cell_words.h"
#include "clock.h"
#include "fail.h"
#include "memory.h"
#include "shell.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* As that of a trial (run/trial.c). The padding pads nothing here, but with it a cell dies with its parent. */
static char *const usual_environment[] = { "PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C", "GC_MARKERS=1",
                                           "RECLAIM_PADDING=0", NULL };

static int as_a_shell_tells(int status)
{
    return WIFSIGNALED(status) ? STOPPED_BY_SIGNAL + WTERMSIG(status) : WEXITSTATUS(status);
}

static pid_t start(char *const *command, const RunOptions *options, int output, int errors)
{
    return process_start(&(Launch){
        .command = command,
        .environment = options->environment ? options->environment : usual_environment,
        .core = ANY_CORE,
        .output = output,
        .errors = errors,
        .memory_limit = options->memory,
        .file_limit = options->file,
        .stack_limit = options->stack,
        .descriptor_limit = options->descriptors,
        .last = options->refusals ? refusals_obey : NULL,
        .last_with = options->refusals,
    });
}

static End run_to_its_end(char *const *command, const RunOptions *options, int output, int errors)
{
    double seconds = options->seconds > 0 ? options->seconds : TRYING_S;
    if (!options->refusals)
        return process_wait(start(command, options, output, errors), seconds);
    refusals_begin(options->refusals);
    pid_t program = start(command, options, output, errors);
    refusals_answer(options->refusals);
    End end = process_wait(program, seconds);
    refusals_end(options->refusals);
    return end;
}

int try_program(char *const *command, const RunOptions *options, RunResult *result)
{
    int output = memory_file("output"), errors = options->errors ? options->errors : memory_file("errors");
    double began = seconds_now();
    End end = run_to_its_end(command, options, output, errors);
    result->hangs = end.ending == OUT_OF_TIME;
    result->exit_status = end.ending == ENDED ? as_a_shell_tells(end.status) : 0;
    result->seconds = seconds_now() - began;
    result->length = memory_file_read(output, result->output, sizeof result->output);
    memory_file_read(errors, result->errors, sizeof result->errors);
    close(output);
    if (!options->errors)
        close(errors);
    return end.ending == STOPPED ? end.signal : 0;
}

static size_t count_words(char *const *words)
{
    size_t count = 0;
    while (words && words[count])
        count++;
    return count;
}

/* The words of both, in one list that ends with a NULL; the caller frees the list alone. */
static char **together(char **cell, char *const *words)
{
    size_t first = count_words(cell), more = count_words(words);
    char **all = memory_new(first + more + 1, sizeof *all);
    memcpy(all, cell, first * sizeof *all);
    if (more)
        memcpy(all + first, words, more * sizeof *all);
    return all;
}

static void judge(const RunResult *result, char *said, Trial *trial, TextPool *pool)
{
    const Measured measured = { .wall_s = result->seconds, .user_s = NAN, .system_s = NAN, .exit_status = result->exit_status };
    if (result->hangs)
        verdict_without_run(trial, TIMEOUT, "it hangs", pool);
    else
        verdict_on_run(trial, &measured, said, result->length, result->errors, pool);
}

int try_cell(const char *build, const Cell *cell, const char *input, char *const *words, const RunOptions *options,
             TextPool *pool, RunResult *result, Trial *trial)
{
    char *path = cell_path(build, cell->strategy, cell->workload);
    char **of_cell = cell_words(path, cell, input), **command = together(of_cell, words);
    int signal = try_program(command, options, result);
    *trial = (Trial){ .cell = *cell };
    if (!signal) {
        char *said = memory_new(result->length + 1, 1); /* which judging takes apart */
        memcpy(said, result->output, result->length);
        judge(result, said, trial, pool);
        free(said);
    }
    free(command);
    cell_words_free(of_cell);
    free(path);
    return signal;
}

char *cell_again(const char *build, const Cell *cell, const char *input, char *const *words)
{
    char *path = cell_path(build, cell->strategy, cell->workload), *text;
    char **of_cell = cell_words(path, cell, input), **command = together(of_cell, words);
    size_t length;
    FILE *out = open_memstream(&text, &length);
    if (out == NULL)
        fail("no memory for a command");
    for (char **word = command; *word; word++) {
        char *typed = shell_word(*word);
        fprintf(out, "%s%s", word == command ? "" : " ", typed);
        free(typed);
    }
    if (fclose(out) != 0)
        fail("no memory for a command");
    free(command);
    cell_words_free(of_cell);
    free(path);
    return text;
}

char *cell_again_showing(const char *build, const Cell *cell, const char *option, const char *file)
{
    char *command = cell_again(build, cell, NULL, NULL);
    char *text = text_format("d=$(mktemp -d) && %s %s $d && cat $d/%s", command, option, file);
    free(command);
    return text;
}
