#include "picture.h"

#include "rows.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum {
    HEAD_OF_FILE = 16384,
    LONGEST_TEXT = 1024,
    BELOW_BASELINE = 7, /* what letters reach below the line that they stand on, and a little */
};

static void read_head(const char *file, char head[HEAD_OF_FILE])
{
    FILE *in = fopen(file, "r");
    size_t length = in ? fread(head, 1, HEAD_OF_FILE - 1, in) : 0;
    head[length] = '\0';
    if (in)
        fclose(in);
}

static void decode(char *text)
{
    static const char *const entities[] = { "&amp;", "&", "&lt;", "<", "&gt;", ">" };
    char *to = text;
    for (const char *from = text; *from;) {
        size_t length = 1;
        *to = *from;
        for (size_t i = 0; i < sizeof entities / sizeof *entities; i += 2)
            if (strncmp(from, entities[i], strlen(entities[i])) == 0) {
                *to = *entities[i + 1];
                length = strlen(entities[i]);
            }
        from += length;
        to++;
    }
    *to = '\0';
}

/* The next text of the SVG behind `from`, and how far down it stands; NULL where there is none. Returns what is behind it. */
static const char *next_text(const char *from, char text[LONGEST_TEXT], double *y)
{
    static const char place[] = "<g transform=\"translate(", mark[] = "<text>";
    from = strstr(from, place);
    const char *start = from ? strstr(from, mark) : NULL, *end = start ? strstr(start, "</text>") : NULL;
    if (end == NULL || sscanf(from + strlen(place), "%*f,%lf", y) != 1)
        return NULL;
    snprintf(text, LONGEST_TEXT, "%.*s", (int)(end - start - strlen(mark)), start + strlen(mark));
    decode(text);
    return end;
}

/* Titles and reading help are a picture's first texts, a line each. */
static int head_of(const char *svg, const char *question, const char *reading)
{
    char text[LONGEST_TEXT];
    double y, head = 0;
    svg = next_text(svg, text, &y);
    if (svg == NULL || !texts_equal(text, question))
        return 0;
    do
        head = y;
    while ((svg = next_text(svg, text, &y)) && y > head && *text && strstr(reading, text));
    return head + BELOW_BASELINE;
}

Picture picture_read(const char *file, const char *question, const char *reading)
{
    char svg[HEAD_OF_FILE];
    read_head(file, svg);
    Picture picture = { 0 };
    const char *width = strstr(svg, "width=\"");
    if (width == NULL || sscanf(width, "width=\"%d\" height=\"%d\"", &picture.width, &picture.height) != 2)
        return (Picture){ 0 };
    picture.head = head_of(svg, question, reading);
    if (picture.head < 0 || picture.head >= picture.height)
        picture.head = 0;
    return picture;
}
