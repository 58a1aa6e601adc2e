/* adler32: a checksum of bytes that a twin has as zlib.adler32 (RFC 1950, section 8.2). Two sums, of the bytes and of the sums
 * so far, so that it depends on their order. */
#ifndef ADLER32_H
#define ADLER32_H

#include <stddef.h>
#include <stdint.h>

enum {
    ADLER_MODULUS = 65521, /* the largest prime below 2^16 */
    ADLER_BLOCK = 5552,    /* as many bytes as can be summed up before 32 bits overflow */
};

static inline uint32_t adler32(const char *bytes, size_t length)
{
    uint32_t sum = 1, sums = 0;
    while (length > 0) {
        size_t block = length < ADLER_BLOCK ? length : ADLER_BLOCK;
        for (size_t i = 0; i < block; i++) {
            sum += (unsigned char)bytes[i];
            sums += sum;
        }
        sum %= ADLER_MODULUS;
        sums %= ADLER_MODULUS;
        bytes += block;
        length -= block;
    }
    return sums << 16 | sum;
}

#endif
