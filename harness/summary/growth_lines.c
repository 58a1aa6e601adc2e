#include "growth.h"

#include "memory.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

/* The slopes of one variant and metric. */
typedef struct Slopes {
    const Growth *least, *most; /* NULL when none was measured */
} Slopes;

static bool same_line(const Growth *a, const Growth *b)
{
    return same_variant(&a->cell, &b->cell) && texts_equal(a->metric, b->metric);
}

static Slopes slopes_at(const Growth *row, size_t rows, size_t first)
{
    Slopes slopes = { NULL, NULL };
    for (size_t i = first; i < rows; i++) {
        const Growth *growth = &row[i];
        if (!same_variant(&growth->cell, &row[first].cell))
            break;
        if (!same_line(growth, &row[first]) || isnan(growth->slope))
            continue;
        slopes.least = slopes.least && slopes.least->slope <= growth->slope ? slopes.least : growth;
        slopes.most = slopes.most && slopes.most->slope >= growth->slope ? slopes.most : growth;
    }
    return slopes;
}

static void print_slope(FILE *out, const Growth *growth, const char *before)
{
    fprintf(out, "%s%.2f ", before, growth->slope);
    if (isnan(growth->lo))
        fputs(growth->n > 1 ? "(no interval)" : "(one block)", out);
    else
        fprintf(out, "[%.2f, %.2f]", growth->lo, growth->hi);
    fprintf(out, " %.15s", growth->cell.strategy);
}

static void print_slopes(FILE *out, const Slopes *slopes)
{
    char *work = text_format("%s %s", slopes->least->cell.workload, slopes->least->cell.variant);
    fprintf(out, "  %-26.26s ", work);
    free(work);
    print_slope(out, slopes->least, "");
    if (slopes->most != slopes->least)
        print_slope(out, slopes->most, " to ");
    fputc('\n', out);
}

static void print_lines(FILE *out, const Sheet *growth)
{
    const Growth *row = growth->row;
    const Cell *before = NULL;
    fputs("\nCPU time per operation grows with what power of n, over the last decade of a sweep: 0 is constant, 1\n"
          "proportional. Under the strategy where least, and where most, with 95% intervals:\n", out);
    for (size_t i = 0; i < growth->rows; i++) {
        bool is_next = before == NULL || !same_variant(before, &row[i].cell);
        before = &row[i].cell;
        Slopes slopes = is_next ? slopes_at(row, growth->rows, i) : (Slopes){ NULL, NULL };
        if (slopes.least)
            print_slopes(out, &slopes);
    }
}

void growth_print(FILE *out, const char *run_folder)
{
    char *file = text_format("%s/growth.csv", run_folder);
    if (access(file, F_OK) == 0) {
        TextPool pool = { 0 };
        Sheet growth = sheet_load(file, &growth_layout, &pool);
        if (growth.rows > 0)
            print_lines(out, &growth);
        sheet_free(&growth);
        text_pool_free(&pool);
    }
    free(file);
}
