/* Limits: how little memory each cell works in, and that it does in that and more, and ends `oom` in less; that 256 KiB of
 * stack and 8 open files are enough; and what a full disk does to cells and to the harness (full_disk.h).
 *
 * A limit is one of private writable memory (RLIMIT_DATA, system/process.h). In a quick run one variant of each workload is
 * tried, the same under all strategies, at an eighth of its quick size. */
#include "durable.h"
#include "full_disk.h"
#include "heap_rows.h"
#include "least_heap.h"
#include "memory.h"
#include "parameters.h"
#include "random.h"
#include "sharing.h"
#include "statistics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    STACK_KIB = 256, FILES = 8, KIB = 1024,
    HANGS_S = 10, PATIENCE = 100,      /* a run hangs after so many s and times what it takes without limits */
    SMALLER = 8, SMALLER_DEPTH = 3,    /* a quick run divides sizes by so much */
};

/* What a part finds of a cell. */
typedef struct CellLimits {
    LeastHeap least;
    double peak_kib;              /* resident, without limits */
    Tally tally[CONDITIONS];
} CellLimits;

typedef struct Limits {
    const Stress *stress;
    Subjects subjects;
    CellLimits *found;
} Limits;

/* ---- What is tried -------------------------------------------------------------------------------------------------- */

static uint64_t size_of(const Description *variant, bool quick)
{
    if (!quick)
        return variant->quick;
    if (variant->depth)
        return variant->quick > SMALLER_DEPTH ? variant->quick - SMALLER_DEPTH : 1;
    return variant->quick > SMALLER ? variant->quick / SMALLER : 1;
}

static Names variants_of(const Catalogue *catalogue, const char *workload)
{
    Names names = { 0 };
    for (size_t i = 0; i < catalogue->variants; i++)
        if (texts_equal(catalogue->variant[i].workload, workload) && !names_have(names, catalogue->variant[i].variant))
            names_add(&names, catalogue->variant[i].variant);
    return names;
}

static void tell_left_out(const Stress *stress, const char *workload, const char *drawn)
{
    StressRow row = stress_row("limits", NOT_A_STRATEGY, workload, "other variants");
    char *sentence = text_format("a quick run tries one variant of each workload, and drew %s", drawn);
    row.outcome = UNTRIED;
    row.sentence = sentence;
    stress_tell(stress, &row);
    free(sentence);
}

/* For each workload the variant that is drawn; the caller frees the list. */
static const char **draw_variants(const Stress *stress, const Catalogue *catalogue)
{
    const char **drawn = memory_new(stress->workloads.count, sizeof *drawn);
    Random random = random_seeded(stress->seed);
    for (size_t i = 0; i < stress->workloads.count; i++) {
        Names names = variants_of(catalogue, stress->workloads.name[i]);
        drawn[i] = names.name[random_below(&random, (uint32_t)names.count)];
        if (names.count > 1)
            tell_left_out(stress, stress->workloads.name[i], drawn[i]);
        free(names.name);
    }
    return drawn;
}

static void keep_drawn(const Stress *stress, const Catalogue *catalogue, Subjects *subjects)
{
    const char **drawn = draw_variants(stress, catalogue);
    size_t kept = 0;
    for (size_t i = 0; i < subjects->count; i++)
        for (size_t w = 0; w < stress->workloads.count; w++)
            if (texts_equal(subjects->variant[i]->workload, stress->workloads.name[w])
                && texts_equal(subjects->variant[i]->variant, drawn[w]))
                subjects->variant[kept++] = subjects->variant[i];
    subjects->count = kept;
    free(drawn);
}

/* ---- One cell ------------------------------------------------------------------------------------------------------- */

static int try_limits(Probe *probe, CellLimits *found)
{
    Outcome outcome = BREAKS;
    int signal = probe_run(probe, FREE, &(RunOptions){ 0 }, &outcome);
    if (signal || outcome != WORKS)
        return signal;
    found->peak_kib = probe->trial.peak_rss_kib;
    probe->seconds += PATIENCE * probe->result.seconds;
    signal = probe_run(probe, SMALL_STACK, &(RunOptions){ .stack = STACK_KIB * KIB }, &outcome);
    if (!signal)
        signal = probe_run(probe, FEW_FILES, &(RunOptions){ .descriptors = FILES }, &outcome);
    return signal ? signal : least_heap_find(probe, (uint64_t)found->peak_kib, &found->least);
}

static int try_subject(const Limits *limits, const Description *variant, CellLimits *found)
{
    Subject subject = subject_of(limits->stress->build, variant, size_of(variant, limits->stress->quick), limits->stress->seed);
    Probe *probe = probe_new(limits->stress, &subject);
    probe->seconds = HANGS_S;
    int signal = try_limits(probe, found);
    if (!signal)
        probe_tell_broken(probe);
    memcpy(found->tally, probe->tally, sizeof found->tally);
    probe_free(probe);
    return signal;
}

/* The first part is the full disk, which takes longest. */
static int try_part(void *context, size_t number, void *result)
{
    const Limits *limits = context;
    if (number > 0)
        return try_subject(limits, limits->subjects.variant[number - 1], result);
    return limits->stress->strategies_only ? 0 : full_disk_try(limits->stress, &limits->subjects);
}

