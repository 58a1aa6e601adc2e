/* What an instruction is for, told by the functions that it is in, as the sources themselves say what those are for. No list of
 * a strategy's functions is kept: one that is added is split as the others are. Hooks are listed in role_names.c.
 *
 *   #define release(object) counting_release(object)   what a hook calls is an entry: here of the barrier
 *   collection_end()                                    the function that tells of a pause is one: here a collection
 *   / * Counts as: collect * /                          on the line before a function that neither shows
 *   T##_bury                                            a function compiled for a type has the role of whoever calls it
 *
 * All other functions of strategies and of libraries have the role of whoever calls them, and those in workloads/ are the work:
 * so a finalizer is, too, whoever runs it. */
#ifndef RECLAIM_ROLES_H
#define RECLAIM_ROLES_H

#include "count_rows.h"

/* Where in a cell's run an instruction is: in one of its parts, or CALLING: where the work is begun and ended, whose own
 * instructions are STARTUP's. */
typedef unsigned State;
enum { CALLING = PARTS, STATES };

/* One of the functions that an instruction is in: itself, or inlined into the next. */
typedef struct Frame {
    const char *function;
    const char *file;
} Frame;

typedef struct RoleOf {
    const char *function;
    Purpose part; /* PARTS: that of whoever calls it */
} RoleOf;

typedef struct Roles {
    RoleOf *named; /* by name, each once: the functions of the strategies */
    size_t count, room;
    const char **suffix; /* of functions that are compiled for every type */
    size_t suffixes, suffix_room;
} Roles;

/* Reads strategies/ and harness/words/ of the current folder; one that cannot be read ends the program. */
Roles roles_read(TextPool *pool);
void roles_free(Roles *roles);

/* The function of a strategy that has this name, or NULL. */
const RoleOf *roles_find(const Roles *roles, const char *function);

/* The role of a function of this name; PARTS: that of whoever calls it. */
Purpose roles_of(const Roles *roles, const char *function);

/* Where an instruction in this function is if its caller is in `state`. */
State roles_step(const Roles *roles, State state, const Frame *frame);

/* Whether the function is the workload's own: in a file of workloads/, but none of a strategy's. (addr2line 2.40 takes the
 * first file of a line table for that of the workload.) */
bool roles_is_work(const Roles *roles, const Frame *frame);

#endif
