#include "latency_rows.h"

#include "count_rows.h"
#include "fail.h"
#include "memory.h"
#include "series.h"
#include "statistics.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

enum { ROUNDS = 3 };
static const double saturated_busy = 0.95, baseline_busy = 0.25;

/* What one run came to. */
typedef struct Answered {
    Status status;
    const char *reason;
    Requests totals;
    size_t percentiles;
    double latency_ns[PERCENTILES_MOST], service_ns[PERCENTILES_MOST];
} Answered;

typedef struct Rounds {
    Cell cell;
    Answered round[ROUNDS];
} Rounds;

/* ---- Percentiles ---------------------------------------------------------------------------------------------------- */

double latency_part_above(size_t place)
{
    static const double digit[] = { 1, 0.5, 0.3, 0.2 };
    return digit[place % 4] * pow(10, -(double)(place / 4));
}

double latency_with_above(const LatencyBucket *bucket, size_t buckets, uint64_t requests, uint64_t above, bool of_service)
{
    uint64_t seen = 0, wanted = requests > above ? requests - above : 1;
    for (size_t i = 0; i < buckets; i++) {
        seen += of_service ? bucket[i].services : bucket[i].latencies;
        if (seen >= wanted)
            return bucket[i].ns;
    }
    return NAN;
}

/* As far as one request or more is above; and the longest. */
static void take_percentiles(Answered *answered, const Sheet *histogram)
{
    const Requests *totals = &answered->totals;
    for (size_t i = 0; i + 1 < PERCENTILES_MOST; i++) {
        double above = latency_part_above(i) * (double)totals->requests;
        if (above < 1)
            break;
        double latency = latency_with_above(histogram->row, histogram->rows, totals->requests, above + 1e-6, false);
        double service = latency_with_above(histogram->row, histogram->rows, totals->requests, above + 1e-6, true);
        answered->latency_ns[i] = fmin(latency, totals->latency_longest_ns);
        answered->service_ns[i] = fmin(service, totals->service_longest_ns);
        answered->percentiles = i + 1;
    }
    answered->latency_ns[answered->percentiles] = totals->latency_longest_ns;
    answered->service_ns[answered->percentiles++] = totals->service_longest_ns;
}

static double percentile(const Answered *answered, size_t place)
{
    return place + 1 == answered->percentiles ? 100 : 100 * (1 - latency_part_above(place));
}

/* ---- One run -------------------------------------------------------------------------------------------------------- */

static void take_files(const Twins *twins, Answered *answered)
{
    Sheet totals = twins_file(twins, "latency_totals.csv", &cell_requests_layout);
    Sheet histogram = twins_file(twins, "latencies.csv", &cell_latency_layout);
    if (totals.rows != 1)
        fail("latency_totals.csv of a counted cell has %zu rows", totals.rows);
    answered->totals = *(Requests *)totals.row;
    if (answered->totals.requests > 0)
        take_percentiles(answered, &histogram);
    else
        *answered = (Answered){ .status = CRASH, .reason = "made no requests" };
    sheet_free(&totals);
    sheet_free(&histogram);
}

static int answer(Twins *twins, const Cell *cell, uint64_t period_ns, Answered *answered)
{
    Trial trial;
    char *words = text_format("--period %" PRIu64 " --latency", period_ns);
    int signal = twins_run(twins, cell, words, &trial);
    free(words);
    if (signal)
        return signal;
    *answered = (Answered){ .status = trial.status, .reason = trial.reason };
    if (trial.status == OK)
        take_files(twins, answered);
    return 0;
}

/* ---- The rate ------------------------------------------------------------------------------------------------------- */

/* The baseline's cell of the same variant, or the cell itself where there is none. */
static const Cell *pacemaker(const Cell *cell, const Cell *cells, size_t count, const Cell *baseline)
{
    for (size_t i = 0; baseline && i < count; i++)
        if (same_series(&cells[i], baseline) && same_variant(&cells[i], cell))
            return &cells[i];
    return cell;
}

static uint64_t to_two_digits(double number)
{
    double unit = pow(10, floor(log10(number)) - 1);
    return (uint64_t)fmax(1, round(ceil(number / unit) * unit));
}

