/* A run and its folder: begun, or found as an interruption left it. */
#ifndef RECLAIM_RUN_H
#define RECLAIM_RUN_H

#include "ledger_folder.h"
#include "manifest.h"
#include "pinning.h"
#include "plan.h"
#include "request.h"
#include "trial.h"

typedef struct Run {
    Request request;
    Parameters parameters;
    Catalogue catalogue;
    Conditions conditions;
    Pinning pinning;
    TextPool pool;
    const char *name;
    char *folder, *plan_file, *trials_file, *hiccups_file, *manifest_file;
    int lock, machine; /* on the folder; on this machine, while trials are left */
    Plan plan;    /* of the first block only, until that is over */
    Plan block;   /* until then, the same in the order of the catalogue; then empty */
    Trial *tried; /* one for each of the plan's; its block is 0 while it was not tried */
    Manifest manifest;
    LedgerFolder ledger; /* of a run that several machines share: where this one measures its block ... */
    json_t *attempt;     /* ... and what host.json will say of it */
    double clock_offset_s;
} Run;

/* Begins a new run with its first block, or finds the one that is asked for with all that it has done. Whatever stands against
 * it ends the program with a sentence. */
void run_open(Run *run, Request request);

/* The parts of which one is opened that several machines share (attempt.h): its name, its files and this machine's tools; what
 * cells there are; what is said of it when it begins; and a manifest that is new, and not saved yet. */
void run_prepare(Run *run, Request request);
void run_read_catalogue(Run *run);
void run_say_beginning(const Run *run);
Manifest run_manifest(const Run *run);

/* Sets the run's clock, by what was recorded before. `ahead_s`: by how much this machine's clock is ahead of that by which the run
 * was begun, NAN where nobody knows. */
void run_set_clock(Run *run, double ahead_s);

/* The last trial is done: others may measure. */
void run_end_measuring(Run *run);

/* How many trials are left to do; what is unsupported is none. */
size_t run_trials_left(const Run *run);

/* What the run's clock says, in seconds: it goes on counting when the run does, and whatever becomes of the clock on the wall
 * meanwhile, it does not fall. */
double run_clock_s(const Run *run);

void run_free(Run *run);

#endif
