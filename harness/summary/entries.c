#include "entries.h"

#include "bounds.h"
#include "fail.h"
#include "first_host.h"
#include "manifest.h"
#include "memory.h"
#include "series.h"
#include "summary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *const metric_of[MEASURES] = { TIME_METRIC, "peak_rss_kib" };

/* ---- Order ---------------------------------------------------------------------------------------------------------- */

/* The fastest first; what has no time comes last. */
static int by_time(const Summary *x, const Summary *y)
{
    if (x->n == 0 || y->n == 0)
        return x->n == y->n ? series_order(&x->cell, &y->cell) : x->n == 0 ? 1 : -1;
    bool by_ratio = isnan(x->median) || isnan(y->median);
    double a = by_ratio ? x->ratio : x->median, b = by_ratio ? y->ratio : y->median;
    return (a > b) - (a < b);
}

static int by_class_work_and_time(const void *a, const void *b)
{
    const Entry *x = a, *y = b;
    size_t x_rank = class_rank(x->class), y_rank = class_rank(y->class);
    if (x_rank != y_rank)
        return x_rank < y_rank ? -1 : 1;
    int order = work_order(&x->of[TIME]->cell, &y->of[TIME]->cell);
    return order ? order : by_time(x->of[TIME], y->of[TIME]);
}

/* ---- Rows to entries ------------------------------------------------------------------------------------------------ */

static void take_row(Entry *entry, const Summary *row)
{
    for (int m = 0; m < MEASURES; m++)
        if (texts_equal(row->metric, metric_of[m]))
            entry->of[m] = row;
    if (strncmp(row->metric, FIGURE_PREFIX, strlen(FIGURE_PREFIX)) != 0)
        return;
    if (entry->figures++ == 0)
        entry->figure = row;
}

/* The rows of a cell stand together. */
static size_t take_cell(Entries *all, size_t first)
{
    const Summary *row = all->summary.row;
    CellsOf cells = CELLS_OF(Summary, row, all->summary.rows);
    const Cell *cell = &row[first].cell;
    Entry *entry = &all->entry[all->entries++];
    *entry = (Entry){ .label = series_label(cell, cells, &all->pool), .class = manifest_class(all->manifest, cell->workload) };
    size_t i = first;
    for (; i < all->summary.rows && cell_order(&row[i].cell, cell) == 0; i++)
        take_row(entry, &row[i]);
    if (entry->of[TIME] == NULL || entry->of[MEMORY] == NULL)
        fail("summary.csv:%zu: " TIME_METRIC " or peak_rss_kib of this cell is missing", all->summary.line[first]);
    return i;
}

static void collect(Entries *all)
{
    all->entry = memory_new(all->summary.rows, sizeof *all->entry);
    for (size_t i = 0; i < all->summary.rows;)
        i = take_cell(all, i);
    qsort(all->entry, all->entries, sizeof *all->entry, by_class_work_and_time);
}

bool is_main(const Entries *entries, size_t i)
{
    const Summary *time = entries->entry[i].of[TIME], *last = time;
    for (size_t j = i; j < entries->entries && same_variant(&entries->entry[j].of[TIME]->cell, &time->cell); j++)
        last = entries->entry[j].of[TIME];
    return last->cell.size == time->cell.size || (time->status != OK && time->status != UNSUPPORTED);
}

bool differs(const Entry *entry, Measure measure)
{
    return entry->of[measure]->verdict == LESS || entry->of[measure]->verdict == MORE;
}

const char *figure_name(const Summary *figure)
{
    return figure->metric + strlen(FIGURE_PREFIX);
}

/* ---- From a folder -------------------------------------------------------------------------------------------------- */

static bool is_older(const struct stat *a, const struct stat *b)
{
    return a->st_mtim.tv_sec != b->st_mtim.tv_sec ? a->st_mtim.tv_sec < b->st_mtim.tv_sec
                                                  : a->st_mtim.tv_nsec < b->st_mtim.tv_nsec;
}

/* What was made of trials that have changed since is made again. (A copy of a folder may look so, and comes to the same.) */
static Sheet load_summary(const char *run_folder, Entries *all)
{
    char *file = text_format("%s/summary.csv", run_folder), *trials = text_format("%s/trials.csv", run_folder);
    struct stat summary, tried;
    bool is_finished = stat(file, &summary) == 0, has_trials = stat(trials, &tried) == 0;
    bool is_current = !has_trials || (is_finished && !is_older(&summary, &tried));
    Sheet sheet = is_current ? sheet_load(file, &summary_layout, &all->pool)
                             : summary_so_far(run_folder, &all->unfinished, &all->pool);
    if (is_finished)
        all->unfinished = 0;
    free(trials);
    free(file);
    return sheet;
}

Entries entries_read(const char *run_folder)
{
    Entries all = { 0 };
    all.summary = load_summary(run_folder, &all);
    all.measured_on = take_first_host(run_folder, &all.summary, &all.pool);
    all.manifest = manifest_read(run_folder);
    CellsOf cells = CELLS_OF(Summary, all.summary.row, all.summary.rows);
    const Cell *baseline = baseline_among(cells);
    all.baseline = baseline ? series_label(baseline, cells, &all.pool) : "the baseline";
    collect(&all);
    for (int m = 0; m < MEASURES; m++)
        all.noise[m] = noise_of(&all.summary, metric_of[m]);
    for (size_t i = 0; i < all.entries; i++)
        all.blocks = larger(all.blocks, all.entry[i].of[TIME]->n);
    return all;
}

void entries_free(Entries *entries)
{
    free(entries->entry);
    json_decref(entries->manifest);
    sheet_free(&entries->summary);
    text_pool_free(&entries->pool);
    *entries = (Entries){ 0 };
}
