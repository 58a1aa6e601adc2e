#include "text_pool.h"

#include "fnv.h"
#include "memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char **place_of(const TextPool *pool, const char *text)
{
    size_t at = fnv(FNV_BEGIN, text, strlen(text));
    for (;; at++) {
        const char **slot = &pool->slot[at & (pool->slots - 1)];
        if (*slot == NULL || strcmp(*slot, text) == 0)
            return slot;
    }
}

static void grow(TextPool *pool)
{
    TextPool bigger = { .slots = pool->slots ? 2 * pool->slots : 64, .taken = pool->taken };
    bigger.slot = memory_new(bigger.slots, sizeof *bigger.slot);
    for (size_t i = 0; i < pool->slots; i++)
        if (pool->slot[i])
            *place_of(&bigger, pool->slot[i]) = pool->slot[i];
    free(pool->slot);
    *pool = bigger;
}

const char *intern(TextPool *pool, const char *text)
{
    if (2 * pool->taken >= pool->slots)
        grow(pool);
    const char **slot = place_of(pool, text);
    if (*slot == NULL) {
        *slot = text_format("%s", text);
        pool->taken++;
    }
    return *slot;
}

const char *intern_part(TextPool *pool, const char *text, size_t length)
{
    char *part = text_format("%.*s", (int)length, text);
    const char *kept = intern(pool, part);
    free(part);
    return kept;
}

void text_pool_free(TextPool *pool)
{
    for (size_t i = 0; i < pool->slots; i++)
        free((char *)pool->slot[i]);
    free(pool->slot);
    *pool = (TextPool){ 0 };
}
