/* What a collector owes, statement by statement, under one strategy (-DSTRATEGY=name -DCOUNTED). The statements and their
 * numbers are in docs/semantics.md.
 *
 *   semantics           runs the tests that apply to the strategy, and says of the others why they do not
 *   semantics --table   prints what applies, as CSV, and runs nothing */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "workload.h"

#include "world.h"

#include "collection.h"
#include "memory.h"
#include "finalizers.h"

uint64_t operations;
uint64_t cell_seed = 1;
const char *cell_input;

_Noreturn void out_of_memory(size_t bytes)
{
    (void)bytes;
    _exit(OUT_OF_MEMORY);
}

/* ---- What applies, and why not ---------------------------------------------------------------------------------- */

typedef const char *Reason(void); /* why a statement does not apply; NULL: it does */

static bool tells_numbers; /* collect() says how many objects it found dead */

static const char *always(void) { return NULL; }
static const char *collects(void) { return COLLECTS ? NULL : "it does not collect"; }
static const char *finalizes_(void) { return finalizes ? NULL : "it has no finalizers"; }
static const char *weakens(void) { return WEAKENS ? NULL : "its weak references are plain pointers"; }

static const char *counts_numbers(void)
{
    if (!COLLECTS)
        return collects();
    return tells_numbers ? NULL : "its collections cannot tell how many objects they found";
}

static const char *counts_and_collects(void)
{
    if (!COUNTS)
        return "it counts no owners";
    return collects();
}

/* A count that is lower than the references found. */
static const char *looks_at_counts(void)
{
#ifdef Py_PYTHON_H
    return "CPython looks in debug builds only";
#else
    return counts_and_collects();
#endif
}

static const char *generations(void)
{
    if (!COLLECTS)
        return collects();
    return has_generations() ? NULL : "it has no generations";
}

static const char *dies_alone(void)
{
    if (!COUNTS && !COLLECTS)
        return REGIONS ? "objects die only with their region" : "nothing dies";
    return NULL;
}

static const char *finalizes_alone(void)
{
    return dies_alone() ? dies_alone() : finalizes_();
}

static const char *finalizes_cycles(void)
{
    return finalizes_alone() ? finalizes_alone() : collects();
}

static const char *finalizes_and_tells(void)
{
    return finalizes_cycles() ? finalizes_cycles() : counts_numbers();
}

static const char *finalizes_generations(void)
{
    return finalizes_cycles() ? finalizes_cycles() : generations();
}

static const char *finalizes_and_counts(void)
{
    return finalizes_cycles() ? finalizes_cycles() : counts_and_collects();
}

static const char *weak_alone(void)
{
    return finalizes_alone() ? finalizes_alone() : weakens();
}

static const char *weak_in_cycles(void)
{
    return finalizes_cycles() ? finalizes_cycles() : weakens();
}

static const char *weak_in_exact_cycles(void)
{
    return weak_in_cycles() ? weak_in_cycles() : counts_and_collects();
}

static const char *weak_in_regions(void)
{
    return weakens() ? weakens() : REGIONS ? finalizes_() : "it has no regions";
}

static const char *finalizes_regions(void)
{
    return REGIONS ? finalizes_() : "it has no regions";
}

static const char *switched_off(void)
{
    if (!COLLECTS)
        return collects();
    return has_switch() ? NULL : "its collector cannot be switched off";
}

static const char *ends_regions(void) { return REGIONS ? NULL : "it has no regions"; }

static const char *may_be_limited(void)
{
#if defined(__SANITIZE_ADDRESS__)
    return "the sanitizer needs more address space than any limit leaves";
#else
    return NULL;
#endif
}

/* ---- The statements --------------------------------------------------------------------------------------------- */

typedef struct Statement {
    unsigned number;
    const char *name;
    void (*test)(void);      /* NULL: it is proved by a program of its own */
    Reason *reason;
    void (*prepare)(void); /* before the heap is opened; or NULL */
} Statement;

#define STATEMENT(number, test, reason, prepare) { number, #test, test, reason, prepare }
#define PROVED_ELSEWHERE(number, where, reason) { number, #where, NULL, reason, NULL }

