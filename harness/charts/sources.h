/* The files of the run that charts are made of besides summary.csv, each read once and whichever table asks first. */
#ifndef RECLAIM_SOURCES_H
#define RECLAIM_SOURCES_H

#include "rows.h"

#include <jansson.h>

enum { SOURCES_MAX = 16 };

typedef struct Source {
    const char *file;
    Sheet sheet;
} Source;

typedef struct Sources {
    const char *run_folder;
    json_t *manifest; /* or NULL */
    TextPool pool;    /* of all texts of the rows */
    Source source[SOURCES_MAX];
    size_t count;
} Sources;

/* The rows of the run's file, by its name without a folder; none when the run has no such file. One that is damaged ends the
 * program with a sentence that names file and line. The sheet is kept until sources_free. */
const Sheet *source_rows(Sources *sources, const char *file, const Layout *layout);

void sources_free(Sources *sources);

#endif