/* 0 where it answers none. */
static int find_period(Twins *twins, const Cell *cell, uint64_t *period_ns)
{
    double least = INFINITY; /* the least disturbed */
    *period_ns = 0;
    for (size_t round = 0; round < ROUNDS; round++) {
        Answered answered;
        int signal = answer(twins, cell, 0, &answered);
        if (signal || answered.status != OK)
            return signal;
        least = fmin(least, (double)answered.totals.served_ns / (double)answered.totals.requests);
    }
    *period_ns = to_two_digits(least / baseline_busy);
    return 0;
}

/* ---- Rows ----------------------------------------------------------------------------------------------------------- */

static double busy_of(const Answered *answered)
{
    return (double)answered->totals.served_ns / ((double)answered->totals.requests * (double)answered->totals.period_ns);
}

static const Answered *first_failure(const Rounds *rounds)
{
    for (size_t i = 0; i < ROUNDS; i++)
        if (rounds->round[i].status != OK)
            return &rounds->round[i];
    return NULL;
}

static void write_failure(FILE *out, const Cell *cell, const Answered *failure)
{
    rows_write(out, &latency_layout, &(LatencyRow){
        .cell = *cell, .percentile = NAN, .latency_ns = NAN, .service_ns = NAN, .latency_lo_ns = NAN, .latency_hi_ns = NAN,
        .runs = 0, .busy = NAN, .status = failure->status, .reason = failure->reason,
    });
}

static void set_place(LatencyRow *row, const Rounds *rounds, size_t place)
{
    double latency[ROUNDS], service[ROUNDS];
    row->latency_lo_ns = INFINITY;
    row->latency_hi_ns = 0;
    for (size_t i = 0; i < ROUNDS; i++) {
        latency[i] = rounds->round[i].latency_ns[place];
        service[i] = rounds->round[i].service_ns[place];
        row->latency_lo_ns = fmin(row->latency_lo_ns, latency[i]);
        row->latency_hi_ns = fmax(row->latency_hi_ns, latency[i]);
    }
    row->percentile = percentile(&rounds->round[0], place);
    row->latency_ns = median(latency, ROUNDS);
    row->service_ns = median(service, ROUNDS);
    if (row->saturated)
        row->latency_ns = row->latency_lo_ns = row->latency_hi_ns = NAN;
}

static void write_rounds(FILE *out, const Rounds *rounds)
{
    const Answered *first = &rounds->round[0], *failure = first_failure(rounds);
    if (failure) {
        write_failure(out, &rounds->cell, failure);
        return;
    }
    double busy[ROUNDS];
    for (size_t i = 0; i < ROUNDS; i++)
        busy[i] = busy_of(&rounds->round[i]);
    LatencyRow row = {
        .cell = rounds->cell, .runs = ROUNDS, .requests = { true, first->totals.requests },
        .period_ns = { true, first->totals.period_ns }, .busy = median(busy, ROUNDS), .status = OK, .reason = "",
    };
    row.saturated = row.busy >= saturated_busy;
    if (row.saturated)
        row.reason = "cannot keep up: how late it answers depends on when one stops asking";
    for (size_t place = 0; place < first->percentiles; place++) {
        set_place(&row, rounds, place);
        rows_write(out, &latency_layout, &row);
    }
}

/* ---- All cells ------------------------------------------------------------------------------------------------------ */

/* Cells of one variant. */
static int take_variant(FILE *out, Twins *twins, const Cell *cells, size_t count, const Cell *pace)
{
    uint64_t period_ns;
    Rounds *all = memory_new(count, sizeof *all);
    int signal = find_period(twins, pace, &period_ns);
    for (size_t round = 0; round < ROUNDS && !signal; round++)
        for (size_t i = 0; i < count && !signal; i++) {
            all[i].cell = cells[i];
            all[i].round[round] = (Answered){ .status = CRASH, .reason = "there is no rate: the baseline answers none" };
            if (period_ns)
                signal = answer(twins, &cells[i], period_ns, &all[i].round[round]);
        }
    for (size_t i = 0; i < count && !signal; i++)
        write_rounds(out, &all[i]);
    free(all);
    return signal;
}

int latency_take(FILE *out, Twins *twins, const Cell *cells, size_t count, const Cell *baseline)
{
    int signal = 0;
    for (size_t first = 0, next = 0; first < count && !signal; first = next) {
        while (next < count && same_variant(&cells[next], &cells[first]))
            next++;
        const Cell *pace = pacemaker(&cells[first], cells + first, next - first, baseline);
        signal = take_variant(out, twins, cells + first, next - first, pace);
    }
    return signal;
}
