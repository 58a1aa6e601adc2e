/* FNV-1a, 64 bits: the hash of Fowler, Noll and Vo, for tables in memory. */
#ifndef RECLAIM_FNV_H
#define RECLAIM_FNV_H

#include <stddef.h>
#include <stdint.h>

#define FNV_BEGIN 0xcbf29ce484222325u

/* Of what `hash` is of, followed by these bytes. */
static inline uint64_t fnv(uint64_t hash, const void *bytes, size_t count)
{
    const unsigned char *byte = bytes;
    for (size_t i = 0; i < count; i++)
        hash = (hash ^ byte[i]) * 0x100000001b3u;
    return hash;
}

#endif
