#include "sweep_rows.h"

#include "cell_columns.h"
#include "configurations.h"
#include "count_rows.h"
#include "memory.h"
#include "series.h"
#include "words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const Column sweep_columns[] = {
    SERIES_COLUMNS(SweepPoint),
    WORK_COLUMNS(SweepPoint),
    { "setting",      NAME, offsetof(SweepPoint, setting) },
    { "value",        COUNT, offsetof(SweepPoint, value) },
    { "status",       STATUS, offsetof(SweepPoint, status) },
    { "reason",       TEXT, offsetof(SweepPoint, reason) },
    { "n",            NATURAL, offsetof(SweepPoint, n) },
    { "space",        QUANTITY, offsetof(SweepPoint, space) },
    { "space_lo",     QUANTITY, offsetof(SweepPoint, space_lo) },
    { "space_hi",     QUANTITY, offsetof(SweepPoint, space_hi) },
    { "time",         QUANTITY, offsetof(SweepPoint, time) },
    { "time_lo",      QUANTITY, offsetof(SweepPoint, time_lo) },
    { "time_hi",      QUANTITY, offsetof(SweepPoint, time_hi) },
    { "counted_size", COUNT, offsetof(SweepPoint, counted_size) },
    { "collections",  COUNT, offsetof(SweepPoint, collections) },
    { "footprint",    QUANTITY, offsetof(SweepPoint, footprint) },
};

const Layout sweep_layout = LAYOUT(SweepPoint, sweep_columns);

/* ---- Lines: a setting of a strategy that has several values ---------------------------------------------------------- */

typedef struct Line {
    const char *strategy, *setting;
    Count usual;
} Line;

typedef struct Lines {
    Line *line;
    size_t count, room;
} Lines;

/* Of `name=value` alone: its value, and its name in `name`. Several settings at a time are no point of a line. */
static bool is_one_setting(const char *settings, const char **name, uint64_t *value, TextPool *pool)
{
    size_t length = strcspn(settings, "=");
    if (settings[length] == '\0' || strchr(settings, ';'))
        return false;
    *name = intern_part(pool, settings, length);
    return parse_natural(settings + length + 1, value);
}

/* What the manifest says of what was asked for. */
static Count usual_value(const char *strategy, const char *setting, const Configurations *asked, TextPool *pool)
{
    for (size_t i = 0; i < asked->count; i++) {
        const char *name;
        uint64_t value;
        bool is_one = is_one_setting(asked->at[i].usually, &name, &value, pool);
        if (is_one && texts_equal(asked->at[i].strategy, strategy) && texts_equal(name, setting))
            return (Count){ true, value };
    }
    return (Count){ false, 0 };
}

static void note_line(Lines *lines, const Cell *cell, const Configurations *asked, TextPool *pool)
{
    const char *name;
    uint64_t value;
    if (!is_one_setting(cell->settings, &name, &value, pool))
        return;
    for (size_t i = 0; i < lines->count; i++)
        if (texts_equal(lines->line[i].strategy, cell->strategy) && texts_equal(lines->line[i].setting, name))
            return;
    lines->line = memory_room(lines->line, &lines->room, lines->count + 1, sizeof *lines->line);
    lines->line[lines->count++] = (Line){ cell->strategy, name, usual_value(cell->strategy, name, asked, pool) };
}

static Lines lines_of(const Sheet *summary, const json_t *manifest, TextPool *pool)
{
    const json_t *settings = json_object_get(json_object_get(manifest, "parameters"), "settings");
    Configurations asked = configurations_from_json(settings, "manifest.json", pool);
    const Summary *row = summary->row;
    Lines lines = { 0 };
    for (size_t i = 0; i < summary->rows; i++)
        if (i == 0 || row[i].cell.settings != row[i - 1].cell.settings)
            note_line(&lines, &row[i].cell, &asked, pool);
    configurations_free(&asked);
    return lines;
}

/* Whether the cell is on the line, and at which value. */
static bool is_on(const Line *line, const Cell *cell, Count *value, TextPool *pool)
{
    const char *name;
    *value = line->usual;
    if (!texts_equal(line->strategy, cell->strategy) || cell->control)
        return false;
    if (*cell->settings == '\0')
        return true;
    value->known = true;
    return is_one_setting(cell->settings, &name, &value->value, pool) && texts_equal(name, line->setting);
}

/* ---- Points --------------------------------------------------------------------------------------------------------- */

typedef struct Points {
    SweepPoint *point;
    size_t count, room;
} Points;

static const Summary *metric_in(const Summary *row, const Summary *end, const char *metric)
{
    for (const Summary *of = row; of < end && cell_order(&of->cell, &row->cell) == 0; of++)
        if (texts_equal(of->metric, metric))
            return of;
    return NULL;
}

