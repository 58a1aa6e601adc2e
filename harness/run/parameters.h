/* The parameters of a run: what was asked for, and what was left open filled in. The manifest keeps them, and a run that goes
 * on has the same. */
#ifndef RECLAIM_PARAMETERS_H
#define RECLAIM_PARAMETERS_H

#include "configurations.h"
#include "mode.h"
#include "registry.h"
#include "request.h"

#include <jansson.h>

/* The workloads' own seed, the same in all runs, so that runs can be compared. */
enum { WORKLOAD_SEED = 1 };

typedef struct Parameters {
    Mode mode;
    Names strategies, workloads;
    Configurations configurations;
    const char *baseline;
    Input input[INPUTS_MAX];   /* a file is NULL when the manifest does not name it, as it is outside the project */
    size_t inputs;
    uint64_t seed;             /* of the order of trials */
    uint64_t blocks;           /* NOT_ASKED until the pilot has told; null in the manifest */
    uint64_t tasks;            /* that share the run, which is on one machine where it is NOT_ASKED, and not in the manifest */
    uint64_t time_limit_s;     /* of one trial */
    uint64_t memory_limit_mib; /* likewise */
} Parameters;

#define USUAL_BASELINE "refcount"

/* A new run's; an unknown name ends the program. Another strategy takes the place of a baseline that is not of the run. */
Parameters parameters_for(const Request *request, TextPool *pool);

/* A list of names, as the manifest has them. */
json_t *names_to_json(Names names);

json_t *parameters_to_json(const Parameters *parameters);

/* Ends the program when something is missing; `file` is where the JSON was read. */
Parameters parameters_from_json(const json_t *json, const char *file, TextPool *pool);

/* Ends the program when the request asks for something else than what run `name` was begun with. Files that the manifest does
 * not name, and the number of blocks while nobody knows it, are taken from the request. */
void parameters_must_suit(Parameters *parameters, const Request *request, const char *name, TextPool *pool);

/* The file that the workload is to read, or NULL for its usual one. */
const char *parameters_input(const Parameters *parameters, const char *workload);

void parameters_free(Parameters *parameters);

#endif
