#include "inlined.h"

#include "memory.h"
#include "path.h"
#include "process.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ADDR2LINE_S = 60 };

void inlined_want(Inlined *inlined, uint64_t address)
{
    inlined->address =
        memory_room(inlined->address, &inlined->address_room, inlined->addresses + 1, sizeof *inlined->address);
    inlined->address[inlined->addresses++] = address;
}

static int by_address(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void put_in_order(Inlined *inlined)
{
    size_t kept = 0;
    if (inlined->addresses > 0)
        qsort(inlined->address, inlined->addresses, sizeof *inlined->address, by_address);
    for (size_t i = 0; i < inlined->addresses; i++)
        if (kept == 0 || inlined->address[i] != inlined->address[kept - 1])
            inlined->address[kept++] = inlined->address[i];
    inlined->addresses = kept;
}

/* The addresses are words of a file that addr2line takes for more of its command line. */
static int write_addresses(const Inlined *inlined)
{
    int file = memory_file("addresses");
    FILE *out = fdopen(dup(file), "w");
    for (size_t i = 0; out && i < inlined->addresses; i++)
        fprintf(out, "0x%" PRIx64 "\n", inlined->address[i]);
    if (out == NULL || fclose(out) != 0) {
        close(file);
        return NO_FILE;
    }
    return file;
}

static bool run_addr2line(const char *program, int addresses, int output)
{
    char path[64], *tool = program_find("addr2line");
    if (tool == NULL)
        return false;
    memory_file_path(addresses, path);
    char *words = text_format("@%s", path);
    char *const command[] = { tool, "-a", "-i", "-f", "-e", (char *)program, words, NULL };
    Launch launch = { .command = command, .core = ANY_CORE, .output = output, .errors = NO_FILE };
    End end = process_wait(process_start(&launch), ADDR2LINE_S);
    free(words);
    free(tool);
    return end.ending == ENDED && WIFEXITED(end.status) && WEXITSTATUS(end.status) == 0;
}

static void add_frame(Inlined *inlined, const char *function, const char *place, TextPool *pool)
{
    inlined->frame = memory_room(inlined->frame, &inlined->frame_room, inlined->frames + 1, sizeof *inlined->frame);
    /* gcc's clones: name.part.0, name.constprop.0, name.cold */
    inlined->frame[inlined->frames++] = (Frame){ intern_part(pool, function, strcspn(function, ".\n")),
                                                 intern_part(pool, place, strcspn(place, ":\n")) };
}

/* Of each address a line with it, and then two lines for each function: its name, and the file and line in it. */
static bool read_frames(Inlined *inlined, FILE *in, TextPool *pool)
{
    char *line = NULL, *place = NULL;
    size_t room = 0, place_room = 0, at = 0;
    bool fits = true;
    inlined->first = memory_new(inlined->addresses + 1, sizeof *inlined->first);
    while (fits && getline(&line, &room, in) > 0) {
        if (strncmp(line, "0x", 2) == 0) {
            fits = at < inlined->addresses && strtoull(line, NULL, 16) == inlined->address[at];
            inlined->first[at++] = inlined->frames;
        } else {
            fits = at > 0 && getline(&place, &place_room, in) > 0;
            if (fits)
                add_frame(inlined, line, place, pool);
        }
    }
    free(line);
    free(place);
    return fits && at == inlined->addresses;
}

bool inlined_find(Inlined *inlined, const char *program, TextPool *pool, const char **complaint)
{
    put_in_order(inlined);
    int addresses = write_addresses(inlined), output = memory_file("frames");
    bool done = addresses != NO_FILE && run_addr2line(program, addresses, output);
    FILE *in = done ? fdopen(dup(output), "r") : NULL;
    if (in)
        rewind(in);
    *complaint = !done ? "addr2line (binutils) is not here, or failed"
               : in && read_frames(inlined, in, pool) ? NULL : "addr2line did not answer as expected";
    if (in)
        fclose(in);
    if (addresses != NO_FILE)
        close(addresses);
    close(output);
    return *complaint == NULL;
}

size_t inlined_place(const Inlined *inlined, uint64_t address)
{
    const uint64_t *found =
        bsearch(&address, inlined->address, inlined->addresses, sizeof *inlined->address, by_address);
    return (size_t)(found - inlined->address);
}

size_t inlined_end(const Inlined *inlined, size_t place)
{
    return place + 1 < inlined->addresses ? inlined->first[place + 1] : inlined->frames;
}

void inlined_free(Inlined *inlined)
{
    free(inlined->address);
    free(inlined->first);
    free(inlined->frame);
    *inlined = (Inlined){ 0 };
}
