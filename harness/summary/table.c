#include "table.h"

#include "commands.h"
#include "fail.h"
#include "memory.h"
#include "series.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST_BLOCKS = 3, LEAST_CONTROLS = 3, LABEL_LEAST = 20, LABEL_MOST = 27 };

/* A line of the table, which is about one cell: two of its rows in summary.csv. */
typedef struct Entry {
    const char *label; /* of its series */
    const Summary *cpu, *memory;
} Entry;

typedef struct Table {
    Entry *entry;
    size_t entries;
    const char *baseline; /* the label of its series */
    int label_width;
    uint64_t blocks; /* in which the cell that was ok most often was ok */
    size_t controls; /* cells that have one */
    double noise;    /* the largest ratio between a cell and its control, 1 or more; NAN without a control */
    bool all;     /* show the smaller sizes of swept variants, too */
    size_t left_out;
} Table;

static bool same_cell(const Summary *a, const Summary *b)
{
    return cell_order(&a->cell, &b->cell) == 0;
}

/* The fastest first; what has no time comes last. */
static int by_work_and_time(const void *a, const void *b)
{
    const Summary *x = ((const Entry *)a)->cpu, *y = ((const Entry *)b)->cpu;
    int order = work_order(&x->cell, &y->cell);
    if (order)
        return order;
    if (x->n == 0 || y->n == 0)
        return x->n == y->n ? series_order(&x->cell, &y->cell) : x->n == 0 ? 1 : -1;
    return (x->median > y->median) - (x->median < y->median);
}

/* The rows of a cell stand together, so memory is looked for among the next few. */
static const Summary *row_of(const Sheet *sheet, size_t from, const char *metric)
{
    const Summary *row = sheet->row;
    for (size_t i = from; i < sheet->rows && same_cell(&row[i], &row[from]); i++)
        if (texts_equal(row[i].metric, metric))
            return &row[i];
    return NULL;
}

static bool is_first_of_cell(const Sheet *sheet, size_t i)
{
    const Summary *row = sheet->row;
    return i == 0 || !same_cell(&row[i - 1], &row[i]);
}

static void collect(Table *table, const Sheet *sheet, const char *file, TextPool *pool)
{
    CellsOf cells = CELLS_OF(Summary, sheet->row, sheet->rows);
    table->entry = memory_new(sheet->rows, sizeof *table->entry);
    for (size_t i = 0; i < sheet->rows; i++) {
        if (!is_first_of_cell(sheet, i))
            continue;
        const Cell *cell = &((const Summary *)sheet->row)[i].cell;
        Entry entry = { series_label(cell, cells, pool), row_of(sheet, i, TIME_METRIC), row_of(sheet, i, "peak_rss_kib") };
        if (entry.cpu == NULL || entry.memory == NULL)
            fail("%s:%zu: " TIME_METRIC " or peak_rss_kib of this cell is missing", file, sheet->line[i]);
        table->entry[table->entries++] = entry;
    }
    qsort(table->entry, table->entries, sizeof *table->entry, by_work_and_time);
}

/* Smaller sizes than the variant's largest belong to a chart; but what failed is always shown. Lines are sorted by size. */
static bool is_shown(const Table *table, size_t i)
{
    const Summary *cpu = table->entry[i].cpu, *last = cpu;
    for (size_t j = i; j < table->entries; j++) {
        const Summary *next = table->entry[j].cpu;
        if (!same_variant(&next->cell, &cpu->cell))
            break;
        last = next;
    }
    return table->all || last->cell.size == cpu->cell.size || (cpu->status != OK && cpu->status != UNSUPPORTED);
}

/* Of the largest sizes only: what takes microseconds differs by more, and is in no table. */
static void measure_noise(Table *table)
{
    table->noise = NAN;
    for (size_t i = 0; i < table->entries; i++) {
        const Summary *cpu = table->entry[i].cpu;
        if (!cpu->cell.control || !(cpu->ratio > 0) || !is_shown(table, i))
            continue;
        table->noise = fmax(table->noise, exp(fabs(log(cpu->ratio))));
        table->controls++;
    }
}

/* As wide as the longest label, within bounds. */
static void measure_labels(Table *table)
{
    table->label_width = LABEL_LEAST;
    for (size_t i = 0; i < table->entries; i++) {
        int width = strlen(table->entry[i].label);
        if (width > table->label_width && width <= LABEL_MOST)
            table->label_width = width;
    }
}

static void count_blocks(Table *table)
{
    for (size_t i = 0; i < table->entries; i++)
        if (table->entry[i].cpu->n > table->blocks)
            table->blocks = table->entry[i].cpu->n;
}

/* One or two blocks know nothing of how far the next would be from them. */
static bool can_tell(const Table *table)
{
    return table->blocks >= LEAST_BLOCKS;
}

static void print_noise(FILE *out, const Table *table)
{
    if (isnan(table->noise))
        fputs("A/A control: there is none, so nothing says how far the same program differs from itself\n", out);
    else if (table->controls < LEAST_CONTROLS)
        fprintf(out, "A/A control: %s only: too few to know the noise\n", table->controls == 1 ? "one cell" : "two cells");
    else
        fprintf(out, "A/A control: the same program twice differs by up to %.1f%% in CPU time: read nothing into less\n",
                100 * (table->noise - 1));
}

static void print_heading(FILE *out, const Table *table, const Cell *work)
{
    fprintf(out, "\n%.30s %.30s, n = %" PRIu64 "\n", work->workload, work->variant, work->size);
    fprintf(out, "  %-*s %10s   vs %-24.24s %10s\n", table->label_width, "", "CPU time", table->baseline, "peak");
}

