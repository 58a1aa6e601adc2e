/* buffer: bytes that may be written to, all 0 at birth; 8 and the bytes themselves. Python's bytearray. */
#ifndef BUFFER_H
#define BUFFER_H

#include "workload.h"

typedef struct Buffer {
    size_t length;
    uint8_t at[];
} Buffer;
leaf_of(Buffer);

/* A buffer of whole words, 8 bytes each, from a sequence in which no word comes twice: place by place from `first` on. */
static inline Buffer *buffer_filled(size_t bytes, uint64_t first)
{
    Buffer *buffer = new_unset(Buffer, bytes);
    uint64_t word;
    for (size_t i = 0; i < bytes / sizeof word; i++) {
        word = (first + i) * 0x9E3779B97F4A7C15u;
        memcpy(buffer->at + i * sizeof word, &word, sizeof word);
    }
    return buffer;
}

/* A copy of so many bytes, from offset on. */
static inline Buffer *buffer_slice(const Buffer *buffer, size_t offset, size_t length)
{
    Buffer *slice = new_unset(Buffer, length);
    memcpy(slice->at, buffer->at + offset, length);
    return slice;
}

#endif
