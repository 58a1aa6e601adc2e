/* The files that workloads read. Their answers depend on what is in them, so rows carry which content that was, and a trial
 * that may have seen another one is not judged. */
#ifndef RECLAIM_INPUTS_H
#define RECLAIM_INPUTS_H

#include "digest.h"
#include "text_pool.h"

#include <jansson.h>
#include <stddef.h>
#include <sys/stat.h>

/* A file as it was when the run began. */
typedef struct InputFile {
    const char *workload, *path;
    Digest digest;
    const char *id;   /* the first letters of the digest: what rows have in their column `input` */
    struct stat seen; /* while this stays, so does the content */
} InputFile;

typedef struct InputFiles {
    InputFile *file;
    size_t files;
} InputFiles;

/* Why no workload can read the file, whatever it reads: NULL, or not a regular one, empty, … */
const char *input_complaint(const char *path);

/* Adds the workload's, unless it is there already. Returns NULL, or why it cannot be read; then it is not added. */
const char *inputs_add(InputFiles *inputs, const char *workload, const char *path, TextPool *pool);

/* What the workload's rows have in their column `input`: nothing where it reads no file. */
const char *inputs_id(const InputFiles *inputs, const char *workload);

/* Whether the workload's file has no longer the content that it had when it was added. One that was only touched has. */
bool inputs_changed(InputFiles *inputs, const char *workload);

/* By workload; no paths. */
json_t *inputs_to_json(const InputFiles *inputs);

void inputs_free(InputFiles *inputs);

#endif
