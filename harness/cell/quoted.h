/* Text in CSV, in a cell: it may hold commas and quotes. (The runner has harness/rows/csv.h.) */
#ifndef QUOTED_H
#define QUOTED_H

#include <stdio.h>

/* In quotes, in which a quote is written twice (RFC 4180). */
static inline void write_quoted(FILE *out, const char *text)
{
    putc('"', out);
    for (; *text; text++) {
        if (*text == '"')
            putc('"', out);
        putc(*text, out);
    }
    putc('"', out);
}

#endif
