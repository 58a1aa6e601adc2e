/* soak: rounds of churn (workloads/stress/churn.c) for as long as there is time, and whether what a strategy holds grows. */
#include "appending.h"
#include "catalogue.h"
#include "cell_words.h"
#include "clock.h"
#include "durable.h"
#include "fail.h"
#include "memory.h"
#include "sharing.h"
#include "soak_rounds.h"
#include "soak_telling.h"
#include "stress.h"
#include "subject.h"
#include "trying.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A strategy that promises nothing grows by tens of MiB a round, and is not asked for more than a few. */
enum { PILOT_ROUNDS = 2, UNPROMISED_ROUNDS = 8, MOST_ROUNDS = 1000000 };
/* A run is given up that takes so many times as long as its pilot promised, and some seconds. */
enum { PATIENCE = 4, LEAST_PATIENCE_S = 30, MOST_MEMORY = 1 << 30 /* bytes */ };

/* What two rounds tell of the rest. */
typedef struct Pilot {
    bool promised, worth; /* the strategy promises that nothing grows; the run shall be made */
    double round_s;
} Pilot;

typedef struct Soak {
    const Stress *stress;
    StressCells cells;        /* one run each */
    Pilot *pilot;             /* of each */
    double seconds;           /* that a run may take */
    Durable *rows;            /* soak.csv */
} Soak;

/* ---- One run --------------------------------------------------------------------------------------------------------- */

static char *text_of(int file)
{
    struct stat is;
    if (fstat(file, &is) != 0)
        fail("cannot read a file in memory: %s", strerror(errno));
    char *text = memory_new((size_t)is.st_size + 1, 1);
    memory_file_read(file, text, (size_t)is.st_size + 1);
    return text;
}

typedef struct Run {
    Trial trial;
    Rounds rounds;
    TextPool pool; /* of the texts of both */
} Run;

static void run_free(Run *run)
{
    rounds_free(&run->rounds);
    text_pool_free(&run->pool);
}

static void judge(const Soak *soak, RunResult *result, Run *run)
{
    Trial *trial = &run->trial;
    const Rounds *rounds = &run->rounds;
    const Measured measured = { .wall_s = result->seconds, .user_s = NAN, .system_s = NAN, .exit_status = result->exit_status };
    if (result->hangs)
        verdict_without_run(trial, TIMEOUT, "time was over before the last round", &run->pool);
    else
        verdict_on_run(trial, &measured, result->output, result->length, rounds->complaint, &run->pool);
    if (trial->status == OK)
        verdict_on_answer(trial, &(Planned){ .expected = catalogue_reference(soak->cells.build, &trial->cell, NULL) }, &run->pool);
    if (trial->status == OK && rounds->fault)
        verdict_without_run(trial, CRASH, rounds->fault, &run->pool);
    else if (trial->status == OK && rounds->count != trial->cell.size)
        verdict_without_run(trial, CRASH, "its samples are not of all rounds", &run->pool);
}

/* What was in `run` before is forgotten. Returns 0, or the signal that asks this process to end. */
static int soak_once(const Soak *soak, const Cell *cell, double seconds, Run *run)
{
    static RunResult result;
    int errors = memory_file("samples");
    char *path = cell_path(soak->cells.build, cell->strategy, cell->workload), **words = cell_words(path, cell, NULL);
    int signal = try_program(words, &(RunOptions){ .memory = MOST_MEMORY, .seconds = seconds, .errors = errors }, &result);
    char *said = text_of(errors);
    rounds_free(&run->rounds);
    run->trial = (Trial){ .cell = *cell };
    run->rounds = rounds_read(said, &run->pool);
    if (!signal)
        judge(soak, &result, run);
    const Rounds *rounds = &run->rounds;
    run->rounds.silent_s = result.seconds - (rounds->count ? rounds->round[rounds->count - 1].seconds : 0);
    close(errors);
    free(said);
    cell_words_free(words);
    free(path);
    return signal;
}

/* ---- Pilots: which runs are worth their time, and how many rounds there is time for ------------------------------------- */

/* What grows by definition is told once, of the plainest variant; other modes tell what of cycles leaks. */
static bool is_plain(const Description *part)
{
    return texts_equal(part->variant, "chains");
}

/* A run that has hung once is looked at again, with more time: the machine may have been busy. */
static int soak_pilot(const Soak *soak, const Cell *cell, Run *run)
{
    int signal = soak_once(soak, cell, LEAST_PATIENCE_S, run);
    bool again = !signal && run->trial.status == TIMEOUT;
    return again ? soak_once(soak, cell, PATIENCE * LEAST_PATIENCE_S, run) : signal;
}

