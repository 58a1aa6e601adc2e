#include "counts.h"

#include "clean.h"
#include "count_rows.h"
#include "memory.h"
#include "pause_summary.h"
#include "series.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST_PAUSE_NS = 1000 };

/* What is said of one series. */
typedef struct SeriesReport {
    const PauseSummary *longest; /* pause; NULL: there was none of a microsecond */
    uint64_t bytes, objects; /* left alive, in all its cells */
    const Leak *largest;     /* leak; NULL: there is none */
} SeriesReport;

static bool is_longer(const PauseSummary *row, const PauseSummary *than)
{
    return texts_equal(row->metric, "longest_ns") && row->median >= LEAST_PAUSE_NS && (!than || row->median > than->median);
}

static SeriesReport report_of(const Cell *series, const Sheet *pauses, const Sheet *leaks)
{
    SeriesReport report = { 0 };
    const PauseSummary *row = pauses->row;
    const Leak *leak = leaks->row;
    for (size_t i = 0; i < pauses->rows; i++)
        if (same_series(&row[i].cell, series) && is_longer(&row[i], report.longest))
            report.longest = &row[i];
    for (size_t i = 0; i < leaks->rows; i++) {
        if (!same_series(&leak[i].cell, series))
            continue;
        report.bytes += leak[i].bytes;
        report.objects += leak[i].objects;
        if (!report.largest || leak[i].bytes > report.largest->bytes)
            report.largest = &leak[i];
    }
    return report;
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

static void print_leaks(FILE *out, const SeriesReport *report)
{
    const Leak *most = report->largest;
    if (most == NULL) {
        fputs("nothing left alive", out);
        return;
    }
    print_bytes(out, report->bytes);
    print_clean(out, " left alive, most of it %s (%s:%" PRIu64 ")", most->type, most->file, most->line);
}

static void print_pause(FILE *out, const SeriesReport *report)
{
    const PauseSummary *longest = report->longest;
    if (longest == NULL) {
        fputs("; no pause of a microsecond", out);
        return;
    }
    fprintf(out, "; longest pause %.3g ms (%s %s", longest->median / 1e6, longest->cell.workload, longest->cell.variant);
    if (longest->n == 1)
        fputs(", met once)", out);
    else
        fprintf(out, ", median of %" PRIu64 " runs, %.3g to %.3g)", longest->n, longest->lo / 1e6, longest->hi / 1e6);
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

static void print_findings(FILE *out, const Sheet *census, const Sheet *pauses, const Sheet *leaks, TextPool *pool)
{
    const Census *row = census->row;
    CellsOf cells = CELLS_OF(Census, census->row, census->rows);
    int width = widest_label(row, cells, pool);
    fputs("\nCounted, at smaller sizes (census.csv):\n", out);
    for (size_t i = 0; i < census->rows; i++) {
        if (!is_first_of_series(row, i))
            continue;
        SeriesReport report = report_of(&row[i].cell, pauses, leaks);
        fprintf(out, "  %-*s  ", width, series_label(&row[i].cell, cells, pool));
        print_leaks(out, &report);
        print_pause(out, &report);
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
        print_clean(out, "  not counted: %s/%s %s, n = %" PRIu64 ": %s: %s", row[i].cell.strategy, row[i].cell.workload,
                    row[i].cell.variant, row[i].cell.size, status_name(row[i].status), row[i].reason);
        fputc('\n', out);
    }
    return failures;
}

static size_t print_latency_failures(FILE *out, const Sheet *latency)
{
    size_t failures = 0;
    for (const LatencyRow *row = latency->row; row < (const LatencyRow *)latency->row + latency->rows; row++) {
        if (row->status == OK)
            continue;
        failures++;
        print_clean(out, "  no latency: %s/%s %s, n = %" PRIu64 ": %s: %s", row->cell.strategy, row->cell.workload,
                    row->cell.variant, row->cell.size, status_name(row->status), row->reason);
        fputc('\n', out);
    }
    return failures;
}

static Sheet load(const char *run_folder, const char *name, const Layout *layout, TextPool *pool)
{
    char *file = text_format("%s/%s", run_folder, name);
    Sheet sheet = sheet_load(file, layout, pool);
    free(file);
    return sheet;
}

size_t counts_report(FILE *out, const char *run_folder)
{
    TextPool pool = { 0 };
    Sheet census = load(run_folder, "census.csv", &census_layout, &pool);
    Sheet leaks = load(run_folder, "leaks.csv", &leak_layout, &pool);
    Sheet pauses = load(run_folder, "pause_summary.csv", &pause_summary_layout, &pool);
    Sheet latency = load(run_folder, "latency.csv", &latency_layout, &pool);
    print_findings(out, &census, &pauses, &leaks, &pool);
    size_t failures = print_failures(out, &census) + print_latency_failures(out, &latency);
    sheet_free(&census);
    sheet_free(&leaks);
    sheet_free(&pauses);
    sheet_free(&latency);
    text_pool_free(&pool);
    return failures;
}
