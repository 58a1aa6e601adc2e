#include "script.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "system/random.h"

/* The first line of a file; the number changes when the same file would come to mean something else. */
static const char script_title[] = "reclaim oracle script 1";

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

static Word random_word(uint64_t *state)
{
    unsigned chance = (unsigned)(splitmix64(state) % 1000);
    for (Word word = 0; word < WORDS; word++) {
        if (chance < words[word].weight)
            return word;
        chance -= words[word].weight;
    }
    return WORD_NEW;
}

static void *demand(void *memory)
{
    if (memory)
        return memory;
    fputs("oracle: out of memory\n", stderr);
    exit(2);
}

Script script_random(uint64_t seed, size_t length)
{
    Script script = { demand(calloc(length + 1, sizeof(Operation))), length };
    for (size_t i = 0; i < length; i++) {
        Operation *operation = &script.operations[i];
        operation->word = random_word(&seed);
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

void script_write(const Script *script, FILE *file)
{
    fprintf(file, "%s\n", script_title);
    for (size_t i = 0; i < script->length; i++) {
        const Operation *operation = &script->operations[i];
        fprintf(file, "%s %u %u %u\n", words[operation->word].name, operation->a, operation->b, operation->c);
    }
    fprintf(file, "end %zu\n", script->length);
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

static bool parse_operation(const char *line, Operation *operation)
{
    char name[16], excess;
    if (sscanf(line, "%15s %u %u %u %c", name, &operation->a, &operation->b, &operation->c, &excess) != 4)
        return false;
    for (Word word = 0; word < WORDS; word++)
        if (strcmp(name, words[word].name) == 0) {
            operation->word = word;
            return true;
        }
    return false;
}

static void append(Script *script, const Operation *operation)
{
    if ((script->length & (script->length + 1)) == 0) /* full at 1, 3, 7, … */
        script->operations = demand(realloc(script->operations, 2 * (script->length + 1) * sizeof *operation));
    script->operations[script->length++] = *operation;
}

static bool read_operations(const char *path, FILE *file, Script *script)
{
    char line[128], excess;
    size_t promised;
    for (size_t number = 2; fgets(line, sizeof line, file); number++) {
        Operation operation;
        if (sscanf(line, "end %zu %c", &promised, &excess) == 1)
            return promised == script->length || refuse(path, number, "the script has not as many operations as it says");
        if (!parse_operation(line, &operation))
            return refuse(path, number, "this is no operation");
        append(script, &operation);
    }
    return refuse(path, 0, "the script has no end");
}

bool script_read(const char *path, Script *script)
{
    *script = (Script){ NULL, 0 };
    FILE *file = fopen(path, "r");
    if (!file)
        return refuse(path, 0, strerror(errno));
    char line[128];
    bool titled = fgets(line, sizeof line, file) && strncmp(line, script_title, sizeof script_title - 1) == 0 &&
                  line[sizeof script_title - 1] == '\n';
    bool whole = titled ? read_operations(path, file, script)
                        : refuse(path, 1, "this is no script of the oracle, or one of another version");
    fclose(file);
    return whole;
}
