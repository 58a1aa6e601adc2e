#include "run.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "allocator.h"
#include "fail.h"
#include "input.h"
#include "measure.h"
#include "options.h"
#include "parts/system.h"
#include "row.h"

const char *run_obstacle(const Variant *variant)
{
    if (cell_strategy.unsupported)
        return cell_strategy.unsupported;
    if (variant->unsupported)
        return variant->unsupported;
    return cell_strategy.streams_only && !(variant->flags & STREAMS) ? "holds its whole input" : NULL;
}

/* Why the usual input cannot be read, in the runner's words (harness/run/catalogue.c); NULL: it can, or another was named. */
static const char *why_no_input(void)
{
    static char reason[512];
    if (!cell_input || cell_options->input_named || access(cell_input, R_OK) == 0)
        return NULL;
    snprintf(reason, sizeof reason, "cannot read %s: %s", cell_input, strerror(errno));
    return reason;
}

/* What the workload reads itself, on the clock, is checked here and must stay as it was. */
static bool reads_on_the_clock(void)
{
    return cell_input && &cell_prepare == NULL;
}

/* Under whatever strategy: the input is refused even where the variant would not run. */
static void prepare(void)
{
    if (&cell_prepare)
        cell_prepare();
    else if (cell_input)
        input_check(cell_input);
}

static bool begun; /* the work */

int run_asked(void)
{
    const char *why = why_no_input();
    if (!why)
        prepare();
    if (!why)
        why = run_obstacle(cell_options->variant);
    if (!why && cell_options->allocator)
        why = allocator_enter(cell_options->allocator, cell_options->words);
    begun = !why;
    Outcome outcome = why ? (Outcome){ .status = "unsupported", .reason = why } : measure_work();
    outcome.begun = begun;
    if (!why && reads_on_the_clock())
        input_must_be_unchanged(cell_input);
    row_print(&outcome);
    return strcmp(outcome.status, "wrong") == 0 ? EXIT_NOT_OK : EXIT_SUCCESS;
}

/* 0 bytes: a library asked, and does not tell for how much. */
void out_of_memory(size_t bytes)
{
    char reason[96] = "the system refused memory to a library";
    if (bytes)
        snprintf(reason, sizeof reason, "the system refused %zu more bytes", bytes);
    fprintf(stderr, "%s/%s: out of memory: %s\n", cell_strategy.name, cell_workload.name, reason);
    row_print(&(Outcome){ .status = "oom", .reason = reason, .begun = begun, .peak_rss_kib = resident_peak_kib() });
    fflush(stdout);
    _exit(EXIT_NOT_OK);
}
