/* The table in short. Columns are series, the baseline first; lines are variants at their largest size, by class. */
#include "table.h"

#include "bounds.h"
#include "heads.h"
#include "memory.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MATRIX_WIDTH = 160, NAME_LEAST = 12, NAME_MOST = 34 };

typedef struct Matrix {
    const Entries *entries;
    Heads heads;
    int name_width, width; /* of the names, and in all */
} Matrix;

/* ---- Fields --------------------------------------------------------------------------------------------------------- */

/* In at most five letters. */
static void number_text(double x, char text[16])
{
    static const char units[] = " kMGT";
    size_t unit = 0;
    if (isnan(x)) { /* it is not the same on all machines, which are not of one kind */
        strcpy(text, "NA ");
        return;
    }
    for (; fabs(x) >= 9999.5 && units[unit + 1]; unit++)
        x /= 1000;
    int length = snprintf(text, 15, "%.*f", x == floor(x) || x >= 99.95 ? 0 : x >= 9.995 ? 1 : 2, x);
    if (unit > 0)
        snprintf(text + length, 16 - length, "%c", units[unit]);
}

static bool is_baseline(const Entries *entries, const Entry *entry)
{
    return texts_equal(entry->label, entries->baseline);
}

/* The baseline's own figure is absolute, in ms or MiB. */
static void ratio_text(const Entries *entries, const Entry *entry, Measure measure, char text[16])
{
    const Summary *row = entry->of[measure];
    if (row->n == 0)
        snprintf(text, 16, "%s ", row->status == UNSUPPORTED ? "-" : status_name(row->status));
    else if (!is_baseline(entries, entry) && isnan(row->ratio))
        snprintf(text, 16, "? ");
    else {
        double absolute = measure == TIME ? 1e3 * row->median : row->median / 1024;
        bool can_tell = entries->blocks >= LEAST_BLOCKS, is_ratio = !is_baseline(entries, entry);
        double x = is_ratio ? row->ratio : absolute;
        int length = isnan(x) ? snprintf(text, 14, "NA") : snprintf(text, 14, "%.*f", x >= 99.95 ? 0 : x >= 9.995 ? 1 : 2, x);
        text[length] = row->status != OK ? '!' : is_ratio && can_tell && !differs(entry, measure) ? '~' : ' ';
        text[length + 1] = '\0';
    }
}

/* ---- Lines ---------------------------------------------------------------------------------------------------------- */

/* The entry of the series among those of the same work, which stand together from `first` on; NULL when there is none. */
static const Entry *entry_of(const Entries *entries, size_t first, const char *label)
{
    const Cell *work = &entries->entry[first].of[TIME]->cell;
    for (size_t i = first; i < entries->entries && work_order(&entries->entry[i].of[TIME]->cell, work) == 0; i++)
        if (texts_equal(entries->entry[i].label, label) && !entries->entry[i].of[TIME]->cell.control)
            return &entries->entry[i];
    return NULL;
}

static bool is_first_of_work(const Entries *entries, size_t i)
{
    return i == 0 || work_order(&entries->entry[i - 1].of[TIME]->cell, &entries->entry[i].of[TIME]->cell) != 0;
}

/* Whether a line begins here. Smaller sizes are shown where something failed. */
static bool is_line(const Entries *entries, size_t i)
{
    if (!is_first_of_work(entries, i))
        return false;
    const Cell *work = &entries->entry[i].of[TIME]->cell;
    for (size_t j = i; j < entries->entries && work_order(&entries->entry[j].of[TIME]->cell, work) == 0; j++)
        if (is_main(entries, j))
            return true;
    return false;
}

static char *name_of(const Entries *entries, size_t i)
{
    const Cell *cell = &entries->entry[i].of[TIME]->cell;
    bool is_largest = false;
    for (size_t j = i; j < entries->entries && same_variant(&entries->entry[j].of[TIME]->cell, cell); j++)
        is_largest = entries->entry[j].of[TIME]->cell.size == cell->size;
    return is_largest ? text_format("  %s %s", cell->workload, cell->variant)
                      : text_format("  %s %s, n = %" PRIu64, cell->workload, cell->variant, cell->size);
}

static void measure_names(Matrix *matrix)
{
    matrix->name_width = NAME_LEAST;
    for (size_t i = 0; i < matrix->entries->entries; i++) {
        char *name = name_of(matrix->entries, i);
        if (is_line(matrix->entries, i))
            matrix->name_width = smaller(larger(matrix->name_width, strlen(name)), NAME_MOST);
        free(name);
    }
}

/* A name that is too long for its column has a line of its own. */
static void print_name(FILE *out, const Matrix *matrix, char *name)
{
    bool fits = strlen(name) <= (size_t)matrix->name_width;
    if (!fits)
        fprintf(out, "%.158s\n", name);
    fprintf(out, "%-*s", matrix->name_width, fits ? name : "");
    free(name);
}

