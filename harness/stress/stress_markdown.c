#include "stress_markdown.h"

#include "manifest.h"
#include "memory.h"
#include "standing.h"
#include "stress_facts.h"

#include <stdlib.h>

static void print_row(FILE *out, const Sheet *sheet, Names modes, const char *strategy)
{
    fprintf(out, "| `%s` |", strategy);
    for (size_t m = 0; m < modes.count; m++) {
        char text[STANDING_TEXT];
        Standing standing = standing_of(sheet, modes.name[m], strategy);
        standing_text(standing, text);
        fprintf(out, standing.broken ? " **%s** |" : " %s |", text);
    }
    fputc('\n', out);
}

static void print_table(FILE *out, const Sheet *sheet)
{
    Names modes = standing_modes(sheet), strategies = standing_strategies(sheet);
    fputs("| |", out);
    for (size_t m = 0; m < modes.count; m++)
        fprintf(out, " %s |", modes.name[m]);
    fputs("\n|---|", out);
    for (size_t m = 0; m < modes.count; m++)
        fputs("---:|", out);
    fputc('\n', out);
    for (size_t s = 0; s < strategies.count; s++)
        print_row(out, sheet, modes, strategies.name[s]);
    free(modes.name);
    free(strategies.name);
}

static void print_footer(FILE *out, const StressFacts *facts)
{
    enum { DATE = sizeof "2026-01-31" - 1 };
    fprintf(out, "\n%s, %.*s, commit `%.12s`%s, seed %ld, %s%g minutes each for oracle and soak. \\*: something was not tried;\n"
                 "`cannot`: the strategy has nothing that could be tried; `.`: nothing was to be tried.\n",
            facts->host, DATE, facts->started, facts->commit, facts->changed ? " with changes" : "", facts->seed,
            facts->quick ? "in quick mode, " : "", facts->minutes);
}

void stress_markdown(FILE *out, const char *run_folder)
{
    TextPool pool = { 0 };
    char *file = text_format("%s/stress.csv", run_folder);
    Sheet sheet = sheet_load(file, &stress_layout, &pool);
    json_t *manifest = manifest_read(run_folder);
    StressFacts facts = stress_facts(manifest);
    print_table(out, &sheet);
    print_footer(out, &facts);
    json_decref(manifest);
    sheet_free(&sheet);
    text_pool_free(&pool);
    free(file);
}
