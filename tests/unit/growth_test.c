/* Growth: slopes that are known, how often an interval holds the true one, and what counts of a sweep. */
#include "growth.h"

#include "groups.h"
#include "memory.h"
#include "random.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { MOST_BLOCKS = 30, SIZES_MOST = 5, EXPERIMENTS = 400 };

/* A sweep in which an operation costs once_ns + each_ns x size^slope, and what differs from block to block is a factor. */
typedef struct Made {
    const char *strategy, *variant;
    uint64_t size[SIZES_MOST];
    size_t sizes, blocks;
    double once_ns, each_ns, slope, noise;
} Made;

/* Normal, with a mean of 0 and a spread of 1 (Box and Muller 1958). */
static double normal(Random *random)
{
    double u = (random_below(random, 1 << 30) + 1.0) / (1 << 30), v = random_below(random, 1 << 30) / (double)(1 << 30);
    return sqrt(-2 * log(u)) * cos(2 * M_PI * v);
}

static Trial trial_of(const Made *made, uint64_t block, uint64_t size, Random *random)
{
    double ns = made->once_ns + made->each_ns * pow(size, made->slope);
    return (Trial){
        .block = block, .status = OK, .reason = "", .figures = "", .operations = { true, 1000 },
        .work_cpu_s = 1e-9 * 1000 * ns * exp(made->noise * normal(random)), .peak_rss_kib = 2.0 * size / 1024,
        .cell = { made->strategy, "work", made->variant, size, 1, "", "", "libc", false },
    };
}

static void make(Sheet *trials, const Made *made, Random *random)
{
    Trial *trial = trials->row = memory_resize(trials->row, trials->rows + made->blocks * made->sizes, sizeof *trial);
    for (size_t block = 1; block <= made->blocks; block++)
        for (size_t i = 0; i < made->sizes; i++)
            trial[trials->rows++] = trial_of(made, block, made->size[i], random);
}

/* The growth of time, or of memory, of the only series. */
static Sheet growth_of_sheet(const Sheet *trials)
{
    Group sorted = { sorted_trials(trials), trials->rows };
    Sheet growth = growth_of(sorted, NULL);
    free(sorted.trial);
    return growth;
}

static Growth growth_of_one(const Made *made, const char *metric, Random *random)
{
    Sheet trials = { 0 };
    make(&trials, made, random);
    Sheet growth = growth_of_sheet(&trials);
    assert_int_equal(growth.rows, 2);
    Growth one = ((const Growth *)growth.row)[texts_equal(metric, GROWTH_OF_TIME) ? 0 : 1];
    assert_string_equal(one.metric, metric);
    sheet_free(&trials);
    sheet_free(&growth);
    return one;
}

static const Made steady = { "refcount", "list", { 100, 200, 500, 1000 }, 4, 5, 0, 4, 1, 0 };

static void slopes_without_noise_are_exact(void **state)
{
    (void)state;
    Random random = random_seeded(1);
    for (double slope = -1; slope <= 2; slope += 0.5) {
        Made made = steady;
        made.slope = slope;
        Growth growth = growth_of_one(&made, GROWTH_OF_TIME, &random);
        assert_float_equal(growth.slope, slope, 1e-9);
        assert_float_equal(growth.lo, slope, 1e-9);
        assert_float_equal(growth.hi, slope, 1e-9);
        assert_int_equal(growth.sizes, 4);
    }
}

/* Two bytes an element, however many there are. */
static void memory_is_by_element(void **state)
{
    (void)state;
    Random random = random_seeded(1);
    assert_float_equal(growth_of_one(&steady, GROWTH_OF_MEMORY, &random).slope, 0, 1e-9);
}

/* What each operation pays whatever the size is hides the slope at small sizes, which do not count. */
static void the_last_decade_counts(void **state)
{
    (void)state;
    Random random = random_seeded(1);
    Made made = { "refcount", "list", { 1, 10, 99, 1000, 10000 }, 5, 5, 50, 4, 1, 0 };
    Growth growth = growth_of_one(&made, GROWTH_OF_TIME, &random);
    assert_int_equal(growth.sizes, 2);
    assert_int_equal(growth.from, 1000);
    assert_int_equal(growth.to, 10000);
    assert_true(growth.slope > 0.99 && growth.slope < 1);
}

