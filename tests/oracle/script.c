#include "script.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "system/random.h"

/* The first line of a file is this with the version, which changes when the same file would come to mean something else. */
#define SCRIPT_KIND "reclaim oracle script "
enum { SCRIPT_VERSION = 1 };

enum { SELDOM = 20 }; /* of so many collections one is asked for where they are to be seldom */

static const struct {
    const char *name;
    unsigned weight; /* how many of a thousand operations */
} words[WORDS] = {
    [WORD_NEW] = { "new", 330 },
    [WORD_SET] = { "set", 290 },
    [WORD_MOVE] = { "move", 60 },
    [WORD_DROP] = { "drop", 120 },
    [WORD_WEAK] = { "weak", 50 },
    [WORD_STRONG] = { "strong", 65 },
    [WORD_RENEW] = { "renew", 40 },
    [WORD_RESIZE] = { "resize", 35 },
    [WORD_REGION] = { "region", 6 },
    [WORD_COLLECT] = { "collect", 4 },
};

static Word any_word(uint64_t *state)
{
    unsigned chance = (unsigned)(splitmix64(state) % 1000);
    for (Word word = 0; word < WORDS; word++) {
        if (chance < words[word].weight)
            return word;
        chance -= words[word].weight;
    }
    return WORD_NEW;
}

static Word random_word(uint64_t *state, bool seldom)
{
    Word word = any_word(state);
    return word == WORD_COLLECT && seldom && splitmix64(state) % SELDOM ? WORD_NEW : word;
}

static void *demand(void *memory)
{
    if (memory)
        return memory;
    fputs("oracle: out of memory\n", stderr);
    exit(2);
}

Script script_random(uint64_t seed, size_t length, bool seldom)
{
    Script script = { demand(calloc(length + 1, sizeof(Operation))), length };
    for (size_t i = 0; i < length; i++) {
        Operation *operation = &script.operations[i];
        operation->word = random_word(&seed, seldom);
        operation->a = (uint32_t)splitmix64(&seed);
        operation->b = (uint32_t)splitmix64(&seed);
        operation->c = (uint32_t)splitmix64(&seed);
    }
    return script;
}

void script_free(Script *script)
{
    free(script->operations);
    *script = (Script){ NULL, 0 };
}

enum { LINE = 64 }; /* characters of a line, which has 40 at most */

static void write_operation(const Operation *operation, char line[LINE])
{
    snprintf(line, LINE, "%s %u %u %u\n", words[operation->word].name, operation->a, operation->b, operation->c);
}

static void write_end(const Script *script, char line[LINE])
{
    snprintf(line, LINE, "end %zu\n", script->length);
}

void script_write(const Script *script, FILE *file)
{
    char line[LINE];
    fprintf(file, SCRIPT_KIND "%d\n", SCRIPT_VERSION);
    for (size_t i = 0; i < script->length; i++) {
        write_operation(&script->operations[i], line);
        fputs(line, file);
    }
    write_end(script, line);
    fputs(line, file);
}

/* ---- Reading ---------------------------------------------------------------------------------------------------- */

static bool refuse(const char *path, size_t line, const char *what)
{
    if (line)
        fprintf(stderr, "oracle: %s, line %zu: %s\n", path, line, what);
    else
        fprintf(stderr, "oracle: %s: %s\n", path, what);
    return false;
}

/* A line means what it would be written as, to the letter: so no number that is too large, no sign, no second meaning of a line
 * and no torn one can pass. */
static bool parse_operation(const char *line, Operation *operation)
{
    char name[16], written[LINE];
    uint64_t a, b, c;
    if (sscanf(line, "%15s %10" SCNu64 " %10" SCNu64 " %10" SCNu64, name, &a, &b, &c) != 4)
        return false;
    for (Word word = 0; word < WORDS; word++)
        if (strcmp(name, words[word].name) == 0) {
            *operation = (Operation){ word, (uint32_t)a, (uint32_t)b, (uint32_t)c };
            write_operation(operation, written);
            return strcmp(line, written) == 0;
        }
    return false;
}

static void append(Script *script, const Operation *operation)
{
    if ((script->length & (script->length + 1)) == 0) /* full at 1, 3, 7, … */
        script->operations = demand(realloc(script->operations, 2 * (script->length + 1) * sizeof *operation));
    script->operations[script->length++] = *operation;
}

static bool read_end(const char *path, size_t number, const char *line, FILE *file, const Script *script)
{
    char written[LINE];
    write_end(script, written);
    if (strcmp(line, written) != 0)
        return refuse(path, number, "the script does not end with as many operations as it has");
    return fgetc(file) == EOF || refuse(path, number + 1, "something follows the script's end");
}

static bool read_operations(const char *path, FILE *file, Script *script)
{
    char line[LINE];
    for (size_t number = 2; fgets(line, sizeof line, file); number++) {
        Operation operation;
        if (strncmp(line, "end", 3) == 0)
            return read_end(path, number, line, file, script);
        if (!parse_operation(line, &operation))
            return refuse(path, number, "this is no operation");
        append(script, &operation);
    }
    return refuse(path, 0, ferror(file) ? strerror(errno) : "the script has no end");
}

static bool read_title(const char *path, FILE *file)
{
    char line[LINE], written[LINE], why[2 * LINE];
    unsigned version;
    if (!fgets(line, sizeof line, file) || sscanf(line, SCRIPT_KIND "%9u", &version) != 1)
        return ferror(file) ? refuse(path, 0, strerror(errno)) : refuse(path, 1, "this is no script of the oracle");
    snprintf(written, sizeof written, SCRIPT_KIND "%u\n", version);
    if (strcmp(line, written) != 0)
        return refuse(path, 1, "this is no script of the oracle");
    snprintf(why, sizeof why, "this script is of version %u, and what is played here is version %d", version, SCRIPT_VERSION);
    return version == SCRIPT_VERSION || refuse(path, 1, why);
}

bool script_read(const char *path, Script *script)
{
    *script = (Script){ NULL, 0 };
    FILE *file = fopen(path, "r");
    if (!file)
        return refuse(path, 0, strerror(errno));
    bool whole = read_title(path, file) && read_operations(path, file, script);
    fclose(file);
    return whole;
}
