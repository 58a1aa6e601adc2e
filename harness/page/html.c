#include "html.h"

#include "fail.h"
#include "memory.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* ---- Values --------------------------------------------------------------------------------------------------------- */

/* How many bytes the character has that the text begins with; 0 when they are no UTF-8 (overlong forms and halves of
 * surrogate pairs are none, as the Unicode Standard, table 3-7, has it). */
static size_t character_length(const unsigned char *text)
{
    static const struct Form { unsigned char first, last, least, most; int more; } form[] = {
        { 0x00, 0x7f, 0x80, 0xbf, 0 }, { 0xc2, 0xdf, 0x80, 0xbf, 1 }, { 0xe0, 0xe0, 0xa0, 0xbf, 2 },
        { 0xe1, 0xec, 0x80, 0xbf, 2 }, { 0xed, 0xed, 0x80, 0x9f, 2 }, { 0xee, 0xef, 0x80, 0xbf, 2 },
        { 0xf0, 0xf0, 0x90, 0xbf, 3 }, { 0xf1, 0xf3, 0x80, 0xbf, 3 }, { 0xf4, 0xf4, 0x80, 0x8f, 3 },
    };
    for (size_t i = 0; i < sizeof form / sizeof *form; i++) {
        if (*text < form[i].first || *text > form[i].last)
            continue;
        if (form[i].more > 0 && (text[1] < form[i].least || text[1] > form[i].most))
            return 0;
        for (int k = 2; k <= form[i].more; k++)
            if ((text[k] & 0xc0) != 0x80)
                return 0;
        return 1 + form[i].more;
    }
    return 0;
}

static const char *entity_of(char c)
{
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return NULL;
    }
}

/* HTML has no place for other control characters than these. */
static bool may_stand(char c)
{
    return !iscntrl((unsigned char)c) || c == '\n' || c == '\t';
}

static void put_escaped(FILE *out, const char *text)
{
    while (*text) {
        size_t length = character_length((const unsigned char *)text);
        if (length == 0 || !may_stand(*text))
            fputs("\ufffd", out);
        else if (entity_of(*text))
            fputs(entity_of(*text), out);
        else
            fwrite(text, 1, length, out);
        text += length ? length : 1;
    }
}

/* A letter, a digit or what else a path is made of. */
static bool stands_in_paths(unsigned char c)
{
    return c < 0x80 && (isalnum(c) || strchr("-_.~/", c));
}

static void put_url(FILE *out, const char *path)
{
    for (const unsigned char *c = (const unsigned char *)path; *c; c++)
        fprintf(out, stands_in_paths(*c) ? "%c" : "%%%02X", *c);
}

static void put_value(Html *html, const char *text)
{
    if (html->place == IN_TAG)
        fail("a bug in the page: `%.40s` stands in a tag without quotes", text);
    if (html->place == AT_URL)
        fputs("./", html->out);
    if (html->place == AT_URL || html->place == IN_URL)
        put_url(html->out, text);
    else
        put_escaped(html->out, text);
}

/* ---- Markup --------------------------------------------------------------------------------------------------------- */

static bool begins_url(const Html *html)
{
    return memcmp(html->last, "href=", HTML_URL_LETTERS) == 0 || memcmp(html->last, " src=", HTML_URL_LETTERS) == 0;
}

static void put_in_tag(Html *html, char c)
{
    if (c == '>')
        html->place = IN_TEXT;
    else if (c == '"')
        html->place = begins_url(html) ? AT_URL : IN_VALUE;
    memmove(html->last, html->last + 1, HTML_URL_LETTERS - 1);
    html->last[HTML_URL_LETTERS - 1] = c;
}

static void put_markup(Html *html, char c)
{
    putc(c, html->out);
    if (html->place == IN_TAG)
        put_in_tag(html, c);
    else if (html->place == IN_TEXT && c == '<')
        html->place = IN_TAG;
    else if (html->place != IN_TEXT && c == '"')
        html->place = IN_TAG;
    else if (html->place == AT_URL)
        html->place = IN_URL;
}

/* ---- Formats -------------------------------------------------------------------------------------------------------- */

enum { SPECIFICATION = 16 };

/* What printf would print for the next argument. `specification` is of one conversion, "%.12s", as it stands in a format that
 * the compiler has checked. */
static char *value_of(const char *specification, va_list *values)
{
    size_t length = strlen(specification);
    char letter = specification[length - 1], size = specification[length - 2];
    if (letter == 's')
        return text_format(specification, va_arg(*values, const char *));
    if (letter == 'f')
        return text_format(specification, va_arg(*values, double));
    if ((letter == 'u' || letter == 'd') && size == 'l')
        return text_format(specification, va_arg(*values, long));
    if ((letter == 'u' || letter == 'd') && size == 'z')
        return text_format(specification, va_arg(*values, size_t));
    if (letter == 'u' || letter == 'd')
        return text_format(specification, va_arg(*values, int));
    fail("a bug in the page: it has no conversion %s", specification);
}

/* Writes the value of the conversion that the format begins with, and returns what is behind it. */
static const char *write_value(Html *html, const char *format, va_list *values)
{
    char specification[SPECIFICATION] = "";
    size_t length = 1 + strspn(format + 1, "0123456789.lz") + 1;
    if (length >= SPECIFICATION)
        fail("a bug in the page: the conversion %.20s is too long", format);
    memcpy(specification, format, length);
    char *value = value_of(specification, values);
    put_value(html, value);
    free(value);
    return format + length;
}

void html_write(Html *html, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    while (*format)
        if (format[0] == '%' && format[1] != '%') {
            format = write_value(html, format, &values);
        } else {
            format += *format == '%';
            put_markup(html, *format++);
        }
    va_end(values);
}

void html_embed(Html *html, Asset asset)
{
    fwrite(asset.start, 1, asset.end - asset.start, html->out);
}