/* A difference is one when its interval excludes 1 and it is larger than what the control shows, however few its cells are. */
static bool differs(const Table *table, const Summary *cpu)
{
    bool excludes_one = cpu->ratio_lo > 1 || cpu->ratio_hi < 1;
    return cpu->n >= LEAST_BLOCKS && excludes_one && !(exp(fabs(log(cpu->ratio))) <= table->noise);
}

/* In as few places as keep the table narrow, whatever the ratio. */
static int decimals(double ratio)
{
    return ratio < 100 ? 2 : 0;
}

static char mark(const Table *table, const Summary *cpu)
{
    return differs(table, cpu) ? 'x' : can_tell(table) ? '~' : ' ';
}

static void print_ratio(FILE *out, const Table *table, const Entry *entry)
{
    char text[64] = "no ratio";
    const Summary *cpu = entry->cpu;
    if (texts_equal(entry->label, table->baseline))
        snprintf(text, sizeof text, "= 1");
    else if (!isnan(cpu->ratio))
        snprintf(text, sizeof text, "%c %.*f  [%.*f, %.*f]", mark(table, cpu), decimals(cpu->ratio),
                 cpu->ratio, decimals(cpu->ratio_lo), cpu->ratio_lo, decimals(cpu->ratio_hi), cpu->ratio_hi);
    fprintf(out, "   %-27s", text);
}

/* Printed after the figures when only some trials failed. */
static void print_status(FILE *out, const Summary *cpu)
{
    if (cpu->status != OK && cpu->n > 0)
        fprintf(out, "  %s at times", status_name(cpu->status));
}

/* A label that is too long for its column has a line of its own. */
static void print_label(FILE *out, const Table *table, const char *label)
{
    bool fits = strlen(label) <= (size_t)table->label_width;
    if (!fits)
        fprintf(out, "  %.98s\n", label);
    fprintf(out, "  %-*s ", table->label_width, fits ? label : "");
}

static void print_entry(FILE *out, const Table *table, const Entry *entry)
{
    const Summary *cpu = entry->cpu;
    print_label(out, table, entry->label);
    if (cpu->n == 0) {
        fprintf(out, "%s: %.57s\n", status_name(cpu->status), cpu->reason);
        return;
    }
    double ms = 1e3 * cpu->median;
    fprintf(out, "%7.*f ms", ms < 1 ? 3 : ms < 100 ? 1 : 0, ms);
    print_ratio(out, table, entry);
    fprintf(out, " %6.1f MiB", entry->memory->median / 1024);
    print_status(out, cpu);
    fputc('\n', out);
}

static void print_lines(FILE *out, Table *table)
{
    const Cell *work = NULL;
    for (size_t i = 0; i < table->entries; i++) {
        const Summary *cpu = table->entry[i].cpu;
        if (cpu->cell.control)
            continue;
        if (!is_shown(table, i)) {
            table->left_out++;
            continue;
        }
        if (work == NULL || work_order(work, &cpu->cell) != 0)
            print_heading(out, table, &cpu->cell);
        work = &cpu->cell;
        print_entry(out, table, &table->entry[i]);
    }
}

static void print_legend(FILE *out, const Table *table, const char *run_folder)
{
    fprintf(out, "\nvs %.40s: as a multiple of its CPU time, with the 95%% interval;\n", table->baseline);
    if (can_tell(table))
        fputs("~ marks what this run cannot tell from 1\n", out);
    else if (table->blocks > 0)
        fprintf(out, "%" PRIu64 " block%s too few to tell anything apart\n", table->blocks,
                table->blocks == 1 ? " is" : "s are");
    if (table->left_out > 0)
        fprintf(out, "%zu cells at smaller sizes are not shown: %s table --all %s\n", table->left_out,
                program_invocation_name, run_folder);
}

static const char *label_of_baseline(const Sheet *sheet, TextPool *pool)
{
    CellsOf cells = CELLS_OF(Summary, sheet->row, sheet->rows);
    const Cell *baseline = baseline_among(cells);
    return baseline ? series_label(baseline, cells, pool) : "the baseline";
}

void table_print(FILE *out, const char *run_folder, bool all)
{
    TextPool pool = { 0 };
    char *file = text_format("%s/summary.csv", run_folder);
    Sheet sheet = sheet_load(file, &summary_layout, &pool);
    Table table = { .baseline = label_of_baseline(&sheet, &pool), .all = all };
    collect(&table, &sheet, file, &pool);
    measure_labels(&table);
    measure_noise(&table);
    count_blocks(&table);
    print_noise(out, &table);
    print_lines(out, &table);
    print_legend(out, &table, run_folder);
    free(table.entry);
    sheet_free(&sheet);
    free(file);
    text_pool_free(&pool);
}

static const char help[] =
    "Usage: reclaim table [--all] RUN_FOLDER\n"
    "\n"
    "Prints RUN_FOLDER/summary.csv as a table; with --all also the smaller sizes of swept variants.\n";

int table_main(int count, char **words)
{
    bool all = count > 1 && texts_equal(words[1], "--all");
    if (count != 2 + all || *words[1 + all] == '-') {
        bool asked = count == 2 && texts_equal(words[1], "--help");
        fputs(help, asked ? stdout : stderr);
        return asked ? ALL_WELL : CANNOT_GO_ON;
    }
    table_print(stdout, words[1 + all], all);
    return ALL_WELL;
}
