#include "counted_run.h"

#include "catalogue.h"
#include "cell_words.h"
#include "fail.h"
#include "memory.h"
#include "path.h"
#include "split.h"
#include "verdict.h"

#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    MEMORY_FACTOR = 4,        /* of the trials' limit: valgrind has its own, too */
    PROFILE_LIMIT = 1 << 30,  /* bytes of a profile */
    OWN_WORDS = 9,            /* valgrind and its options */
    STACK_BYTES = 8 << 20,
};

/* What callgrind writes and what the cell prints: files in memory. */
typedef struct Papers {
    int profile, output, errors;
    char profile_path[64];
} Papers;

char *valgrind_find(void)
{
    char *valgrind = program_find("valgrind");
    if (valgrind == NULL)
        fail("valgrind is missing, and nothing else counts instructions; install it: make count, or "
             "harness/deps.sh cc build valgrind");
    return valgrind;
}

/* No random layout, and a stack of one size, for what lies below begins where it could end. */
bool addresses_hold_still(void)
{
    int now = personality(0xffffffff);
    struct rlimit stack;
    if (now == -1 || personality((unsigned long)now | ADDR_NO_RANDOMIZE) == -1 || getrlimit(RLIMIT_STACK, &stack) != 0)
        return false;
    stack.rlim_cur = STACK_BYTES;
    return stack.rlim_max >= STACK_BYTES && setrlimit(RLIMIT_STACK, &stack) == 0;
}

/* ---- One run -------------------------------------------------------------------------------------------------------- */

static Papers papers_open(void)
{
    Papers papers = { memory_file("profile"), memory_file("output"), memory_file("errors"), "" };
    memory_file_path(papers.profile, papers.profile_path);
    return papers;
}

static void papers_close(const Papers *papers)
{
    close(papers->profile);
    close(papers->output);
    close(papers->errors);
}

/* Contexts of six callers: with more, profiles grow, and parts stay what they are (docs/instructions.md). What valgrind has to
 * say goes nowhere, so that what the cell says stays its own. */
static char **command_words(const char *valgrind, char *const *cell, const char *profile)
{
    size_t count = 0, own = 0;
    while (cell[count])
        count++;
    char **words = memory_new(OWN_WORDS + count + 3, sizeof *words);
    words[own++] = text_format("%s", valgrind);
    words[own++] = text_format("--tool=callgrind");
    words[own++] = text_format("--dump-instr=yes");
    words[own++] = text_format("--dump-line=no");
    words[own++] = text_format("--separate-callers=6");
    words[own++] = text_format("--trace-children=yes");
    words[own++] = text_format("--quiet");
    words[own++] = text_format("--log-file=/dev/null");
    words[own++] = text_format("--callgrind-out-file=%s", profile);
    for (size_t i = 0; i < count; i++)
        words[own++] = text_format("%s", cell[i]);
    words[own++] = text_format("-r");
    words[own++] = text_format("1");
    return words;
}

/* The environment is always the same, and nothing in it is looked up when it is first called. */
static pid_t start(const Conditions *conditions, const Papers *papers, char **words)
{
    static char *const environment[] = {
        "PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C", "GC_MARKERS=1", "LD_BIND_NOW=1", NULL,
    };
    return process_start(&(Launch){
        .command = words,
        .environment = environment,
        .core = ANY_CORE,
        .output = papers->output,
        .errors = papers->errors,
        .memory_limit = (conditions->parameters->memory_limit_mib << 20) * MEMORY_FACTOR,
        .file_limit = PROFILE_LIMIT,
    });
}

static End run_under_valgrind(const Conditions *conditions, const char *valgrind, const Cell *cell, const Papers *papers)
{
    char *path = cell_path(conditions->build, cell->strategy, cell->workload);
    char **cell_command = cell_words(path, cell, parameters_input(conditions->parameters, cell->workload));
    char **words = command_words(valgrind, cell_command, papers->profile_path);
    double seconds = (double)conditions->parameters->time_limit_s * CALLGRIND_SLOWDOWN;
    End end = process_wait(start(conditions, papers, words), seconds);
    cell_words_free(words);
    cell_words_free(cell_command);
    free(path);
    return end;
}

/* ---- What came of it ------------------------------------------------------------------------------------------------ */

static void set_reason(CountedRun *run, const char *reason)
{
    snprintf(run->reason, sizeof run->reason, "%s", reason);
}

/* A shell's way to tell of a signal is what verdicts are told. */
static int exit_status_of(int status)
{
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static void judge_run(const Papers *papers, End end, Trial *trial, TextPool *pool)
{
    char output[OUTPUT_LIMIT + 1], errors[OUTPUT_LIMIT + 1];
    Measured measured = { .exit_status = exit_status_of(end.status) };
    memory_file_read(papers->errors, errors, sizeof errors);
    size_t length = memory_file_read(papers->output, output, sizeof output);
    if (measured.exit_status == NOT_STARTED)
        fail("valgrind cannot be started: %s", errors);
    verdict_on_run(trial, &measured, output, length, errors, pool);
}

static void judge(const Conditions *conditions, const Papers *papers, End end, Trial *trial, TextPool *pool)
{
    if (inputs_changed(conditions->inputs, trial->cell.workload))
        verdict_without_run(trial, UNSUPPORTED, "its input changed since the run began", pool);
    else if (end.ending == OUT_OF_TIME)
        verdict_without_run(trial, TIMEOUT, "did not end under valgrind in fifty times a trial's limit", pool);
    else
        judge_run(papers, end, trial, pool);
}

static void split(const Profile *profile, const Conditions *conditions, const Roles *roles, const Cell *cell, TextPool *pool,
                  CountedRun *run)
{
    Split parts = { 0 };
    const char *complaint = NULL;
    char real[PATH_MAX], *path = cell_path(conditions->build, cell->strategy, cell->workload);
    run->is_split = realpath(path, real) && split_profile(profile, real, roles, pool, &parts, &complaint);
    memcpy(run->part, parts.part, sizeof run->part);
    run->estimated = parts.estimated;
    if (!run->is_split)
        set_reason(run, complaint ? complaint : "the cell is not there any more");
    free(path);
}

static void take_profile(const Papers *papers, const Conditions *conditions, const Roles *roles, const Cell *cell,
                         CountedRun *run)
{
    TextPool pool = { 0 };
    Profile profile;
    const char *complaint = "callgrind wrote nothing";
    FILE *in = fdopen(dup(papers->profile), "r");
    if (in)
        rewind(in);
    run->is_counted = in && profile_read(&profile, in, &pool, &complaint);
    if (run->is_counted) {
        run->instructions = profile.instructions;
        split(&profile, conditions, roles, cell, &pool, run);
    } else {
        run->status = CRASH;
        set_reason(run, complaint);
    }
    if (in) {
        profile_free(&profile);
        fclose(in);
    }
    text_pool_free(&pool);
}

int counted_run(const Conditions *conditions, const char *valgrind, const Roles *roles, const Cell *cell, CountedRun *run)
{
    TextPool pool = { 0 };
    Trial trial = { .cell = *cell };
    Papers papers = papers_open();
    End end = run_under_valgrind(conditions, valgrind, cell, &papers);
    *run = (CountedRun){ 0 };
    if (end.ending != STOPPED) {
        judge(conditions, &papers, end, &trial, &pool);
        run->status = trial.status;
        set_reason(run, trial.reason);
        if (trial.status == OK)
            take_profile(&papers, conditions, roles, cell, run);
    }
    papers_close(&papers);
    text_pool_free(&pool);
    return end.ending == STOPPED ? end.signal : 0;
}
