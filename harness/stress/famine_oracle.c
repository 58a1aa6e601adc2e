#include "famine.h"

#include "memory.h"
#include "oracle_said.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* How long a random program is. */
enum { OPERATIONS = 8000, OPERATIONS_QUICK = 2000 };

/* With more and larger objects than usual, and a malloc that asks for what it needs and no more, strategies ask at tens of
 * moments, not at a few. */
#define EXTENT "--roots", "64", "--bytes", "130", "--pad", "0"

/* No program takes that long. But one that fails is shrunk for no longer then, and is told before it counts as hanging. */
#define SECONDS "10"

typedef struct Command {
    char *path, *operations, *seed;
    char *word[14]; /* up to a NULL */
} Command;

Cell famine_oracle_of(const Stress *stress, const char *strategy)
{
    return (Cell){ .strategy = strategy, .workload = "oracle", .variant = "random programs", .seed = stress->seed,
                   .size = stress->quick ? OPERATIONS_QUICK : OPERATIONS, .input = "", .settings = "", .allocator = "" };
}

static char *path_of(const char *build, const Cell *oracle)
{
    return text_format("%s/tests/%s/oracle", build, oracle->strategy);
}

bool famine_has_oracle(const char *build, const Cell *oracle)
{
    char *path = path_of(build, oracle);
    bool has_one = access(path, X_OK) == 0;
    free(path);
    return has_one;
}

static Command command_of(const char *build, const Cell *oracle)
{
    Command command = { .path = path_of(build, oracle), .operations = text_format("%" PRIu64, oracle->size),
                        .seed = text_format("%" PRIu64, oracle->seed) };
    char *word[] = { command.path, "--ops", command.operations, "--seed", command.seed, "--seconds", SECONDS, EXTENT, NULL };
    memcpy(command.word, word, sizeof word);
    return command;
}

static void command_free(Command *command)
{
    free(command->path);
    free(command->operations);
    free(command->seed);
}

char *famine_oracle_again(const char *build, const Cell *oracle)
{
    Command command = command_of(build, oracle);
    char *text = text_format("%s", command.path);
    for (char **word = command.word + 1; *word; word++) {
        char *before = text;
        text = text_format("%s %s", before, *word);
        free(before);
    }
    command_free(&command);
    return text;
}

/* Its only sentence. */
static bool says_that_memory_is_out(const char *said)
{
    const char *end = strchr(said, '\n');
    return strstr(said, ": out of memory: ") && end && end[1] == '\0';
}

static Status judge(const Cell *oracle, const RunResult *result)
{
    OracleTally tally;
    bool has_played = oracle_read_tally(result->output, &tally) && tally.operations == oracle->size;
    if (result->hangs)
        return TIMEOUT;
    if (result->exit_status == 0 && strstr(result->output, ": unsupported: "))
        return UNSUPPORTED;
    if (result->exit_status == 0 && has_played)
        return OK;
    if (result->exit_status == ORACLE_STARVED && says_that_memory_is_out(result->output))
        return OOM;
    return result->exit_status == ORACLE_FAILED ? WRONG : CRASH;
}

int famine_try_oracle(const char *build, const Cell *oracle, const RunOptions *options, TextPool *pool, RunResult *result,
                      Trial *trial)
{
    Command command = command_of(build, oracle);
    int signal = try_program(command.word, options, result);
    *trial = (Trial){ .cell = *oracle, .status = judge(oracle, result), .reason = "" };
    if (!signal && trial->status != OK) {
        char *complaint = oracle_complaint(result);
        trial->reason = intern(pool, complaint);
        free(complaint);
    }
    command_free(&command);
    return signal;
}
