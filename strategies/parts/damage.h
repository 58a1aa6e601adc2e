/* One way to fail for a heap that is not as its strategy left it. */
#ifndef DAMAGE_H
#define DAMAGE_H

#include <stdio.h>
#include <stdlib.h>

#include "parts/type.h"

/* Ends the run with one sentence and a SIGABRT, which a run of the suite records as a crash with that sentence as its reason.
 * what: what is wrong ("freed twice"); where: the object or the block; type: NULL where it cannot be told. */
static _Noreturn __attribute__((noinline, cold, unused)) void heap_damaged(const char *what, const void *where, const Type *type)
{
    fprintf(stderr, "damaged heap: %s at %p, %s\n", what, where, type ? type->name : "of unknown type");
    abort();
}

#endif
