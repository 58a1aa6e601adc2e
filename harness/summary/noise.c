#include "noise.h"

#include "memory.h"
#include "series.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#define EQUIVALENT 1.05 /* what is called the same differs by no more, however wide the band: less decides nobody's choice */
#define ROUNDING 1e-9 /* a control lies within the band that it sets */

static const Column noise_columns[] = {
    { "metric",     NAME, offsetof(Noise, metric) },
    { "controls",   NATURAL, offsetof(Noise, controls) },
    { "band",       QUANTITY, offsetof(Noise, band) },
    { "worst",      QUANTITY, offsetof(Noise, worst) },
    { "told_apart", NATURAL, offsetof(Noise, told_apart) },
};

const Layout noise_layout = LAYOUT(Noise, noise_columns);

/* ---- The rule ------------------------------------------------------------------------------------------------------- */

bool excludes_one(Estimate ratio)
{
    return ratio.lo > 1 || ratio.hi < 1;
}

static double distance_from_1(double ratio)
{
    return fmax(ratio, 1 / ratio);
}

Difference difference_of(Estimate ratio, uint64_t blocks, double band)
{
    if (isnan(ratio.value))
        return NOT_COMPARED;
    if (blocks < LEAST_BLOCKS || isnan(band))
        return CANNOT_TELL;
    band *= 1 + ROUNDING;
    if (excludes_one(ratio) && distance_from_1(ratio.value) > band)
        return ratio.value < 1 ? LESS : MORE;
    double furthest = fmax(distance_from_1(ratio.lo), distance_from_1(ratio.hi));
    return furthest <= fmin(band, EQUIVALENT) ? SAME : CANNOT_TELL;
}

/* ---- The controls --------------------------------------------------------------------------------------------------- */

/* Of largest sizes: what takes microseconds differs by more, and is in no table. */
Noise noise_of(const Sheet *summary, const char *metric)
{
    Noise noise = { metric, 0, NAN, NAN, 0 };
    const Summary *row = summary->row;
    double *distance = memory_new(summary->rows + 1, sizeof *distance);
    for (size_t i = 0; i < summary->rows; i++) {
        Estimate ratio = { row[i].ratio, row[i].ratio_lo, row[i].ratio_hi };
        bool counts = row[i].cell.control && ratio.value > 0 && texts_equal(row[i].metric, metric);
        if (!counts || !is_of_largest_size(CELLS_OF(Summary, row, summary->rows), i))
            continue;
        distance[noise.controls++] = log(distance_from_1(ratio.value));
        noise.worst = fmax(noise.worst, distance_from_1(ratio.value)); /* not NAN, when one of both is not */
        noise.told_apart += excludes_one(ratio);
    }
    noise.band = exp(band_of_distances(distance, noise.controls));
    free(distance);
    return noise;
}

/* Beyond ten times nobody thinks in percent, and it could be any number of digits. */
static void print_percent(FILE *out, double ratio)
{
    double percent = 100 * (ratio - 1);
    if (ratio > 10)
        fprintf(out, "%.2g times", ratio);
    else
        fprintf(out, percent < 10 ? "%.2g%%" : "%.0f%%", percent);
}

static void print_many(FILE *out, const Noise *noise, const char *words, char gap)
{
    fprintf(out, "Of %" PRIu64 " programs run against themselves 95 in 100 differed by at most ", noise->controls);
    print_percent(out, noise->band);
    fprintf(out, " in %s,%cthe worst by ", words, gap);
    print_percent(out, noise->worst);
}

/* Few are no measure of what others will do: what they are a measure of is said beside them. */
static void print_few(FILE *out, const Noise *noise, const char *words, char gap)
{
    if (noise->controls == 1)
        fputs("One program run against itself differed by ", out);
    else
        fprintf(out, "Of %" PRIu64 " programs run against themselves the worst differed by ", noise->controls);
    print_percent(out, noise->worst);
    fprintf(out, " in %s;%canother would in 95 of 100 cases differ by at most ", words, gap);
    print_percent(out, noise->band);
}

void noise_print(FILE *out, const Noise *noise, const char *words, char gap)
{
    if (noise->controls < MANY_CONTROLS)
        print_few(out, noise, words, gap);
    else
        print_many(out, noise, words, gap);
    fputs(": read nothing into less", out);
}

static bool has_metric(const Noises *noises, const char *metric)
{
    for (size_t i = 0; i < noises->count; i++)
        if (texts_equal(noises->of[i].metric, metric))
            return true;
    return false;
}

Noises noises_of(const Sheet *summary)
{
    Noises noises = { 0 };
    const Summary *row = summary->row;
    for (size_t i = 0; i < summary->rows; i++) {
        if (has_metric(&noises, row[i].metric))
            continue;
        noises.of = memory_room(noises.of, &noises.room, noises.count + 1, sizeof *noises.of);
        noises.of[noises.count++] = noise_of(summary, row[i].metric);
    }
    return noises;
}

void noises_free(Noises *noises)
{
    free(noises->of);
    *noises = (Noises){ 0 };
}

double band_of(const Noises *noises, const char *metric)
{
    for (size_t i = 0; i < noises->count; i++)
        if (texts_equal(noises->of[i].metric, metric))
            return noises->of[i].band;
    return NAN;
}