/* The least of the work's peaks, as a ratio to the baseline's; NAN where there is none. */
static double least_peak(const Summary *row, const Summary *end)
{
    double least = NAN;
    for (const Summary *of = row; of < end && work_order(&of->cell, &row->cell) == 0; of++)
        if (texts_equal(of->metric, "peak_rss_kib") && !of->cell.control && of->status == OK)
            least = fmin(least, of->ratio);
    return least;
}

static SweepPoint point_of(const Summary *time, const Summary *peak, double least, const char *setting, Count value)
{
    return (SweepPoint){
        .cell = time->cell, .setting = setting, .value = value, .status = time->status, .reason = time->reason, .n = time->n,
        .space = peak->ratio / least, .space_lo = peak->ratio_lo / least, .space_hi = peak->ratio_hi / least,
        .time = time->ratio, .time_lo = time->ratio_lo, .time_hi = time->ratio_hi, .footprint = NAN,
    };
}

/* A cell with its usual settings is on every line of its strategy. */
static void add_cell(Points *points, const Lines *lines, const Summary *row, const Summary *end, double least, TextPool *pool)
{
    const Summary *time = metric_in(row, end, TIME_METRIC), *peak = metric_in(row, end, "peak_rss_kib");
    for (size_t i = 0; time && peak && i < lines->count; i++) {
        Count value;
        if (!is_on(&lines->line[i], &row->cell, &value, pool))
            continue;
        points->point = memory_room(points->point, &points->room, points->count + 1, sizeof *points->point);
        points->point[points->count++] = point_of(time, peak, least, lines->line[i].setting, value);
    }
}

/* ---- What was counted ----------------------------------------------------------------------------------------------- */

static bool is_counted(const Census *census, const Cell *cell)
{
    return census->status == OK && same_variant(&census->cell, cell);
}

/* All series have the same to hold; a tracing collector's dead count as alive until it finds out. */
static double least_live(const Sheet *census, const Cell *cell)
{
    const Census *row = census->row;
    double least = NAN;
    for (size_t i = 0; i < census->rows; i++)
        if (is_counted(&row[i], cell) && row[i].peak_live_bytes.known)
            least = fmin(least, row[i].peak_live_bytes.value);
    return least;
}

static void add_counts(SweepPoint *point, const Sheet *census)
{
    const Census *row = census->row;
    for (size_t i = 0; i < census->rows; i++) {
        if (!is_counted(&row[i], &point->cell) || !same_series(&row[i].cell, &point->cell))
            continue;
        point->counted_size = (Count){ true, row[i].cell.size };
        point->collections = row[i].collections;
        if (row[i].peak_footprint_bytes.known)
            point->footprint = row[i].peak_footprint_bytes.value / least_live(census, &point->cell);
    }
}

/* ---- All of a run --------------------------------------------------------------------------------------------------- */

static int by_line_and_value(const void *a, const void *b)
{
    const SweepPoint *x = a, *y = b;
    int order = work_order(&x->cell, &y->cell);
    order = order ? order : strcmp(x->cell.strategy, y->cell.strategy);
    order = order ? order : strcmp(x->cell.allocator, y->cell.allocator);
    order = order ? order : strcmp(x->setting, y->setting);
    return order ? order : (x->value.value > y->value.value) - (x->value.value < y->value.value);
}

static Points points_of(const Sheet *summary, const Lines *lines, TextPool *pool)
{
    const Summary *row = summary->row, *end = row + summary->rows;
    Points points = { 0 };
    double least = NAN;
    for (const Summary *of = row; lines->count > 0 && of < end; of++) {
        if (of == row || work_order(&of->cell, &of[-1].cell) != 0)
            least = least_peak(of, end);
        if (of == row || cell_order(&of->cell, &of[-1].cell) != 0)
            add_cell(&points, lines, of, end, least, pool);
    }
    if (points.count > 0)
        qsort(points.point, points.count, sizeof *points.point, by_line_and_value);
    return points;
}

void sweep_rows_add(Sheet *rows, const Sheet *summary, const Sheet *census, const json_t *manifest, TextPool *pool)
{
    Lines lines = lines_of(summary, manifest, pool);
    Points points = points_of(summary, &lines, pool);
    for (size_t i = 0; i < points.count; i++)
        add_counts(&points.point[i], census);
    if (points.count > 0) {
        SweepPoint *all = rows->row = memory_resize(rows->row, rows->rows + points.count, sizeof *all);
        memcpy(all + rows->rows, points.point, points.count * sizeof *all);
        rows->rows += points.count;
    }
    free(points.point);
    free(lines.line);
}
