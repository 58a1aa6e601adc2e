/* Depth and width: object graphs of up to 10^7 edges that are deep, wide or dense (workloads/stress/shapes.c) are built,
 * marked, walked, dropped and collected in 256 KiB of stack, and no edge may cost more for there being more of them.
 *
 * Sizes rise by ten. What an edge costs is the processor time of all of it, collections and teardown included. It may rise with
 * the size, for a larger heap is in no cache, but not by more than COSTLIER at a step, nor by more than CLIMB_COSTLIER in all.
 * What is in proportion to the edges rises tenfold at a step; what is to their root, threefold, and tenfold in two. Before a
 * time is called broken it is measured again. */
#include "fail.h"
#include "memory.h"
#include "sharing.h"
#include "stress.h"
#include "subject.h"

#include <inttypes.h>
#include <math.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    STACK_KIB = 256,
    AMPLE_STACK_KIB = 64 << 10,
    FIRST_SIZE = 1000, QUICK_LAST = 1000000, LAST = 10000000, STEP = 10,
    COSTLIER = 4,        /* from size to size; docs/stress.md has what it was when the bounds were chosen */
    CLIMB_COSTLIER = 6,  /* from FOOT on */
    FOOT = 10000,        /* with fewer edges, what is done once counts */
    FIRST_S = 10,        /* the time to wait for the first size */
    PATIENCE = 200,      /* how many times as long as the size before one may take: STEP * COSTLIER, and room for others */
    BYTES_AN_EDGE = 80,  /* of memory, under the strategy that needs most */
    KIB = 1024,
};

static const double ns_per_s = 1e9;

typedef struct Depth {
    const Stress *stress;
    StressCells shapes;
} Depth;

/* One variant on its way from size to size. */
typedef struct Climb {
    const Stress *stress;
    const Description *variant;
    Subject subject, before; /* at this size, and at the one before */
    double cost, cost_before; /* ns for an edge, at each; NAN: not measured */
    double cost_at_foot;
    StressRow row;
    char sentence[300];
    RunResult result;
    Trial trial;
} Climb;

static double cost_of(const Trial *trial)
{
    return (trial->work_cpu_s + trial->teardown_cpu_s) * ns_per_s / (double)trial->cell.size;
}

static int try_once(Climb *climb, uint64_t stack_kib)
{
    double took_s = climb->before.cell.size ? climb->cost_before * (double)climb->before.cell.size / ns_per_s : 0;
    RunOptions options = { .stack = stack_kib * KIB, .seconds = FIRST_S + PATIENCE * took_s };
    climb->row.tries++;
    return subject_try(&climb->subject, &options, climb->stress->pool, &climb->result, &climb->trial);
}

