/* How many pauses were at least how long: what is drawn in the chart of pauses, and of the MMU. */
#include "curves.h"
#include "memory.h"
#include "mmu.h"
#include "pause_summary.h"
#include "statistics.h"

#include <stdlib.h>

static const double ms = 1e6; /* ns */

static const Sheet *rows_of(const ChartData *data, const char *file, const Layout *layout)
{
    return source_rows(data->sources, file, layout);
}

/* The cell's row of pause_summary.csv; NULL when there is none. */
static const PauseSummary *summary_of(const ChartData *data, const Cell *cell, const char *metric)
{
    const Sheet *sheet = rows_of(data, "pause_summary.csv", &pause_summary_layout);
    const PauseSummary *row = sheet->row;
    for (size_t i = 0; i < sheet->rows; i++)
        if (texts_equal(row[i].metric, metric) && cells_equal(&row[i].cell, cell))
            return &row[i];
    return NULL;
}

/* By how much the strategies' longest pauses differ; below a microsecond all are alike. */
static double score(const ChartData *data, const Panel *panel, uint64_t *size)
{
    const Sheet *sheet = rows_of(data, "pause_summary.csv", &pause_summary_layout);
    const PauseSummary *row = sheet->row;
    Spread longest = NO_SPREAD;
    bool any = false;
    for (size_t i = 0; i < sheet->rows; i++) {
        if (!is_of_panel(&row[i].cell, panel) || !texts_equal(row[i].metric, "longest_ns"))
            continue;
        spread_add(&longest, fmax(row[i].median, 1000));
        any = any || row[i].median >= 1000;
        *size = row[i].cell.size;
    }
    return any ? spread_of(&longest) : NAN;
}

/* ---- The runs of a cell ----------------------------------------------------------------------------------------------- */

typedef void AddCurve(Curves *curves, size_t panel, size_t series, const RunPauses *runs, size_t count);

static void add_panel(Curves *curves, size_t panel, const RunPauses *runs, size_t rows, AddCurve *add)
{
    for (size_t first = 0, next = 0; first < rows; first = next) {
        const Cell *cell = &runs[first].run->cell;
        while (next < rows && cells_equal(&runs[next].run->cell, cell))
            next++;
        size_t series = is_of_panel(cell, curves->chosen[panel].panel) ? series_number_of(&curves->data->cells, cell) : 0;
        if (series)
            add(curves, panel, series, runs + first, next - first);
    }
}

/* The longest of 1, 10 and 100 ms that half of the panel's runs have. */
static double window_for(const Panel *panel, const RunPauses *runs, size_t rows)
{
    double window = ms;
    for (double longer = 10 * ms; longer <= 100 * ms; longer *= 10) {
        size_t all = 0, have = 0;
        for (size_t i = 0; i < rows; i++)
            if (is_of_panel(&runs[i].run->cell, panel)) {
                all++;
                have += (double)runs[i].run->pause_run_ns.value >= longer;
            }
        window = 2 * have >= all ? longer : window;
    }
    return window;
}

static Curves curves_of(const ChartData *data, AddCurve *add)
{
    Curves curves = curves_begin(data, score);
    const Sheet *runs = rows_of(data, "pause_runs.csv", &pause_run_layout);
    const Sheet *pauses = rows_of(data, "pauses.csv", &pause_layout);
    RunPauses *paired = pause_runs_pair(data->sources->run_folder, runs, pauses);
    for (size_t p = 0; p < curves.panels; p++) {
        curves.window_ns[p] = window_for(curves.chosen[p].panel, paired, runs->rows);
        curves.figure_words[p] = "longest";
        add_panel(&curves, p, paired, runs->rows, add);
    }
    free(paired);
    curves_complete(&curves, "not counted");
    return curves;
}

/* ---- Chart 5: how many pauses were at least how long ------------------------------------------------------------------ */

/* The lengths of all runs' listed pauses, the longest first, and above which floor they are all there are. */
static double *all_lengths(const RunPauses *runs, size_t count, size_t *total, double *floor_ns)
{
    double *all = NULL;
    size_t room = 0;
    *total = 0;
    *floor_ns = 0;
    for (size_t r = 0; r < count; r++) {
        double *lengths = pause_lengths(&runs[r]);
        all = memory_room(all, &room, *total + runs[r].count + 1, sizeof *all);
        for (size_t i = 0; i < runs[r].count; i++)
            all[(*total)++] = lengths[i];
        free(lengths);
        *floor_ns = fmax(*floor_ns, (double)runs[r].run->pause_floor_ns.value);
    }
    qsort(all, *total, sizeof *all, falling);
    return all;
}

