/* A pool of interned texts, so that 100,000 rows that name ten strategies hold ten names. */
#ifndef RECLAIM_TEXT_POOL_H
#define RECLAIM_TEXT_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

typedef struct TextPool {
    const char **slot; /* open addressing, a power of two of slots, at most half of them taken */
    size_t slots, taken;
} TextPool;

/* The pool's own copy of the text; it lives as long as the pool. */
const char *intern(TextPool *pool, const char *text);

/* Likewise for the `length` bytes at `text`, which need no NUL. */
const char *intern_part(TextPool *pool, const char *text, size_t length);

/* Texts are compared by what they say: two pools, or a pool and the program, may have one each. Of one pool, equal ones are the
 * same, which is quick to see. */
static inline bool texts_equal(const char *a, const char *b)
{
    return a == b || strcmp(a, b) == 0;
}

void text_pool_free(TextPool *pool);

#endif
