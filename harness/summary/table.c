#include "table.h"

#include "clean.h"
#include "commands.h"
#include "fail.h"
#include "growth.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FEW_BLOCKS = 5, LABEL_LEAST = 20, LABEL_MOST = 27, WIDTH = 100 };

/* The whole table in the making. */
typedef struct Table {
    const Entries *entries;
    Names workloads;   /* only these; none: all */
    bool all;          /* show the smaller sizes of swept variants, too */
    int label_width;
    size_t left_out;
} Table;

static bool is_asked_for(const Table *table, const Entry *entry)
{
    return table->workloads.count == 0 || names_have(table->workloads, entry->of[TIME]->cell.workload);
}

static bool is_shown(const Table *table, size_t i)
{
    return table->all || is_main(table->entries, i);
}

/* As wide as the longest label, within bounds. */
static void measure_labels(Table *table)
{
    table->label_width = LABEL_LEAST;
    for (size_t i = 0; i < table->entries->entries; i++) {
        int width = strlen(table->entries->entry[i].label);
        if (width > table->label_width && width <= LABEL_MOST)
            table->label_width = width;
    }
}

/* ---- What the run can tell ------------------------------------------------------------------------------------------ */

static bool can_tell(const Entries *entries)
{
    return entries->blocks >= LEAST_BLOCKS;
}

static void print_noise(FILE *out, const Entries *entries)
{
    const Noise *noise = &entries->noise[TIME];
    if (noise->controls == 0)
        fputs("There is no A/A control, so nothing says how far the same program differs from itself", out);
    else
        noise_print(out, noise, "CPU time", '\n');
    fputc('\n', out);
}

static void print_what_it_is(FILE *out, const Entries *entries)
{
    if (entries->unfinished)
        fprintf(out, "This run is not finished: %zu trials so far\n", entries->unfinished);
    print_noise(out, entries);
    if (entries->measured_on)
        fprintf(out, "The machines are not of one kind: ms and MiB are those of %s alone\n", entries->measured_on);
}

static void print_marks(FILE *out, const Entries *entries)
{
    if (can_tell(entries))
        fputs("~ marks what this run cannot tell from 1\n", out);
    else if (entries->blocks > 0)
        fprintf(out, "%" PRIu64 " block%s too few to tell anything apart\n", entries->blocks,
                entries->blocks == 1 ? " is" : "s are");
    if (can_tell(entries) && entries->blocks < FEW_BLOCKS)
        fprintf(out, "of %" PRIu64 " blocks intervals are wide, for nobody knows their spread; BLOCKS=15 tells more\n",
                entries->blocks);
}

/* ---- Lines ---------------------------------------------------------------------------------------------------------- */

static void print_heading(FILE *out, const Table *table, const Entry *entry)
{
    const Cell *work = &entry->of[TIME]->cell;
    fprintf(out, "\n%.30s %.30s, n = %" PRIu64 "%s%s\n", work->workload, work->variant, work->size, *entry->class ? ", " : "",
            entry->class);
    fprintf(out, "  %-*s %10s   vs %-24.24s %10s\n", table->label_width, "", "CPU time", table->entries->baseline, "peak");
}

/* In as few places as keep the table narrow, whatever the ratio. */
static int decimals(double ratio)
{
    return ratio < 100 ? 2 : 0;
}

static char mark(const Entries *entries, const Entry *entry)
{
    return differs(entry, TIME) ? 'x' : can_tell(entries) ? '~' : ' ';
}

static void print_ratio(FILE *out, const Table *table, const Entry *entry)
{
    char text[64] = "no ratio";
    const Summary *time = entry->of[TIME];
    if (texts_equal(entry->label, table->entries->baseline))
        snprintf(text, sizeof text, "= 1");
    else if (!isnan(time->ratio) && isnan(time->ratio_lo))
        snprintf(text, sizeof text, "%c %.*f  (%s)", mark(table->entries, entry), decimals(time->ratio), time->ratio,
                 time->n > 1 ? "no interval" : "one block");
    else if (!isnan(time->ratio))
        snprintf(text, sizeof text, "%c %.*f  [%.*f, %.*f]", mark(table->entries, entry), decimals(time->ratio), time->ratio,
                 decimals(time->ratio_lo), time->ratio_lo, decimals(time->ratio_hi), time->ratio_hi);
    fprintf(out, "   %-27s", text);
}

/* Printed after the figures when only some trials failed. */
static void print_status(FILE *out, const Summary *time)
{
    if (time->status != OK && time->n > 0)
        fprintf(out, "  %s at times", status_name(time->status));
}

/* A label that is too long for its column has a line of its own. */
static void print_label(FILE *out, const Table *table, const char *label)
{
    bool fits = strlen(label) <= (size_t)table->label_width;
    if (!fits)
        fprintf(out, "  %.98s\n", label);
    fprintf(out, "  %-*s ", table->label_width, fits ? label : "");
}

/* Of a cell that the machine whose numbers are shown does not have there is none. */
static void print_ms(FILE *out, double ms)
{
    if (isnan(ms))
        fprintf(out, "%10s", "NA");
    else
        fprintf(out, "%7.*f ms", ms < 1 ? 3 : ms < 100 ? 1 : 0, ms);
}

static void print_mib(FILE *out, double mib)
{
    if (isnan(mib))
        fprintf(out, " %10s", "NA");
    else
        fprintf(out, " %6.1f MiB", mib);
}

