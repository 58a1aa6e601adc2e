#include "stress_report.h"

#include "clean.h"
#include "fail.h"
#include "memory.h"
#include "standing.h"

#include <inttypes.h>
#include <stdlib.h>

enum { STRATEGY_WIDTH = 16, MODE_WIDTH = 9 };

static void print_table(FILE *out, const Sheet *sheet)
{
    Names modes = standing_modes(sheet), strategies = standing_strategies(sheet);
    fprintf(out, "\n%-*s", STRATEGY_WIDTH, "how often tried");
    for (size_t m = 0; m < modes.count; m++)
        fprintf(out, " %*s", MODE_WIDTH, modes.name[m]);
    fputc('\n', out);
    for (size_t s = 0; s < strategies.count; s++) {
        fprintf(out, "%-*s", STRATEGY_WIDTH, strategies.name[s]);
        for (size_t m = 0; m < modes.count; m++) {
            char text[STANDING_TEXT];
            standing_text(standing_of(sheet, modes.name[m], strategies.name[s]), text);
            fprintf(out, " %*s", MODE_WIDTH, text);
        }
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

int stress_report(FILE *out, const char *run_folder)
{
    TextPool pool = { 0 };
    char *file = text_format("%s/stress.csv", run_folder);
    Sheet sheet = sheet_load(file, &stress_layout, &pool);
    size_t broken = 0, untried = 0;
    print_table(out, &sheet);
    for (size_t i = 0; i < sheet.rows; i++) {
        const StressRow *row = (StressRow *)sheet.row + i;
        untried += texts_equal(row->outcome, UNTRIED);
        if (!texts_equal(row->outcome, BROKEN))
            continue;
        if (broken++ == 0)
            fputs("\nBroken:\n", out);
        print_broken(out, row);
    }
    bool nothing = untried == sheet.rows;
    if (nothing)
        notice("nothing was tried; %s/stress.csv says why", run_folder);
    free(file);
    sheet_free(&sheet);
    text_pool_free(&pool);
    return broken ? CELLS_FAILED : nothing ? CANNOT_GO_ON : ALL_WELL;
}
