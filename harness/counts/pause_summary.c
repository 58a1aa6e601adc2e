#include "pause_summary.h"

#include "cell_columns.h"
#include "commands.h"
#include "durable.h"
#include "fail.h"
#include "memory.h"
#include "mmu.h"
#include "pause_runs.h"
#include "statistics.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

static const Column columns[] = {
    SERIES_COLUMNS(PauseSummary),
    COUNTED_COLUMNS(PauseSummary),
    { "metric",    NAME, offsetof(PauseSummary, metric) },
    { "n",         NATURAL, offsetof(PauseSummary, n) },
    { "median",    QUANTITY, offsetof(PauseSummary, median) },
    { "lo",        QUANTITY, offsetof(PauseSummary, lo) },
    { "hi",        QUANTITY, offsetof(PauseSummary, hi) },
};
const Layout pause_summary_layout = LAYOUT(PauseSummary, columns);

/* ---- What is asked of one run --------------------------------------------------------------------------------------- */

typedef struct Asked {
    const RunPauses *pauses;
    const double *lengths; /* in ns, the longest first */
    double floor_ns;       /* of the machine's hiccups, or NAN */
} Asked;

/* So long were at most so many in 100 of all pauses, listed or not. */
static double percentile(const Asked *asked, uint64_t percent)
{
    uint64_t all = asked->pauses->run->pauses.value;
    return pause_length_at(asked->lengths, asked->pauses->count, all ? all - (all * percent + 99) / 100 : 0);
}

static double p50(const Asked *asked)
{
    return percentile(asked, 50);
}

static double p99(const Asked *asked)
{
    return percentile(asked, 99);
}

static double longest(const Asked *asked)
{
    return (double)asked->pauses->run->pause_longest_ns.value;
}

static double share(const Asked *asked)
{
    const PauseRun *run = asked->pauses->run;
    return run->pause_run_ns.value ? (double)run->pause_total_ns.value / (double)run->pause_run_ns.value : NAN;
}

/* NAN where no collection is listed, and where the list's floor rose, which left some out. */
static double collections_share(const Asked *asked)
{
    const RunPauses *pauses = asked->pauses;
    uint64_t total_ns = 0, run_ns = pauses->run->pause_run_ns.value;
    for (size_t i = 0; i < pauses->count; i++)
        if (texts_equal(pauses->pause[i].kind, "collection"))
            total_ns += pauses->pause[i].end_ns - pauses->pause[i].start_ns;
    return total_ns && run_ns && pauses_are_whole(pauses) ? (double)total_ns / (double)run_ns : NAN;
}

static double number(const Asked *asked)
{
    return (double)asked->pauses->run->pauses.value;
}

/* How many were longer than whatever the machine was seen to do to a program that does nothing. All of
 * those are listed, unless the floor of the list is higher. */
static double above_hiccups(const Asked *asked)
{
    if (!(asked->floor_ns >= (double)asked->pauses->run->pause_floor_ns.value))
        return NAN;
    size_t above = 0;
    while (above < asked->pauses->count && asked->lengths[above] > asked->floor_ns)
        above++;
    return (double)above;
}

static double mmu_1ms(const Asked *asked)
{
    return mmu(asked->pauses, 1000000);
}

static double mmu_10ms(const Asked *asked)
{
    return mmu(asked->pauses, 10000000);
}

static double mmu_100ms(const Asked *asked)
{
    return mmu(asked->pauses, 100000000);
}

static const struct PauseMetric {
    const char *name;
    double (*of)(const Asked *asked);
} pause_metrics[] = {
    { "pauses", number }, { "p50_ns", p50 }, { "p99_ns", p99 }, { "longest_ns", longest }, { "share", share },
    { "collections_share", collections_share },
    { "above_hiccups", above_hiccups }, { "mmu_1ms", mmu_1ms }, { "mmu_10ms", mmu_10ms }, { "mmu_100ms", mmu_100ms },
};

enum { PAUSE_METRICS = sizeof pause_metrics / sizeof *pause_metrics };

