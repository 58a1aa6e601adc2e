#include "full_disk.h"

#include "fail.h"
#include "memory.h"
#include "trying.h"

#include <stdlib.h>
#include <string.h>

enum { PATIENCE_S = 300, WORDS = 5, FIELDS = 5 };

/* What full_disk.sh is told: it tries cells of the first workload, under all strategies that can run it. */
static char **command_of(const Stress *stress, const Subjects *subjects, char *folder)
{
    char **words = memory_new(WORDS + subjects->count + 1, sizeof *words);
    const char *workload = subjects->variant[0]->workload, *before = "";
    size_t count = 0;
    words[count++] = "/bin/bash";
    words[count++] = "harness/stress/full_disk.sh";
    words[count++] = (char *)stress->build;
    words[count++] = folder;
    words[count++] = (char *)workload;
    for (size_t i = 0; i < subjects->count; i++)
        if (texts_equal(subjects->variant[i]->workload, workload) && !texts_equal(subjects->variant[i]->strategy, before))
            words[count++] = (char *)(before = subjects->variant[i]->strategy);
    return words;
}

static char *again_of(char *const *command)
{
    char *text = text_format("bash");
    for (size_t i = 1; command[i]; i++) {
        char *longer = text_format("%s %s", text, command[i]);
        free(text);
        text = longer;
    }
    return text;
}

/* A line of full_disk.sh. Returns whether it is one. */
static bool tell_line(const Stress *stress, char *line, const char *again)
{
    char *field[FIELDS], *rest = line;
    size_t fields = 0;
    while (fields < FIELDS && rest)
        field[fields++] = strsep(&rest, "\t");
    if (fields < FIELDS || rest)
        return false;
    StressRow row = stress_row("limits", NOT_A_STRATEGY, field[0], field[1]);
    row.tries = strtoull(field[2], NULL, 10);
    row.broken = strtoull(field[3], NULL, 10);
    row.outcome = row.tries == 0 ? UNTRIED : row.broken ? BROKEN : KEPT;
    row.sentence = field[4];
    row.again = row.broken ? again : "";
    stress_tell(stress, &row);
    return true;
}

static void tell_failure(const Stress *stress, const RunResult *result, const char *again)
{
    StressRow row = stress_row("limits", NOT_A_STRATEGY, "all", "a full disk");
    char *sentence = result->hangs ? text_format("did not end in %d s", PATIENCE_S)
                                  : text_format("exit status %d: %s", result->exit_status, result->errors);
    row.tries = row.broken = 1;
    row.outcome = BROKEN;
    row.sentence = sentence;
    row.again = again;
    stress_tell(stress, &row);
    free(sentence);
}

int full_disk_try(const Stress *stress, const Subjects *subjects)
{
    char *folder = text_format("%s/full_disk", stress->folder), **command = command_of(stress, subjects, folder);
    char *again = again_of(command), *rest;
    RunResult *result = memory_new(1, sizeof *result);
    int signal = try_program(command, &(RunOptions){ .seconds = PATIENCE_S }, result);
    bool told = false;
    rest = result->output;
    for (char *line; !signal && (line = strsep(&rest, "\n")) && *line; told = true)
        if (!tell_line(stress, line, again))
            fail("harness/stress/full_disk.sh printed something else than rows: %s", line);
    if (!signal && (!told || result->hangs || result->exit_status != 0))
        tell_failure(stress, result, again);
    free(result);
    free(again);
    free(command);
    free(folder);
    return signal;
}
