/* Writing HTML that nothing from a file can break.
 *
 * Markup is what stands in the program, and only that: html() takes a printf-like format that the compiler wants to be a
 * literal. Values are what comes from files: each is escaped, wherever it stands, and there is no function that writes one as
 * it is. A value may stand in text or in a quoted attribute; anywhere else in a tag it ends the program, which is a bug. In
 * href and src it becomes a path below the page's own folder, so that `javascript:` is a file that is not there.
 *
 *     html(page, "<a href=\"%s\">%s</a>", file, name);
 *
 * Conversions: s, d, u and f with precision, and the lengths l and z. */
#ifndef RECLAIM_HTML_H
#define RECLAIM_HTML_H

#include <stdio.h>

/* Where in the markup the next value stands. */
typedef enum HtmlPlace {
    IN_TEXT,
    IN_TAG,   /* where no value may */
    IN_VALUE, /* of an attribute */
    AT_URL,   /* at the beginning of href or src */
    IN_URL,   /* behind that */
} HtmlPlace;

enum { HTML_URL_LETTERS = 5 };

typedef struct Html {
    FILE *out;
    HtmlPlace place;
    char last[HTML_URL_LETTERS]; /* of the tag's markup, to tell href= and src= */
} Html;

#define html(page, format, ...) html_write(page, "" format __VA_OPT__(,) __VA_ARGS__)

void html_write(Html *html, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A part of the program itself, as it is: a style sheet or a script. */
typedef struct Asset {
    const char *start, *end;
} Asset;

void html_embed(Html *html, Asset asset);

#endif
