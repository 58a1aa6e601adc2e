#include "probe.h"

#include "memory.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const char *const condition_names[] = {
    "without limits", "256 KiB of stack", "8 open files", "less than the least heap", "the least heap", "1.1 x the least heap",
    "1.5 x the least heap", "2 x the least heap",
};

enum { KIB = 1024 };

Probe *probe_new(const Stress *stress, const Subject *subject)
{
    Probe *probe = memory_new(1, sizeof *probe);
    probe->stress = stress;
    probe->subject = *subject;
    return probe;
}

static char *ulimits_of(const RunOptions *options)
{
    if (options->memory)
        return text_format("-d %" PRIu64, options->memory / KIB);
    if (options->stack)
        return text_format("-s %" PRIu64, options->stack / KIB);
    return options->descriptors ? text_format("-n %" PRIu64, options->descriptors) : text_format("-c 0");
}

void probe_call_broken(Probe *probe, Condition condition, const RunOptions *options, const char *sentence)
{
    if (probe->tally[condition].broken++ > 0)
        return;
    char *ulimits = ulimits_of(options);
    snprintf(probe->sentence[condition], sizeof *probe->sentence, "%s%s%s", options->memory ? "under ulimit " : "",
             options->memory ? ulimits : "", options->memory ? ": " : "");
    size_t length = strlen(probe->sentence[condition]);
    snprintf(probe->sentence[condition] + length, sizeof *probe->sentence - length, "%s", sentence);
    probe->again[condition] = subject_again(&probe->subject, ulimits);
    free(ulimits);
}

/* What a library says before, as libgc does, is not the cell's; the cell's own sentence is the last line, and the only one. */
static bool ends_with_its_sentence(const Cell *cell, const char *errors)
{
    char *name = text_format("%s/%s: out of memory: ", cell->strategy, cell->workload);
    const char *found = strstr(errors, name), *end = found ? strchr(found, '\n') : NULL;
    bool is_last = end && end[1] == '\0' && (found == errors || found[-1] == '\n');
    free(name);
    return is_last;
}

static Outcome judge(const Probe *probe, const char **complaint)
{
    *complaint = probe->trial.reason;
    if (probe->trial.status == OK)
        return WORKS;
    if (probe->trial.status != OOM)
        return BREAKS;
    *complaint = "it is out of memory, and does not end with one sentence that says so";
    return ends_with_its_sentence(&probe->subject.cell, probe->result.errors) ? REFUSED : BREAKS;
}

/* Whether there is a program at all: in too little memory the kernel kills it, or the loader ends it, before its main. One that
 * begins can print the header of its row. */
static int look_for_beginning(Probe *probe, const RunOptions *options, bool *begins)
{
    const Cell *cell = &probe->subject.cell;
    char *path = cell_path(probe->subject.build, cell->strategy, cell->workload);
    RunResult *result = memory_new(1, sizeof *result);
    int signal = try_program((char *[]){ path, "--header", NULL }, options, result);
    *begins = result->exit_status == 0 && result->length > 0;
    free(result);
    free(path);
    return signal;
}

/* That there is too little memory is no fault, but where there is enough of it. */
int probe_run(Probe *probe, Condition condition, const RunOptions *options, Outcome *outcome)
{
    const char *complaint;
    RunOptions timed = *options;
    timed.seconds = probe->seconds;
    int signal = subject_try(&probe->subject, &timed, probe->stress->pool, &probe->result, &probe->trial);
    if (signal)
        return signal;
    probe->tally[condition].tries++;
    *outcome = judge(probe, &complaint);
    bool begins = true;
    if (*outcome == BREAKS && options->memory)
        signal = look_for_beginning(probe, &timed, &begins);
    *outcome = begins ? *outcome : REFUSED;
    if (*outcome == BREAKS || (*outcome == REFUSED && !options->memory))
        probe_call_broken(probe, condition, options, complaint);
    return signal;
}

void probe_tell_broken(const Probe *probe)
{
    const Cell *cell = &probe->subject.cell;
    char *name = text_format("%s %s", cell->workload, cell->variant);
    for (Condition c = 0; c < CONDITIONS; c++) {
        if (probe->tally[c].broken == 0)
            continue;
        StressRow row = stress_row("limits", cell->strategy, name, condition_names[c]);
        row.size = (Count){ true, cell->size };
        row.tries = probe->tally[c].tries;
        row.broken = probe->tally[c].broken;
        row.outcome = BROKEN;
        row.sentence = probe->sentence[c];
        row.again = probe->again[c];
        stress_tell(probe->stress, &row);
    }
    free(name);
}

void probe_free(Probe *probe)
{
    for (Condition c = 0; c < CONDITIONS; c++)
        free(probe->again[c]);
    free(probe);
}
