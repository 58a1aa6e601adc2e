#include "trial.h"

#include "catalogue.h"
#include "cell_words.h"
#include "fail.h"
#include "hyperfine.h"
#include "memory.h"
#include "random.h"
#include "system_load.h"
#include "verdict.h"

#include <inttypes.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { REPORT_ROOM = 1 << 16, LONGEST_PADDING = 4096, PROFILE_LIMIT = 64 << 20 /* bytes of a file */ };

/* Files in memory through which hyperfine and the cell report: the two standard streams that they share, and one that hyperfine
 * opens by its path under /proc, so that the cell does not inherit it. */
typedef struct Report {
    int json, output, errors;
    char json_path[64];
} Report;

static Report report_open(void)
{
    Report report = { memory_file("json"), memory_file("output"), memory_file("errors"), "" };
    memory_file_path(report.json, report.json_path);
    return report;
}

static void report_close(const Report *report)
{
    close(report->json);
    close(report->output);
    close(report->errors);
}

/* One text, as hyperfine wants it. */
static char *cell_command(const Conditions *conditions, const Cell *cell, const char *input)
{
    char *path = cell_path(conditions->build, cell->strategy, cell->workload);
    char *command, **words = cell_words(path, cell, input);
    size_t length;
    FILE *out = open_memstream(&command, &length);
    if (out == NULL)
        fail("no memory for a command");
    for (char **word = words; *word; word++) {
        fputs(word == words ? "" : " ", out);
        hyperfine_quote(out, *word);
    }
    if (conditions->profile) {
        fprintf(out, " %s ", conditions->profile);
        hyperfine_quote(out, conditions->profile_folder);
    }
    if (fclose(out) != 0)
        fail("no memory for a command");
    cell_words_free(words);
    free(path);
    return command;
}

/* Where the stack begins depends on how long the environment is, and the speed of a program on where its stack begins
 * (Mytkowicz et al. 2009, "Producing wrong data without doing anything obviously wrong!"): so it differs from block to block,
 * and is the same for all cells of a block. */
static char *padding_for(const Conditions *conditions, uint64_t block)
{
    Random random = random_seeded(conditions->parameters->seed ^ block);
    return text_format("RECLAIM_PADDING=%0*d", (int)random_below(&random, LONGEST_PADDING) + 1, 0);
}

/* The limits bind hyperfine too, which needs little; set here, no wrapper stands in the time that it reports. The limit of
 * CPU time stops a cell that computes for ever when this process is killed and the cell does not die with it. */
static pid_t start(const Conditions *conditions, const Report *report, char *command, char *padding)
{
    char *words[HYPERFINE_WORDS];
    hyperfine_command(words, conditions->hyperfine, command, report->json_path);
    char *const environment[] = { "PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C", "GC_MARKERS=1", padding, NULL };
    return process_start(&(Launch){
        .command = words,
        .environment = environment,
        .core = conditions->core,
        .output = report->output,
        .errors = report->errors,
        .memory_limit = conditions->parameters->memory_limit_mib << 20,
        .file_limit = conditions->profile ? PROFILE_LIMIT : OUTPUT_LIMIT,
        .cpu_limit_s = conditions->parameters->time_limit_s + 1,
    });
}

/* Why hyperfine timed nothing, in memory that the caller frees. What it says itself stands behind what the cell has said. */
static char *why_untimed(int status, const char *words)
{
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ)
        return text_format("said %d KiB or more on standard error", OUTPUT_LIMIT >> 10);
    if (WIFSIGNALED(status))
        return text_format("hyperfine was killed by signal %d", WTERMSIG(status));
    return text_format("hyperfine reports nothing: %s", words);
}

static void judge_hyperfine(const Report *report, int status, Trial *trial, TextPool *pool)
{
    char words[160];
    memory_file_read(report->errors, words, sizeof words);
    if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_STARTED)
        fail("a trial cannot be started: %s", words);
    char *reason = why_untimed(status, words);
    verdict_without_run(trial, CRASH, reason, pool);
    free(reason);
}

static void judge_run(const Report *report, int status, Trial *trial, TextPool *pool)
{
    char json[REPORT_ROOM], output[OUTPUT_LIMIT + 1], errors[OUTPUT_LIMIT + 1];
    Measured measured;
    memory_file_read(report->json, json, sizeof json);
    memory_file_read(report->errors, errors, sizeof errors);
    size_t length = memory_file_read(report->output, output, sizeof output);
    if (hyperfine_report_parse(json, &measured))
        verdict_on_run(trial, &measured, output, length, errors, pool);
    else
        judge_hyperfine(report, status, trial, pool);
}

static void judge(const Report *report, End end, const Conditions *conditions, Trial *trial, TextPool *pool)
{
    if (end.ending == ENDED) {
        judge_run(report, end.status, trial, pool);
        return;
    }
    char *reason = text_format("did not end within %" PRIu64 " s", conditions->parameters->time_limit_s);
    verdict_without_run(trial, TIMEOUT, reason, pool);
    free(reason);
}

static End run(const Conditions *conditions, const Report *report, const Planned *planned)
{
    const char *input = parameters_input(conditions->parameters, planned->cell.workload);
    char *command = cell_command(conditions, &planned->cell, input);
    char *padding = padding_for(conditions, planned->block);
    End end = process_wait(start(conditions, report, command, padding), conditions->parameters->time_limit_s);
    free(padding);
    free(command);
    return end;
}

/* As of all figures, only of a trial that was ok. */
static void tell_load(Trial *trial, SystemLoad before, SystemLoad after)
{
    double steal_s = after.steal_s - before.steal_s;
    trial->steal_s = steal_s >= 0 ? steal_s : NAN; /* some kernels take back what they told */
    trial->load = before.runnable;
}

int trial_run(const Conditions *conditions, const Planned *planned, TextPool *pool, Trial *trial)
{
    *trial = (Trial){ .block = planned->block, .position = planned->position, .cell = planned->cell,
                      .host = conditions->host ?: "" };
    if (*planned->unsupported) {
        verdict_without_run(trial, UNSUPPORTED, planned->unsupported, pool);
        return 0;
    }
    Report report = report_open();
    SystemLoad before = system_load(conditions->core);
    End end = run(conditions, &report, planned);
    if (end.ending != STOPPED && inputs_changed(conditions->inputs, planned->cell.workload))
        verdict_without_run(trial, UNSUPPORTED, "its input changed since the run began", pool);
    else if (end.ending != STOPPED)
        judge(&report, end, conditions, trial, pool);
    if (trial->status == OK)
        tell_load(trial, before, system_load(conditions->core));
    report_close(&report);
    return end.ending == STOPPED ? end.signal : 0;
}
