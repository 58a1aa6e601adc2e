#include "stress_report.h"

#include "clean.h"
#include "memory.h"
#include "modes.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { STRATEGY_WIDTH = 16, MODE_WIDTH = 9 };

/* What all rows of a strategy in a mode come to. */
typedef struct Standing {
    uint64_t tries, broken;
    bool kept, cannot, untried; /* whether there is a row that says so */
} Standing;

static Standing standing_of(const Sheet *sheet, const char *mode, const char *strategy)
{
    Standing standing = { 0 };
    for (size_t i = 0; i < sheet->rows; i++) {
        const StressRow *row = (StressRow *)sheet->row + i;
        if (!texts_equal(row->mode, mode) || !texts_equal(row->strategy, strategy))
            continue;
        bool first = i == 0 || !same_trying(row, row - 1); /* figures of one trying repeat its tries */
        standing.tries += first ? row->tries : 0;
        standing.broken += first ? row->broken : 0;
        standing.kept |= texts_equal(row->outcome, KEPT);
        standing.cannot |= texts_equal(row->outcome, CANNOT);
        standing.untried |= texts_equal(row->outcome, UNTRIED);
    }
    return standing;
}

static void print_standing(FILE *out, Standing standing)
{
    char text[32] = ".";
    if (standing.broken)
        snprintf(text, sizeof text, "%" PRIu64 " BROKE", standing.broken);
    else if (standing.kept)
        snprintf(text, sizeof text, "%" PRIu64 "%s", standing.tries, standing.untried ? "*" : "");
    else if (standing.cannot || standing.untried)
        snprintf(text, sizeof text, standing.cannot ? "cannot" : "untried");
    fprintf(out, " %*s", MODE_WIDTH, text);
}

/* The values of a column, each once, in the order of the rows; `of` is the column's place in a row. */
static Names values_of(const Sheet *sheet, size_t of)
{
    Names names = { 0 };
    for (size_t i = 0; i < sheet->rows; i++) {
        const char *value = *(const char *const *)((const char *)sheet->row + i * sizeof(StressRow) + of);
        if (!names_have(names, value))
            names_add(&names, value);
    }
    return names;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void print_table(FILE *out, const Sheet *sheet)
{
    Names modes = values_of(sheet, offsetof(StressRow, mode)), strategies = values_of(sheet, offsetof(StressRow, strategy));
    qsort(strategies.name, strategies.count, sizeof *strategies.name, by_name);
    fprintf(out, "\n%-*s", STRATEGY_WIDTH, "how often tried");
    for (size_t m = 0; m < modes.count; m++)
        fprintf(out, " %*s", MODE_WIDTH, modes.name[m]);
    fputc('\n', out);
    for (size_t s = 0; s < strategies.count; s++) {
        fprintf(out, "%-*s", STRATEGY_WIDTH, strategies.name[s]);
        for (size_t m = 0; m < modes.count; m++)
            print_standing(out, standing_of(sheet, modes.name[m], strategies.name[s]));
        fputc('\n', out);
    }
    fputs("cannot: the strategy has nothing to be tried; untried, *: something was not tried; stress.csv says why\n", out);
    free(modes.name);
    free(strategies.name);
}

static void print_broken(FILE *out, const StressRow *row)
{
    fputs("  ", out);
    print_clean(out, "%s, %s", row->mode, row->strategy);
    if (*row->subject)
        print_clean(out, ", %s", row->subject);
    if (row->size.known)
        fprintf(out, " of %" PRIu64, row->size.value);
    if (*row->condition)
        print_clean(out, ", %s", row->condition);
    print_clean(out, ": %s (%" PRIu64 " of %" PRIu64 ")", row->sentence, row->broken, row->tries);
    fputc('\n', out);
    if (*row->again) {
        print_clean(out, "    again: %s", row->again);
        fputc('\n', out);
    }
}

size_t stress_report(FILE *out, const char *run_folder)
{
    TextPool pool = { 0 };
    char *file = text_format("%s/stress.csv", run_folder);
    Sheet sheet = sheet_load(file, &stress_layout, &pool);
    size_t broken = 0;
    print_table(out, &sheet);
    for (size_t i = 0; i < sheet.rows; i++) {
        const StressRow *row = (StressRow *)sheet.row + i;
        if (!texts_equal(row->outcome, BROKEN))
            continue;
        if (broken++ == 0)
            fputs("\nBroken:\n", out);
        print_broken(out, row);
    }
    free(file);
    sheet_free(&sheet);
    text_pool_free(&pool);
    return broken;
}
