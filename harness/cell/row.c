#include "row.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "allocator.h"
#include "cell.h"
#include "figures.h"
#include "options.h"
#include "parts/setting.h"

const char *const row_columns =
    "strategy,workload,variant,size,seed,settings,allocator,status,reason,checksum,operations,"
    "repeats,work_s,work_cpu_s,teardown_s,peak_rss_kib,figures,teardown_cpu_s,collect_s,involuntary";

static void print_count(bool measured, uint64_t count)
{
    if (measured)
        printf(",%" PRIu64, count);
    else
        printf(",NA");
}

static void print_seconds(bool measured, double seconds)
{
    if (measured)
        printf(",%.9f", seconds);
    else
        printf(",NA");
}

/* Those that have not their usual value: `name=value;name=value`. */
static void print_changed_settings(void)
{
    const char *between = "";
    for_each_setting (s)
        if (*s->value != s->usual) {
            printf("%s%s=%" PRIu64, between, s->name, *s->value);
            between = ";";
        }
}

/* Read back from the process; but the row of what did not begin names what it should have run under. */
static const char *allocator_of(const Outcome *outcome)
{
    return outcome->begun || !cell_options->allocator ? allocator_active() : cell_options->allocator;
}

static void print_what_ran(const Outcome *outcome)
{
    printf("%s,%s,%s,%" PRIu64 ",%" PRIu64 ",", cell_strategy.name, cell_workload.name, cell_options->variant->name,
           cell_options->size, cell_seed);
    print_changed_settings();
    printf(",%s,%s,%s", allocator_of(outcome), outcome->status, outcome->reason);
}

void row_print(const Outcome *outcome)
{
    print_what_ran(outcome);
    print_count(outcome->answered, outcome->checksum);
    print_count(outcome->answered && operations, operations);
    print_count(outcome->answered, outcome->repeats);
    print_seconds(outcome->answered, outcome->work_s / (double)outcome->repeats);
    print_seconds(outcome->answered, outcome->work_cpu_s / (double)outcome->repeats);
    print_seconds(outcome->answered, outcome->teardown_s);
    print_count(outcome->peak_rss_kib > 0, outcome->peak_rss_kib);
    printf(",");
    if (outcome->answered)
        figures_print();
    print_seconds(outcome->answered, outcome->teardown_cpu_s);
    print_seconds(outcome->answered && !isnan(outcome->collect_s), outcome->collect_s / (double)outcome->repeats);
    print_count(outcome->answered, outcome->involuntary);
    printf("\n");
}
