#include "clean.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Controls of several bytes in UTF-8, which differ in the last. U+009B begins an escape sequence for some terminals, as ESC [
 * does; the others break a line, or show what follows in another order than it is written in. */
static const struct WideControl {
    const char *first;       /* all bytes but the last */
    unsigned char from, to;  /* the last */
} wide_control[] = {
    { "\xC2", 0x80, 0x9F },     /* U+0080 to U+009F */
    { "\xD8", 0x9C, 0x9C },     /* U+061C */
    { "\xE2\x80", 0x8E, 0x8F }, /* U+200E, U+200F */
    { "\xE2\x80", 0xA8, 0xAE }, /* U+2028 to U+202E */
    { "\xE2\x81", 0xA6, 0xA9 }, /* U+2066 to U+2069 */
};

/* How many bytes the control has that begins there; 0 where none does. */
static size_t control_length(const char *text)
{
    for (size_t i = 0; i < sizeof wide_control / sizeof *wide_control; i++) {
        const struct WideControl *control = &wide_control[i];
        size_t before = strlen(control->first);
        if (strncmp(text, control->first, before) != 0)
            continue;
        unsigned char last = text[before];
        if (last >= control->from && last <= control->to)
            return before + 1;
    }
    return iscntrl((unsigned char)*text) != 0;
}

void clean_text(char *text)
{
    while (*text) {
        size_t length = control_length(text);
        memset(text, ' ', length);
        text += length ? length : 1;
    }
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
