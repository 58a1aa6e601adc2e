#include "soak_telling.h"

#include "memory.h"
#include "statistics.h"
#include "trying.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What counts as growth: half an object a round; and of memory a hundredth of what there is, for each ten rounds. */
#define OBJECTS_TOLERATED 0.5
#define PERCENT_TOLERATED 10 /* of 100 rounds */

typedef double OfRound(const Round *round);

static double excess(const Round *round) { return round->excess; }
static double footprint(const Round *round) { return round->low.footprint; }
static double unused(const Round *round) { return round->low.resident - round->low.live; }
static double low_ratio(const Round *round) { return round->low.footprint / round->low.live; }
static double peak_ratio(const Round *round) { return round->peak.footprint / round->peak.live; }

/* How much of what the process had more at a peak it has given back by the low, for each byte that died. */
static double given_back(const Round *round)
{
    return (round->peak.resident - round->low.resident) / (round->peak.live - round->low.live);
}

static double *numbers_of(const Rounds *rounds, OfRound *of)
{
    double *x = memory_new(rounds->count + 1, sizeof *x);
    for (size_t i = 0; i < rounds->count; i++)
        x[i] = of(&rounds->round[i]);
    return x;
}

/* ---- Rows ------------------------------------------------------------------------------------------------------------- */

typedef struct Told {
    const Stress *stress;
    const Trial *trial;
    const Rounds *rounds;
    char *subject, *again;
} Told;

static StressRow row_of(const Told *told, const char *condition, const char *figure, const char *unit)
{
    StressRow row = stress_row("soak", told->trial->cell.strategy, told->subject, condition);
    row.size = (Count){ true, told->trial->cell.size };
    row.tries = 1;
    row.figure = figure;
    row.unit = unit;
    row.again = told->again;
    return row;
}

static void tell(const Told *told, StressRow row, Estimate estimate, char *sentence)
{
    row.value = estimate.value, row.lo = estimate.lo, row.hi = estimate.hi;
    row.sentence = sentence ? sentence : "";
    stress_tell(told->stress, &row);
    free(sentence);
}

/* ---- Drift ------------------------------------------------------------------------------------------------------------ */

/* Of a strategy that promises nothing: the growth from the first round to the last. */
static Drift plain_growth(const double *x, size_t n)
{
    return (Drift){ .slope = n > 1 ? (x[n - 1] - x[0]) / (double)(n - 1) : NAN, .lo = NAN, .hi = NAN, .rounds = n,
                    .level = n ? x[n - 1] : NAN, .verdict = DRIFT_UNTOLD };
}

static char *sentence_of(const Told *told, const Drift *drift, const char *what, double factor, const char *unit)
{
    double growth = factor * drift->slope, lo = factor * drift->lo, hi = factor * drift->hi;
    static const char *const verdict[] = { [STEADY] = "steady", [DRIFTS] = "drifts", [DRIFT_UNTOLD] = "cannot tell" };
    if (!told->rounds->promised)
        return text_format("%s grows by %.3g %s, as it must: the strategy promises to free none of it", what, growth, unit);
    if (isnan(drift->slope))
        return text_format("cannot tell: %zu rounds are too few; give it more minutes", told->rounds->count);
    return text_format("%s: %s changes by %.3g %s (%.3g to %.3g), seen in the last %zu of %zu rounds%s",
                       verdict[drift->verdict], what, growth, unit, lo, hi, drift->rounds, told->rounds->count,
                       drift->verdict == DRIFT_UNTOLD ? "; give it more minutes" : "");
}

/* `factor`: from what `drift` counts in to the unit. Returns whether it broke what is promised. */
static bool tell_drift(const Told *told, const char *condition, const char *what, const Drift *drift, double factor,
                       const char *unit)
{
    Estimate growth = { factor * drift->slope, factor * drift->lo, factor * drift->hi };
    StressRow row = row_of(told, condition, "growth", unit);
    row.broken = told->rounds->promised && drift->verdict == DRIFTS;
    row.outcome = row.broken ? BROKEN : KEPT;
    tell(told, row, growth, sentence_of(told, drift, what, factor, unit));
    return row.broken;
}

static Drift drift_of_objects(const Rounds *rounds)
{
    double *x = numbers_of(rounds, excess);
    Drift drift = rounds->promised ? drift_of(x, rounds->count, OBJECTS_TOLERATED) : plain_growth(x, rounds->count);
    free(x);
    return drift;
}

