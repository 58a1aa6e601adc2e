#include "curves.h"

#include "manifest.h"
#include "memory.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

bool is_of_panel(const Cell *cell, const Panel *panel)
{
    return texts_equal(cell->workload, panel->workload) && texts_equal(cell->variant, panel->variant) &&
           texts_equal(cell->input, panel->input);
}

const char *time_words(TextPool *pool, double ns)
{
    static const struct { double ns; const char *name; } units[] = { { 1e9, "s" }, { 1e6, "ms" }, { 1e3, "µs" } };
    size_t u = 0;
    while (u < 2 && ns < 0.995 * units[u].ns)
        u++;
    double number = ns / units[u].ns;
    char *text = text_format(number < 9.95 ? "%.1f %s" : "%.0f %s", number, units[u].name);
    const char *kept = intern(pool, text);
    free(text);
    return kept;
}

void spread_add(Spread *spread, double number)
{
    spread->least = fmin(spread->least, number);
    spread->logarithms += log(number);
    spread->count++;
}

double spread_of(const Spread *spread)
{
    return spread->count ? exp(spread->logarithms / (double)spread->count) / spread->least : NAN;
}

/* ---- Which panels ---------------------------------------------------------------------------------------------------- */

typedef struct Candidate {
    Chosen is;
    const char *class; /* of its workload, in the whole of a run that is drawn in parts */
    double score;
    size_t place;
    bool taken;
} Candidate;

/* The one with the highest score that is left; of those whose class has none yet where `of_new_class`. */
static Candidate *best(Candidate *all, size_t count, bool of_new_class)
{
    Candidate *best = NULL;
    for (size_t i = 0; i < count; i++) {
        bool is_new = true;
        for (size_t j = 0; j < count && of_new_class; j++)
            is_new = is_new && !(all[j].taken && texts_equal(all[j].class, all[i].class));
        if (!all[i].taken && is_new && !isnan(all[i].score) && (!best || all[i].score > best->score))
            best = &all[i];
    }
    return best;
}

static void choose(Curves *curves, Candidate *all, size_t count)
{
    bool by_class = curves->data->part == ALL_IN_PARTS;
    for (size_t taken = 0; taken < CHOSEN_MAX; taken++) {
        Candidate *next = best(all, count, by_class);
        if (next == NULL && by_class)
            next = best(all, count, by_class = false), taken = CHOSEN_MAX - 1;
        if (next == NULL)
            break;
        next->taken = true;
    }
    for (size_t i = 0; i < count && curves->panels < CHOSEN_MAX; i++)
        if (all[i].taken)
            curves->chosen[curves->panels++] = all[i].is;
}

Curves curves_begin(const ChartData *data, Score *score)
{
    Curves curves = { .data = data, .x = NOTHING, .y = NOTHING, .floor = NAN };
    if (data->are_means)
        return curves;
    Candidate *all = memory_new(data->cells.panels + 1, sizeof *all);
    for (size_t p = 0; p < data->cells.panels; p++) {
        const Panel *panel = &data->cells.panel[p];
        all[p] = (Candidate){ .is = { panel, 0 }, .class = "", .place = p };
        if (data->part == ALL_IN_PARTS)
            all[p].class = manifest_class(data->sources->manifest, panel->workload);
        all[p].score = score(data, panel, &all[p].is.size);
    }
    choose(&curves, all, data->cells.panels);
    free(all);
    return curves;
}

/* ---- Curves ---------------------------------------------------------------------------------------------------------- */

Curve *curves_add(Curves *curves, size_t panel, size_t series, double figure, const char *words)
{
    curves->curve = memory_room(curves->curve, &curves->room, curves->count + 1, sizeof *curves->curve);
    Curve *curve = &curves->curve[curves->count++];
    *curve = (Curve){ panel + 1, series, curves->points, 0, figure, words };
    return curve;
}

void curves_point(Curves *curves, double x, double y)
{
    Curve *curve = &curves->curve[curves->count - 1];
    curves->point = memory_room(curves->point, &curves->point_room, curves->points + 1, sizeof *curves->point);
    curves->point[curves->points++] = (CurvePoint){ curve->panel, curve->series, x, y };
    range_include(&curves->x, (Interval){ x, x, x }, 1);
    range_include(&curves->y, (Interval){ y, y, y }, 1);
    curve->points++;
}

