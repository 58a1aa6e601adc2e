/* manifest.json: what would be needed to doubt a run, or to repeat it. */
#ifndef RECLAIM_MANIFEST_H
#define RECLAIM_MANIFEST_H

#include "catalogue.h"
#include "parameters.h"
#include "pinning.h"

#include <time.h>

typedef struct Manifest {
    char *file;
    json_t *json;
} Manifest;

/* A new run's, which begins now; it is not saved, and has no parameters yet. */
Manifest manifest_new(const char *file, const char *run, const Request *request, const Pinning *pinning);

/* What manifest.json of that folder holds; NULL when there is none. A damaged one ends the program. */
json_t *manifest_read(const char *run_folder);

/* An earlier run's; ends the program when it is missing or damaged. */
Manifest manifest_load(const char *file);

void manifest_set_parameters(Manifest *manifest, const Parameters *parameters);
Parameters manifest_parameters(const Manifest *manifest, TextPool *pool);

/* Notes the class of each workload; and what a manifest, or NULL, has noted: empty where it does not know the workload. */
void manifest_set_classes(Manifest *manifest, const Catalogue *catalogue);
const char *manifest_class(const json_t *manifest, const char *workload);

/* One digest over the executables of all cells, in the order of strategies and workloads. */
json_t *cells_to_json(const Parameters *parameters, const char *build);

/* Notes what the cells' executables are. */
void manifest_set_cells(Manifest *manifest, const Parameters *parameters, const char *build);

/* Whether they are what was noted, of the run or of one of its machines. */
bool manifest_has_cells(const Manifest *manifest, const Parameters *parameters, const char *build);

/* Ends the program when they are not. */
void manifest_check_cells(const Manifest *manifest, const char *run, const Parameters *parameters, const char *build);

/* Likewise for what workloads read, and for the plan. */
void manifest_set_inputs(Manifest *manifest, const InputFiles *inputs);
void manifest_check_inputs(const Manifest *manifest, const char *run, const InputFiles *inputs);
void manifest_set_plan(Manifest *manifest, const char *plan_file);
bool manifest_has_plan(const Manifest *manifest); /* whether it was noted: not while the first block is not over */
void manifest_check_plan(const Manifest *manifest, const char *run, const char *plan_file);
/* Notes the trials of all machines; and whether the file is what was noted: nobody has touched it since. */
void manifest_set_trials(Manifest *manifest, const char *trials_file);
bool manifest_has_trials(const Manifest *manifest, const char *trials_file);

const char *manifest_plan(const Manifest *manifest); /* the digest that was noted, or nothing */

/* Likewise for the commit and whether files differ from it, of which `facts` speak (machine.h). A machine may have the same
 * cells and no git: where one of both does not know, the facts take over what the manifest says. Returns whether both know,
 * and nothing differs: then the commit tells what the cells are, whoever built them. */
bool manifest_settle_commit(const Manifest *manifest, const char *run, json_t *facts);

/* Says of the machine and the cells what `facts` do (host.h). */
void manifest_take_facts(Manifest *manifest, const json_t *facts);

/* How many machines a run was measured on. */
size_t manifest_hosts(const json_t *manifest);

/* What kind of machine that was, or how many they were where there are several; the caller frees it. */
char *manifest_host_kind(const json_t *manifest);

/* The blocks of a merged run that are not there, as in `4,7-9`; empty where none is known to be missing. */
const char *manifest_missing_blocks(const json_t *manifest);

/* The time, UTC, in the form of all times in it. */
json_t *now_to_json(void);
json_t *time_to_json(time_t time);

/* Seconds since 1970; NAN: it is no time. */
double time_of_json(const json_t *json);

/* When the run began, in seconds since 1970. */
double manifest_started(const Manifest *manifest);

/* One stretch of work on a run: it has several when it was interrupted. */
void manifest_begin_session(Manifest *manifest);
void manifest_end_session(Manifest *manifest, bool complete);

void manifest_save(const Manifest *manifest);

void manifest_free(Manifest *manifest);

#endif