/* Of 95% intervals of eight blocks 91% to 98% hold the truth, and they are no wider than they need be: with logarithms of sizes
 * whose squared distances from their mean sum up to 3.0, a slope scatters by 0.05 / sqrt(3.0) in a block. */
static void intervals_hold_the_true_slope(void **state)
{
    (void)state;
    Random random = random_seeded(7);
    static const double slopes[] = { 0, 1, 2 };
    for (size_t s = 0; s < 3; s++) {
        Made made = steady;
        size_t held = 0;
        double width = 0;
        made.slope = slopes[s], made.blocks = 8, made.noise = 0.05;
        for (size_t i = 0; i < EXPERIMENTS; i++) {
            Growth growth = growth_of_one(&made, GROWTH_OF_TIME, &random);
            held += growth.lo <= made.slope && made.slope <= growth.hi;
            width += (growth.hi - growth.lo) / EXPERIMENTS;
        }
        print_message("slope %g: %zu of %d intervals hold it, on average %.3f wide\n", made.slope, held, EXPERIMENTS, width);
        assert_in_range(held, 0.91 * EXPERIMENTS, 0.98 * EXPERIMENTS);
        assert_true(width < 1.25 * 2 * 2.36 * 0.05 / sqrt(3.0) / sqrt(8)); /* 2.36 is Student's t of 7 */
    }
}

/* Each by itself; the control is none of them, and a block in which a size failed does not count. */
static void series_are_told_apart(void **state)
{
    (void)state;
    Random random = random_seeded(1);
    Sheet trials = { 0 };
    Made list = steady, set = steady;
    set.strategy = "arena", set.slope = 0;
    make(&trials, &list, &random);
    make(&trials, &set, &random);
    Trial *trial = trials.row;
    make(&trials, &list, &random);
    trial = trials.row;
    for (size_t i = 2 * list.blocks * list.sizes; i < trials.rows; i++)
        trial[i].cell.control = true, trial[i].work_cpu_s = 1;
    trial[1].status = CRASH, trial[0].work_cpu_s = 1;
    Sheet growth = growth_of_sheet(&trials);
    const Growth *row = growth.row;
    assert_int_equal(growth.rows, 4);
    assert_string_equal(row[0].cell.strategy, "arena");
    assert_float_equal(row[0].slope, 0, 1e-9);
    assert_string_equal(row[2].cell.strategy, "refcount");
    assert_float_equal(row[2].slope, 1, 1e-9);
    sheet_free(&trials);
    sheet_free(&growth);
}

static void one_block_does_not_know_how_far_it_scatters(void **state)
{
    (void)state;
    Random random = random_seeded(1);
    Made made = steady;
    made.blocks = 1;
    Growth one = growth_of_one(&made, GROWTH_OF_TIME, &random), five = growth_of_one(&steady, GROWTH_OF_TIME, &random);
    assert_float_equal(one.slope, 1, 1e-9);
    assert_true(one.n == 1 && isnan(one.lo) && isnan(one.hi));
    assert_true(five.n == 5 && !isnan(five.lo) && !isnan(five.hi));
}

static void one_size_has_no_slope(void **state)
{
    (void)state;
    Random random = random_seeded(1);
    Made made = steady;
    Sheet trials = { 0 };
    made.sizes = 1;
    make(&trials, &made, &random);
    Sheet growth = growth_of_sheet(&trials);
    assert_int_equal(growth.rows, 0);
    sheet_free(&trials);
    sheet_free(&growth);
}

static void what_failed_is_not_measured(void **state)
{
    (void)state;
    Random random = random_seeded(1);
    Sheet trials = { 0 };
    make(&trials, &steady, &random);
    for (size_t i = 0; i < trials.rows; i++)
        ((Trial *)trials.row)[i].status = i % 4 == 3 ? OOM : OK;
    Sheet growth = growth_of_sheet(&trials);
    assert_int_equal(growth.rows, 2);
    assert_true(isnan(((const Growth *)growth.row)[0].slope));
    sheet_free(&trials);
    sheet_free(&growth);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slopes_without_noise_are_exact),
        cmocka_unit_test(memory_is_by_element),
        cmocka_unit_test(the_last_decade_counts),
        cmocka_unit_test(intervals_hold_the_true_slope),
        cmocka_unit_test(series_are_told_apart),
        cmocka_unit_test(one_block_does_not_know_how_far_it_scatters),
        cmocka_unit_test(one_size_has_no_slope),
        cmocka_unit_test(what_failed_is_not_measured),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