static int pilot(void *context, size_t number, void *result)
{
    const Soak *soak = context;
    const Description *part = soak->cells.subjects.variant[number];
    Cell cell = variant_cell(part, PILOT_ROUNDS, soak->stress->seed);
    Run run = { 0 };
    int signal = soak_pilot(soak, &cell, &run);
    const Rounds *rounds = &run.rounds;
    if (!signal && run.trial.status != OK)
        soak_tell_failure(soak->stress, soak->cells.build, &run.trial);
    else if (!signal)
        *(Pilot *)result = (Pilot){ rounds->promised, rounds->promised || is_plain(part),
                                    rounds->round[1].seconds - rounds->round[0].seconds };
    run_free(&run);
    return signal;
}

static uint64_t rounds_for(const Soak *soak, const Pilot *pilot)
{
    double fit = soak->seconds / fmax(pilot->round_s, 1e-3);
    return pilot->promised ? (uint64_t)fmin(fmax(fit, LEAST_ROUNDS), MOST_ROUNDS) : UNPROMISED_ROUNDS;
}

/* ---- Runs ------------------------------------------------------------------------------------------------------------ */

/* By whichever process has made the run. */
static void save_rounds(const Soak *soak, const Run *run)
{
    const Cell *cell = &run->trial.cell;
    Appending appending;
    appending_begin(&appending);
    rounds_write(appending.out, cell->strategy, cell->variant, &run->rounds);
    appending_end(&appending, fileno(soak->rows->out), soak->rows->draft);
}

/* Its time was over, and so was that of its last round, long ago. */
static bool fell_silent(const Run *run, const Pilot *pilot)
{
    double patience_s = fmax(0.9 * LEAST_PATIENCE_S, PATIENCE * PATIENCE * pilot->round_s);
    return run->trial.status == TIMEOUT && run->rounds.silent_s > patience_s;
}

/* With other objects, and twice as many rounds: the interval is a third as wide. */
static int soak_again(const Soak *soak, Cell cell, double seconds, Run *run)
{
    cell.size *= 2;
    cell.seed++;
    return soak_once(soak, &cell, 2 * seconds, run);
}

static int soak_part(void *context, size_t number, void *result)
{
    const Soak *soak = context;
    const Pilot *pilot = &soak->pilot[number];
    if (!pilot->worth)
        return 0;
    Cell cell = variant_cell(soak->cells.subjects.variant[number], rounds_for(soak, pilot), soak->stress->seed);
    Run run = { 0 };
    double patience_s = PATIENCE * soak->seconds + LEAST_PATIENCE_S;
    int signal = soak_once(soak, &cell, patience_s, &run);
    Measures drifting = soak_drifting(&run.rounds);
    bool hangs = fell_silent(&run, pilot);
    if (!signal && (drifting || hangs)) {
        signal = soak_again(soak, cell, patience_s, &run);
        hangs = hangs && fell_silent(&run, pilot);
    }
    if (!signal)
        save_rounds(soak, &run);
    if (!signal && hangs)
        soak_tell_failure(soak->stress, soak->cells.build, &run.trial);
    else if (!signal)
        soak_tell(soak->stress, soak->cells.build, &run.trial, &run.rounds, drifting);
    run_free(&run);
    (void)result;
    return signal;
}

/* ---- The mode -------------------------------------------------------------------------------------------------------- */

/* Several processes append to it. */
static Durable begin_rows(const char *file)
{
    Durable rows = durable_begin(file);
    int flags = fcntl(fileno(rows.out), F_GETFL);
    rounds_write_header(rows.out);
    if (flags < 0 || fcntl(fileno(rows.out), F_SETFL, flags | O_APPEND) != 0 || fflush(rows.out) != 0)
        fail("%s cannot be written: %s", rows.draft, strerror(errno));
    return rows;
}

/* The time that is left of the minutes, on all cores, for each run that takes as long as it may. */
static double seconds_each(const Soak *soak, double began)
{
    size_t runs = 0;
    for (size_t i = 0; i < soak->cells.subjects.count; i++)
        runs += soak->pilot[i].promised;
    double left = fmax(60 * soak->stress->minutes - (seconds_now() - began), 0);
    return left * (double)sharers() / (double)(runs ? runs : 1);
}

static int soak_all(Soak *soak, double began)
{
    size_t parts = soak->cells.subjects.count;
    soak->pilot = memory_new(parts + 1, sizeof *soak->pilot);
    int signal = share_work(pilot, soak, parts, sizeof *soak->pilot, soak->pilot);
    soak->seconds = seconds_each(soak, began);
    if (!signal)
        signal = share_work(soak_part, soak, parts, 0, NULL);
    free(soak->pilot);
    return signal;
}

static int run(Stress *stress)
{
    double began = seconds_now();
    char *file = text_format("%s/soak.csv", stress->folder);
    Durable rows = begin_rows(file);
    Soak soak = { .stress = stress, .rows = &rows };
    soak.cells = stress_cells(stress, "soak", "stress/counted", "churn", stress->strategies);
    int signal = soak_all(&soak, began);
    if (signal)
        durable_abandon(&rows);
    else
        durable_end(&rows);
    stress_cells_free(&soak.cells);
    free(file);
    return signal;
}

const StressMode stress_soak = {
    "soak", "what is held from the system does not grow while the program holds no more, for as long as it runs", run,
};
