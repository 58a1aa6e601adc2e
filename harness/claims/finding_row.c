#include "finding_row.h"

#include <inttypes.h>
#include <math.h>

/* Time is with that of giving back, or a collector would have its garbage carried away for nothing. */
const Aim aims[AIMS] = { { "total_cpu_s", "time" }, { "peak_rss_kib", "peak memory" } };

FindingRow finding_row(const char *kind, const char *about, const Cell *series, const char *metric, const Finding *finding)
{
    return (FindingRow){
        .kind = kind, .about = about, .strategy = series ? series->strategy : "", .settings = series ? series->settings : "",
        .allocator = series ? series->allocator : "", .metric = metric, .value = finding->is.value, .lo = finding->is.lo,
        .hi = finding->is.hi, .n = { true, finding->n }, .place = "", .programs = "", .least = NAN, .most = NAN,
        .needs = "", .next = "", .next_value = NAN, .next_lo = NAN, .next_hi = NAN, .band = NAN, .as_good = "",
    };
}

void finding_write(FILE *out, const FindingRow *row)
{
    rows_write(out, &finding_row_layout, row);
}

const char *place_of(const Cell *cell, TextPool *pool)
{
    Sentence place;
    sentence_begin(&place);
    fprintf(place.out, "%s %s at n = %" PRIu64, cell->workload, cell->variant, cell->size);
    return sentence_end(&place, pool);
}

void print_pause(FILE *out, const Finding *pause)
{
    const Estimate *is = &pause->is;
    fprintf(out, "%.3g ms", is->value / 1e6);
    if (pause->n == 1)
        fputs(" in one run", out);
    else
        fprintf(out, " in the median run (%.3g to %.3g in %" PRIu64 " runs)", is->lo / 1e6, is->hi / 1e6, pause->n);
}

/* A pause that is no longer than a hiccup of the machine is nobody's. */
void print_doubt(FILE *out, const Evidence *evidence, const Finding *pause)
{
    if (pause->is.value <= evidence->hiccup_ns)
        fprintf(out, "; the machine itself stops a program for as long (%.3g ms)", evidence->hiccup_ns / 1e6);
}
