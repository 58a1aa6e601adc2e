/* The file system is the registry: every strategies/NAME.h and every workloads/NAME.c under the current folder. */
#ifndef RECLAIM_REGISTRY_H
#define RECLAIM_REGISTRY_H

#include "text_pool.h"

#include <stdbool.h>

/* A list of names, each of them kept in TextPool. */
typedef struct Names {
    const char **name;
    size_t count;
} Names;

Names registry_strategies(TextPool *pool);
Names registry_workloads(TextPool *pool);

/* Those that are in a run when none is named: the headers of the others have a line that says `Only when named`, as a comment. */
Names registry_usual_strategies(TextPool *pool);

bool names_have(Names names, const char *name);
void names_add(Names *names, const char *name);

/* The words of a text, separated by blanks or commas, each once. */
Names names_split(const char *words, TextPool *pool);

/* The names with a blank between them, in memory that the caller frees. */
char *names_joined(Names names);

/* The program ends, with a list of those there are, when one of `chosen` is not among `known`. `kind` is what to call them:
 * "strategy" or "workload". */
void names_must_be_known(Names chosen, Names known, const char *kind);

#endif
