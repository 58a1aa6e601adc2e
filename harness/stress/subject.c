#include "subject.h"

#include "lines.h"
#include "memory.h"

#include <stdlib.h>

static bool has_the_same_reason(const Description *a, const Description *b)
{
    return a->status == UNSUPPORTED && b->status == UNSUPPORTED && texts_equal(a->strategy, b->strategy)
        && texts_equal(a->reason, b->reason);
}

/* With the first for which there is that reason, of all: how many there are, or, of one, which. */
static void tell_reason(const Stress *stress, const char *mode, const Catalogue *catalogue, size_t number)
{
    const Description *variant = &catalogue->variant[number];
    size_t count = 0;
    for (size_t i = 0; i < catalogue->variants; i++)
        if (has_the_same_reason(&catalogue->variant[i], variant) && catalogue_is_usual(catalogue, i)) {
            if (i < number)
                return;
            count++;
        }
    char *why = count == 1 ? text_format("%s %s: %s", variant->workload, variant->variant, variant->reason)
                           : text_format("%zu variants: %s", count, variant->reason);
    stress_tell_nothing(stress, mode, variant->strategy, "", CANNOT, why);
    free(why);
}

bool collects_cycles(const char *strategy)
{
    char *header = text_format("strategies/%s.h", strategy);
    bool found = file_has_line(header, "#define collects_cycles 1");
    free(header);
    return found;
}

Subjects subjects_of(const Stress *stress, const char *mode, const Catalogue *catalogue)
{
    Subjects subjects = { memory_new(catalogue->variants, sizeof *subjects.variant), 0 };
    for (size_t i = 0; i < catalogue->variants; i++)
        if (!catalogue_is_usual(catalogue, i))
            continue;
        else if (catalogue->variant[i].status == UNSUPPORTED)
            tell_reason(stress, mode, catalogue, i);
        else
            subjects.variant[subjects.count++] = &catalogue->variant[i];
    return subjects;
}

StressCells stress_cells(const Stress *stress, const char *mode, const char *folder, const char *workload, Names strategies)
{
    StressCells cells = { .build = text_format("%s/%s", stress->build, folder) };
    cells.catalogue = catalogue_read(cells.build, strategies, (Names){ &workload, 1 }, stress->pool);
    cells.subjects = subjects_of(stress, mode, &cells.catalogue);
    return cells;
}

void stress_cells_free(StressCells *cells)
{
    free(cells->subjects.variant);
    catalogue_free(&cells->catalogue);
    free(cells->build);
}

Subject subject_of(const char *build, const Description *variant, uint64_t size, uint64_t seed)
{
    Subject subject = {
        .build = build,
        .cell = variant_cell(variant, size, seed),
        .input = *variant->input ? variant->input : NULL,
    };
    subject.planned.expected = catalogue_reference(build, &subject.cell, subject.input);
    return subject;
}

/* Once, however often a trial does the work: what is tried is limits, and not time. */
static char *const once[] = { "-r", "1", NULL };

int subject_try(const Subject *subject, const RunOptions *options, TextPool *pool, RunResult *result, Trial *trial)
{
    int signal = try_cell(subject->build, &subject->cell, subject->input, once, options, pool, result, trial);
    if (!signal)
        verdict_on_answer(trial, &subject->planned, pool);
    return signal;
}

char *subject_again(const Subject *subject, const char *limits)
{
    char *command = cell_again(subject->build, &subject->cell, subject->input, once);
    char *again = text_format("(ulimit %s; %s)", limits, command);
    free(command);
    return again;
}
