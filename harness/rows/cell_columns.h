/* The columns that say which cell a row is about, for the tables of all rows whose member `cell` is a Cell. Each file keeps the
 * order that it was begun with. */
#ifndef RECLAIM_CELL_COLUMNS_H
#define RECLAIM_CELL_COLUMNS_H

/* As plan.csv and trials.csv begin. */
#define CELL_COLUMNS(Row)                                    \
    { "strategy",  NAME, offsetof(Row, cell.strategy) },     \
    { "workload",  NAME, offsetof(Row, cell.workload) },     \
    { "variant",   NAME, offsetof(Row, cell.variant) },      \
    { "size",      NATURAL, offsetof(Row, cell.size) },      \
    { "seed",      NATURAL, offsetof(Row, cell.seed) },      \
    { "input",     ID, offsetof(Row, cell.input) },          \
    { "settings",  SETTINGS, offsetof(Row, cell.settings) }, \
    { "allocator", NAME, offsetof(Row, cell.allocator) },    \
    { "control",   FLAG, offsetof(Row, cell.control) }

/* What is derived or counted begins with the series. */
#define SERIES_COLUMNS(Row)                                  \
    { "strategy",  NAME, offsetof(Row, cell.strategy) },     \
    { "settings",  SETTINGS, offsetof(Row, cell.settings) }, \
    { "allocator", NAME, offsetof(Row, cell.allocator) }

/* Then what is derived has the work. */
#define WORK_COLUMNS(Row)                                    \
    { "workload",  NAME, offsetof(Row, cell.workload) },     \
    { "variant",   NAME, offsetof(Row, cell.variant) },      \
    { "size",      NATURAL, offsetof(Row, cell.size) },      \
    { "input",     ID, offsetof(Row, cell.input) }

/* What is counted is of one seed. */
#define COUNTED_COLUMNS(Row)                                 \
    { "workload",  NAME, offsetof(Row, cell.workload) },     \
    { "variant",   NAME, offsetof(Row, cell.variant) },      \
    { "size",      NATURAL, offsetof(Row, cell.size) },      \
    { "seed",      NATURAL, offsetof(Row, cell.seed) },      \
    { "input",     ID, offsetof(Row, cell.input) }

#endif
