/* What callgrind has written (its manual, "Callgrind Format Specification"), with --dump-instr=yes --dump-line=no: for every
 * function, how often each of its instructions ran; and for every call, what was called and how many instructions that took.
 * A function is here one in a context: with --separate-callers=n the same one several times, for each n callers. */
#ifndef RECLAIM_CALLGRIND_H
#define RECLAIM_CALLGRIND_H

#include "text_pool.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

typedef struct Function {
    const char *name;   /* without its callers; NULL: there is no function of this number */
    const char *object; /* the path of the program or library that it is in */
} Function;

typedef struct Spent {
    uint32_t function;
    uint64_t address;      /* in the object */
    uint64_t instructions;
} Spent;

typedef struct Call {
    uint32_t caller, callee;
    uint64_t address;      /* of the call */
    uint64_t instructions; /* of what was called, and of all that it called */
} Call;

typedef struct Profile {
    Function *function; /* by callgrind's numbers */
    Spent *spent;
    Call *call;
    size_t functions, spents, calls;
    size_t function_room, spent_room, call_room;
    uint64_t instructions; /* of all */
} Profile;

/* False, with what is wrong, when it is no whole profile, or when what was spent is not what it says in all. */
bool profile_read(Profile *profile, FILE *in, TextPool *pool, const char **complaint);
void profile_free(Profile *profile);

#endif
