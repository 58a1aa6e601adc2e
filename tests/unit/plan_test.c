/* Plans: every cell in every block, in an order that only the seed decides; and the sizes and numbers of blocks. */
#include "plan.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static Description described(const char *strategy, const char *variant, const char *swept)
{
    return (Description){
        .strategy = strategy, .workload = "work", .variant = variant, .allocator = "libc",
        .quick = 25, .standard = 4000, .full = 70000,
        .swept = swept, .reason = "", .input = "", .about = "",
    };
}

/* Two strategies with a plain variant and a swept one: 10 cells, and 5 of the baseline's again. */
static Plan example_block(Mode mode)
{
    Description variant[] = {
        described("base", "plain", ""), described("base", "swept", "10;100;1000"),
        described("other", "plain", ""), described("other", "swept", "10;100;1000"),
    };
    return plan_block(&(Catalogue){ .variant = variant, .variants = 4 }, (Configurations){ 0 }, mode, "base", 1);
}

static void sizes_follow_the_mode(void **state)
{
    (void)state;
    uint64_t sizes[SIZES_MAX];
    Description plain = described("base", "plain", ""), swept = described("base", "swept", "10;100;1000");
    assert_int_equal(plan_sizes(&plain, FULL, sizes), 1);
    assert_int_equal(sizes[0], 70000);
    assert_int_equal(plan_sizes(&swept, STANDARD, sizes), 4);
    assert_int_equal(sizes[3], 4);
    assert_int_equal(plan_sizes(&swept, QUICK, sizes), 2);
    assert_int_equal(sizes[1], 2);
}

static void the_baseline_runs_twice(void **state)
{
    (void)state;
    Plan block = example_block(STANDARD);
    size_t controls = 0;
    for (size_t i = 0; i < block.trials; i++) {
        controls += block.trial[i].cell.control;
        assert_true(!block.trial[i].cell.control || texts_equal(block.trial[i].cell.strategy, "base"));
    }
    assert_int_equal(block.trials, 15);
    assert_int_equal(controls, 5);
    plan_free(&block);
}

/* A strategy under two allocators with two configurations, and another: six series of one and one of the other. */
static void every_configuration_runs_under_every_allocator(void **state)
{
    (void)state;
    Description variant[] = {
        described("base", "plain", ""), described("base", "plain", ""), described("other", "plain", ""),
    };
    variant[1].allocator = "rival";
    Configuration configuration[] = { { "base", "speed=2", "" }, { "base", "speed=10", "" } };
    Catalogue catalogue = { .variant = variant, .variants = 3 };
    Plan block = plan_block(&catalogue, (Configurations){ configuration, 2 }, STANDARD, "base", 1);
    assert_int_equal(block.trials, 6 + 1 + 1);
    assert_int_equal(plan_series(&block), 7);
    for (size_t i = 0; i < block.trials; i++) {
        const Cell *cell = &block.trial[i].cell;
        assert_true(!cell->control || (*cell->settings == '\0' && texts_equal(cell->allocator, "libc")));
        assert_true(texts_equal(cell->strategy, "base") || *cell->settings == '\0');
    }
    plan_free(&block);
}

static size_t times_in(const Planned *trial, size_t trials, const Cell *cell)
{
    size_t times = 0;
    for (size_t i = 0; i < trials; i++)
        times += cells_equal(&trial[i].cell, cell);
    return times;
}

static void each_block_has_every_cell_once(void **state)
{
    (void)state;
    Plan block = example_block(STANDARD), plan = plan_shuffled(&block, 20, 3);
    assert_int_equal(plan.trials, 20 * 15);
    for (size_t b = 0; b < 20; b++)
        for (size_t i = 0; i < 15; i++) {
            const Planned *trial = &plan.trial[b * 15 + i];
            assert_int_equal(trial->block, b + 1);
            assert_int_equal(trial->position, i + 1);
            assert_int_equal(times_in(&plan.trial[b * 15], 15, &block.trial[i].cell), 1);
        }
    plan_free(&block);
    plan_free(&plan);
}

static bool same_order(const Plan *a, const Plan *b)
{
    bool same = a->trials == b->trials;
    for (size_t i = 0; same && i < a->trials; i++)
        same = cells_equal(&a->trial[i].cell, &b->trial[i].cell);
    return same;
}

static void the_seed_decides_the_order(void **state)
{
    (void)state;
    Plan block = example_block(STANDARD);
    Plan a = plan_shuffled(&block, 3, 7), b = plan_shuffled(&block, 3, 7), c = plan_shuffled(&block, 3, 8);
    assert_true(same_order(&a, &b));
    assert_false(same_order(&a, &c));
    plan_free(&block);
    plan_free(&a);
    plan_free(&b);
    plan_free(&c);
}

static bool same_plan(const Plan *a, const Plan *b)
{
    bool same = same_order(a, b);
    for (size_t i = 0; same && i < a->trials; i++)
        same = a->trial[i].block == b->trial[i].block && a->trial[i].position == b->trial[i].position &&
               a->trial[i].expected.known == b->trial[i].expected.known &&
               a->trial[i].expected.value == b->trial[i].expected.value &&
               strcmp(a->trial[i].unsupported, b->trial[i].unsupported) == 0;
    return same;
}

