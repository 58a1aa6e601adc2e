/* Series: the cells of one strategy in one configuration, which is an allocator and settings. A series is a line of the
 * table under each of its heads, and a colour, a mark and a name in the charts. */
#ifndef RECLAIM_SERIES_H
#define RECLAIM_SERIES_H

#include "records.h"

bool same_series(const Cell *a, const Cell *b);

/* The cells of rows that stand `stride` bytes apart. */
typedef struct CellsOf {
    const Cell *first;
    size_t rows, stride;
} CellsOf;

#define CELLS_OF(Row, row, rows) (CellsOf){ &((const Row *)(row))->cell, rows, sizeof(Row) }

/* The first cell that was run a second time as A/A control, whose series is the baseline; NULL when there is none. */
const Cell *baseline_among(CellsOf cells);

/* Whether no cell of its variant is larger; the rows are in the order of works. */
bool is_of_largest_size(CellsOf cells, size_t i);

/* What tells the cell's series from others of its strategy: the allocator where the cells have several of the strategy's,
 * and the settings that are not usual, as in `mimalloc threshold=2000`; empty for a strategy as it usually is. */
const char *series_configuration(const Cell *cell, CellsOf cells, TextPool *pool);

/* What the series is called: the strategy, and behind it what tells it from others. */
const char *series_label(const Cell *cell, CellsOf cells, TextPool *pool);

#endif
