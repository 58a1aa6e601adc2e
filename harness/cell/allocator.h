/* allocator: which malloc this process runs on, and how to run it on another.
 *
 * Invariant: what is active is read back from the process, from the shared object that its calls of malloc are bound to, and
 * never taken from what was asked for. Another one comes in with LD_PRELOAD, for the whole process or not at all. */
#ifndef ALLOCATOR_H
#define ALLOCATOR_H

/* The family that malloc belongs to here: glibc, musl, mimalloc, jemalloc, tcmalloc, asan; for another library its own name, as
 * far as it is a C identifier; program, where it is linked into the executable. */
const char *allocator_active(void);

/* The file that malloc is in, if LD_PRELOAD names it; else NULL. */
const char *allocator_preloaded(void);

/* The families named, with spaces between, as a list that NULL ends; named is NULL: the one that is active. The list is
 * good until the next call. */
const char *const *allocator_choices(const char *named);

/* Why malloc cannot be that of this family here, in words without a comma; NULL: it can. */
const char *allocator_obstacle(const char *family);

/* Runs the program with these words (main's, ended by NULL) again, from its beginning, under this family, unless it is active
 * already. Comes back with NULL when it is active, else with why it is not. */
const char *allocator_enter(const char *family, char **words);

#endif