/* As a machine does that measures some blocks alone: it has read the first. */
static void a_block_alone_is_that_of_the_plan(void **state)
{
    (void)state;
    Plan block = example_block(STANDARD), plan = plan_shuffled(&block, 7, 11), all = plan;
    Plan first = plan_drawn(&block, 1, 11), again = plan_unshuffled(&first, 11);
    assert_true(same_order(&block, &again));
    for (uint64_t b = 1; b <= 7; b++) {
        Plan alone = plan_drawn(&again, b, 11);
        all.trial = plan.trial + (b - 1) * block.trials;
        all.trials = block.trials;
        assert_true(same_plan(&all, &alone));
        plan_free(&alone);
    }
    plan_free(&block);
    plan_free(&plan);
    plan_free(&first);
    plan_free(&again);
}

/* 3,000 blocks of 15: a cell should be first in 200 of them, with a standard deviation of 13.7. */
static void no_cell_prefers_a_position(void **state)
{
    (void)state;
    Plan block = example_block(STANDARD), plan = plan_shuffled(&block, 3000, 11);
    for (size_t i = 0; i < 15; i++) {
        int first = 0;
        for (size_t b = 0; b < 3000; b++)
            first += cells_equal(&plan.trial[b * 15].cell, &block.trial[i].cell);
        assert_true(abs(first - 200) < 5 * 13.7);
    }
    plan_free(&block);
    plan_free(&plan);
}

static void a_plan_is_read_as_it_was_written(void **state)
{
    (void)state;
    TextPool pool = { 0 };
    char file[] = "/tmp/plan_test_XXXXXX";
    FILE *out = fdopen(mkstemp(file), "w");
    Plan block = example_block(QUICK);
    for (size_t i = 0; i < block.trials; i++)
        block.trial[i].expected = (Count){ true, 40 + i };
    block.trial[3].unsupported = "holds its \"whole\", input";
    Plan plan = plan_shuffled(&block, 4, 9);
    plan_write(out, &block, 4, 9);
    fclose(out);
    Plan read = plan_load(file, &pool), first = plan_load_first(file, &pool);
    remove(file);
    assert_true(same_plan(&plan, &read));
    assert_int_equal(read.blocks, 4);
    assert_int_equal(first.trials, block.trials);
    first.trials = plan.trials = block.trials;
    assert_true(same_plan(&plan, &first));
    plan_free(&block);
    plan_free(&plan);
    plan_free(&read);
    plan_free(&first);
    text_pool_free(&pool);
}

static void a_trial_is_found_by_its_place(void **state)
{
    (void)state;
    size_t index;
    Plan block = example_block(STANDARD), plan = plan_shuffled(&block, 2, 9);
    assert_true(plan_find(&plan, 2, 3, &index));
    assert_int_equal(index, 15 + 2);
    assert_false(plan_find(&plan, 3, 1, &index));
    assert_false(plan_find(&plan, 1, 16, &index));
    assert_false(plan_find(&plan, 0, 1, &index));
    plan_free(&block);
    plan_free(&plan);
}

static void blocks_fit_the_budget_within_bounds(void **state)
{
    (void)state;
    assert_int_equal(mode_blocks(QUICK, 9), 4);
    assert_int_equal(mode_blocks(QUICK, 0), 5);
    assert_int_equal(mode_blocks(QUICK, 1000), 2);
    assert_int_equal(mode_blocks(STANDARD, 60), 8);
    assert_int_equal(mode_blocks(STANDARD, 1), 15);
    assert_int_equal(mode_blocks(STANDARD, 1000), 3);
    assert_int_equal(mode_blocks(FULL, 1e6), 30);
}

static void tasks_that_share_a_run_have_a_budget_each(void **state)
{
    (void)state;
    assert_int_equal(mode_shared_blocks(QUICK, 9, 1), mode_blocks(QUICK, 9));
    assert_int_equal(mode_shared_blocks(QUICK, 9, 7), 7 * mode_blocks(QUICK, 9));
    assert_int_equal(mode_shared_blocks(QUICK, 1000, 7), 7 * 3);
    assert_int_equal(mode_shared_blocks(STANDARD, 0.1, 1000), BLOCKS_MAX);
    assert_int_equal(mode_shared_blocks(FULL, 100, 1), 30);
    assert_int_equal(mode_shared_blocks(FULL, 100, 10), 30);
    assert_int_equal(mode_shared_blocks(FULL, 100, 11), 33);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_follow_the_mode),
        cmocka_unit_test(the_baseline_runs_twice),
        cmocka_unit_test(every_configuration_runs_under_every_allocator),
        cmocka_unit_test(each_block_has_every_cell_once),
        cmocka_unit_test(the_seed_decides_the_order),
        cmocka_unit_test(a_block_alone_is_that_of_the_plan),
        cmocka_unit_test(no_cell_prefers_a_position),
        cmocka_unit_test(a_plan_is_read_as_it_was_written),
        cmocka_unit_test(a_trial_is_found_by_its_place),
        cmocka_unit_test(blocks_fit_the_budget_within_bounds),
        cmocka_unit_test(tasks_that_share_a_run_have_a_budget_each),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
