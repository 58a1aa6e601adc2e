#include "fingerprint.h"

#include <stdio.h>

uint64_t fingerprint_bytes(uint64_t before, const void *bytes, size_t count)
{
    const unsigned char *byte = bytes;
    for (size_t i = 0; i < count; i++)
        before = (before ^ byte[i]) * 0x100000001b3u;
    return before;
}

bool fingerprint_file(uint64_t *fingerprint, const char *file)
{
    FILE *in = fopen(file, "rb");
    if (in == NULL)
        return false;
    char piece[1 << 14];
    size_t count;
    while ((count = fread(piece, 1, sizeof piece, in)) > 0)
        *fingerprint = fingerprint_bytes(*fingerprint, piece, count);
    bool whole = !ferror(in);
    fclose(in);
    return whole;
}