static void print_entry(FILE *out, const Table *table, const Entry *entry)
{
    const Summary *time = entry->of[TIME];
    print_label(out, table, entry->label);
    if (time->n == 0) {
        print_clean(out, "%s: %.57s", status_name(time->status), time->reason);
        fputc('\n', out);
        return;
    }
    print_ms(out, 1e3 * time->median);
    print_ratio(out, table, entry);
    print_mib(out, entry->of[MEMORY]->median / 1024);
    print_status(out, time);
    fputc('\n', out);
}

static void print_lines(FILE *out, Table *table)
{
    const Cell *work = NULL;
    for (size_t i = 0; i < table->entries->entries; i++) {
        const Entry *entry = &table->entries->entry[i];
        const Cell *cell = &entry->of[TIME]->cell;
        if (cell->control || !is_asked_for(table, entry))
            continue;
        if (!is_shown(table, i)) {
            table->left_out++;
            continue;
        }
        if (work == NULL || work_order(work, cell) != 0)
            print_heading(out, table, entry);
        work = cell;
        print_entry(out, table, entry);
    }
}

static void print_whole(FILE *out, Table *table, const char *run_folder)
{
    measure_labels(table);
    print_lines(out, table);
    figures_print(out, table->entries, table->workloads, WIDTH);
    fprintf(out, "\nvs %.40s: as a multiple of its CPU time, with the 95%% interval;\n", table->entries->baseline);
    print_marks(out, table->entries);
    if (table->left_out > 0)
        fprintf(out, "%zu cells at smaller sizes are not shown: %s table --all %s\n", table->left_out,
                program_invocation_name, run_folder);
}

/* ---- Which of the two ----------------------------------------------------------------------------------------------- */

static size_t variants_of(const Entries *entries)
{
    size_t variants = 0;
    const Cell *before = NULL;
    for (size_t i = 0; i < entries->entries; i++) {
        const Cell *cell = &entries->entry[i].of[TIME]->cell;
        variants += before == NULL || !same_variant(before, cell);
        before = cell;
    }
    return variants;
}

/* They are many lines, and few ask for all of them. */
static void print_who_has_figures(FILE *out, const Entries *entries)
{
    const char *before = "";
    size_t column = WIDTH;
    for (size_t i = 0; i < entries->entries; i++) {
        const char *workload = entries->entry[i].of[TIME]->cell.workload;
        if (entries->entry[i].figures == 0 || texts_equal(workload, before))
            continue;
        if (*before == '\0')
            fputs("\nFigures of their own, which are told with the workload, have:", out);
        bool fits = column + 1 + strlen(workload) <= WIDTH;
        column = fprintf(out, "%s%s", fits ? " " : "\n  ", workload) + (fits ? column : 0);
        before = workload;
    }
    if (*before)
        fputc('\n', out);
}

static void print_short(FILE *out, const Entries *entries, const char *run_folder)
{
    matrix_print(out, entries);
    print_marks(out, entries);
    print_who_has_figures(out, entries);
    fprintf(out, "\nWorkloads in full, with intervals: %s table %s WORKLOAD …; all of them: --all\n", program_invocation_name,
            run_folder);
}

static bool has_workload(const Entries *entries, const char *workload)
{
    for (size_t i = 0; i < entries->entries; i++)
        if (texts_equal(entries->entry[i].of[TIME]->cell.workload, workload))
            return true;
    return false;
}

static void demand_workloads(const Entries *entries, Names workloads, const char *run_folder)
{
    for (size_t i = 0; i < workloads.count; i++)
        if (!has_workload(entries, workloads.name[i]))
            fail("%s has no workload `%s`", run_folder, workloads.name[i]);
}

static void print_run(FILE *out, const char *run_folder, Names workloads, bool all)
{
    Entries entries = entries_read(run_folder);
    Table table = { .entries = &entries, .workloads = workloads, .all = all };
    demand_workloads(&entries, workloads, run_folder);
    print_what_it_is(out, &entries);
    if (all || workloads.count > 0 || variants_of(&entries) <= VARIANTS_IN_FULL)
        print_whole(out, &table, run_folder);
    else
        print_short(out, &entries, run_folder);
    if (workloads.count == 0)
        growth_print(out, run_folder);
    entries_free(&entries);
}

void table_print(FILE *out, const char *run_folder)
{
    print_run(out, run_folder, (Names){ 0 }, false);
}

static const char help[] =
    "Usage: reclaim table [--all] RUN_FOLDER [WORKLOAD ...]\n"
    "\n"
    "Prints RUN_FOLDER/summary.csv as a table, or what trials.csv has: so far, where the run is not\n"
    "finished, and now, where that file is the newer one.\n"
    "Of a run of many variants each has one line; with names of workloads these are told in full, with\n"
    "intervals; with --all every cell is, also the smaller sizes of swept variants.\n";

int table_main(int count, char **words)
{
    bool all = count > 1 && texts_equal(words[1], "--all");
    if (count < 2 + all || *words[1 + all] == '-') {
        bool asked = count == 2 && texts_equal(words[1], "--help");
        fputs(help, asked ? stdout : stderr);
        return asked ? ALL_WELL : CANNOT_GO_ON;
    }
    Names workloads = { (const char **)words + 2 + all, count - 2 - all };
    print_run(stdout, words[1 + all], workloads, all);
    return ALL_WELL;
}
