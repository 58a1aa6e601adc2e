/* Configurations: strategies that a run has a further time, with settings that are not their usual ones. */
#ifndef RECLAIM_CONFIGURATIONS_H
#define RECLAIM_CONFIGURATIONS_H

#include "registry.h"

#include <jansson.h>

/* Settings are as in a cell's row: `name=value;name=value`, in the order in which the cell lists them, and not empty. */
typedef struct Configuration {
    const char *strategy, *settings;
    const char *usually; /* what these settings are otherwise, in the same form; empty where nobody knows */
} Configuration;

typedef struct Configurations {
    Configuration *at;
    size_t count;
} Configurations;

/* What was asked for: blanks between configurations, each of them `strategy.name=value,name=value`. What is usual anyway, and
 * what is there twice, is left out. A strategy that is none of `strategies`, a setting that its cell of `workload` does not
 * know, or a value that it may not have ends the program with a sentence. */
Configurations configurations_read(const char *words, Names strategies, const char *build, const char *workload,
                                   TextPool *pool);

bool configurations_have(Configurations all, Configuration one);

/* As they would be asked for, in memory that the caller frees. */
char *configurations_joined(Configurations all);

json_t *configurations_to_json(Configurations all);

/* Ends the program when the JSON, read from `file`, is something else. */
Configurations configurations_from_json(const json_t *json, const char *file, TextPool *pool);

void configurations_free(Configurations *all);

#endif