static void print_class(FILE *out, const Entries *entries, size_t i, const char **class)
{
    if (*class == NULL || !texts_equal(*class, entries->entry[i].class))
        fprintf(out, "%s\n", entries->entry[i].class);
    *class = entries->entry[i].class;
}

static void print_fields(FILE *out, const Matrix *matrix, size_t line, Measure measure, size_t first, size_t end)
{
    for (size_t h = first; h < end; h++) {
        char text[16] = " ";
        const Entry *entry = entry_of(matrix->entries, line, matrix->heads.head[h].label);
        if (entry)
            ratio_text(matrix->entries, entry, measure, text);
        fprintf(out, "%*s", matrix->heads.head[h].width, text);
    }
    fputc('\n', out);
}

static void print_measure(FILE *out, const Matrix *matrix, Measure measure)
{
    const Entries *entries = matrix->entries;
    fprintf(out, "\n%s: %.40s's in %s, the others' as multiples of it\n", measure == TIME ? TIME_WORDS : "Peak memory",
            entries->baseline, measure == TIME ? "ms" : "MiB");
    for (size_t first = 0, end; first < matrix->heads.count; first = end) {
        const char *class = NULL;
        end = heads_that_fit(&matrix->heads, first, matrix->width - matrix->name_width);
        fputc('\n', out);
        heads_print(out, &matrix->heads, first, end, matrix->name_width);
        for (size_t i = 0; i < entries->entries; i++) {
            if (!is_line(entries, i))
                continue;
            print_class(out, entries, i, &class);
            print_name(out, matrix, name_of(entries, i));
            print_fields(out, matrix, i, measure, first, end);
        }
    }
}

/* ---- Figures -------------------------------------------------------------------------------------------------------- */

static void print_figure(FILE *out, const Matrix *matrix, size_t line, size_t figure, size_t first, size_t end)
{
    for (size_t h = first; h < end; h++) {
        char text[16] = "- ";
        const Entry *entry = entry_of(matrix->entries, line, matrix->heads.head[h].label);
        if (entry && figure < entry->figures && entry->figure[figure].n > 0)
            number_text(entry->figure[figure].median, text);
        fprintf(out, "%*s ", matrix->heads.head[h].width - 1, text);
    }
    fputc('\n', out);
}

static void print_figures_of(FILE *out, const Matrix *matrix, size_t line, size_t first, size_t end)
{
    const Entry *entry = &matrix->entries->entry[line];
    char *name = name_of(matrix->entries, line);
    fprintf(out, "%.98s\n", name);
    free(name);
    for (size_t f = 0; f < entry->figures; f++) {
        print_name(out, matrix, text_format("    %s", figure_name(&entry->figure[f])));
        print_figure(out, matrix, line, f, first, end);
    }
}

static bool has_figures(const Entries *entries, size_t i, Names workloads)
{
    const Entry *entry = &entries->entry[i];
    bool is_asked_for = workloads.count == 0 || names_have(workloads, entry->of[TIME]->cell.workload);
    return is_line(entries, i) && entry->figures > 0 && is_asked_for;
}

/* As wide as the longest name of a figure, within bounds; 0 when there is none. */
static int width_of_figures(const Entries *entries, Names workloads)
{
    int width = 0;
    for (size_t i = 0; i < entries->entries; i++)
        for (size_t f = 0; has_figures(entries, i, workloads) && f < entries->entry[i].figures; f++)
            width = larger(width, 4 + strlen(figure_name(&entries->entry[i].figure[f])));
    return smaller(width, NAME_MOST);
}

void figures_print(FILE *out, const Entries *entries, Names workloads, int width)
{
    Matrix matrix = { .entries = entries, .name_width = width_of_figures(entries, workloads), .width = width };
    if (matrix.name_width == 0)
        return;
    matrix.heads = heads_of(entries);
    fputs("\nWhat workloads found out besides\n", out);
    for (size_t first = 0, end; first < matrix.heads.count; first = end) {
        end = heads_that_fit(&matrix.heads, first, matrix.width - matrix.name_width);
        fputc('\n', out);
        heads_print(out, &matrix.heads, first, end, matrix.name_width);
        for (size_t i = 0; i < entries->entries; i++)
            if (has_figures(entries, i, workloads))
                print_figures_of(out, &matrix, i, first, end);
    }
    heads_free(&matrix.heads);
}

static void print_signs(FILE *out)
{
    fputs("\n- is not supported, ! failed at times, ? has nothing to be compared with\n", out);
}

void matrix_print(FILE *out, const Entries *entries)
{
    Matrix matrix = { .entries = entries, .width = MATRIX_WIDTH };
    measure_names(&matrix);
    matrix.heads = heads_of(entries);
    for (int m = 0; m < MEASURES; m++)
        print_measure(out, &matrix, m);
    print_signs(out);
    heads_free(&matrix.heads);
}
