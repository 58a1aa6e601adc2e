#include "cautions.h"

#include "finding_row.h"

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
    fprintf(sentence.out, " of %s's %s, in %s %s at n = %" PRIu64 ".", label_of(evidence, evidence->baseline), aims[aim].words,
            where->workload, where->variant, where->size);
    finding_write(out, "caution", aim ? "most memory" : "most time", series, aims[aim].metric, &most,
              sentence_end(&sentence, &evidence->pool));
}

static void write_longest_pause(FILE *out, Evidence *evidence, const Cell *series)
{
    Stop stop = longest_stop(evidence, series);
    if (stop.where == NULL)
        return;
    Sentence sentence;
    sentence_begin(&sentence);
    fprintf(sentence.out, "%s stopped %s %s at n = %" PRIu64 " for ", label_of(evidence, series), stop.where->cell.workload,
            stop.where->cell.variant, stop.where->cell.size);
    print_pause(sentence.out, &stop.longest);
    fputs(", longer than any other program", sentence.out);
    print_doubt(sentence.out, evidence, &stop.longest);
    putc('.', sentence.out);
    finding_write(out, "caution", "longest pause", series, "pause_longest_ns", &stop.longest,
              sentence_end(&sentence, &evidence->pool));
}

static double part_left(const Census *census)
{
    return census->allocated_bytes.value ? (double)census->live_bytes.value / census->allocated_bytes.value : 0;
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
    if (most == NULL || part_left(most) < 0.01)
        return;
    Finding part = counted(part_left(most));
    Sentence sentence;
    sentence_begin(&sentence);
    fprintf(sentence.out, "%s leaves up to %.0f%% of what is allocated alive where cycles are dropped, in %s %s.",
            label_of(evidence, series), 100 * part.is.value, most->cell.workload, most->cell.variant);
    finding_write(out, "caution", "left alive", series, "live_bytes", &part, sentence_end(&sentence, &evidence->pool));
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
    finding_write(out, "caution", "failures", series, "status", &count, sentence_end(&sentence, &evidence->pool));
}

void cautions_write(FILE *out, Evidence *evidence, const ProgramKinds *kinds, const Cell *series)
{
    bool has_ratio = evidence->baseline && series != evidence->baseline;
    for (int aim = 0; aim < AIMS && has_ratio; aim++)
        write_most(out, evidence, series, aim);
    write_longest_pause(out, evidence, series);
    write_left_alive(out, evidence, kinds, series);
    write_failures(out, evidence, series);
}
