/* What a cell is asked for with --profile FOLDER and --pauses FOLDER. A counted cell (-DCOUNTED) answers; the others refuse.
 *
 * There are two options, for recording every object would make pauses longer: under --profile objects are recorded and no
 * clock is read, under --pauses clocks are read and nothing is recorded. */
#ifndef PROFILE_H
#define PROFILE_H

#include <stddef.h>

typedef enum Profile { PROFILE_OBJECTS, PROFILE_PAUSES } Profile;

#ifdef COUNTED

#define PROFILES true /* the cell can be asked */

#define PROFILE_OPTIONS " [--profile folder | --pauses folder]" /* for --help */

/* Before the strategy opens: the files are to be written into the folder, which is made if need be. Returns what stands against
 * it, or NULL. */
const char *profile_open(Profile profile, const char *folder);

/* The work begins. */
void profile_begin(void);

/* The work is over: where objects are recorded, collects a last time; then writes the files. Returns what stood against it, or
 * NULL. */
const char *profile_end(void);

#else

#define PROFILES false
#define PROFILE_OPTIONS ""

static inline const char *profile_open(Profile profile, const char *folder)
{
    (void)profile, (void)folder;
    return "nothing is counted in this cell; its counted twin is in the folder `counted` of the build";
}

#define profile_begin() ((void)0)
#define profile_end() ((const char *)NULL)

#endif

#endif
