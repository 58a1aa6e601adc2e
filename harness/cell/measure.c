#include "measure.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

#include "cell.h"
#include "fail.h"
#include "figures.h"
#include "options.h"
#include "profile/profile.h"
#include "repetitions.h"

uint64_t operations;

uint64_t clock_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static double now_s(void)
{
    return (double)clock_ns() * 1e-9;
}

static struct rusage used_now(void)
{
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return used;
}

/* Processor time of all threads, to the microsecond. (Linux lets the process's clock fall back to its ticks while a limit of
 * processor time is set, as it is in every trial; not so this.) */
static double cpu_now_s(void)
{
    struct rusage used = used_now();
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) * 1e-6;
}

/* A moment by the system's clock and by the counter with which collections are timed. */
typedef struct Moment {
    double s;
    uint64_t ticks;
} Moment;

static Moment moment_now(void)
{
    return (Moment){ now_s(), ticks_now() };
}

/* What so many ticks took, by how many there were since `begun`. */
static double ticks_to_s(uint64_t ticks, Moment begun)
{
    Moment now = moment_now();
    return now.ticks > begun.ticks ? (double)ticks / (double)(now.ticks - begun.ticks) * (now.s - begun.s) : 0;
}

static uint64_t collection_ticks(void)
{
    return cell_strategy.collections ? cell_strategy.collections->ticks : 0;
}

static bool collections_are_told(void)
{
    return cell_strategy.collections && !cell_strategy.collections->untold;
}

static void end_profile(void)
{
    const char *complaint = profile_end();
    if (complaint)
        cell_fail("cannot write the profile: %s", complaint);
}

/* Does the work once more, and adds the time. Cycles that are left are collected before, as they are after the last. */
static uint64_t repeat(Outcome *outcome)
{
    const Variant *variant = cell_options->variant;
    uint64_t size = cell_options->size;
    if (outcome->repeats && variant->flags & CYCLIC)
        cell_strategy.collect();
    operations = 0;
    uint64_t ticks = collection_ticks();
    double cpu_begun = cpu_now_s(), begun = now_s();
    uint64_t checksum = variant->run(size);
    outcome->work_s += now_s() - begun;
    outcome->work_cpu_s += cpu_now_s() - cpu_begun;
    outcome->collect_ticks += collection_ticks() - ticks;
    outcome->repeats++;
    return checksum;
}

static Outcome wrong(uint64_t repetition)
{
    static char reason[96];
    snprintf(reason, sizeof reason, "repetition %" PRIu64 " did not answer and count as the first", repetition);
    return (Outcome){ .status = "wrong", .reason = reason };
}

static void tear_down(Outcome *outcome)
{
    double cpu_begun = cpu_now_s(), begun = now_s();
    cell_strategy.close();
    outcome->teardown_s = now_s() - begun;
    outcome->teardown_cpu_s = cpu_now_s() - cpu_begun;
}

Outcome measure_work(void)
{
    Outcome outcome = { .status = "ok", .reason = "", .answered = true };
    long switched = used_now().ru_nivcsw;
    cell_strategy.open();
    Moment begun = moment_now();
    profile_begin();
    outcome.checksum = repeat(&outcome);
    outcome.peak_rss_kib = resident_peak_kib();
    figures_end();
    for (uint64_t counted = operations; !repetitions_are_enough(outcome.repeats, outcome.work_cpu_s);)
        if (repeat(&outcome) != outcome.checksum || operations != counted)
            return wrong(outcome.repeats);
    end_profile();
    outcome.collect_s = collections_are_told() ? ticks_to_s(outcome.collect_ticks, begun) : NAN;
    tear_down(&outcome);
    outcome.involuntary = (uint64_t)(used_now().ru_nivcsw - switched);
    return outcome;
}
