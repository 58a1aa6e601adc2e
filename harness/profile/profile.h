/* What a cell is asked for with --profile, --pauses and --latency FOLDER. A counted cell (-DCOUNTED) answers; the others refuse.
 *
 * There are three options, so that none is in another's way: under --profile objects are recorded and no clock is read; under
 * --pauses clocks are read around pauses and nothing is recorded, which would make them longer; under --latency they are read
 * around requests alone. */
#ifndef PROFILE_H
#define PROFILE_H

#include <stddef.h>
#include <stdint.h>

typedef enum Profile { PROFILE_OBJECTS, PROFILE_PAUSES, PROFILE_LATENCY } Profile;

#ifdef COUNTED

#define PROFILES true /* the cell can be asked */

#define PROFILE_OPTIONS " [--profile folder | --pauses folder | --latency folder [--period ns]]" /* for --help */

/* Before the strategy opens: the files are to be written into the folder, which is made if need be. Returns what stands against
 * it, or NULL. */
const char *profile_open(Profile profile, const char *folder);

/* Under --latency requests are due so many ns apart. Returns what stands against it, or NULL. */
const char *profile_set_period(uint64_t ns);

/* The work begins. */
void profile_begin(void);

/* The work is over: where objects are recorded, collects a last time; then writes the files. Returns what stood against it, or
 * NULL. */
const char *profile_end(void);

#else

#define PROFILES false
#define PROFILE_OPTIONS ""

#define NO_PROFILES "nothing is counted in this cell; its counted twin is in the folder `counted` of the build"

static inline const char *profile_open(Profile profile, const char *folder)
{
    (void)profile, (void)folder;
    return NO_PROFILES;
}

static inline const char *profile_set_period(uint64_t ns)
{
    (void)ns;
    return NO_PROFILES;
}

#define profile_begin() ((void)0)
#define profile_end() ((const char *)NULL)

#endif

#endif
