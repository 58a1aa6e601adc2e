#include "oracle_said.h"

#include "memory.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *oracle_line_with(const char *said, const char *words)
{
    const char *at = strstr(said, words);
    if (!at)
        return NULL;
    while (at > said && at[-1] != '\n')
        at--;
    return text_format("%.*s", (int)strcspn(at, "\n"), at);
}

bool oracle_read_tally(const char *said, OracleTally *tally)
{
    char *line = oracle_line_with(said, " operations in ");
    bool told = line && sscanf(line, "%*[^:]: %" SCNu64 " operations in %" SCNu64 " episodes from seed %*u: %" SCNu64
        " births, %*u finalizers, %*u of %*u weak references read empty, %" SCNu64 " comparisons", &tally->operations,
        &tally->episodes, &tally->births, &tally->comparisons) == 4;
    free(line);
    return told;
}

const char *oracle_words_of(const char *line)
{
    const char *colon = strstr(line, ": ");
    return colon ? colon + 2 : line;
}

char *oracle_complaint(const RunResult *result)
{
    if (result->hangs)
        return text_format("its oracle hangs");
    if (result->exit_status == 0)
        return text_format("its oracle does not say that it played anything");
    if (result->exit_status != ORACLE_FAILED && result->exit_status != ORACLE_STARVED)
        return text_format("its oracle ended with status %d%s%s", result->exit_status, *result->errors ? ": " : "",
            result->errors);
    char *failed = oracle_line_with(result->output, ", operation "), *shrunk = oracle_line_with(result->output, "Shrunk from ");
    char *kept = oracle_line_with(result->output, " objects are alive that nobody reaches");
    char *sentence = text_format("%s%s%.*s", oracle_words_of(failed ? failed : kept ? kept : result->output), shrunk ? "; s" : "",
        shrunk ? (int)strcspn(shrunk + 1, ":") : 0, shrunk ? shrunk + 1 : "");
    free(kept);
    free(shrunk);
    free(failed);
    return sentence;
}
