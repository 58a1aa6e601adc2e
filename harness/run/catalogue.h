/* What the cells say of themselves: which variants there are, at which sizes, and what they cannot do. */
#ifndef RECLAIM_CATALOGUE_H
#define RECLAIM_CATALOGUE_H

#include "inputs.h"
#include "records.h"
#include "registry.h"

typedef struct Catalogue {
    Description *variant; /* of all strategies and workloads, in the order they were asked for */
    size_t variants;
    InputFiles inputs;    /* of its workloads */
} Catalogue;

/* The path of a cell's executable in the build folder, in memory that the caller frees. */
char *cell_path(const char *build, const char *strategy, const char *workload);

/* Asks every cell. One that is missing, or does not answer, ends the program with a sentence, and so does an LD_PRELOAD. */
Catalogue catalogue_read(const char *build, Names strategies, Names workloads, TextPool *pool);

/* The allocators that a strategy runs under, the C library's first; the caller frees the list. */
Names catalogue_allocators(const Catalogue *catalogue, const char *strategy);

/* Whether the variant of this number is described under the allocator that its strategy usually has, so that of all allocators
 * each variant counts once. */
bool catalogue_is_usual(const Catalogue *catalogue, size_t number);

/* The settings of a strategy, as its cell of the workload lists them: rows of Setting, which the caller frees. */
Sheet catalogue_settings(const char *build, const char *strategy, const char *workload, TextPool *pool);

/* The variants of a workload read this file from now on. Ends the program when they read none, or this one is empty or cannot
 * be read. */
void catalogue_set_input(Catalogue *catalogue, const char *workload, const char *file);

/* Looks at what the workloads read. Cells whose input cannot be read become unsupported, and say so. */
void catalogue_read_inputs(Catalogue *catalogue, TextPool *pool);

/* The checksum that a cell must come to, computed by its workload in another way; NA when the workload knows no other.
 * `input` is the file to read, or NULL for the usual one. */
Count catalogue_reference(const char *build, const Cell *cell, const char *input);

void catalogue_free(Catalogue *catalogue);

#endif
