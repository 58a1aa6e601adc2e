/* samples: a long run tells how much memory it has, again and again, as rows of a CSV on standard error, each written when it
 * is taken: so the rows of a run that is stopped are there. Only a counted cell knows; in every other a sample is nothing.
 *
 *     round,phase,moment,seconds,live_objects,live_bytes,kept_objects,kept_bytes,footprint_bytes,resident_kib,promised
 *
 * live: what the program holds, as it knows itself; kept: what the strategy has not told dead; footprint and resident: what it
 * holds from the system, and the process has, without the census's own records. promised: 1 where the strategy answers for it
 * that what is kept does not grow while what is live does not. */
#ifndef SAMPLES_H
#define SAMPLES_H

#include "workload.h"

/* What the strategy gives back before the end: told from the hooks that it defines (words/hooks.h). */
#ifdef savepoint
enum { FREES_REGIONS = 1 };
#else
enum { FREES_REGIONS = 0 };
#endif
enum { FREES_CYCLES = collects_cycles, FREES_OBJECTS = collects_cycles || leaks_cycles };

typedef struct Live {
    uint64_t objects, bytes;
} Live;

#ifdef COUNTED

#include <inttypes.h>

#include "profile/counted.h"
#include "profile/objects.h"

static inline void samples_begin(void)
{
    fputs("round,phase,moment,seconds,live_objects,live_bytes,kept_objects,kept_bytes,footprint_bytes,resident_kib,promised\n",
          stderr);
}

static inline void sample(uint64_t round, unsigned phase, const char *moment, Live live, bool promised)
{
    static uint64_t begun_ns;
    if (!begun_ns)
        begun_ns = clock_ns();
    fprintf(stderr, "%" PRIu64 ",%u,%s,%.6f,", round, phase, moment, (double)(clock_ns() - begun_ns) * 1e-9);
    fprintf(stderr, "%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",", live.objects, live.bytes, objects_count(),
            counted.allocated_bytes - counted.freed_bytes);
    fprintf(stderr, "%" PRIu64 ",%" PRIu64 ",%d\n", counted.taken_bytes + census_hooks.held_bytes(), census_resident() >> 10,
            promised);
}

#else

#define samples_begin() ((void)0)
#define sample(round, phase, moment, live, promised) ((void)(round), (void)(phase), (void)(live), (void)(promised))

#endif

#endif
