#include "input.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cell.h"
#include "parts/system.h"

static FILE *open_input(const char *file)
{
    FILE *stream = fopen(file, "r");
    if (!stream)
        bad_input(file, 0, 0, strerror(errno));
    return stream;
}

/* Right after an fread that fell short, for the reason stands in errno only until something else fails. */
static void must_have_been_read(const char *file, FILE *stream)
{
    if (ferror(stream))
        bad_input(file, 0, 0, strerror(errno));
}

/* ---- Is it text? ------------------------------------------------------------------------------------------------ */

/* Where a walk over the file's bytes is. */
typedef struct Utf8 {
    size_t line, column;       /* of the character at hand, both from 1; columns count characters */
    unsigned missing;          /* bytes that it lacks */
    unsigned char least, most; /* what the next of them may be */
} Utf8;

/* What follows a first byte: The Unicode Standard, table 3-7. False when no character begins with it. */
static bool begin_character(Utf8 *at, unsigned char byte)
{
    at->least = byte == 0xE0 ? 0xA0 : byte == 0xF0 ? 0x90 : 0x80;
    at->most = byte == 0xED ? 0x9F : byte == 0xF4 ? 0x8F : 0xBF;
    at->missing = byte < 0x80 ? 0 : byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
    return (byte > 0 && byte < 0x80) || (byte >= 0xC2 && byte <= 0xF4);
}

static bool go_on_character(Utf8 *at, unsigned char byte)
{
    bool fits = byte >= at->least && byte <= at->most;
    at->least = 0x80;
    at->most = 0xBF;
    at->missing--;
    return fits;
}

/* False when the byte cannot stand here. */
static bool take_byte(Utf8 *at, unsigned char byte)
{
    if (at->missing > 0)
        return go_on_character(at, byte);
    at->column++;
    if (byte == '\n') {
        at->line++;
        at->column = 0;
    }
    return begin_character(at, byte);
}

static _Noreturn void refuse_text(const char *file, const Utf8 *at)
{
    bad_input(file, at->line, at->column, "is not text: neither UTF-8 nor ASCII");
}

static void check_text(const char *file, FILE *stream)
{
    static unsigned char bytes[1 << 16];
    Utf8 at = { .line = 1 };
    for (size_t read; (read = fread(bytes, 1, sizeof bytes, stream)) > 0;)
        for (size_t i = 0; i < read; i++)
            if (!take_byte(&at, bytes[i]))
                refuse_text(file, &at);
    must_have_been_read(file, stream);
    if (at.missing > 0)
        refuse_text(file, &at);
}

void input_check(const char *file)
{
    struct stat found;
    if (stat(file, &found) != 0)
        bad_input(file, 0, 0, strerror(errno));
    if (!S_ISREG(found.st_mode))
        bad_input(file, 0, 0, "is not a file");
    if (found.st_size == 0)
        bad_input(file, 0, 0, "is empty");
    FILE *stream = open_input(file);
    check_text(file, stream);
    fclose(stream);
}

/* ---- Reading ---------------------------------------------------------------------------------------------------- */

enum { PAGE = 4096 };

Span input_read(const char *file)
{
    FILE *stream = open_input(file);
    struct stat found;
    if (fstat(fileno(stream), &found) != 0)
        bad_input(file, 0, 0, strerror(errno));
    char *bytes = system_map(round_up((size_t)found.st_size, PAGE));
    size_t length = fread(bytes, 1, (size_t)found.st_size, stream);
    must_have_been_read(file, stream);
    fclose(stream);
    return (Span){ bytes, length };
}
