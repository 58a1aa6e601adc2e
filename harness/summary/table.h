/* A run's summary as a table for people: whole, or in short. */
#ifndef RECLAIM_TABLE_H
#define RECLAIM_TABLE_H

#include "entries.h"
#include "registry.h"

#include <stdbool.h>
#include <stdio.h>

/* A run of more variants is told in short. */
enum { VARIANTS_IN_FULL = 12 };

/* Prints what the A/A control says; then, for a run of few variants, the whole table, and for another the short one. */
void table_print(FILE *out, const char *run_folder);

/* The short one, at most 160 columns wide: for each measure a line per variant, with a column per series, grouped by the
 * workloads' classes. */
void matrix_print(FILE *out, const Entries *entries);

/* What these workloads, or all if none is named, found out besides, with a column per series; nothing where none did. */
void figures_print(FILE *out, const Entries *entries, Names workloads, int width);

#endif