static bool has_row(const Curves *curves, size_t panel, size_t series)
{
    for (size_t i = 0; i < curves->count; i++)
        if (curves->curve[i].panel == panel + 1 && curves->curve[i].series == series)
            return true;
    return false;
}

static const char *failure_of(const Curves *curves, const Panel *panel, size_t series, const char *otherwise)
{
    const ChartCells *cells = &curves->data->cells;
    for (size_t i = 0; i < cells->cells; i++)
        if (in_panel(&cells->cell[i], panel) && cells->cell[i].series == series && *cells->cell[i].failure)
            return cells->cell[i].failure;
    return otherwise;
}

void curves_complete(Curves *curves, const char *otherwise)
{
    for (size_t p = 0; p < curves->panels; p++)
        for (size_t s = 1; s <= curves->data->cells.series_count; s++)
            if (!has_row(curves, p, s)) {
                char *words = text_format("× %s", failure_of(curves, curves->chosen[p].panel, s, otherwise));
                curves_add(curves, p, s, NAN, intern(&curves->pool, words));
                free(words);
            }
}

void curves_write_points(FILE *out, const Curves *curves)
{
    fputs("panel\tseries\tx\ty\n", out);
    for (const CurvePoint *point = curves->point; point < curves->point + curves->points; point++) {
        fprintf(out, "%zu\t%zu", point->panel, point->series);
        write_number(out, point->x);
        write_number(out, point->y);
        putc('\n', out);
    }
}

/* The place of the curve among the names of its panel, from 1. */
static size_t place_of(const Curves *curves, const Curve *curve)
{
    size_t place = 1;
    for (const Curve *other = curves->curve; other < curves->curve + curves->count; other++) {
        if (other->panel != curve->panel || other == curve)
            continue;
        bool is_larger = !isnan(other->figure) && (isnan(curve->figure) || other->figure > curve->figure);
        bool is_equal = other->figure == curve->figure || (isnan(other->figure) && isnan(curve->figure));
        place += is_larger || (is_equal && other < curve);
    }
    return place;
}

static Range y_of_panel(const Curves *curves, size_t panel)
{
    Range y = NOTHING;
    for (const CurvePoint *point = curves->point; point < curves->point + curves->points; point++)
        if (point->panel == panel)
            range_include(&y, (Interval){ point->y, point->y, point->y }, 1);
    return y.hi > 0 ? y : (Range){ 1, 1 };
}

static double right_end_of_panel(const Curves *curves, size_t panel)
{
    double end = 0;
    for (const CurvePoint *point = curves->point; point < curves->point + curves->points; point++)
        end = point->panel == panel ? fmax(end, point->x) : end;
    return end > 0 ? end : 1;
}

void curves_write_lines(FILE *out, const Curves *curves)
{
    fputs("panel\ttitle\tsize\tfigures\tseries\tfirst\tlast\tplace\twords\tfloor\t"
          "x_lo\tx_hi\ty_lo\ty_hi\tpanel_lo\tpanel_hi\tpanel_end\n", out);
    for (const Curve *curve = curves->curve; curve < curves->curve + curves->count; curve++) {
        const Chosen *chosen = &curves->chosen[curve->panel - 1];
        const char *figures = curves->figure_words[curve->panel - 1];
        fprintf(out, "%zu\t%s · %s\tn = %" PRIu64 "\t%s\t%zu", curve->panel, chosen->panel->workload, chosen->panel->variant,
                chosen->size, figures ? figures : "", curve->series);
        if (curve->points)
            fprintf(out, "\t%zu\t%zu", curve->first, curve->first + curve->points - 1);
        else
            fputs("\t-1\t-1", out);
        fprintf(out, "\t%zu\t%s", place_of(curves, curve), curve->words);
        write_number(out, curves->floor);
        write_range(out, curves->x);
        write_range(out, curves->y);
        write_range(out, y_of_panel(curves, curve->panel));
        write_number(out, right_end_of_panel(curves, curve->panel));
        putc('\n', out);
    }
}

void curves_free(Curves *curves)
{
    free(curves->point);
    free(curves->curve);
    text_pool_free(&curves->pool);
}