static void call_broken(Climb *climb, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void call_broken(Climb *climb, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    vsnprintf(climb->sentence, sizeof climb->sentence, format, values);
    va_end(values);
    climb->row.broken++;
    climb->row.outcome = BROKEN;
}

/* Whether more stack is all that it needs. */
static int judge_crash(Climb *climb)
{
    const char *reason = climb->trial.reason;
    uint64_t size = climb->subject.cell.size;
    bool may_recurse = climb->result.exit_status == STOPPED_BY_SIGNAL + SIGSEGV;
    int signal = may_recurse ? try_once(climb, AMPLE_STACK_KIB) : 0;
    if (climb->trial.status == OK)
        call_broken(climb, "recurses: %d KiB of stack are too few for %" PRIu64 " edges, %d are enough", STACK_KIB, size,
                    AMPLE_STACK_KIB);
    else
        call_broken(climb, "%" PRIu64 " edges: %s", size, reason);
    return signal;
}

static int judge_failure(Climb *climb)
{
    if (climb->trial.status == CRASH)
        return judge_crash(climb);
    if (climb->trial.status == TIMEOUT && climb->before.cell.size)
        call_broken(climb, "time per edge grows with n: %" PRIu64 " edges did not end in %.0f s, %" PRIu64 " took %.2g ns each",
                    climb->subject.cell.size, climb->result.seconds, climb->before.cell.size, climb->cost_before);
    else
        call_broken(climb, "%" PRIu64 " edges: %s", climb->subject.cell.size, climb->trial.reason);
    return 0;
}

/* The cost is the least that was measured. What did not end may do so the next time. */
static int measure(Climb *climb)
{
    int signal = try_once(climb, STACK_KIB);
    if (!signal && climb->trial.status == TIMEOUT)
        signal = try_once(climb, STACK_KIB);
    if (signal || climb->trial.status != OK)
        return signal ? signal : judge_failure(climb);
    climb->cost = fmin(climb->cost, cost_of(&climb->trial));
    return 0;
}

static bool is_steep_step(const Climb *climb)
{
    return climb->cost > COSTLIER * climb->cost_before;
}

static bool is_steep(const Climb *climb)
{
    return is_steep_step(climb) || climb->cost > CLIMB_COSTLIER * climb->cost_at_foot;
}

static void judge_cost(Climb *climb)
{
    bool step = is_steep_step(climb);
    if (is_steep(climb))
        call_broken(climb, "time per edge grows with n: %.1f ns at %" PRIu64 " edges, %.1f at %" PRIu64,
                    step ? climb->cost_before : climb->cost_at_foot, step ? climb->before.cell.size : FOOT, climb->cost,
                    climb->subject.cell.size);
}

static void tell(Climb *climb)
{
    char limits[32], *again = NULL;
    if (climb->row.broken) {
        snprintf(limits, sizeof limits, "-s %d", STACK_KIB);
        climb->row.again = again = subject_again(&climb->subject, limits);
    }
    climb->row.sentence = climb->sentence;
    climb->row.value = climb->cost;
    stress_tell(climb->stress, &climb->row);
    free(again);
}

static int try_size(Climb *climb)
{
    int signal = measure(climb);
    if (!signal && is_steep(climb))
        signal = measure(climb);
    if (!signal && !climb->row.broken)
        judge_cost(climb);
    return signal;
}

static StressRow row_of(const Climb *climb, uint64_t size)
{
    StressRow row = stress_row("depth", climb->variant->strategy, climb->variant->variant, "256 KiB of stack");
    row.size = (Count){ true, size };
    return row;
}

static int climb_to(Climb *climb, uint64_t size)
{
    climb->subject = subject_of(climb->before.build, climb->variant, size, climb->stress->seed);
    climb->row = row_of(climb, size);
    climb->row.figure = "ns_per_edge";
    climb->row.unit = "ns";
    climb->cost = NAN;
    int signal = try_size(climb);
    if (!signal)
        tell(climb);
    climb->before = climb->subject;
    climb->cost_before = climb->cost;
    if (size == FOOT)
        climb->cost_at_foot = climb->cost;
    return signal;
}

/* Available memory in KiB; where the system does not tell, none. */
static uint64_t available_kib(void)
{
    FILE *in = fopen("/proc/meminfo", "re");
    char line[128];
    uint64_t kib = 0;
    while (in && kib == 0 && fgets(line, sizeof line, in))
        (void)sscanf(line, "MemAvailable: %" SCNu64, &kib);
    if (in)
        fclose(in);
    return kib;
}

static uint64_t needed_kib(uint64_t size)
{
    return size * BYTES_AN_EDGE / KIB * sharers();
}

static void tell_untried(const Climb *climb, uint64_t size)
{
    StressRow row = row_of(climb, size);
    char *sentence = text_format("%" PRIu64 " MiB of memory are not available", needed_kib(size) / KIB);
    row.outcome = UNTRIED;
    row.sentence = sentence;
    stress_tell(climb->stress, &row);
    free(sentence);
}

static int climb_all(Climb *climb)
{
    uint64_t last = climb->stress->quick ? QUICK_LAST : LAST;
    int signal = 0;
    for (uint64_t size = FIRST_SIZE; size <= last && !signal && !climb->row.broken; size *= STEP)
        if (size > QUICK_LAST && needed_kib(size) > available_kib())
            tell_untried(climb, size);
        else
            signal = climb_to(climb, size);
    return signal;
}

static int try_shape(void *context, size_t number, void *result)
{
    const Depth *depth = context;
    Climb climb = { .stress = depth->stress, .variant = depth->shapes.subjects.variant[number],
                    .before.build = depth->shapes.build, .cost_before = NAN, .cost_at_foot = NAN };
    (void)result;
    return climb_all(&climb);
}

static int run(Stress *stress)
{
    Depth depth = { stress, stress_cells(stress, "depth", "stress", "shapes", stress->strategies) };
    int signal = share_work(try_shape, &depth, depth.shapes.subjects.count, 0, NULL);
    stress_cells_free(&depth.shapes);
    return signal;
}

const StressMode stress_depth = {
    "depth",
    "graphs of up to 10^7 edges, however deep or dense, need no more than 256 KiB of stack and a steady time per edge",
    run,
};
