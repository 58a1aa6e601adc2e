#include "least_heap.h"

#include <inttypes.h>
#include <stdio.h>

/* The bracket that is narrow enough: 64 KiB, or a 32nd of the limit. */
enum { KIB = 1024, PAGE_KIB = 4, NARROW_KIB = 64, NARROW_PART = 32, MOST_KIB = 1 << 23, ROUNDS = 30 };

static Hardship limited_to(uint64_t kib)
{
    return (Hardship){ .memory = kib * KIB };
}

static int works_in(Probe *probe, Condition condition, uint64_t kib, bool *works)
{
    Coming coming = BREAKS;
    Hardship hardship = limited_to(kib);
    int signal = probe_run(probe, condition, &hardship, &coming);
    *works = coming == WORKS;
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
    return 0;
}

/* Whether it works in that and in more; `refused` is where it does not. */
static int confirm(Probe *probe, uint64_t kib, uint64_t *refused)
{
    static const struct {
        Condition condition;
        unsigned tenths;
    } more[] = { { AT_LEAST, 10 }, { AT_LEAST, 10 }, { TENTH_MORE, 11 }, { HALF_MORE, 15 }, { TWICE, 20 } };
    *refused = 0;
    for (size_t i = 0; i < sizeof more / sizeof *more && *refused == 0; i++) {
        bool works;
        uint64_t limit = kib * more[i].tenths / 10;
        int signal = works_in(probe, more[i].condition, limit, &works);
        if (signal)
            return signal;
        if (!works)
            *refused = limit;
    }
    return 0;
}

/* In twice of what was enough once it must work. */
static void judge_range(Probe *probe, uint64_t once_kib, uint64_t refused_kib)
{
    char sentence[120];
    if (refused_kib < 2 * once_kib)
        return;
    Hardship hardship = limited_to(refused_kib);
    snprintf(sentence, sizeof sentence, "out of memory, and %" PRIu64 " KiB were enough", once_kib);
    probe_call_broken(probe, TWICE, &hardship, sentence);
}

/* Where a collector only guesses, and addresses differ from run to run, what is enough in one is not in another; then the
 * least is above all that was refused. */
int least_heap_find(Probe *probe, uint64_t first_kib, LeastHeap *found)
{
    *found = (LeastHeap){ 0 };
    int signal = climb(probe, first_kib, found);
    if (!signal && found->kib)
        signal = bisect(probe, found);
    uint64_t least_kib = found->kib, refused_kib = found->kib;
    for (int round = 0; !signal && refused_kib && round < ROUNDS; round++) {
        signal = confirm(probe, found->kib, &refused_kib);
        if (refused_kib) {
            judge_range(probe, least_kib, refused_kib);
            found->once_kib = least_kib;
            found->refused_kib = refused_kib;
            found->kib = refused_kib + narrow_at(refused_kib) / PAGE_KIB * PAGE_KIB;
        }
    }
    return signal;
}