static const Statement statements[] = {
    STATEMENT(1, self_loops_are_found, counts_numbers, collect_only_when_asked),
    STATEMENT(1, pairs_are_found, counts_numbers, collect_only_when_asked),
    STATEMENT(1, dead_cycles_are_freed, collects, NULL),
    STATEMENT(2, live_cycles_are_left_alone, collects, collect_only_when_asked),
    STATEMENT(2, what_a_static_variable_holds_is_alive, always, collect_only_when_asked),
    STATEMENT(3, what_hangs_from_a_dead_cycle_dies, collects, NULL),
    STATEMENT(3, the_live_survive_the_garbage_that_holds_them, collects, collect_only_when_asked),
    STATEMENT(4, cycles_across_generations_wait_for_a_full_collection, finalizes_generations, NULL),
    STATEMENT(5, counts_are_the_same_after_a_collection, counts_and_collects, NULL),
    STATEMENT(6, the_resurrected_are_not_counted, finalizes_and_tells, collect_only_when_asked),
    STATEMENT(7, run_once_though_resurrected, finalizes_alone, NULL),
    STATEMENT(7, run_once_in_a_ring_though_resurrected, finalizes_cycles, NULL),
    STATEMENT(7, finalizers_run_at_the_regions_end, finalizes_regions, NULL),
    STATEMENT(8, resurrection_is_transitive, finalizes_alone, NULL),
    STATEMENT(8, the_resurrected_may_live_in_a_static_variable, finalizes_alone, NULL),
    STATEMENT(8, resurrection_keeps_nothing_else, finalizes_cycles, NULL),
    STATEMENT(9, finalizers_see_their_neighbours, finalizes_alone, NULL),
    STATEMENT(9, finalizers_run_before_any_clearing, finalizes_cycles, NULL),
    STATEMENT(9, parents_come_first, finalizes_alone, NULL),
    STATEMENT(10, a_finalizer_may_break_its_cycle, finalizes_cycles, NULL),
    STATEMENT(10, a_finalizer_may_allocate, finalizes_alone, NULL),
    STATEMENT(10, a_finalizer_may_collect, finalizes_alone, NULL),
    STATEMENT(11, weak_references_to_the_dead_are_empty, weak_alone, NULL),
    STATEMENT(11, weak_references_show_nothing_cleared, weak_in_cycles, NULL),
    STATEMENT(11, weak_references_are_emptied_before_finalizers, weak_in_exact_cycles, NULL),
    STATEMENT(11, weak_references_die_in_any_order, weak_alone, NULL),
    STATEMENT(11, weak_references_inside_the_garbage, weak_in_cycles, NULL),
    STATEMENT(11, weak_references_out_of_a_region, weak_in_regions, NULL),
    STATEMENT(12, collections_see_nothing_that_is_dying, finalizes_and_counts, NULL),
    STATEMENT(12, a_count_too_low_is_detected, looks_at_counts, NULL),
    STATEMENT(13, survivors_move_one_generation, finalizes_generations, NULL),
    STATEMENT(14, collect_inside_a_collection_does_nothing, finalizes_cycles, collect_only_when_asked),
    STATEMENT(14, switched_off_it_does_not_collect, switched_off, collect_only_when_asked),
    STATEMENT(15, deep_chains_die, dies_alone, NULL),
    STATEMENT(15, deep_rings_die, collects, NULL),
    STATEMENT(15, deep_chains_end_with_their_region, ends_regions, NULL),
    STATEMENT(16, out_of_memory_is_an_end_in_order, may_be_limited, NULL),
    STATEMENT(17, suspects_that_die_are_freed_once, counts_and_collects, collect_only_when_asked),
    STATEMENT(17, finalizers_may_make_suspects, finalizes_and_counts, NULL),
    STATEMENT(18, every_byte_is_accounted_for, always, NULL),
    PROVED_ELSEWHERE(19, tests/oracle, always),
    PROVED_ELSEWHERE(20, tests/zeal, collects),
};

enum { STATEMENTS = sizeof statements / sizeof *statements };

/* ---- Running ---------------------------------------------------------------------------------------------------- */

enum { PATIENCE = 120 }; /* seconds */

static __attribute__((noinline)) void live_a_life(const Statement *statement)
{
    alarm(PATIENCE);
    if (statement->prepare)
        statement->prepare();
    heap_open();
    statement->test();
    heap_close();
}

static int status_of(const Statement *statement)
{
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        live_a_life(statement);
        _exit(0);
    }
    int status = -1;
    waitpid(child, &status, 0);
    return status;
}

static void run_statement(void **state)
{
    int status = status_of(*state);
    if (WIFSIGNALED(status))
        fail_msg("it was ended by signal %d", WTERMSIG(status));
    if (status != 0)
        fail_msg("it ended with status %d", WEXITSTATUS(status));
}

static void tell_a_number(void)
{
    repeat(make_self_loop, TIMES);
    _exit(collected() > 0 ? 1 : 0);
}

static void find_out_what_it_tells(void)
{
    static const Statement question = { 0, "", tell_a_number, always, collect_only_when_asked };
    tells_numbers = COLLECTS && status_of(&question) != 0;
}

static int print_table(void)
{
    puts("strategy,statement,test,applies,reason");
    for (const Statement *one = statements; one < statements + STATEMENTS; one++) {
        const char *reason = one->reason();
        printf("%s,%u,%s,%d,%s\n", STRATEGY_NAME, one->number, one->name, !reason, reason ? reason : "");
    }
    return 0;
}

static int run_all(void)
{
    struct CMUnitTest tests[STATEMENTS];
    size_t count = 0;
    for (const Statement *one = statements; one < statements + STATEMENTS; one++) {
        const char *reason = one->reason();
        if (reason)
            printf("%u. %s does not apply: %s\n", one->number, one->name, reason);
        else if (one->test)
            tests[count++] = (struct CMUnitTest){ one->name, run_statement, NULL, NULL, (void *)one };
    }
    return _cmocka_run_group_tests(STRATEGY_NAME, tests, count, NULL, NULL);
}

int main(int argc, char **argv)
{
    const char *unsupported = unsupported_because;
    if (unsupported) {
        printf("%s is unsupported: %s\n", STRATEGY_NAME, unsupported);
        return 0;
    }
    find_out_what_it_tells();
    return argc == 2 && strcmp(argv[1], "--table") == 0 ? print_table() : run_all();
}
