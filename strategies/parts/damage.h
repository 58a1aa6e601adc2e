/* One way to fail for a heap that is not as its strategy left it. */
#ifndef DAMAGE_H
#define DAMAGE_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "parts/type.h"

/* Ends the run with one sentence, as for printf, and a SIGABRT, which a run of the suite records as a crash with that sentence
 * as its reason. */
static _Noreturn __attribute__((noinline, cold, unused, format(printf, 1, 2))) void end_damaged(const char *sentence, ...)
{
    va_list arguments;
    fputs("damaged heap: ", stderr);
    va_start(arguments, sentence);
    vfprintf(stderr, sentence, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    abort();
}

/* The usual sentence. what: what is wrong ("freed twice"); where: the object or the block; type: NULL where it cannot be
 * told. */
static _Noreturn __attribute__((noinline, cold, unused)) void heap_damaged(const char *what, const void *where,
                                                                           const Type *type)
{
    end_damaged("%s at %p, %s", what, where, type ? type->name : "of unknown type");
}

#endif
