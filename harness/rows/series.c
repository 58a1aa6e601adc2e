#include "series.h"

#include "memory.h"

#include <stdlib.h>

bool same_series(const Cell *a, const Cell *b)
{
    return series_order(a, b) == 0;
}

static const Cell *cell_at(CellsOf cells, size_t i)
{
    return (const Cell *)((const char *)cells.first + i * cells.stride);
}

const Cell *baseline_among(CellsOf cells)
{
    for (size_t i = 0; i < cells.rows; i++)
        if (cell_at(cells, i)->control)
            return cell_at(cells, i);
    return NULL;
}

bool is_of_largest_size(CellsOf cells, size_t i)
{
    const Cell *cell = cell_at(cells, i);
    for (size_t j = i + 1; j < cells.rows && same_variant(cell_at(cells, j), cell); j++)
        if (cell_at(cells, j)->size > cell->size)
            return false;
    return true;
}

static bool has_several_allocators(const Cell *cell, CellsOf cells)
{
    for (size_t i = 0; i < cells.rows; i++) {
        const Cell *other = cell_at(cells, i);
        if (!texts_equal(other->allocator, cell->allocator) && texts_equal(other->strategy, cell->strategy))
            return true;
    }
    return false;
}

/* In files settings stand between semicolons, for people between blanks. */
static void part_with_blanks(char *text)
{
    for (; *text; text++)
        if (*text == ';')
            *text = ' ';
}

const char *series_configuration(const Cell *cell, CellsOf cells, TextPool *pool)
{
    const char *allocator = has_several_allocators(cell, cells) ? cell->allocator : "";
    char *text = text_format("%s%s%s", allocator, *allocator && *cell->settings ? " " : "", cell->settings);
    part_with_blanks(text);
    const char *kept = intern(pool, text);
    free(text);
    return kept;
}

const char *series_label(const Cell *cell, CellsOf cells, TextPool *pool)
{
    const char *configuration = series_configuration(cell, cells, pool);
    char *text = text_format("%s%s%s", cell->strategy, *configuration ? " " : "", configuration);
    const char *kept = intern(pool, text);
    free(text);
    return kept;
}
