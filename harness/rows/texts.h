/* A pool in which equal texts are the same text: they can be compared by their address, and 100,000 rows that name ten
 * strategies hold ten names. */
#ifndef RECLAIM_TEXTS_H
#define RECLAIM_TEXTS_H

#include <stddef.h>

typedef struct Texts {
    const char **slot; /* open addressing, a power of two of slots, at most half of them taken */
    size_t slots, taken;
} Texts;

/* The pool's own copy of the text; it lives as long as the pool. */
const char *texts_keep(Texts *texts, const char *text);

/* Likewise for the `length` bytes at `text`, which need no NUL. */
const char *texts_keep_part(Texts *texts, const char *text, size_t length);

void texts_free(Texts *texts);

#endif
