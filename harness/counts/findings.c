#include "counts.h"

#include "count_rows.h"
#include "memory.h"
#include "series.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* What is said of one series. */
typedef struct Finding {
    const Census *longest;   /* pause; NULL: there was none of a microsecond */
    uint64_t bytes, objects; /* left alive, in all its cells */
    const Leak *largest;     /* leak; NULL: there is none */
} Finding;

static bool is_longer(const Census *census, const Census *than)
{
    return census->pause_longest_ns.known && census->listed_pauses.value > 0 &&
           (!than || census->pause_longest_ns.value > than->pause_longest_ns.value);
}

static Finding finding_of(const Cell *series, const Sheet *census, const Sheet *leaks)
{
    Finding finding = { 0 };
    const Census *row = census->row;
    const Leak *leak = leaks->row;
    for (size_t i = 0; i < census->rows; i++)
        if (same_series(&row[i].cell, series) && is_longer(&row[i], finding.longest))
            finding.longest = &row[i];
    for (size_t i = 0; i < leaks->rows; i++) {
        if (!same_series(&leak[i].cell, series))
            continue;
        finding.bytes += leak[i].bytes;
        finding.objects += leak[i].objects;
        if (!finding.largest || leak[i].bytes > finding.largest->bytes)
            finding.largest = &leak[i];
    }
    return finding;
}

static void print_bytes(FILE *out, uint64_t bytes)
{
    if (bytes < 1024)
        fprintf(out, "%" PRIu64 " bytes", bytes);
    else if (bytes < 1048576)
        fprintf(out, "%.1f KiB", bytes / 1024.0);
    else
        fprintf(out, "%.1f MiB", bytes / 1048576.0);
}

static void print_leaks(FILE *out, const Finding *finding)
{
    const Leak *most = finding->largest;
    if (most == NULL) {
        fputs("nothing left alive", out);
        return;
    }
    print_bytes(out, finding->bytes);
    fprintf(out, " left alive, most of it %s (%s:%" PRIu64 ")", most->type, most->file, most->line);
}

static void print_pause(FILE *out, const Finding *finding)
{
    if (finding->longest == NULL)
        fputs("; no pause of a microsecond", out);
    else
        fprintf(out, "; longest pause %.3g ms, met once (%s %s)", finding->longest->pause_longest_ns.value / 1e6,
                finding->longest->cell.workload, finding->longest->cell.variant);
}

static bool is_first_of_series(const Census *row, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (same_series(&row[j].cell, &row[i].cell))
            return false;
    return true;
}

static int widest_label(const Census *row, CellsOf cells, TextPool *pool)
{
    int widest = 0;
    for (size_t i = 0; i < cells.rows; i++) {
        int width = (int)strlen(series_label(&row[i].cell, cells, pool));
        widest = width > widest ? width : widest;
    }
    return widest;
}

static void print_findings(FILE *out, const Sheet *census, const Sheet *leaks, TextPool *pool)
{
    const Census *row = census->row;
    CellsOf cells = CELLS_OF(Census, census->row, census->rows);
    int width = widest_label(row, cells, pool);
    fputs("\nCounted, at smaller sizes (census.csv):\n", out);
    for (size_t i = 0; i < census->rows; i++) {
        if (!is_first_of_series(row, i))
            continue;
        Finding finding = finding_of(&row[i].cell, census, leaks);
        fprintf(out, "  %-*s  ", width, series_label(&row[i].cell, cells, pool));
        print_leaks(out, &finding);
        print_pause(out, &finding);
        putc('\n', out);
    }
}

static size_t print_failures(FILE *out, const Sheet *census)
{
    const Census *row = census->row;
    size_t failures = 0;
    for (size_t i = 0; i < census->rows; i++) {
        if (row[i].status == OK)
            continue;
        failures++;
        fprintf(out, "  not counted: %s/%s %s, n = %" PRIu64 ": %s: %s\n", row[i].cell.strategy, row[i].cell.workload,
                row[i].cell.variant, row[i].cell.size, status_name(row[i].status), row[i].reason);
    }
    return failures;
}

size_t counts_report(FILE *out, const char *run_folder)
{
    TextPool pool = { 0 };
    char *census_file = text_format("%s/census.csv", run_folder), *leaks_file = text_format("%s/leaks.csv", run_folder);
    Sheet census = sheet_load(census_file, &census_layout, &pool), leaks = sheet_load(leaks_file, &leak_layout, &pool);
    print_findings(out, &census, &leaks, &pool);
    size_t failures = print_failures(out, &census);
    sheet_free(&census);
    sheet_free(&leaks);
    free(census_file);
    free(leaks_file);
    text_pool_free(&pool);
    return failures;
}
