/* lines: a generator of a file's lines, each a Text. It holds the line at hand, and no more of the file than stdio does.
 * A line ends with its line feed, or where the file ends; a carriage return is a byte like others. Python's files in binary
 * mode have the same lines.
 * The file is open, and stdio's copy of the line is there, from the first line on until the generator ends or is abandoned. */
#ifndef LINES_H
#define LINES_H

#include <errno.h>
#include <stdio.h>

#include "objects/text.h"

static inline FILE *lines_open(const char *file)
{
    FILE *stream = fopen(file, "r");
    if (!stream && errno == ENOMEM)
        out_of_memory(0);
    if (!stream)
        bad_input(file, 0, 0, strerror(errno));
    return stream;
}

/* After the last line, and when there was no memory for the next one, or it could not be read: then the run ends. */
static inline void lines_check_end(const char *file, FILE *stream, size_t room)
{
    if (feof(stream))
        return;
    if (errno == ENOMEM)
        out_of_memory(2 * room);
    bad_input(file, 0, 0, strerror(errno));
}

GENERATOR(Lines, Text, const char *file; FILE *stream; char *bytes; size_t room; ssize_t length)
{
    start;
    self->stream = lines_open(self->file);
    while ((self->length = getline(&self->bytes, &self->room, self->stream)) >= 0) {
        put(self->item, text_of(self->bytes, (size_t)self->length));
        yield(self->item);
    }
    lines_check_end(self->file, self->stream, self->room);
    closing;
    fclose(self->stream);
    free(self->bytes);
    finish;
}

#endif
