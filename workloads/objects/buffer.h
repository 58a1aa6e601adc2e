/* buffer: bytes that may be written to, all 0 at birth; 8 and the bytes themselves. Python's bytearray. */
#ifndef BUFFER_H
#define BUFFER_H

#include "workload.h"

typedef struct Buffer {
    size_t length;
    uint8_t at[];
} Buffer;
leaf_of(Buffer);

/* A copy of so many bytes, from offset on. */
static inline Buffer *buffer_slice(const Buffer *buffer, size_t offset, size_t length)
{
    Buffer *slice = new_of(Buffer, length);
    memcpy(slice->at, buffer->at + offset, length);
    return slice;
}

#endif
