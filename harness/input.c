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

static void close_input(const char *file, FILE *stream)
{
    int error = ferror(stream) ? errno : 0;
    fclose(stream);
    if (error)
        bad_input(file, 0, 0, strerror(error));
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
    at->least = 0x80, at->most = 0xBF;
    at->missing--;
    return fits;
}

/* False when the byte cannot stand here. */
static bool take_byte(Utf8 *at, unsigned char byte)
{
    if (at->missing > 0)
        return go_on_character(at, byte);
    at->column++;
    if (byte == '\n')
        at->line++, at->column = 0;
    return begin_character(at, byte);
}

static _Noreturn void refuse_text(const char *file, FILE *stream, const Utf8 *at)
{
    fclose(stream);
    bad_input(file, at->line, at->column, "is not text: neither UTF-8 nor ASCII");
}

static void check_text(const char *file, FILE *stream)
{
    static unsigned char bytes[1 << 16];
    Utf8 at = { .line = 1 };
    for (size_t read; (read = fread(bytes, 1, sizeof bytes, stream)) > 0;)
        for (size_t i = 0; i < read; i++)
            if (!take_byte(&at, bytes[i]))
                refuse_text(file, stream, &at);
    if (at.missing > 0)
        refuse_text(file, stream, &at);
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
    close_input(file, stream);
}

/* ---- Reading ---------------------------------------------------------------------------------------------------- */

Input input_read(void)
{
    Input input = { 0 };
    FILE *stream = open_input(cell_input);
    size_t capacity = 0;
    do {
        capacity = capacity ? 2 * capacity : 1 << 20;
        char *larger = realloc(input.bytes, capacity);
        if (!larger)
            out_of_memory(capacity);
        input.bytes = larger;
        input.text.length += fread(input.bytes + input.text.length, 1, capacity - input.text.length, stream);
    } while (input.text.length == capacity);
    close_input(cell_input, stream);
    input.text.at = input.bytes;
    return input;
}

void input_free(Input *input)
{
    free(input->bytes);
    *input = (Input){ 0 };
}
