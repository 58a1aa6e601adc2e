#include "mmu.h"

#include "bounds.h"

#include <math.h>

/* A moment that only moves on: how long pauses lasted before it, in all. */
typedef struct Moment {
    const RunPauses *pauses;
    size_t ended;     /* how many pauses have */
    uint64_t ended_ns; /* how long these lasted */
} Moment;

static uint64_t paused_before(Moment *moment, uint64_t ns)
{
    const Pause *pause = moment->pauses->pause;
    size_t *i = &moment->ended;
    for (; *i < moment->pauses->count && pause[*i].end_ns <= ns; ++*i)
        moment->ended_ns += pause[*i].end_ns - pause[*i].start_ns;
    bool within = *i < moment->pauses->count && pause[*i].start_ns < ns;
    return moment->ended_ns + (within ? ns - pause[*i].start_ns : 0);
}

/* A window that moves on gets worse only while its end is within a pause, and so until that pause ends: the worst, or one as
 * bad, ends where a pause does, or begins with the run. */
double mmu(const RunPauses *pauses, uint64_t window_ns)
{
    uint64_t run_ns = pauses->run->pause_run_ns.value, worst = 0;
    if (window_ns == 0 || window_ns > run_ns || !pauses_are_whole(pauses))
        return NAN;
    Moment begin = { pauses, 0, 0 }, end = begin;
    for (size_t i = 0; i < pauses->count; i++) {
        uint64_t end_ns = larger(pauses->pause[i].end_ns, window_ns);
        uint64_t before = paused_before(&begin, end_ns - window_ns);
        worst = larger(worst, paused_before(&end, end_ns) - before);
    }
    return 1 - (double)worst / (double)window_ns;
}
