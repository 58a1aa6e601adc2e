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

#include "../alone.h"

#include "collection.h"
#include "memory.h"
#include "finalizers.h"

/* ---- Settings --------------------------------------------------------------------------------------------------- */

static const Setting *setting_named(const char *name)
{
    return setting_find(name, strlen(name));
}

static void set_where_there_is(const char *name, uint64_t value)
{
    const Setting *setting = setting_named(name);
    if (setting)
        *setting->value = value;
}

/* No collection but those that are asked for; before the heap is opened. */
static void collect_only_when_asked(void)
{
    set_where_there_is("collector", 0);
    set_where_there_is("least_heap_kib", UINT32_MAX);
    set_where_there_is("initial_heap_mib", 64);
}

/* ---- What applies, and why not ---------------------------------------------------------------------------------- */

/* What a statement needs of a strategy for it to apply. */
typedef enum Need {
    NOTHING = 0,
    DEATH = 1 << 0,       /* what nobody reaches is freed while the program runs, wherever it was born */
    WEAKS = 1 << 1,       /* weak references to the dead become empty */
    REGIONS_END = 1 << 2,
    FINALIZERS = 1 << 3,
    COUNTED_OWNERS = 1 << 4,
    COUNT_CHECKS = 1 << 5, /* a count that is lower than the references found is looked for */
    CYCLES = 1 << 6,      /* a collection finds dead cycles … */
    NUMBERS = 1 << 7,     /* … and says how many objects it found dead */
    GENERATIONS = 1 << 8,
    SWITCH = 1 << 9,      /* collections can be switched off, but for those that are asked for */
    LIMIT = 1 << 10       /* the system refuses memory from a limit on */
} Need;

#ifdef Py_PYTHON_H
#define CHECKS_COUNTS false
#else
#define CHECKS_COUNTS true
#endif
#ifdef __SANITIZE_ADDRESS__
#define CAN_BE_LIMITED false
#else
#define CAN_BE_LIMITED true
#endif

static bool tells_numbers; /* see find_out_what_it_tells */

