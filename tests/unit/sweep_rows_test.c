/* Sweeps: which configurations are on a line, in which order, and what their space is taken by. */
#include "count_rows.h"
#include "memory.h"
#include "sweep_rows.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/* A cell's time and peak, as ratios to the baseline's, 0: it failed. */
typedef struct Made {
    const char *strategy, *settings;
    double time, peak;
    bool control;
} Made;

static const Made run[] = {
    { "refcount", "", 1, 1, false },
    { "refcount", "", 1.01, 0.4, true }, /* a control is no least */
    { "sweep", "", 1.2, 0.75, false },
    { "sweep", "heap=100", 0.8, 2, false },
    { "sweep", "heap=9", 2, 0.5, false },
    { "sweep", "heap=20;lazy=0", 1.5, 0.6, false },
    { "sweep", "lazy=0", 0, 0, false },
};
enum { CELLS = sizeof run / sizeof *run };

static Summary row_of(const Made *made, const char *metric, double ratio)
{
    bool is_ok = made->time > 0;
    return (Summary){
        .cell = { made->strategy, "graph", "objects", 500, 1, "", made->settings, "libc", made->control },
        .status = is_ok ? OK : OOM, .reason = "", .metric = metric, .n = is_ok ? 5 : 0,
        .ratio = is_ok ? ratio : NAN, .ratio_lo = is_ok ? 0.9 * ratio : NAN, .ratio_hi = is_ok ? 1.1 * ratio : NAN,
    };
}

static Sheet summary_made(void)
{
    Summary *row = memory_new(2 * CELLS, sizeof *row);
    for (size_t i = 0; i < CELLS; i++) {
        row[2 * i] = row_of(&run[i], TIME_METRIC, run[i].time);
        row[2 * i + 1] = row_of(&run[i], "peak_rss_kib", run[i].peak);
    }
    return (Sheet){ .row = row, .rows = 2 * CELLS };
}

static Census census_made(const char *strategy, const char *settings, uint64_t live, uint64_t footprint, uint64_t collections)
{
    return (Census){
        .cell = { strategy, "graph", "objects", 50, 1, "", settings, "libc", false }, .status = OK,
        .peak_live_bytes = { true, live }, .peak_footprint_bytes = { true, footprint }, .collections = { true, collections },
    };
}

typedef struct Swept {
    TextPool pool;
    Sheet summary, rows;
} Swept;

static Swept swept(void)
{
    Census census[] = { census_made("refcount", "", 1000, 1500, 0), census_made("sweep", "heap=9", 3000, 4000, 7) };
    json_t *manifest = json_pack("{s:{s:[{s:s,s:s,s:s}]}}", "parameters", "settings", "strategy", "sweep",
                                 "settings", "heap=100", "usually", "heap=30");
    Swept all = { .summary = summary_made() };
    sweep_rows_add(&all.rows, &all.summary, &(Sheet){ .row = census, .rows = 2 }, manifest, &all.pool);
    json_decref(manifest);
    return all;
}

static void swept_free(Swept *all)
{
    sheet_free(&all->rows);
    sheet_free(&all->summary);
    text_pool_free(&all->pool);
}

static void lines_go_from_value_to_value(void **state)
{
    (void)state;
    static const struct { const char *setting; uint64_t value; } expected[] = {
        { "heap", 9 }, { "heap", 30 }, { "heap", 100 }, { "lazy", 0 }, { "lazy", 0 },
    };
    Swept all = swept();
    const SweepPoint *point = all.rows.row;
    assert_int_equal(all.rows.rows, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_string_equal(point[i].cell.strategy, "sweep");
        assert_string_equal(point[i].setting, expected[i].setting);
        assert_int_equal(point[i].value.value, expected[i].value);
    }
    swept_free(&all);
}

static void the_usual_value_is_the_manifests(void **state)
{
    (void)state;
    Swept all = swept();
    const SweepPoint *point = all.rows.row;
    assert_string_equal(point[1].cell.settings, "");
    assert_true(point[1].value.known && point[1].value.value == 30);
    size_t unknown = 0;
    for (size_t i = 3; i < 5; i++)
        unknown += !point[i].value.known && *point[i].cell.settings == '\0';
    assert_int_equal(unknown, 1); /* of lazy it tells nothing */
    swept_free(&all);
}

static void space_is_by_the_least_peak(void **state)
{
    (void)state;
    Swept all = swept();
    const SweepPoint *point = all.rows.row;
    assert_float_equal(point[0].space, 1, 1e-12);
    assert_float_equal(point[0].space_lo, 0.9, 1e-12);
    assert_float_equal(point[1].space, 1.5, 1e-12);
    assert_float_equal(point[2].space, 4, 1e-12);
    assert_float_equal(point[2].time, 0.8, 1e-12);
    assert_float_equal(point[2].time_hi, 0.88, 1e-12);
    swept_free(&all);
}

static void what_failed_is_there_without_numbers(void **state)
{
    (void)state;
    Swept all = swept();
    const SweepPoint *point = all.rows.row;
    size_t failed = 0;
    for (size_t i = 0; i < all.rows.rows; i++)
        failed += point[i].status == OOM && point[i].n == 0 && isnan(point[i].space) && isnan(point[i].time);
    assert_int_equal(failed, 1);
    swept_free(&all);
}

static void counts_are_those_of_the_configuration(void **state)
{
    (void)state;
    Swept all = swept();
    const SweepPoint *point = all.rows.row;
    assert_true(point[0].collections.known && point[0].collections.value == 7 && point[0].counted_size.value == 50);
    assert_float_equal(point[0].footprint, 4, 1e-12);
    assert_true(!point[1].collections.known && isnan(point[1].footprint));
    swept_free(&all);
}

static void usual_settings_alone_are_no_sweep(void **state)
{
    (void)state;
    TextPool pool = { 0 };
    Sheet summary = summary_made(), rows = { 0 }, census = { 0 };
    summary.rows = 6;
    sweep_rows_add(&rows, &summary, &census, NULL, &pool);
    assert_int_equal(rows.rows, 0);
    sheet_free(&rows);
    sheet_free(&summary);
    text_pool_free(&pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_go_from_value_to_value),
        cmocka_unit_test(the_usual_value_is_the_manifests),
        cmocka_unit_test(space_is_by_the_least_peak),
        cmocka_unit_test(what_failed_is_there_without_numbers),
        cmocka_unit_test(counts_are_those_of_the_configuration),
        cmocka_unit_test(usual_settings_alone_are_no_sweep),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
