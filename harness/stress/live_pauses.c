#include "live_pauses.h"

#include <math.h>

typedef struct LivePauses {
    const char *strategy, *subject; /* the variant */
    uint64_t objects;
    const char *kind;
    uint64_t runs;       /* in which there was one */
    Estimate longest_ns; /* median and range of these */
    double p99_ns;       /* their median */
    Estimate floor_ns;   /* likewise, of all runs */
} LivePauses;

static const Column columns[] = {
    { "strategy",   NAME, offsetof(LivePauses, strategy) },
    { "subject",    NAME, offsetof(LivePauses, subject) },
    { "objects",    NATURAL, offsetof(LivePauses, objects) },
    { "kind",       NAME, offsetof(LivePauses, kind) },
    { "runs",       NATURAL, offsetof(LivePauses, runs) },
    { "longest_ns", QUANTITY, offsetof(LivePauses, longest_ns.value) },
    { "longest_lo", QUANTITY, offsetof(LivePauses, longest_ns.lo) },
    { "longest_hi", QUANTITY, offsetof(LivePauses, longest_ns.hi) },
    { "p99_ns",     QUANTITY, offsetof(LivePauses, p99_ns) },
    { "floor_ns",   QUANTITY, offsetof(LivePauses, floor_ns.value) },
    { "floor_lo",   QUANTITY, offsetof(LivePauses, floor_ns.lo) },
    { "floor_hi",   QUANTITY, offsetof(LivePauses, floor_ns.hi) },
};
const Layout live_pauses_layout = LAYOUT(LivePauses, columns);

static LivePauses row_for(const Tried *tried, size_t size, const char *kind)
{
    return (LivePauses){ .strategy = tried->variant->strategy, .subject = tried->variant->variant, .kind = kind,
                         .objects = pause_sizes[size], .p99_ns = NAN, .floor_ns = pause_floor(&tried->growth) };
}

static void save_all(FILE *out, const Tried *tried, size_t size)
{
    LivePauses row = row_for(tried, size, "any");
    row.runs = tried->growth.runs;
    row.longest_ns = pause_at(&tried->growth, size);
    if (row.longest_ns.hi > 0)
        rows_write(out, &live_pauses_layout, &row);
}

static void save_kind(FILE *out, const Tried *tried, size_t size, size_t kind)
{
    double longest_ns[PAUSE_RUNS_MOST], p99_ns[PAUSE_RUNS_MOST];
    LivePauses row = row_for(tried, size, tried->listing[size][0].kind[kind].kind);
    for (size_t run = 0; run < tried->growth.runs; run++) {
        const KindPauses *listed = &tried->listing[size][run].kind[kind];
        longest_ns[row.runs] = listed->longest_ns, p99_ns[row.runs] = listed->p99_ns;
        row.runs += listed->listed > 0;
    }
    row.longest_ns = median_and_range(longest_ns, row.runs);
    row.p99_ns = median(p99_ns, row.runs);
    if (row.runs)
        rows_write(out, &live_pauses_layout, &row);
}

void live_pauses_write_header(FILE *out)
{
    rows_write_header(out, &live_pauses_layout);
}

void live_pauses_write(FILE *out, const Tried *tried)
{
    for (size_t size = 0; size < PAUSE_SIZES; size++)
        save_all(out, tried, size); /* together: a chart draws a line through them */
    for (size_t size = 0; size < PAUSE_SIZES; size++)
        for (size_t kind = 0; kind < LISTED_KINDS; kind++)
            save_kind(out, tried, size, kind);
}
