#include "least_heap.h"

#include "bounds.h"

#include <inttypes.h>
#include <stdio.h>

/* The bracket that is narrow enough: 64 KiB, or a 32nd of the limit. */
enum { KIB = 1024, PAGE_KIB = 4, NARROW_KIB = 64, NARROW_PART = 32, MOST_KIB = 1 << 23, ROUNDS = 30 };

static RunOptions limited_to(uint64_t kib)
{
    return (RunOptions){ .memory = kib * KIB };
}

static int works_in(Probe *probe, Condition condition, uint64_t kib, bool *works)
{
    Outcome outcome = BREAKS;
    RunOptions options = limited_to(kib);
    int signal = probe_run(probe, condition, &options, &outcome);
    *works = outcome == WORKS;
    return signal;
}

static uint64_t narrow_at(uint64_t kib)
{
    uint64_t part = kib / NARROW_PART;
    return part > NARROW_KIB ? part : NARROW_KIB;
}

static int bisect(Probe *probe, LeastHeap *found)
{
    while (found->kib - found->refused_kib > narrow_at(found->kib)) {
        uint64_t middle = (found->kib + found->refused_kib) / 2 / PAGE_KIB * PAGE_KIB;
        bool works;
        int signal = works_in(probe, SEARCHED, middle, &works);
        if (signal)
            return signal;
        if (works)
            found->kib = middle;
        else
            found->refused_kib = middle;
    }
    return 0;
}

/* A limit that will do, twice as large each time. */
static int climb(Probe *probe, uint64_t first_kib, LeastHeap *found)
{
    bool works = false;
    for (uint64_t kib = first_kib / PAGE_KIB * PAGE_KIB; !works && kib < MOST_KIB; kib *= 2) {
        int signal = works_in(probe, SEARCHED, kib, &works);
        if (signal)
            return signal;
        *(works ? &found->kib : &found->refused_kib) = kib;
    }
    if (!works) {
        RunOptions options = limited_to(found->refused_kib);
        probe_call_broken(probe, SEARCHED, &options, "out of memory, and without a limit it works");
    }
    return 0;
}

/* A limit in which it did not work, or 0. */
typedef struct Refusal {
    uint64_t kib;
    Condition condition;
} Refusal;

/* Whether it works in that and in more. */
static int confirm(Probe *probe, uint64_t kib, Refusal *refusal)
{
    static const struct {
        Condition condition;
        unsigned tenths;
    } more[] = { { AT_LEAST, 10 }, { AT_LEAST, 10 }, { TENTH_MORE, 11 }, { HALF_MORE, 15 }, { TWICE, 20 } };
    *refusal = (Refusal){ 0 };
    for (size_t i = 0; i < sizeof more / sizeof *more && refusal->kib == 0; i++) {
        bool works;
        uint64_t limit = kib * more[i].tenths / 10;
        int signal = works_in(probe, more[i].condition, limit, &works);
        if (signal)
            return signal;
        if (!works)
            *refusal = (Refusal){ limit, more[i].condition };
    }
    return 0;
}

/* In twice of what was enough once it must work, and under a collector in as much as is resident without limits: objects do not
 * move, so what is free lies between them, and when it was collected decides how much of that is of use (Robson 1974, "Bounds for
 * some functions concerning dynamic storage allocation", has no bound of two for that). Returns whether it did. */
static bool holds_in_twice(Probe *probe, uint64_t once_kib, uint64_t peak_kib, Refusal refusal)
{
    char sentence[120];
    bool collects = collects_cycles(probe->subject.cell.strategy);
    if (refusal.kib < larger(2 * once_kib, collects ? peak_kib : 0))
        return true;
    RunOptions options = limited_to(refusal.kib);
    snprintf(sentence, sizeof sentence, "out of memory, and %" PRIu64 " KiB were enough", once_kib);
    probe_call_broken(probe, refusal.condition, &options, sentence);
    return false;
}

/* Where a collector only guesses, and addresses differ from run to run, what is enough in one is not in another; and in more it
 * collects at other moments. Then the least is above all that was refused. */
int least_heap_find(Probe *probe, uint64_t peak_kib, LeastHeap *found)
{
    *found = (LeastHeap){ 0 };
    int signal = climb(probe, peak_kib, found);
    if (!signal && found->kib)
        signal = bisect(probe, found);
    uint64_t once_kib = found->kib;
    Refusal refusal = { found->kib, SEARCHED };
    bool holds = true;
    for (int round = 0; !signal && holds && refusal.kib && round < ROUNDS; round++) {
        signal = confirm(probe, found->kib, &refusal);
        if (signal || refusal.kib == 0)
            break;
        holds = holds_in_twice(probe, once_kib, peak_kib, refusal);
        found->once_kib = once_kib;
        found->refused_kib = refusal.kib;
        found->kib = refusal.kib + narrow_at(refusal.kib) / PAGE_KIB * PAGE_KIB;
    }
    if (refusal.kib)
        found->kib = 0;
    return signal;
}
