/* view: a part of a buffer, which it refers to and keeps alive whole; 24 bytes, however long the part. Python's memoryview.
 *
 * Invariant: offset + length is at most the buffer's length. */
#ifndef VIEW_H
#define VIEW_H

#include "objects/buffer.h"

typedef struct View {
    Buffer *buffer;
    size_t offset, length;
} View;
refs(View, buffer);

static inline View *view_of(Buffer *buffer, size_t offset, size_t length)
{
    View *view = new(View);
    set(view->buffer, buffer);
    view->offset = offset;
    view->length = length;
    return view;
}

/* A view of a copy of no more than that part. */
static inline View *view_of_copy(const Buffer *buffer, size_t offset, size_t length)
{
    local(Buffer) copy = buffer_slice(buffer, offset, length);
    return view_of(copy, 0, length);
}

static inline const uint8_t *view_bytes(const View *view)
{
    return view->buffer->at + view->offset;
}

#endif
