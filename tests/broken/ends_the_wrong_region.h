/* arena, where the end of a region within another is that of the outer one, too. */
/* Caught by: oracle: whose region has not ended|share memory|must be alive, and its memory was given back */
#include "arena.h"

static inline Savepoint wrong_savepoint(void)
{
    Savepoint inner = arena_savepoint();
    if (inner > 0)
        arena.regions[inner] = arena.regions[inner - 1];
    return inner;
}

#undef savepoint
#define savepoint() wrong_savepoint()
