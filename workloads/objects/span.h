/* span: bytes in someone else's memory, to be cut into pieces. */
#ifndef SPAN_H
#define SPAN_H

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "cell/input.h"

static inline bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Whether it is this word, capital or small. */
static inline bool span_is(Span span, const char *word)
{
    return span.length == strlen(word) && strncasecmp(span.at, word, span.length) == 0;
}

/* The first `length` bytes, which leave the span. */
static inline Span span_take(Span *span, size_t length)
{
    Span taken = { span->at, length };
    span->at += length;
    span->length -= length;
    return taken;
}

static inline Span span_trimmed(Span span)
{
    while (span.length > 0 && is_blank(span.at[span.length - 1]))
        span.length--;
    while (span.length > 0 && is_blank(span.at[0]))
        span_take(&span, 1);
    return span;
}

/* The first line, its line break included; rest is not empty. */
static inline Span span_take_line(Span *rest)
{
    const char *end = memchr(rest->at, '\n', rest->length);
    return span_take(rest, end ? (size_t)(end + 1 - rest->at) : rest->length);
}

#endif
