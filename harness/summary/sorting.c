/* Millions of trials are of a few thousand cells: these are sorted, and each trial only has to find its own. */
#include "groups.h"

#include "fnv.h"
#include "memory.h"

#include <stdlib.h>
#include <string.h>

typedef struct Bin {
    const Cell *cell;
    size_t trials;
    size_t next; /* where its next trial goes */
} Bin;

/* A hash table of all cells that were met, of which no more than half is taken. */
typedef struct Bins {
    Bin **slot;
    size_t slots, taken;
} Bins;

static uint64_t hash_of(const Cell *cell)
{
    const char *const text[] = { cell->workload, cell->variant, cell->input, cell->strategy, cell->allocator, cell->settings };
    uint64_t hash = FNV_BEGIN;
    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        hash = fnv(hash, text[i], strlen(text[i]) + 1);
    hash = fnv(hash, &cell->size, sizeof cell->size);
    return fnv(hash, &cell->control, sizeof cell->control);
}

static Bin **slot_of(const Bins *bins, const Cell *cell)
{
    for (size_t at = hash_of(cell);; at++) {
        Bin **slot = &bins->slot[at & (bins->slots - 1)];
        if (*slot == NULL || cell_order((*slot)->cell, cell) == 0)
            return slot;
    }
}

static void grow(Bins *bins)
{
    Bins bigger = { .slots = bins->slots ? 2 * bins->slots : 1024, .taken = bins->taken };
    bigger.slot = memory_new(bigger.slots, sizeof *bigger.slot);
    for (size_t i = 0; i < bins->slots; i++)
        if (bins->slot[i])
            *slot_of(&bigger, bins->slot[i]->cell) = bins->slot[i];
    free(bins->slot);
    *bins = bigger;
}

static Bin *bin_of(Bins *bins, const Cell *cell)
{
    if (2 * bins->taken >= bins->slots)
        grow(bins);
    Bin **slot = slot_of(bins, cell);
    if (*slot == NULL) {
        *slot = memory_new(1, sizeof **slot);
        (*slot)->cell = cell;
        bins->taken++;
    }
    return *slot;
}

static int by_cell(const void *a, const void *b)
{
    return cell_order((*(Bin *const *)a)->cell, (*(Bin *const *)b)->cell);
}

static int by_block(const void *a, const void *b)
{
    const Trial *x = *(const Trial *const *)a, *y = *(const Trial *const *)b;
    return (x->block > y->block) - (x->block < y->block);
}

/* In a file the blocks mostly stand in their order. */
static void sort_blocks(const Trial **trial, size_t trials)
{
    for (size_t i = 1; i < trials; i++)
        if (trial[i]->block < trial[i - 1]->block) {
            qsort(trial, trials, sizeof *trial, by_block);
            return;
        }
}

static Bin **sorted_bins(const Bins *bins)
{
    Bin **sorted = memory_new(bins->taken + 1, sizeof(Bin *));
    for (size_t i = 0, n = 0; i < bins->slots; i++)
        if (bins->slot[i])
            sorted[n++] = bins->slot[i];
    qsort(sorted, bins->taken, sizeof *sorted, by_cell);
    for (size_t i = 0, before = 0; i < bins->taken; before += sorted[i++]->trials)
        sorted[i]->next = before;
    return sorted;
}

const Trial **sorted_trials(const Sheet *sheet)
{
    Bins bins = { .slots = 0 };
    const Trial *trial = sheet->row, **sorted = memory_new(sheet->rows + 1, sizeof *sorted);
    Bin **of = memory_new(sheet->rows + 1, sizeof(Bin *));
    for (size_t i = 0; i < sheet->rows; i++) {
        of[i] = bin_of(&bins, &trial[i].cell);
        of[i]->trials++;
    }
    Bin **bin = sorted_bins(&bins);
    for (size_t i = 0; i < sheet->rows; i++)
        sorted[of[i]->next++] = &trial[i];
    for (size_t i = 0; i < bins.taken; i++) {
        sort_blocks(sorted + bin[i]->next - bin[i]->trials, bin[i]->trials);
        free(bin[i]);
    }
    free(bin);
    free(of);
    free(bins.slot);
    return sorted;
}
