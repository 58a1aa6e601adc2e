/* What is worked out of a run in parts is what is worked out of all of it at once. */
#include "parts.h"

#include "manifest.h"
#include "series.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define RUN "results/sample"

typedef struct Sum {
    TextPool pool;
    Outline outline;
    RunHosts hosts;
    HostRows of_hosts;
    Worked worked;
} Sum;

/* The blocks are those of three machines in turn. */
static void sum_up(Sum *sum, size_t most)
{
    static const char *const names[] = { "a", "b", "c" };
    json_t *manifest = manifest_read(RUN);
    *sum = (Sum){ 0 };
    sum->outline = outline_of(RUN "/trials.csv", most, &sum->pool);
    for (uint64_t block = 1; block <= sum->outline.blocks; block++)
        sum->outline.host[block] = names[(block - 1) % 3];
    sum->hosts = run_hosts_of_blocks(sum->outline.host, sum->outline.blocks, manifest);
    sum->of_hosts = host_rows_begin(&sum->hosts);
    sum->worked = worked_out(&sum->outline, manifest, &sum->of_hosts, &sum->pool);
    json_decref(manifest);
}

static void sum_free(Sum *sum)
{
    free(sum->worked.rows.row);
    worked_free(&sum->worked);
    host_rows_free(&sum->of_hosts);
    run_hosts_free(&sum->hosts);
    outline_free(&sum->outline);
    text_pool_free(&sum->pool);
}

/* NAN is NAN. */
static void assert_same(double a, double b)
{
    assert_true(a == b || (isnan(a) && isnan(b)));
}

static void rows_are_the_same(const SummaryRows *a, const SummaryRows *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        const Summary *x = &a->row[i], *y = &b->row[i];
        assert_true(cells_equal(&x->cell, &y->cell));
        assert_string_equal(x->metric, y->metric);
        assert_string_equal(x->reason, y->reason);
        assert_true(x->n == y->n && x->pairs == y->pairs && x->status == y->status);
        assert_same(x->median, y->median);
        assert_same(x->ratio, y->ratio);
        assert_same(x->ratio_lo, y->ratio_lo);
        assert_same(x->ratio_hi, y->ratio_hi);
    }
}

static void growth_is_the_same(const Worked *a, const Worked *b)
{
    assert_int_equal(a->growths, b->growths);
    for (size_t i = 0; i < a->growths; i++) {
        assert_true(cells_equal(&a->growth[i].cell, &b->growth[i].cell));
        assert_same(a->growth[i].slope, b->growth[i].slope);
        assert_same(a->growth[i].lo, b->growth[i].lo);
    }
}

static void costs_are_the_same(const AllCosts *a, const AllCosts *b)
{
    assert_int_equal(a->works, b->works);
    for (size_t i = 0; i < a->works; i++) {
        assert_true(a->work[i].costs == b->work[i].costs && a->work[i].blocks == b->work[i].blocks);
        for (size_t j = 0; j < a->work[i].costs; j++) {
            const Cost *x = &a->work[i].cost[j], *y = &b->work[i].cost[j];
            assert_true(cells_equal(&x->cell, &y->cell));
            assert_true((x->whole == NULL) == (y->whole == NULL));
            for (size_t block = 0; x->whole && block < a->work[i].blocks; block++)
                assert_same(x->whole[block], y->whole[block]);
        }
    }
}

/* Sums of other sums may differ in the last digit. */
static void classes_are_the_same(const ClassSums *a, const ClassSums *b)
{
    for (size_t c = 0; c < CLASS_NAMES; c++) {
        assert_int_equal(a->of[c].variants, b->of[c].variants);
        assert_int_equal(a->of[c].count, b->of[c].count);
        for (size_t i = 0; i < a->of[c].count; i++)
            for (uint64_t block = 1; block <= a->blocks; block++) {
                const SeriesSum *x = &a->of[c].series[i], *y = &b->of[c].series[i];
                assert_true(same_series(&x->series, &y->series) && x->series.control == y->series.control);
                for (size_t m = 0; m < METRICS_OF_CELLS; m++)
                    assert_true(fabs(x->sum[m][block] - y->sum[m][block]) < 1e-12 ||
                                (isnan(x->sum[m][block]) && isnan(y->sum[m][block])));
            }
    }
}

static void hosts_are_the_same(HostRows *a, HostRows *b)
{
    assert_int_equal(a->agreements, b->agreements);
    assert_int_equal(a->ratios, b->ratios);
    for (size_t i = 0; i < a->agreements; i++) {
        assert_true(cells_equal(&a->agreement[i].cell, &b->agreement[i].cell));
        assert_same(a->agreement[i].between, b->agreement[i].between);
        assert_string_equal(a->agreement[i].least_host, b->agreement[i].least_host);
    }
    Sheet x = host_rows_of(a), y = host_rows_of(b);
    const HostRow *one = x.row, *other = y.row;
    for (size_t i = 0; i < x.rows; i++) {
        assert_true(one[i].controls == other[i].controls && one[i].blocks == other[i].blocks);
        assert_same(one[i].rms, other[i].rms);
        assert_same(one[i].band, other[i].band);
    }
    sheet_free(&x);
    sheet_free(&y);
}

static void parts_come_to_the_whole(void **state)
{
    (void)state;
    Sum whole, parts;
    sum_up(&whole, TRIALS_AT_ONCE);
    sum_up(&parts, 1);
    assert_int_equal(whole.outline.parts, 1);
    assert_in_range(parts.outline.parts, 20, 100);
    rows_are_the_same(&whole.worked.rows, &parts.worked.rows);
    growth_is_the_same(&whole.worked, &parts.worked);
    costs_are_the_same(&whole.worked.costs, &parts.worked.costs);
    classes_are_the_same(&whole.worked.classes, &parts.worked.classes);
    hosts_are_the_same(&whole.of_hosts, &parts.of_hosts);
    sum_free(&whole);
    sum_free(&parts);
}

/* As many rows as there are, each of the part that has its variant. */
static void every_row_is_of_one_part(void **state)
{
    (void)state;
    TextPool pool = { 0 };
    Outline outline = outline_of(RUN "/trials.csv", 1000, &pool);
    size_t rows = 0;
    const Cell *last = NULL;
    Cell kept[100];
    assert_in_range(outline.parts, 2, 100);
    for (size_t part = 0; part < outline.parts; part++) {
        Sheet sheet = outline_load(&outline, part, &pool);
        const Trial **sorted = sorted_trials(&sheet);
        assert_true(sheet.rows > 0 && (last == NULL || cell_order(last, &sorted[0]->cell) < 0));
        assert_true(last == NULL || !same_variant(last, &sorted[0]->cell));
        kept[part] = sorted[sheet.rows - 1]->cell;
        last = &kept[part];
        rows += sheet.rows;
        free(sorted);
        sheet_free(&sheet);
    }
    assert_int_equal(rows, outline.rows);
    outline_free(&outline);
    text_pool_free(&pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_come_to_the_whole),
        cmocka_unit_test(every_row_is_of_one_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
