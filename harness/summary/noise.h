/* The A/A control: how far a program differs from itself in a run, and what can be told in spite of it. */
#ifndef RECLAIM_NOISE_H
#define RECLAIM_NOISE_H

#include "records.h"
#include "statistics.h"

enum { LEAST_BLOCKS = 3 }; /* fewer know nothing of how far the next would be from them */

/* A row of noise.csv: the controls of one metric, of each variant at its largest size. */
typedef struct Noise {
    const char *metric;
    uint64_t controls;   /* how many have a ratio */
    double band, worst;  /* the ratio, 1 or more, that 95 in 100 of them stay within, either way round; of fewer than
                          * MANY_CONTROLS what one more would, with 95% (statistics.h); and the largest. NAN without one */
    uint64_t told_apart; /* how many of their intervals exclude 1, which would be a false positive without the band */
} Noise;

extern const Layout noise_layout;

/* Of the rows of a summary, in its order. */
Noise noise_of(const Sheet *summary, const char *metric);

/* Of every metric that the rows have, in the order in which they are met. */
typedef struct Noises {
    Noise *of;
    size_t count, room;
} Noises;

/* What there is to know of a metric that has controls, in words, as one sentence without its stop: how far they differed from
 * themselves, of few how far another would, and that less says nothing. `words` are the metric's. A line that may break does so
 * at `gap`, which is a blank or the end of a line. */
void noise_print(FILE *out, const Noise *noise, const char *words, char gap);

Noises noises_of(const Sheet *summary);
void noises_free(Noises *noises);

/* The band of the metric; NAN where there is none. */
double band_of(const Noises *noises, const char *metric);

/* Whether the ratio's interval lies on one side of 1. */
bool excludes_one(Estimate ratio);

/* The one rule for what may be claimed of a ratio over so many blocks. It is less or more when its interval excludes 1 and it
 * lies outside the band; the same when the whole interval lies within the band and within 5%; else nobody can tell. */
Difference difference_of(Estimate ratio, uint64_t blocks, double band);

#endif
