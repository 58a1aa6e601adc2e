#include "soak_telling.h"

#include "memory.h"
#include "statistics.h"
#include "trying.h"

#include <math.h>
#include <stdlib.h>

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
    bool broken; /* the run: all its figures say so */
} Told;

/* Frees the sentence, or NULL. */
static void tell(const Told *told, const char *figure, Estimate estimate, const char *unit, char *sentence)
{
    StressRow row = stress_row("soak", told->trial->cell.strategy, told->subject, "");
    row.size = (Count){ true, told->trial->cell.size };
    row.tries = 1;
    row.broken = told->broken;
    row.outcome = told->broken ? BROKEN : KEPT;
    row.again = told->again;
    stress_figure(&row, figure, estimate, unit);
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

/* What is looked at, and in which words and unit it is told. */
typedef struct Measure {
    Measures bit;
    OfRound *of;
    const char *figure, *what;
} Measure;

static const Measure measures[] = {
    { FOOTPRINT, footprint, "footprint_growth", "the footprint" },
    { RESIDENT,  unused, "resident_growth", "what is resident beyond what is alive" },
    { OBJECTS,   excess, "objects_growth", "what is not freed though nobody holds it" },
};
enum { MEASURES = sizeof measures / sizeof *measures };

static Drift drift_in(const Rounds *rounds, const Measure *measure)
{
    size_t n = rounds->count;
    double *x = numbers_of(rounds, measure->of);
    Drift drift = rounds->promised ? drift_of(x, n, OBJECTS_TOLERATED) : plain_growth(x, n);
    if (rounds->promised && measure->bit != OBJECTS)
        drift = drift_of(x, n, fabs(drift.level) * PERCENT_TOLERATED / 100 / 100);
    free(x);
    return drift;
}

Measures soak_drifting(const Rounds *rounds)
{
    unsigned drifting = 0;
    for (size_t i = 0; i < MEASURES && rounds->promised; i++)
        if (drift_in(rounds, &measures[i]).verdict == DRIFTS)
            drifting |= measures[i].bit;
    return (Measures)drifting;
}

/* A growth in its unit: `factor` is from what the drift counts in. */
typedef struct Growth {
    double factor;
    const char *unit;
} Growth;

static Growth growth_of(const Rounds *rounds, const Measure *measure, const Drift *drift)
{
    if (measure->bit == OBJECTS)
        return (Growth){ 1, "objects a round" };
    return rounds->promised ? (Growth){ 100 * 100 / fabs(drift->level), "% in 100 rounds" }
                            : (Growth){ 1.0 / (1 << 20), "MiB a round" };
}

/* `again`: it drifted before, too. */
static const char *verdict_of(const Drift *drift, bool again)
{
    static const char *const verdict[] = { [STEADY] = "steady", [DRIFTS] = "drifts", [DRIFT_UNTOLD] = "cannot tell" };
    return drift->verdict == DRIFTS && !again ? "cannot tell, it drifts in one run of two" : verdict[drift->verdict];
}

static char *sentence_of(const Told *told, const Drift *drift, const Measure *measure, bool again)
{
    Growth in = growth_of(told->rounds, measure, drift);
    double growth = in.factor * drift->slope, lo = in.factor * drift->lo, hi = in.factor * drift->hi;
    if (!told->rounds->promised)
        return text_format("%s grows by %.3g %s, as it must: the strategy promises to free none of it", measure->what, growth,
                           in.unit);
    if (isnan(drift->slope))
        return text_format("cannot tell: %zu rounds are too few; give it more minutes", told->rounds->count);
    return text_format("%s: %s changes by %.3g %s (%.3g to %.3g), seen in the last %zu of %zu rounds%s",
                       verdict_of(drift, again), measure->what, growth, in.unit, lo, hi, drift->rounds, told->rounds->count,
                       drift->verdict == DRIFT_UNTOLD ? "; give it more minutes" : "");
}

static void tell_measure(const Told *told, const Measure *measure, bool again)
{
    Drift drift = drift_in(told->rounds, measure);
    Growth in = growth_of(told->rounds, measure, &drift);
    Estimate growth = { in.factor * drift.slope, in.factor * drift.lo, in.factor * drift.hi };
    tell(told, measure->figure, growth, in.unit, sentence_of(told, &drift, measure, again));
}

/* ---- What is held for each byte that is alive ------------------------------------------------------------------------- */

/* The median of the batches, which depend on each other less than rounds. Of few rounds, and where nothing is alive, untold. */
static void tell_ratio(const Told *told, OfRound *of, const char *figure)
{
    double *x = numbers_of(told->rounds, of), means[BATCHES];
    if (told->rounds->count >= LEAST_ROUNDS) {
        drift_batches(x, told->rounds->count, means);
        Estimate estimate = isfinite(means[0]) ? estimate_median(means, BATCHES) : (Estimate){ NAN, NAN, NAN };
        if (!isnan(estimate.value))
            tell(told, figure, estimate, "x", NULL);
    }
    free(x);
}

/* ---- All of it -------------------------------------------------------------------------------------------------------- */

static Told told_of(const Stress *stress, const char *build, const Trial *trial, const Rounds *rounds)
{
    const Cell *cell = &trial->cell;
    return (Told){ stress, trial, rounds, text_format("%s %s", cell->workload, cell->variant),
                   cell_again(build, cell, NULL, NULL), false };
}

static void told_free(Told *told)
{
    free(told->subject);
    free(told->again);
}

void soak_tell_failure(const Stress *stress, const char *build, const Trial *trial)
{
    Told told = told_of(stress, build, trial, NULL);
    told.broken = true;
    tell(&told, "", (Estimate){ NAN, NAN, NAN }, "",
         text_format("%s: %s", status_name(trial->status), trial->reason));
    told_free(&told);
}

static void tell_figures(const Told *told)
{
    for (size_t i = 0; i < MEASURES; i++)
        tell_measure(told, &measures[i], false);
    tell_ratio(told, low_ratio, "by_live_low");
    tell_ratio(told, peak_ratio, "by_live_peak");
    tell_ratio(told, given_back, "given_back");
}

/* What was cut short by its time is judged by the rounds that there are. Of a run that broke what drifts is told, and nothing
 * else, which would stand among the promises that broke. */
void soak_tell(const Stress *stress, const char *build, const Trial *trial, const Rounds *rounds, Measures before)
{
    if ((trial->status != OK && trial->status != TIMEOUT) || rounds->fault) {
        soak_tell_failure(stress, build, trial);
        return;
    }
    Told told = told_of(stress, build, trial, rounds);
    unsigned again = before & soak_drifting(rounds);
    told.broken = again != 0;
    if (!again)
        tell_figures(&told);
    for (size_t i = 0; i < MEASURES; i++)
        if (again & measures[i].bit)
            tell_measure(&told, &measures[i], true);
    told_free(&told);
}
