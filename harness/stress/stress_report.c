#include "stress_report.h"

#include "clean.h"
#include "fail.h"
#include "memory.h"
#include "standing.h"

#include <inttypes.h>
#include <stdlib.h>

enum { STRATEGY_WIDTH = 16, MODE_WIDTH = 9 };

/* The words of the table that need one, if they are in it. */
static void print_legend(FILE *out, bool cannot, bool untried)
{
    if (cannot)
        fputs("cannot: the strategy has nothing to be tried; ", out);
    if (untried)
        fputs("untried, *: something was not tried; ", out);
    if (cannot || untried)
        fputs("stress.csv says why\n", out);
}

static void print_table(FILE *out, const Sheet *sheet)
{
    Names modes = standing_modes(sheet), strategies = standing_strategies(sheet);
    bool cannot = false, untried = false;
    fprintf(out, "\n%-*s", STRATEGY_WIDTH, "how often tried");
    for (size_t m = 0; m < modes.count; m++)
        fprintf(out, " %*s", MODE_WIDTH, modes.name[m]);
    fputc('\n', out);
    for (size_t s = 0; s < strategies.count; s++) {
        fprintf(out, "%-*s", STRATEGY_WIDTH, strategies.name[s]);
        for (size_t m = 0; m < modes.count; m++) {
            char text[STANDING_TEXT];
            Standing standing = standing_of(sheet, modes.name[m], strategies.name[s]);
            standing_text(standing, text);
            cannot |= standing.cannot && !standing.kept && !standing.broken;
            untried |= standing.untried;
            fprintf(out, " %*s", MODE_WIDTH, text);
        }
        fputc('\n', out);
    }
    print_legend(out, cannot, untried);
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

/* Of what broke in a mode under a strategy so many are printed: a strategy that leaks does so in every program. */
enum { MOST_PRINTED = 5 };

static bool same_trouble(const StressRow *a, const StressRow *b)
{
    return texts_equal(a->mode, b->mode) && texts_equal(a->strategy, b->strategy);
}

static void print_rest(FILE *out, const StressRow *last, size_t broken)
{
    if (broken <= MOST_PRINTED)
        return;
    print_clean(out, "  %s, %s: and %zu more, in stress.csv", last->mode, last->strategy, broken - MOST_PRINTED);
    fputc('\n', out);
}

/* Returns how many there are. */
static size_t print_all_broken(FILE *out, const Sheet *sheet)
{
    const StressRow *last = NULL;
    size_t all = 0, alike = 0;
    for (size_t i = 0; i < sheet->rows; i++) {
        const StressRow *row = (StressRow *)sheet->row + i;
        if (!texts_equal(row->outcome, BROKEN))
            continue;
        if (all++ == 0)
            fputs("\nBroken:\n", out);
        if (last && !same_trouble(last, row)) {
            print_rest(out, last, alike);
            alike = 0;
        }
        if (alike++ < MOST_PRINTED)
            print_broken(out, row);
        last = row;
    }
    print_rest(out, last, alike);
    return all;
}

int stress_report(FILE *out, const char *run_folder)
{
    TextPool pool = { 0 };
    char *file = text_format("%s/stress.csv", run_folder);
    Sheet sheet = sheet_load(file, &stress_layout, &pool);
    print_table(out, &sheet);
    size_t broken = print_all_broken(out, &sheet);
    bool nothing = !standing_has_tries(&sheet);
    if (nothing)
        notice("nothing was tried; %s/stress.csv says why", run_folder);
    free(file);
    sheet_free(&sheet);
    text_pool_free(&pool);
    return broken ? CELLS_FAILED : nothing ? CANNOT_GO_ON : ALL_WELL;
}
