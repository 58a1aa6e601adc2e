/* What the instructions of a profile are for.
 *
 * Each instruction of the cell is told by the functions that it is in (inlined.h), from the outermost on, and by the role of
 * whoever called the outermost; one of a library by its caller's alone. So roles flow along the calls, from the process's
 * beginning. A function that is called in two roles has both, in the proportion of what its calls took: of one that calls
 * nothing, such as memset, that is exact; of others it is an estimate, and how many instructions it concerns is told. Contexts
 * (callgrind.h) make such functions few.
 *
 * A library that collects calls the cell back: libgc tells of its collections, CPython asks a type for its references. What
 * does so in the library is the collection. */
#ifndef RECLAIM_SPLIT_H
#define RECLAIM_SPLIT_H

#include "callgrind.h"
#include "roles.h"

typedef struct Split {
    uint64_t part[PARTS]; /* together all instructions of the profile */
    uint64_t estimated;   /* of these, those whose part was estimated */
} Split;

/* program: the path of the cell. False, with the reason, when its line table cannot be read or does not name the work, or
 * when the roles do not settle. */
bool split_profile(const Profile *profile, const char *program, const Roles *roles, TextPool *pool, Split *split,
                   const char **complaint);

#endif
