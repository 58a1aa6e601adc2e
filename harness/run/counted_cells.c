#include "counted_cells.h"

#include "fail.h"
#include "memory.h"

#include <stdlib.h>

enum { QUICK_DIVISOR = 10 };

const Description *description_of(const Catalogue *catalogue, const Cell *cell)
{
    for (size_t i = 0; i < catalogue->variants; i++) {
        const Description *variant = &catalogue->variant[i];
        if (texts_equal(variant->strategy, cell->strategy) && texts_equal(variant->workload, cell->workload) &&
            texts_equal(variant->variant, cell->variant) && texts_equal(variant->allocator, cell->allocator))
            return variant;
    }
    fail("%s/%s has no variant %s under %s any more", cell->strategy, cell->workload, cell->variant, cell->allocator);
}

/* Of a depth, a tenth would be nothing. */
static uint64_t counted_size(const Catalogue *catalogue, Mode mode, const Cell *cell)
{
    const Description *variant = description_of(catalogue, cell);
    bool smaller = mode == QUICK && !variant->depth;
    return smaller ? (variant->quick + QUICK_DIVISOR - 1) / QUICK_DIVISOR : variant->quick;
}

static bool has_cell(const Cell *cells, size_t count, const Cell *cell)
{
    for (size_t i = 0; i < count; i++)
        if (cells_equal(&cells[i], cell))
            return true;
    return false;
}

static int by_cell(const void *a, const void *b)
{
    return cell_order(a, b);
}

Cell *counted_cells(const Sheet *trials, const Catalogue *catalogue, Mode mode, size_t *count)
{
    Cell *cells = memory_new(trials->rows + 1, sizeof *cells);
    *count = 0;
    for (const Trial *trial = trials->row; trial < (const Trial *)trials->row + trials->rows; trial++) {
        Cell cell = trial->cell;
        if (trial->status != OK || cell.control)
            continue;
        cell.size = counted_size(catalogue, mode, &cell);
        if (!has_cell(cells, *count, &cell))
            cells[(*count)++] = cell;
    }
    qsort(cells, *count, sizeof *cells, by_cell);
    return cells;
}
