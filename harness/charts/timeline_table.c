/* How memory moved on the allocation clock: of one variant each strategy's live bytes, footprint and resident memory; and of
 * some variants how much more each strategy holds than the program needs. */
#include "bounds.h"
#include "count_rows.h"
#include "curves.h"
#include "memory.h"

#include <inttypes.h>
#include <stdlib.h>

static const double mib = 1048576; /* bytes */

static const Sheet *samples_of(const ChartData *data)
{
    return source_rows(data->sources, "timeline.csv", &sample_layout);
}

enum { LITTLE_BYTES = 256 << 10 }; /* next to which what a strategy takes from the system at once is much */

/* By how much the strategies' peak footprints differ; where the program needs little, it does not matter much. */
static double score(const ChartData *data, const Panel *panel, uint64_t *size)
{
    const Sheet *sheet = source_rows(data->sources, "census.csv", &census_layout);
    const Census *row = sheet->row;
    Spread peak = NO_SPREAD;
    uint64_t needed = UINT64_MAX;
    for (size_t i = 0; i < sheet->rows; i++) {
        if (!is_of_panel(&row[i].cell, panel) || !row[i].peak_footprint_bytes.known || samples_of(data)->rows == 0)
            continue;
        spread_add(&peak, (double)larger(row[i].peak_footprint_bytes.value, 1));
        needed = smaller(needed, row[i].peak_live_bytes.value);
        *size = row[i].cell.size;
    }
    return spread_of(&peak) * (needed < LITTLE_BYTES ? 1e-9 : 1);
}

/* ---- The samples of a cell --------------------------------------------------------------------------------------------- */

typedef struct Samples {
    const Sample *sample;
    size_t count, series;
} Samples;

/* Those of the panel's cells, which the caller frees. */
static Samples *samples_in(const Curves *curves, size_t panel, size_t *cells)
{
    const Sheet *sheet = samples_of(curves->data);
    const Sample *row = sheet->row;
    Samples *all = memory_new(curves->data->cells.series_count + 1, sizeof *all);
    *cells = 0;
    for (size_t first = 0, next = 0; first < sheet->rows; first = next) {
        while (next < sheet->rows && cells_equal(&row[next].cell, &row[first].cell))
            next++;
        bool wanted = is_of_panel(&row[first].cell, curves->chosen[panel].panel);
        size_t series = wanted ? series_number_of(&curves->data->cells, &row[first].cell) : 0;
        if (series && *cells < curves->data->cells.series_count)
            all[(*cells)++] = (Samples){ row + first, next - first, series };
    }
    return all;
}

/* ---- Chart 4 ----------------------------------------------------------------------------------------------------------- */

/* Only of the variant in which there is the most to see. */
static size_t most_to_see(const Curves *curves)
{
    size_t most = 0;
    double highest = -1;
    for (size_t p = 0; p < curves->panels; p++) {
        uint64_t size;
        double here = score(curves->data, curves->chosen[p].panel, &size);
        if (here > highest)
            most = p, highest = here;
    }
    return most;
}

static void write_samples(FILE *out, const Samples *cell)
{
    for (const Sample *s = cell->sample; s < cell->sample + cell->count; s++) {
        fprintf(out, "%zu", cell->series);
        write_number(out, (double)s->allocated_bytes / mib);
        write_number(out, (double)s->live_bytes / mib);
        write_number(out, (double)s->footprint_bytes / mib);
        write_number(out, (double)s->resident_kib / 1024);
        putc('\n', out);
    }
}

void write_timeline(FILE *out, const ChartData *data)
{
    fputs("series\tallocated\tlive\tfootprint\tresident\n", out);
    Curves curves = curves_begin(data, score);
    size_t cells = 0;
    Samples *samples = curves.panels ? samples_in(&curves, most_to_see(&curves), &cells) : NULL;
    for (size_t i = 0; i < cells; i++)
        write_samples(out, &samples[i]);
    free(samples);
    curves_free(&curves);
}

/* How far the clock goes, in MiB. */
static double end_mib(const Samples *samples, size_t cells)
{
    double end = 0;
    for (size_t i = 0; i < cells; i++)
        end = fmax(end, (double)samples[i].sample[samples[i].count - 1].allocated_bytes / mib);
    return end > 0 ? end : 1;
}

static double highest_mib(const Samples *samples, size_t cells)
{
    double highest = 0;
    for (size_t i = 0; i < cells; i++)
        for (const Sample *s = samples[i].sample; s < samples[i].sample + samples[i].count; s++)
            highest = fmax(highest, fmax((double)s->footprint_bytes / mib, (double)s->resident_kib / 1024));
    return highest;
}

