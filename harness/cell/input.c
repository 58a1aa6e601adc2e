#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cell.h"
#include "parts/system.h"
#include "same_file.h"

static const char *open_complaint(int file, struct stat *found)
{
    if (file < 0 || fstat(file, found) != 0)
        return strerror(errno);
    if (!S_ISREG(found->st_mode))
        return "is not a regular file";
    return found->st_size == 0 ? "is empty, or no plain file: its size is 0" : NULL;
}

/* O_NONBLOCK: opening a pipe would wait for a writer. */
static int open_input(const char *name, struct stat *found)
{
    int file = open(name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    const char *complaint = open_complaint(file, found);
    if (complaint)
        bad_input(name, 0, 0, complaint);
    return file;
}

/* As many bytes as there are, up to `room`. (By read, for stdio would want memory, which may be just what there is none of.) */
static size_t read_bytes(const char *name, int file, char *bytes, size_t room)
{
    size_t length = 0;
    for (ssize_t more = 1; more > 0 && length < room; length += (size_t)more) {
        more = read(file, bytes + length, room - length);
        if (more < 0)
            bad_input(name, 0, 0, strerror(errno));
    }
    return length;
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

static void check_bytes(const char *file, Utf8 *at, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!take_byte(at, (unsigned char)bytes[i]))
            refuse_text(file, at);
}

static void check_end(const char *file, const Utf8 *at)
{
    if (at->missing > 0)
        refuse_text(file, at);
}

/* ---- Is it what it was? ----------------------------------------------------------------------------------------- */

static struct stat seen; /* the file before it was checked */

void input_must_be_unchanged(const char *file)
{
    struct stat now;
    if (stat(file, &now) != 0)
        bad_input(file, 0, 0, strerror(errno));
    if (!looks_the_same(&now, &seen))
        bad_input(file, 0, 0, "changed while it was read");
}

/* ---- Reading ---------------------------------------------------------------------------------------------------- */

void input_check(const char *name)
{
    static char bytes[1 << 16];
    int file = open_input(name, &seen);
    Utf8 at = { .line = 1 };
    for (size_t length; (length = read_bytes(name, file, bytes, sizeof bytes)) > 0;)
        check_bytes(name, &at, bytes, length);
    check_end(name, &at);
    close(file);
}

enum { PAGE = 4096 };

Span input_read(const char *name)
{
    int file = open_input(name, &seen);
    size_t length = (size_t)seen.st_size;
    char *bytes = system_map(round_up(length, PAGE));
    size_t got = read_bytes(name, file, bytes, length);
    close(file);
    input_must_be_unchanged(name);
    if (got < length)
        bad_input(name, 0, 0, "is no plain file: it ends before its size says");
    Utf8 at = { .line = 1 };
    check_bytes(name, &at, bytes, length);
    check_end(name, &at);
    return (Span){ bytes, length };
}