/* Why a statement with these needs does not apply; NULL: it does. */
static const char *why_not(unsigned needs)
{
    const struct {
        Need need;
        bool is_met;
        const char *otherwise;
    } table[] = {
        { DEATH, COUNTS || COLLECTS, REGIONS ? "objects die only with their region" : "nothing dies" },
        { WEAKS, WEAKENS, "its weak references are plain pointers" },
        { REGIONS_END, REGIONS, "it has no regions" },
        { FINALIZERS, finalizes, "it has no finalizers" },
        { COUNT_CHECKS, CHECKS_COUNTS, "CPython looks in debug builds only" },
        { COUNTED_OWNERS, COUNTS, "it counts no owners" },
        { CYCLES, COLLECTS, "it does not collect" },
        { NUMBERS, tells_numbers, "its collections cannot tell how many objects they found" },
        { GENERATIONS, setting_named("threshold2"), "it has no generations" },
        { SWITCH, setting_named("collector"), "its collector cannot be switched off" },
        { LIMIT, CAN_BE_LIMITED, "the sanitizer needs more address space than any limit leaves" },
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (needs & table[i].need && !table[i].is_met)
            return table[i].otherwise;
    return NULL;
}

/* ---- The statements --------------------------------------------------------------------------------------------- */

typedef struct Statement {
    unsigned number;
    const char *name;
    void (*test)(void);    /* NULL: it is proved by a program of its own */
    unsigned needs;
    void (*prepare)(void); /* before the heap is opened; or NULL */
} Statement;

#define STATEMENT(number, test, needs, prepare) { number, #test, test, needs, prepare }
#define PROVED_ELSEWHERE(number, where, needs) { number, #where, NULL, needs, NULL }

static const Statement statements[] = {
    STATEMENT(1, self_loops_are_found, CYCLES | NUMBERS, collect_only_when_asked),
    STATEMENT(1, pairs_are_found, CYCLES | NUMBERS, collect_only_when_asked),
    STATEMENT(1, dead_cycles_are_freed, CYCLES, NULL),
    STATEMENT(2, live_cycles_are_left_alone, CYCLES, collect_only_when_asked),
    STATEMENT(2, what_a_static_variable_holds_is_alive, NOTHING, collect_only_when_asked),
    STATEMENT(3, what_hangs_from_a_dead_cycle_dies, CYCLES, NULL),
    STATEMENT(3, the_live_survive_the_garbage_that_holds_them, CYCLES, collect_only_when_asked),
    STATEMENT(4, cycles_across_generations_wait_for_a_full_collection, DEATH | FINALIZERS | CYCLES | GENERATIONS, NULL),
    STATEMENT(5, counts_are_the_same_after_a_collection, COUNTED_OWNERS | CYCLES, NULL),
    STATEMENT(6, the_resurrected_are_not_counted, DEATH | FINALIZERS | CYCLES | NUMBERS, collect_only_when_asked),
    STATEMENT(7, run_once_though_resurrected, DEATH | FINALIZERS, NULL),
    STATEMENT(7, run_once_in_a_ring_though_resurrected, DEATH | FINALIZERS | CYCLES, NULL),
    STATEMENT(7, finalizers_run_at_the_regions_end, REGIONS_END | FINALIZERS, NULL),
    STATEMENT(7, the_living_are_not_finalized_at_the_end, FINALIZERS, NULL),
    STATEMENT(8, resurrection_is_transitive, DEATH | FINALIZERS, NULL),
    STATEMENT(8, the_resurrected_may_live_in_a_static_variable, DEATH | FINALIZERS, NULL),
    STATEMENT(8, resurrection_keeps_nothing_else, DEATH | FINALIZERS | CYCLES, NULL),
    STATEMENT(9, finalizers_see_their_neighbours, DEATH | FINALIZERS, NULL),
    STATEMENT(9, finalizers_run_before_any_clearing, DEATH | FINALIZERS | CYCLES, NULL),
    STATEMENT(9, parents_come_first, DEATH | FINALIZERS, NULL),
    STATEMENT(10, a_finalizer_may_break_its_cycle, DEATH | FINALIZERS | CYCLES, NULL),
    STATEMENT(10, a_finalizer_may_allocate, DEATH | FINALIZERS, NULL),
    STATEMENT(10, a_finalizer_may_collect, DEATH | FINALIZERS, NULL),
    STATEMENT(11, weak_references_to_the_dead_are_empty, DEATH | FINALIZERS | WEAKS, NULL),
    STATEMENT(11, weak_references_show_nothing_cleared, DEATH | FINALIZERS | WEAKS | CYCLES, NULL),
    STATEMENT(11, weak_references_are_emptied_before_finalizers, DEATH | FINALIZERS | WEAKS | COUNTED_OWNERS | CYCLES, NULL),
    STATEMENT(11, weak_references_die_in_any_order, DEATH | FINALIZERS | WEAKS, NULL),
    STATEMENT(11, weak_references_inside_the_garbage, DEATH | FINALIZERS | WEAKS | CYCLES, NULL),
    STATEMENT(11, weak_references_out_of_a_region, WEAKS | REGIONS_END | FINALIZERS, NULL),
    STATEMENT(12, collections_see_nothing_that_is_dying, DEATH | FINALIZERS | COUNTED_OWNERS | CYCLES, NULL),
    STATEMENT(12, a_count_too_low_is_detected, COUNT_CHECKS | COUNTED_OWNERS | CYCLES, NULL),
    STATEMENT(13, survivors_move_one_generation, DEATH | FINALIZERS | CYCLES | GENERATIONS, NULL),
    STATEMENT(14, collect_inside_a_collection_does_nothing, DEATH | FINALIZERS | CYCLES, collect_only_when_asked),
    STATEMENT(14, switched_off_it_does_not_collect, CYCLES | SWITCH, collect_only_when_asked),
    STATEMENT(15, deep_chains_die, DEATH, NULL),
    STATEMENT(15, deep_rings_die, CYCLES, NULL),
    STATEMENT(15, deep_chains_end_with_their_region, REGIONS_END, NULL),
    STATEMENT(16, out_of_memory_is_an_end_in_order, LIMIT, NULL),
    STATEMENT(17, suspects_that_die_are_freed_once, COUNTED_OWNERS | CYCLES, collect_only_when_asked),
    STATEMENT(17, finalizers_may_make_suspects, DEATH | FINALIZERS | COUNTED_OWNERS | CYCLES, NULL),
    STATEMENT(18, every_byte_is_accounted_for, NOTHING, NULL),
    PROVED_ELSEWHERE(19, tests/oracle, NOTHING),
    PROVED_ELSEWHERE(20, tests/zeal, CYCLES),
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
    static const Statement question = { 0, "", tell_a_number, NOTHING, collect_only_when_asked };
    tells_numbers = COLLECTS && status_of(&question) != 0;
}

static int print_table(void)
{
    puts("strategy,statement,test,applies,reason");
    for (const Statement *one = statements; one < statements + STATEMENTS; one++) {
        const char *reason = why_not(one->needs);
        printf("%s,%u,%s,%d,%s\n", STRATEGY_NAME, one->number, one->name, !reason, reason ? reason : "");
    }
    return 0;
}

static int run_all(void)
{
    struct CMUnitTest tests[STATEMENTS];
    size_t count = 0;
    for (const Statement *one = statements; one < statements + STATEMENTS; one++) {
        const char *reason = why_not(one->needs);
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
