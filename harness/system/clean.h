/* Text that others wrote, on its way to a terminal: an escape sequence there can move the cursor, set the title or hide lines. */
#ifndef RECLAIM_CLEAN_H
#define RECLAIM_CLEAN_H

#include <stdarg.h>
#include <stdio.h>

/* Puts spaces in place of control bytes, line breaks too, and in UTF-8 of the control characters U+0080 to U+009F and of those
 * that end a line or turn the direction of writing. */
void clean_text(char *text);

/* Prints as fprintf does, cleaned: part of a line, whose break the caller prints. */
void print_clean(FILE *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
void vprint_clean(FILE *out, const char *format, va_list values) __attribute__((format(printf, 2, 0)));

#endif
