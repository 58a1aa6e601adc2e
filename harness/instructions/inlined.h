/* Which functions an instruction of a program is in: the one that the compiler made, and those that it inlined there, from the
 * program's line table (-g1) by binutils' addr2line. */
#ifndef RECLAIM_INLINED_H
#define RECLAIM_INLINED_H

#include "roles.h"

#include <stddef.h>
#include <stdint.h>

typedef struct Inlined {
    uint64_t *address; /* in order */
    size_t *first;     /* of each address, where its frames begin; those of the last end with `frames` */
    Frame *frame;      /* of an address, the innermost first */
    size_t addresses, frames, address_room, frame_room;
} Inlined;

/* An address, once or more often, whose functions will be asked for. */
void inlined_want(Inlined *inlined, uint64_t address);

/* Finds them all; false, with why not, where addr2line does not. */
bool inlined_find(Inlined *inlined, const char *program, TextPool *pool, const char **complaint);

/* The place of an address that was wanted; and its frames, from the first to before the end. */
size_t inlined_place(const Inlined *inlined, uint64_t address);
size_t inlined_end(const Inlined *inlined, size_t place);

void inlined_free(Inlined *inlined);

#endif