/* Of many that are nearly as long, one in a hundred is a point: nobody sees more. */
static bool is_seen(size_t rank)
{
    return rank <= 100 || rank % (rank / 100) == 0;
}

static void add_lengths(Curves *curves, size_t panel, size_t series, const RunPauses *runs, size_t count)
{
    const PauseSummary *longest = summary_of(curves->data, &runs->run->cell, "longest_ns");
    bool has_any = longest && longest->median >= 1000;
    const char *words = has_any ? time_words(&curves->pool, longest->median) : "none of 1 µs";
    size_t total;
    double floor_ns, *lengths = all_lengths(runs, count, &total, &floor_ns);
    curves_add(curves, panel, series, has_any ? longest->median : NAN, words);
    if (has_any && total > 0)
        curves_point(curves, lengths[0] / ms, 0.5 / (double)count); /* below the first step */
    for (size_t i = 0; i < total && has_any && lengths[i] >= floor_ns; i++)
        if (is_seen(i + 1))
            curves_point(curves, lengths[i] / ms, (double)(i + 1) / (double)count);
    free(lengths);
}

static Curves pauses_curves(const ChartData *data)
{
    Curves curves = curves_of(data, add_lengths);
    curves.floor = hiccup_floor_ns(data->sources->run_folder, &curves.pool) / ms;
    return curves;
}

void write_pauses(FILE *out, const ChartData *data)
{
    Curves curves = pauses_curves(data);
    curves_write_points(out, &curves);
    curves_free(&curves);
}

void write_pauses_lines(FILE *out, const ChartData *data)
{
    Curves curves = pauses_curves(data);
    curves_write_lines(out, &curves);
    curves_free(&curves);
}

/* ---- Chart 6: how much of a window is the program's ------------------------------------------------------------------- */

static const double least_window_ns = 1e5, windows_in_a_decade = 20;

static double median_mmu(const RunPauses *runs, size_t count, double window_ns)
{
    double *of_run = memory_new(count, sizeof *of_run);
    for (size_t i = 0; i < count; i++)
        of_run[i] = mmu(&runs[i], (uint64_t)window_ns);
    double middle = median(of_run, count);
    free(of_run);
    return middle;
}

static bool all_are_whole(const RunPauses *runs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!pauses_are_whole(&runs[i]))
            return false;
    return true;
}

static double shortest_run_ns(const RunPauses *runs, size_t count)
{
    double shortest = INFINITY;
    for (size_t i = 0; i < count; i++)
        shortest = fmin(shortest, (double)runs[i].run->pause_run_ns.value);
    return shortest;
}

static void add_mmu(Curves *curves, size_t panel, size_t series, const RunPauses *runs, size_t count)
{
    if (!all_are_whole(runs, count)) {
        curves_add(curves, panel, series, NAN, "× list was full");
        return;
    }
    double end_ns = shortest_run_ns(runs, count), window_ns = curves->window_ns[panel];
    double figure = end_ns >= window_ns ? median_mmu(runs, count, window_ns) : NAN;
    char *words = isnan(figure) ? text_format("run was shorter") : text_format("%.0f%%", floor(100 * figure));
    curves_add(curves, panel, series, figure, intern(&curves->pool, words));
    free(words);
    for (double window = least_window_ns, step = 1; window <= end_ns; step++) {
        curves_point(curves, window / ms, 100 * median_mmu(runs, count, window));
        window = least_window_ns * pow(10, step / windows_in_a_decade);
    }
}

static Curves mmu_curves(const ChartData *data)
{
    Curves curves = curves_of(data, add_mmu);
    for (size_t p = 0; p < curves.panels; p++) {
        char *words = text_format("at %.0f ms", curves.window_ns[p] / ms);
        curves.figure_words[p] = intern(&curves.pool, words);
        free(words);
    }
    return curves;
}

void write_mmu(FILE *out, const ChartData *data)
{
    Curves curves = mmu_curves(data);
    curves_write_points(out, &curves);
    curves_free(&curves);
}

void write_mmu_lines(FILE *out, const ChartData *data)
{
    Curves curves = mmu_curves(data);
    curves_write_lines(out, &curves);
    curves_free(&curves);
}