/* ---- What came of it ------------------------------------------------------------------------------------------------ */

static bool is_of(const Limits *limits, size_t number, const char *strategy)
{
    return texts_equal(limits->subjects.variant[number]->strategy, strategy);
}

/* The least heap as a part of the resident peak without limits: the median cell, and all. */
static void set_part_of_peak(const Limits *limits, StressRow *row)
{
    double *part = memory_new(limits->subjects.count + 1, sizeof *part);
    size_t count = 0;
    for (size_t i = 0; i < limits->subjects.count; i++)
        if (is_of(limits, i, row->strategy) && limits->found[i].least.kib)
            part[count++] = (double)limits->found[i].least.kib / limits->found[i].peak_kib;
    if (count > 0)
        stress_figure(row, "least_heap_of_peak", median_and_range(part, count), "x");
    free(part);
}

/* In how many cells less was enough in one run and not in another, in memory that the caller frees. */
static char *told_of_range(const Limits *limits, const char *strategy)
{
    size_t ranges = 0, cells = 0;
    for (size_t i = 0; i < limits->subjects.count; i++)
        if (is_of(limits, i, strategy) && limits->found[i].least.kib) {
            ranges += limits->found[i].least.once_kib > 0;
            cells++;
        }
    return ranges ? text_format("in %zu of %zu cells less was enough in one run and too little in the next", ranges, cells)
                  : text_format("%s", "");
}

/* Of the cells that kept what they promise under this condition: the others have rows of their own. */
static void tell_condition(const Limits *limits, const char *strategy, Condition condition)
{
    StressRow row = stress_row("limits", strategy, "", condition_names[condition]);
    for (size_t i = 0; i < limits->subjects.count; i++)
        if (is_of(limits, i, strategy) && limits->found[i].tally[condition].broken == 0)
            row.tries += limits->found[i].tally[condition].tries;
    if (row.tries == 0)
        return;
    char *sentence = condition == AT_LEAST ? told_of_range(limits, strategy) : text_format("%s", "");
    row.sentence = sentence;
    if (condition == AT_LEAST)
        set_part_of_peak(limits, &row);
    stress_tell(limits->stress, &row);
    free(sentence);
}

/* ---- least_heaps.csv: a row for each cell --------------------------------------------------------------------------- */

/* The least heap of the same variant under pure counting, which is the baseline, in KiB, or NAN. */
static double counting_kib(const Limits *limits, const Description *variant)
{
    for (size_t i = 0; i < limits->subjects.count; i++) {
        const Description *other = limits->subjects.variant[i];
        if (texts_equal(other->strategy, USUAL_BASELINE) && texts_equal(other->workload, variant->workload)
            && texts_equal(other->variant, variant->variant) && limits->found[i].least.kib)
            return (double)limits->found[i].least.kib;
    }
    return NAN;
}

static Count count_or_na(uint64_t count)
{
    return (Count){ count > 0, count };
}

static HeapRow heap_row(const Limits *limits, size_t number)
{
    const Description *variant = limits->subjects.variant[number];
    const CellLimits *found = &limits->found[number];
    double kib = found->least.kib ? (double)found->least.kib : NAN, peak_kib = found->peak_kib > 0 ? found->peak_kib : NAN;
    return (HeapRow){
        variant->strategy, variant->workload, variant->variant, size_of(variant, limits->stress->quick),
        count_or_na(found->least.kib), count_or_na(found->least.refused_kib), count_or_na(found->least.once_kib),
        peak_kib, kib / peak_kib, kib / counting_kib(limits, variant),
    };
}

static void save_heaps(const Limits *limits)
{
    char *file = text_format("%s/least_heaps.csv", limits->stress->folder);
    Durable durable = durable_begin(file);
    rows_write_header(durable.out, &least_heaps_layout);
    for (size_t i = 0; i < limits->subjects.count; i++) {
        HeapRow row = heap_row(limits, i);
        rows_write(durable.out, &least_heaps_layout, &row);
    }
    durable_end(&durable);
    free(file);
}

static int try_all(Limits *limits)
{
    CellLimits *results = memory_new(limits->subjects.count + 1, sizeof *results);
    int signal = share_work(try_part, limits, limits->subjects.count + 1, sizeof *results, results);
    limits->found = results + 1;
    if (!signal) {
        for (size_t s = 0; s < limits->stress->strategies.count; s++)
            for (Condition c = 0; c < CONDITIONS; c++)
                tell_condition(limits, limits->stress->strategies.name[s], c);
        save_heaps(limits);
    }
    free(results);
    return signal;
}

static int run(Stress *stress)
{
    Catalogue catalogue = catalogue_read(stress->build, stress->strategies, stress->workloads, stress->pool);
    Limits limits = { .stress = stress, .subjects = subjects_of(stress, "limits", &catalogue) };
    if (stress->quick)
        keep_drawn(stress, &catalogue, &limits.subjects);
    int signal = limits.subjects.count > 0 ? try_all(&limits) : 0;
    free(limits.subjects.variant);
    catalogue_free(&catalogue);
    return signal;
}

const StressMode stress_limits = {
    "limits",
    "in too little memory a cell ends oom with a sentence, in its least heap and more it works; no file is half written",
    run,
};
