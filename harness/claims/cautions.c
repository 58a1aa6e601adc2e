#include "cautions.h"

#include "finding_row.h"
#include "waits.h"

#include <inttypes.h>

/* Where the series takes, of each variant's largest size, the most of the metric, by what the baseline takes. */
static void write_most(FILE *out, Evidence *evidence, const Cell *series, int aim)
{
    Finding most = { .n = 0 };
    const Cell *where = NULL;
    for (size_t i = 0; i < evidence->cells; i++) {
        const Cell *cell = &(*evidence->cell[i].trial)->cell;
        bool is_largest = next_size(evidence, series, cell->workload, cell->variant, cell->size) == 0;
        if (cell->control || !same_series(cell, series) || !is_largest)
            continue;
        Group base = cell_trials(evidence, evidence->baseline, cell->workload, cell->variant, cell->size);
        Finding ratio = ratio_of(evidence, evidence->cell[i], aims[aim].metric, base, aims[aim].metric);
        if (ratio.n > 0 && (most.n == 0 || ratio.is.value > most.is.value)) {
            most = ratio;
            where = cell;
        }
    }
    if (where == NULL)
        return;
    Sentence sentence;
    sentence_begin(&sentence);
    fprintf(sentence.out, "%s takes at most ", label_of(evidence, series));
    print_value(sentence.out, &most);
    FindingRow row = finding_row("caution", aim ? MOST_MEMORY : MOST_TIME, series, aims[aim].metric, &most);
    row.place = place_of(where, &evidence->pool);
    fprintf(sentence.out, " times %s's %s, in %s.", label_of(evidence, evidence->baseline), aims[aim].words, row.place);
    row.sentence = sentence_end(&sentence, &evidence->pool);
    finding_write(out, &row);
}

static void write_longest_pause(FILE *out, Evidence *evidence, const Cell *series)
{
    Wait stop = longest_stop(evidence, series);
    if (stop.where == NULL || stop.longest.is.value == 0)
        return;
    FindingRow row = finding_row("caution", LONGEST_STOP, series, "pause_longest_ns", &stop.longest);
    row.place = place_of(stop.where, &evidence->pool);
    row.band = evidence->hiccup_ns;
    Sentence sentence;
    sentence_begin(&sentence);
    fprintf(sentence.out, "%s stopped %s for ", label_of(evidence, series), row.place);
    print_pause(sentence.out, &stop.longest);
    if (stop.programs > 1)
        fputs(", longer than any other program", sentence.out);
    print_doubt(sentence.out, evidence, &stop.longest);
    putc('.', sentence.out);
    row.sentence = sentence_end(&sentence, &evidence->pool);
    finding_write(out, &row);
}

/* Of programs that drop cycles, the one of which it leaves the most alive. */
static void write_left_alive(FILE *out, Evidence *evidence, const ProgramKinds *kinds, const Cell *series)
{
    const Census *most = NULL;
    for (size_t i = 0; i < kinds->count; i++)
        for (size_t j = 0; kinds->kind[i].drops_cycles && j < kinds->kind[i].count; j++) {
            Program program = kinds->kind[i].program[j];
            const Census *census = census_of(evidence, series, program->workload, program->variant);
            if (census && census->live_bytes.known && (!most || part_left(census) > part_left(most)))
                most = census;
        }
    if (most == NULL || part_left(most) < MUCH_LEFT)
        return;
    Finding part = counted(part_left(most));
    Sentence sentence;
    sentence_begin(&sentence);
    fprintf(sentence.out, "%s leaves up to %.0f%% of what is allocated alive where cycles are dropped, in %s %s.",
            label_of(evidence, series), 100 * part.is.value, most->cell.workload, most->cell.variant);
    FindingRow row = finding_row("caution", "left alive", series, "live_bytes", &part);
    row.place = place_of(&most->cell, &evidence->pool);
    row.sentence = sentence_end(&sentence, &evidence->pool);
    finding_write(out, &row);
}

static void write_failures(FILE *out, Evidence *evidence, const Cell *series)
{
    size_t failed = 0, tried = 0;
    const Trial *trial = evidence->trials.row, *first = NULL;
    for (size_t i = 0; i < evidence->trials.rows; i++) {
        if (!same_series(&trial[i].cell, series) || trial[i].status == UNSUPPORTED)
            continue;
        tried++;
        failed += trial[i].status != OK;
        first = first || trial[i].status == OK ? first : &trial[i];
    }
    if (failed == 0)
        return;
    Finding count = counted(failed);
    Sentence sentence;
    sentence_begin(&sentence);
    fprintf(sentence.out, "%zu of %zu trials of %s failed, first %s %s: %s: %s.", failed, tried, label_of(evidence, series),
            first->cell.workload, first->cell.variant, status_name(first->status), first->reason);
    FindingRow row = finding_row("caution", "failures", series, "status", &count);
    row.place = place_of(&first->cell, &evidence->pool);
    row.sentence = sentence_end(&sentence, &evidence->pool);
    finding_write(out, &row);
}

/* Cells are sorted by variant, then by size. */
static void write_unsupported(FILE *out, Evidence *evidence, const Cell *series)
{
    size_t programs = 0, unsupported = 0;
    const Trial *last = NULL, *first = NULL;
    for (size_t i = 0; i < evidence->cells; i++) {
        const Trial *trial = *evidence->cell[i].trial;
        if (trial->cell.control || !same_series(&trial->cell, series) || (last && same_variant(&last->cell, &trial->cell)))
            continue;
        programs++;
        unsupported += trial->status == UNSUPPORTED;
        first = first || trial->status != UNSUPPORTED ? first : trial;
        last = trial;
    }
    if (unsupported == 0)
        return;
    Finding count = counted(unsupported);
    FindingRow row = finding_row("caution", "cannot run", series, "status", &count);
    row.place = place_of(&first->cell, &evidence->pool);
    Sentence sentence;
    sentence_begin(&sentence);
    fprintf(sentence.out, "%s cannot run %zu of %zu programs, first %s %s: %s.", label_of(evidence, series), unsupported,
            programs, first->cell.workload, first->cell.variant, first->reason);
    row.sentence = sentence_end(&sentence, &evidence->pool);
    finding_write(out, &row);
}

void cautions_write(FILE *out, Evidence *evidence, const ProgramKinds *kinds, const Cell *series)
{
    bool has_ratio = evidence->baseline && series != evidence->baseline;
    for (int aim = 0; aim < AIMS && has_ratio; aim++)
        write_most(out, evidence, series, aim);
    write_longest_pause(out, evidence, series);
    write_left_alive(out, evidence, kinds, series);
    write_unsupported(out, evidence, series);
    write_failures(out, evidence, series);
}
