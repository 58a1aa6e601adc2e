#include "trying.h"

#include "catalogue.h"
#include "cell_words.h"
#include "clock.h"
#include "fail.h"
#include "memory.h"

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

static pid_t start(char *const *command, const Hardship *hardship, int output, int errors)
{
    return process_start(&(Launch){
        .command = command,
        .environment = hardship->environment ? hardship->environment : usual_environment,
        .core = ANY_CORE,
        .output = output,
        .errors = errors,
        .memory_limit = hardship->memory,
        .file_limit = hardship->file,
        .stack_limit = hardship->stack,
        .descriptor_limit = hardship->descriptors,
        .last = hardship->refusals ? refusals_obey : NULL,
        .last_with = hardship->refusals,
    });
}

static End run_to_its_end(char *const *command, const Hardship *hardship, int output, int errors)
{
    double seconds = hardship->seconds > 0 ? hardship->seconds : TRYING_S;
    if (!hardship->refusals)
        return process_wait(start(command, hardship, output, errors), seconds);
    refusals_begin(hardship->refusals);
    pid_t program = start(command, hardship, output, errors);
    refusals_answer(hardship->refusals);
    End end = process_wait(program, seconds);
    refusals_end(hardship->refusals);
    return end;
}

int try_program(char *const *command, const Hardship *hardship, Heard *heard)
{
    int output = memory_file("output"), errors = hardship->errors ? hardship->errors : memory_file("errors");
    double began = seconds_now();
    End end = run_to_its_end(command, hardship, output, errors);
    heard->hangs = end.ending == OUT_OF_TIME;
    heard->exit_status = end.ending == ENDED ? as_a_shell_tells(end.status) : 0;
    heard->seconds = seconds_now() - began;
    heard->length = memory_file_read(output, heard->said, sizeof heard->said);
    memory_file_read(errors, heard->errors, sizeof heard->errors);
    close(output);
    if (!hardship->errors)
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

static void judge(const Heard *heard, char *said, Trial *trial, TextPool *pool)
{
    const Measured measured = { .wall_s = heard->seconds, .user_s = NAN, .system_s = NAN, .exit_status = heard->exit_status };
    if (heard->hangs)
        verdict_without_run(trial, TIMEOUT, "it hangs", pool);
    else
        verdict_on_run(trial, &measured, said, heard->length, heard->errors, pool);
}

int try_cell(const char *build, const Cell *cell, const char *input, char *const *words, const Hardship *hardship,
             TextPool *pool, Heard *heard, Trial *trial)
{
    char *path = cell_path(build, cell->strategy, cell->workload);
    char **of_cell = cell_words(path, cell, input), **command = together(of_cell, words);
    int signal = try_program(command, hardship, heard);
    *trial = (Trial){ .cell = *cell };
    if (!signal) {
        char *said = memory_new(heard->length + 1, 1); /* which judging takes apart */
        memcpy(said, heard->said, heard->length);
        judge(heard, said, trial, pool);
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
        fputs(word == command ? "" : " ", out);
        hyperfine_quote(out, *word);
    }
    if (fclose(out) != 0)
        fail("no memory for a command");
    free(command);
    cell_words_free(of_cell);
    free(path);
    return text;
}
