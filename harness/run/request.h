/* The command line of `reclaim bench` and `reclaim sweep`. */
#ifndef RECLAIM_REQUEST_H
#define RECLAIM_REQUEST_H

#include "text_pool.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A file for a workload to read instead of its usual one. */
typedef struct Input {
    const char *workload, *file;
} Input;

enum { INPUTS_MAX = 64, NOT_ASKED = 0 };

/* Of a run that several machines share: every `of`-th of its blocks, from the `which`-th on; {0, 0}: not asked for. */
typedef struct Shard {
    uint64_t which, of;
} Shard;

enum { TASKS_MAX = 1000 };

/* What a run may be limited to, on a command line or in a manifest: limits beyond would overflow where they become bytes. */
enum { TIME_LIMIT_MOST_S = 1000000, MEMORY_LIMIT_LEAST_MIB = 16, MEMORY_LIMIT_MOST_MIB = 1 << 30 };

/* What was asked for; NULL and NOT_ASKED stand for what was left open. */
typedef struct Request {
    int count;     /* the command line as it was given */
    char **words;
    const char *mode, *strategies, *workloads, *settings, *baseline, *run;
    const char *results, *build; /* folders; never left open */
    Input input[INPUTS_MAX];
    size_t inputs;
    uint64_t seed, blocks, time_limit_s, memory_limit_mib;
    bool without_census, without_charts;
    bool is_pilot; /* the first block alone, of a run that several machines share */
    Shard shard;
    uint64_t tasks;   /* that share it */
    const char *host; /* what this machine is called among them */
    bool is_sweep; /* of settings: their configurations, strategies and workloads are what is measured where none are named */
} Request;

/* Reads the command line; one that makes no sense ends the program with a sentence, --help with the help. */
Request request_read(int count, char **words, TextPool *pool);

/* The name of a run, as it was given; one that could be no folder's, or of another folder, ends the program with a sentence. */
const char *request_run_name(const char *name);

#endif