/* A row for each series; without samples it has no rows of the other table, and says why. */
static void write_line(FILE *out, Curves *curves, size_t panel, size_t series, const Samples *samples, size_t first)
{
    const Panel *chosen = curves->chosen[panel].panel;
    const char *gap = "";
    for (size_t i = 0; i < curves->count; i++)
        if (curves->curve[i].panel == panel + 1 && curves->curve[i].series == series)
            gap = curves->curve[i].words;
    fprintf(out, "%zu\t%s · %s, n = %" PRIu64, series, chosen->workload, chosen->variant, curves->chosen[panel].size);
    if (samples)
        fprintf(out, "\t%zu\t%zu\t", first, first + samples->count - 1);
    else
        fprintf(out, "\t-1\t-1\t%s", gap);
}

void write_timeline_lines(FILE *out, const ChartData *data)
{
    fputs("series\ttitle\tfirst\tlast\tgap\thighest\tend\n", out);
    Curves curves = curves_begin(data, score);
    size_t cells = 0, panel = most_to_see(&curves), first = 0;
    Samples *samples = curves.panels ? samples_in(&curves, panel, &cells) : NULL;
    curves_complete(&curves, "not counted");
    for (size_t s = 1; s <= data->cells.series_count && curves.panels; s++) {
        const Samples *mine = NULL;
        for (size_t i = 0, row = 0; i < cells; row += samples[i++].count)
            if (samples[i].series == s)
                mine = &samples[i], first = row;
        write_line(out, &curves, panel, s, mine, first);
        write_number(out, highest_mib(samples, cells));
        write_number(out, end_mib(samples, cells));
        putc('\n', out);
    }
    free(samples);
    curves_free(&curves);
}

/* ---- Chart 11 ---------------------------------------------------------------------------------------------------------- */

/* The least that is alive under any strategy when so much has been allocated: what the program needs, as far as anybody
 * knows. */
static uint64_t needed_at(const Samples *samples, size_t cells, uint64_t allocated_bytes)
{
    uint64_t least = UINT64_MAX;
    for (size_t i = 0; i < cells; i++) {
        size_t at = 0, end = samples[i].count;
        while (end - at > 1) { /* the last sample that is not behind that moment lies in [at, end) */
            size_t middle = at + (end - at) / 2;
            if (samples[i].sample[middle].allocated_bytes <= allocated_bytes)
                at = middle;
            else
                end = middle;
        }
        least = smaller(least, samples[i].sample[at].live_bytes);
    }
    return least;
}

enum { LEAST_NEEDED = 10 /* of the most: a ratio to less tells nothing */, CURVE_POINTS = 128 };

/* The most that was needed up to each sample of the cell, and in all; the caller frees it. */
static uint64_t *needed_so_far(const Samples *mine, const Samples *samples, size_t cells, uint64_t *most)
{
    uint64_t *needed = memory_new(mine->count + 1, sizeof *needed);
    *most = 0;
    for (size_t s = 0; s < mine->count; s++)
        needed[s] = *most = larger(*most, needed_at(samples, cells, mine->sample[s].allocated_bytes));
    return needed;
}

static void add_held(Curves *curves, size_t panel, const Samples *mine, const Samples *samples, size_t cells)
{
    size_t step = mine->count / CURVE_POINTS + 1;
    uint64_t most, *needed = needed_so_far(mine, samples, cells, &most);
    const Sample *last = &mine->sample[mine->count - 1];
    double held = most ? (double)last->footprint_bytes / (double)most : NAN;
    char *words = text_format(held < 9.95 ? "%.1f times" : "%.0f times", held);
    curves_add(curves, panel, mine->series, held, isnan(held) ? "nothing alive" : intern(&curves->pool, words));
    for (size_t s = (mine->count - 1) % step; s < mine->count; s += step) /* the last is one of them */
        if (needed[s] > most / LEAST_NEEDED && mine->sample[s].footprint_bytes > 0)
            curves_point(curves, (double)mine->sample[s].allocated_bytes / mib,
                         (double)mine->sample[s].footprint_bytes / (double)needed[s]);
    free(words);
    free(needed);
}

static Curves held_curves(const ChartData *data)
{
    Curves curves = curves_begin(data, score);
    for (size_t p = 0; p < curves.panels; p++) {
        size_t cells;
        Samples *samples = samples_in(&curves, p, &cells);
        curves.figure_words[p] = "at the end";
        for (size_t i = 0; i < cells; i++)
            add_held(&curves, p, &samples[i], samples, cells);
        free(samples);
    }
    curves_complete(&curves, "not counted");
    return curves;
}

void write_fragmentation(FILE *out, const ChartData *data)
{
    Curves curves = held_curves(data);
    curves_write_points(out, &curves);
    curves_free(&curves);
}

void write_fragmentation_lines(FILE *out, const ChartData *data)
{
    Curves curves = held_curves(data);
    curves_write_lines(out, &curves);
    curves_free(&curves);
}
