#include "readings.h"

#include "fail.h"
#include "memory.h"
#include "records.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char *filled_in(const char *from, const char *baseline, size_t *length)
{
    const struct { const char *slot, *text; } slots[] = { { "{baseline}", baseline }, { "{time}", TIME_WORDS } };
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++)
        if (strncmp(from, slots[i].slot, strlen(slots[i].slot)) == 0) {
            *length = strlen(slots[i].slot);
            return slots[i].text;
        }
    return NULL;
}

char *reading_for(const Plot *plot, const char *baseline, bool are_means)
{
    char *text;
    size_t length, slot;
    FILE *out = open_memstream(&text, &length);
    if (out == NULL)
        fail("no memory for the reading help of a chart");
    for (const char *from = plot->reading; *from; from++) {
        const char *filled = *from == '{' ? filled_in(from, baseline, &slot) : NULL;
        if (filled)
            fputs(filled, out), from += slot - 1;
        else
            putc(*from, out);
    }
    if (are_means)
        fputs(" Each panel is a class, each point the geometric mean over all of its variants.", out);
    if (fclose(out) != 0)
        fail("no memory for the reading help of a chart");
    return text;
}

void write_clean(FILE *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        putc(iscntrl((unsigned char)text[i]) || text[i] == '"' ? ' ' : text[i], out);
}

/* How many bytes of the text make its first line: as many whole words as have at most READING_LETTERS. */
static size_t first_line(const char *text)
{
    size_t letters = 0, end = 0;
    for (size_t i = 0;; i++) {
        if ((text[i] == ' ' || text[i] == '\0') && (letters <= READING_LETTERS || end == 0))
            end = i;
        if (text[i] == '\0' || (letters > READING_LETTERS && end > 0))
            return end;
        letters += ((unsigned char)text[i] & 0xC0) != 0x80; /* of UTF-8: not what goes on with a letter */
    }
}

static void write_line(FILE *out, const Plot *plot, int line, const char *text, size_t length)
{
    fprintf(out, "%s\t%d\t", plot->name, line);
    write_clean(out, text, length);
    putc('\n', out);
}

void write_readings(FILE *out, const Plots *plots, const char *baseline, bool are_means)
{
    fputs("plot\tline\ttext\n", out);
    for (size_t i = 0; i < plots->count; i++) {
        const Plot *plot = &plots->plot[i];
        char *reading = reading_for(plot, baseline, are_means);
        write_line(out, plot, 0, plot->question, strlen(plot->question));
        int line = 1;
        for (const char *rest = reading; *rest; rest += strspn(rest, " ")) {
            size_t length = first_line(rest);
            write_line(out, plot, line++, rest, length);
            rest += length;
        }
        free(reading);
    }
}
