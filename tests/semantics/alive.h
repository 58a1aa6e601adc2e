/* Who is alive, and how it is made sure that who is dead is found.
 *
 * Who is alive is known from the census, so that the tests look the same under every strategy. A collector that guesses
 * (EXACT is 0) may keep what a dead word on the stack refers to: garbage is made in functions of their own, many times, and a
 * few survivors are forgiven. */
#ifndef ALIVE_H
#define ALIVE_H

#include "../capability.h"
#include "../dead_stack.h"
#include "../owners.h"
#include "profile/counted.h"

enum { TIMES = 100 }; /* how often garbage is made … */
#define SPARED (EXACT ? 0u : 3u) /* … and how often it may be taken for alive */

static uint64_t live(void)
{
    return census_live_objects();
}

static uint64_t live_bytes(void)
{
    return counted.allocated_bytes - counted.freed_bytes;
}

static __attribute__((noinline)) uint64_t collected(void)
{
    clear_dead_stack();
    return collect();
}

/* Until nothing more is found: what finalizers brought back, or made. */
static void collect_all(void)
{
    for (uint64_t before = live() + 1; live() < before;) {
        before = live();
        collected();
    }
}

/* Runs a function that makes garbage, so many times, in a frame that is gone when it is over. */
static __attribute__((noinline)) void repeat(void (*make)(void), unsigned times)
{
    for (unsigned i = 0; i < times; i++)
        make();
}

#endif
