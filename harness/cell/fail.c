#include "fail.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "cell.h"

enum { SENTENCE_ROOM = 8192 }; /* a file's name, of at most 4096 bytes, and what is wrong with it */

/* The runner keeps the first line of what a cell says; a file's name may have several. */
static void make_one_line(char *text)
{
    for (char *c = text; *c; c++)
        if (iscntrl((unsigned char)*c))
            *c = '?';
}

void cell_fail(const char *sentence, ...)
{
    char text[SENTENCE_ROOM];
    va_list arguments;
    va_start(arguments, sentence);
    vsnprintf(text, sizeof text, sentence, arguments);
    va_end(arguments);
    make_one_line(text);
    fprintf(stderr, "%s/%s: %s\n", cell_strategy.name, cell_workload.name, text);
    exit(EXIT_USAGE);
}

void bad_input(const char *file, size_t line, size_t column, const char *what)
{
    if (column)
        cell_fail("%s:%zu:%zu: %s", file, line, column, what);
    if (line)
        cell_fail("%s:%zu: %s", file, line, what);
    cell_fail("%s: %s", file, what);
}
