#include "clean.h"

#include <ctype.h>
#include <stdlib.h>

/* U+009B, in two bytes, begins an escape sequence for some terminals, as ESC [ does. */
static int begins_wide_control(const char *text)
{
    unsigned char first = text[0], second = text[1];
    return first == 0xC2 && second >= 0x80 && second <= 0x9F;
}

void clean_text(char *text)
{
    for (char *c = text; *c; c++)
        if (begins_wide_control(c))
            c[0] = c[1] = ' ';
        else if (iscntrl((unsigned char)*c))
            *c = ' ';
}

/* Also prints what failed, and so cannot end the program itself. */
void vprint_clean(FILE *out, const char *format, va_list values)
{
    char *text;
    if (vasprintf(&text, format, values) < 0) {
        fputs("(no memory for this line of text)", out);
        return;
    }
    clean_text(text);
    fputs(text, out);
    free(text);
}

void print_clean(FILE *out, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    vprint_clean(out, format, values);
    va_end(values);
}
