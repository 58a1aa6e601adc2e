#include "instructions.h"

#include "clean.h"
#include "count_rows.h"
#include "memory.h"
#include "series.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *const part_names[PARTS] = {
    [WORK] = "work", [ALLOCATE] = "allocate", [BARRIER] = "barrier", [RELEASE] = "release",
    [COLLECT] = "collect", [TEARDOWN] = "teardown", [STARTUP] = "startup",
};

/* Percentages of each cell, and their mean over the cells of a series: no cell weighs more than another. */
typedef struct Mean {
    double part[PARTS];
    size_t cells;
} Mean;

static Mean mean_of(const Cell *series, const Instructions *row, size_t rows)
{
    Mean mean = { 0 };
    for (size_t i = 0; i < rows; i++) {
        if (!same_series(&row[i].cell, series) || !row[i].part[WORK].known || row[i].instructions.value == 0)
            continue;
        mean.cells++;
        for (Purpose p = 0; p < PARTS; p++)
            mean.part[p] += 100.0 * (double)row[i].part[p].value / (double)row[i].instructions.value;
    }
    return mean;
}

static bool is_first_of_series(const Instructions *row, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (same_series(&row[j].cell, &row[i].cell))
            return false;
    return true;
}

static int widest_label(const Instructions *row, CellsOf cells, TextPool *pool)
{
    int widest = 0;
    for (size_t i = 0; i < cells.rows; i++) {
        int width = (int)strlen(series_label(&row[i].cell, cells, pool));
        widest = width > widest ? width : widest;
    }
    return widest;
}

static void print_means(FILE *out, const Instructions *row, size_t rows, TextPool *pool)
{
    CellsOf cells = CELLS_OF(Instructions, row, rows);
    int width = widest_label(row, cells, pool);
    fprintf(out, "\nOf a cell's instructions, in percent, on average (instructions.csv):\n  %-*s", width, "");
    for (Purpose p = 0; p < PARTS; p++)
        fprintf(out, " %9s", part_names[p]);
    for (size_t i = 0; i < rows; i++) {
        Mean mean = is_first_of_series(row, i) ? mean_of(&row[i].cell, row, rows) : (Mean){ 0 };
        if (mean.cells == 0)
            continue;
        fprintf(out, "\n  %-*s", width, series_label(&row[i].cell, cells, pool));
        for (Purpose p = 0; p < PARTS; p++)
            fprintf(out, " %9.1f", mean.part[p] / (double)mean.cells);
    }
    fputs("\n", out);
}

static size_t print_failures(FILE *out, const Instructions *row, size_t rows)
{
    size_t failures = 0;
    for (size_t i = 0; i < rows; i++) {
        if (row[i].status == OK && row[i].part[WORK].known)
            continue;
        failures++;
        print_clean(out, "  not %s: %s/%s %s, n = %" PRIu64 ": %s: %s", row[i].instructions.known ? "split" : "counted",
                    row[i].cell.strategy, row[i].cell.workload, row[i].cell.variant, row[i].cell.size,
                    status_name(row[i].status), row[i].reason);
        fputc('\n', out);
    }
    return failures;
}

size_t instructions_report(FILE *out, const char *run_folder)
{
    TextPool pool = { 0 };
    char *file = text_format("%s/instructions.csv", run_folder);
    Sheet sheet = sheet_load(file, &instructions_layout, &pool);
    print_means(out, sheet.row, sheet.rows, &pool);
    size_t failures = print_failures(out, sheet.row, sheet.rows);
    sheet_free(&sheet);
    free(file);
    text_pool_free(&pool);
    return failures;
}