/* ---- Rows ----------------------------------------------------------------------------------------------------------- */

static PauseSummary summary_of(const Cell *cell, const char *metric, const double *values, size_t n)
{
    PauseSummary row = { .cell = *cell, .metric = metric, .n = n, .lo = INFINITY, .hi = -INFINITY };
    for (size_t i = 0; i < n; i++) {
        if (isnan(values[i])) {
            row.median = row.lo = row.hi = NAN;
            return row;
        }
        row.lo = fmin(row.lo, values[i]);
        row.hi = fmax(row.hi, values[i]);
    }
    row.median = median(values, n);
    return row;
}

static void write_cell(FILE *out, const RunPauses *runs, size_t n, double floor_ns)
{
    double *values = memory_new(PAUSE_METRICS * n, sizeof *values); /* those of a metric side by side */
    for (size_t i = 0; i < n; i++) {
        double *lengths = pause_lengths(&runs[i]);
        Asked asked = { &runs[i], lengths, floor_ns };
        for (size_t m = 0; m < PAUSE_METRICS; m++)
            values[m * n + i] = pause_metrics[m].of(&asked);
        free(lengths);
    }
    for (size_t m = 0; m < PAUSE_METRICS; m++) {
        PauseSummary row = summary_of(&runs[0].run->cell, pause_metrics[m].name, values + m * n, n);
        rows_write(out, &pause_summary_layout, &row);
    }
    free(values);
}

static void write_cells(FILE *out, const RunPauses *runs, size_t rows, double floor_ns)
{
    rows_write_header(out, &pause_summary_layout);
    for (size_t first = 0, next = 0; first < rows; first = next) {
        while (next < rows && cells_equal(&runs[next].run->cell, &runs[first].run->cell))
            next++;
        write_cell(out, runs + first, next - first, floor_ns);
    }
}

/* ---- The files ------------------------------------------------------------------------------------------------------ */

static bool is_there(const char *folder, const char *name)
{
    char *file = text_format("%s/%s", folder, name);
    bool found = access(file, F_OK) == 0;
    free(file);
    return found;
}

double hiccup_floor_ns(const char *run_folder, TextPool *pool)
{
    double worst = NAN;
    Sheet hiccups = sheet_load_if_there(run_folder, "hiccups.csv", &hiccups_layout, pool);
    for (size_t i = 0; i < hiccups.rows; i++)
        worst = fmax(worst, ((Hiccups *)hiccups.row)[i].worst_ns);
    sheet_free(&hiccups);
    return worst;
}

void pause_summary_write(const char *run_folder)
{
    TextPool pool = { 0 };
    Sheet runs = sheet_load_if_there(run_folder, "pause_runs.csv", &pause_run_layout, &pool);
    Sheet pauses = sheet_load_if_there(run_folder, "pauses.csv", &pause_layout, &pool);
    if (is_there(run_folder, "pause_runs.csv")) {
        RunPauses *paired = pause_runs_pair(run_folder, &runs, &pauses);
        char *file = text_format("%s/pause_summary.csv", run_folder);
        Durable durable = durable_begin(file);
        write_cells(durable.out, paired, runs.rows, hiccup_floor_ns(run_folder, &pool));
        durable_end(&durable);
        free(file);
        free(paired);
    }
    sheet_free(&runs);
    sheet_free(&pauses);
    text_pool_free(&pool);
}

static const char help[] =
    "Usage: reclaim pauses RUN_FOLDER\n"
    "\n"
    "Writes RUN_FOLDER/pause_summary.csv from its pauses.csv, pause_runs.csv and hiccups.csv again.\n";

int pauses_main(int count, char **words)
{
    if (count != 2 || *words[1] == '-') {
        bool asked = count == 2 && texts_equal(words[1], "--help");
        fputs(help, asked ? stdout : stderr);
        return asked ? ALL_WELL : CANNOT_GO_ON;
    }
    pause_summary_write(words[1]);
    return ALL_WELL;
}