static Drift drift_of_memory(const Rounds *rounds, OfRound *of)
{
    size_t n = rounds->count;
    double *x = numbers_of(rounds, of);
    Drift drift = rounds->promised ? drift_of(x, n, 0) : plain_growth(x, n);
    if (rounds->promised)
        drift = drift_of(x, n, fabs(drift.level) * PERCENT_TOLERATED / 100 / 100);
    free(x);
    return drift;
}

bool soak_drifts(const Rounds *rounds)
{
    return rounds->promised && (drift_of_objects(rounds).verdict == DRIFTS ||
                                drift_of_memory(rounds, footprint).verdict == DRIFTS ||
                                drift_of_memory(rounds, unused).verdict == DRIFTS);
}

static bool tell_objects(const Told *told)
{
    Drift drift = drift_of_objects(told->rounds);
    return tell_drift(told, "objects", "what is not freed though nobody holds it", &drift, 1, "objects a round");
}

static bool tell_memory(const Told *told, OfRound *of, const char *condition, const char *what)
{
    Drift drift = drift_of_memory(told->rounds, of);
    if (!told->rounds->promised)
        return tell_drift(told, condition, what, &drift, 1.0 / (1 << 20), "MiB a round");
    return tell_drift(told, condition, what, &drift, 100 * 100 / fabs(drift.level), "% in 100 rounds");
}

/* ---- What is held for each byte that is alive ------------------------------------------------------------------------- */

/* The median of the batches, which depend on each other less than rounds. Of few rounds, and where nothing is alive, untold. */
static void tell_ratio(const Told *told, OfRound *of, const char *condition, const char *figure, bool broken)
{
    double *x = numbers_of(told->rounds, of), means[BATCHES];
    if (told->rounds->count >= LEAST_ROUNDS) {
        drift_batches(x, told->rounds->count, means);
        StressRow row = row_of(told, condition, figure, "x");
        row.broken = broken;
        Estimate estimate = isfinite(means[0]) ? estimate_median(means, BATCHES) : (Estimate){ NAN, NAN, NAN };
        if (!isnan(estimate.value))
            tell(told, row, estimate, NULL);
    }
    free(x);
}

/* ---- All of it -------------------------------------------------------------------------------------------------------- */

static Told told_of(const Stress *stress, const char *build, const Trial *trial, const Rounds *rounds)
{
    const Cell *cell = &trial->cell;
    return (Told){ stress, trial, rounds, text_format("%s %s", cell->workload, cell->variant),
                   cell_again(build, cell, NULL, NULL) };
}

static void told_free(Told *told)
{
    free(told->subject);
    free(told->again);
}

void soak_tell_unsupported(const Stress *stress, const Description *part)
{
    StressRow row = stress_row("soak", part->strategy, part->workload, "");
    row.outcome = CANNOT;
    row.sentence = part->reason;
    stress_tell(stress, &row);
}

void soak_tell_failure(const Stress *stress, const char *build, const Trial *trial)
{
    Told told = told_of(stress, build, trial, NULL);
    StressRow row = row_of(&told, "", "", "");
    row.outcome = trial->status == TIMEOUT ? UNTRIED : BROKEN;
    row.broken = trial->status != TIMEOUT;
    tell(&told, row, (Estimate){ NAN, NAN, NAN }, text_format("%s: %s", status_name(trial->status), trial->reason));
    told_free(&told);
}

/* What was cut short by its time is judged by the rounds that there are. */
void soak_tell(const Stress *stress, const char *build, const Trial *trial, const Rounds *rounds)
{
    if (trial->status != OK && trial->status != TIMEOUT) {
        soak_tell_failure(stress, build, trial);
        return;
    }
    Told told = told_of(stress, build, trial, rounds);
    bool broken = tell_memory(&told, footprint, "footprint", "the footprint");
    tell_ratio(&told, low_ratio, "footprint", "by_live_low", broken);
    tell_ratio(&told, peak_ratio, "footprint", "by_live_peak", broken);
    broken = tell_memory(&told, unused, "resident", "what is resident beyond what is alive");
    tell_ratio(&told, given_back, "resident", "given_back", broken);
    tell_objects(&told);
    told_free(&told);
}
