#include "findings.h"

#include "choices.h"
#include "claim_rows.h"
#include "wording.h"

#include <inttypes.h>
#include <math.h>

/* Time is with that of giving back, or a collector would have its garbage carried away for nothing. */
static const struct {
    const char *metric, *words;
} aims[] = { { "total_cpu_s", "time" }, { "peak_rss_kib", "peak memory" } };

enum { AIMS = sizeof aims / sizeof *aims };

static FindingRow row_of(const char *kind, const char *about, const Cell *series, const char *metric, const Finding *finding,
                         const char *sentence)
{
    return (FindingRow){
        .kind = kind, .about = about, .strategy = series ? series->strategy : "", .settings = series ? series->settings : "",
        .allocator = series ? series->allocator : "", .metric = metric, .value = finding->is.value, .lo = finding->is.lo,
        .hi = finding->is.hi, .n = { true, finding->n }, .sentence = sentence,
    };
}

static void write_row(FILE *out, const char *kind, const char *about, const Cell *series, const char *metric,
                      const Finding *finding, const char *sentence)
{
    FindingRow row = row_of(kind, about, series, metric, finding, sentence);
    rows_write(out, &finding_row_layout, &row);
}

/* ---- Choices --------------------------------------------------------------------------------------------------------- */

static void print_next(FILE *out, Evidence *evidence, const Choice *choice)
{
    if (choice->next == NULL) {
        fputs("; no other ran all of them", out);
        return;
    }
    const Estimate *is = &choice->to_next.is;
    Finding times = { { 1 / is->value, 1 / is->hi, 1 / is->lo }, choice->to_next.n };
    fprintf(out, "; %s is next and takes ", label_of(evidence, choice->next));
    print_value(out, &times);
    fputs(" times as much", out);
    fputs(choice->difference == LESS ? ", which is more than noise" : ", which may be noise", out);
}

static void print_to_baseline(FILE *out, Evidence *evidence, const Choice *choice, const char *words)
{
    fprintf(out, " takes the least %s, ", words);
    print_value(out, &choice->to_baseline);
    fprintf(out, " of %s's", label_of(evidence, evidence->baseline));
}

static const char *choice_sentence(Evidence *evidence, const Programs *kind, const Choice *choice, int aim)
{
    Sentence sentence;
    sentence_begin(&sentence);
    fprintf(sentence.out, "For %zu %s, %s", kind->count, kind->about, label_of(evidence, choice->best));
    if (choice->best == evidence->baseline)
        fprintf(sentence.out, ", the baseline, takes the least %s", aims[aim].words);
    else
        print_to_baseline(sentence.out, evidence, choice, aims[aim].words);
    if (traits_of(evidence, choice->best).wants_regions)
        fputs(", where the program can say at which region's end all that was born in it is dead", sentence.out);
    print_next(sentence.out, evidence, choice);
    putc('.', sentence.out);
    return sentence_end(&sentence, &evidence->pool);
}

static void write_choice(FILE *out, Evidence *evidence, const Programs *kind, const Choice *choice, int aim)
{
    FindingRow row = row_of("choice", kind->about, choice->best, aims[aim].metric, &choice->to_baseline,
                            choice_sentence(evidence, kind, choice, aim));
    row.verdict = choice->difference;
    rows_write(out, &finding_row_layout, &row);
}

/* The best of all, and of those that want no regions where that is another. */
static void write_choices(FILE *out, Evidence *evidence, const Programs *kind, int aim)
{
    Choice choice = choose(evidence, kind, aims[aim].metric, true);
    if (choice.best == NULL)
        return;
    write_choice(out, evidence, kind, &choice, aim);
    if (!traits_of(evidence, choice.best).wants_regions)
        return;
    choice = choose(evidence, kind, aims[aim].metric, false);
    if (choice.best)
        write_choice(out, evidence, kind, &choice, aim);
}

/* ---- Stops ----------------------------------------------------------------------------------------------------------- */

static void print_pause(FILE *out, const Finding *pause)
{
    const Estimate *is = &pause->is;
    fprintf(out, "%.3g ms", is->value / 1e6);
    if (pause->n > 1)
        fprintf(out, " (%.3g to %.3g in %" PRIu64 " runs)", is->lo / 1e6, is->hi / 1e6, pause->n);
}

/* A pause that is no longer than a hiccup of the machine is nobody's. */
static void print_doubt(FILE *out, const Evidence *evidence, const Finding *pause)
{
    if (pause->is.value <= evidence->hiccup_ns)
        fprintf(out, "; the machine itself stops a program for as long (%.3g ms)", evidence->hiccup_ns / 1e6);
}

static void write_stop(FILE *out, Evidence *evidence, const Stop *stop)
{
    Sentence sentence;
    sentence_begin(&sentence);
    fprintf(sentence.out, "Of %zu programs, %s stopped none for longer than ", stop->programs,
            label_of(evidence, stop->series));
    print_pause(sentence.out, &stop->longest);
    fprintf(sentence.out, ", in %s %s at n = %" PRIu64, stop->where->cell.workload, stop->where->cell.variant,
            stop->where->cell.size);
    if (traits_of(evidence, stop->series).wants_regions)
        fputs(", where the program can say at which region's end all that was born in it is dead", sentence.out);
    print_doubt(sentence.out, evidence, &stop->longest);
    putc('.', sentence.out);
    write_row(out, "choice", "programs that must not be stopped for long", stop->series, "pause_longest_ns", &stop->longest,
              sentence_end(&sentence, &evidence->pool));
}

static void write_stops(FILE *out, Evidence *evidence)
{
    Stop stop = shortest_stop(evidence, true);
    if (stop.where == NULL)
        return;
    write_stop(out, evidence, &stop);
    if (!traits_of(evidence, stop.series).wants_regions)
        return;
    stop = shortest_stop(evidence, false);
    if (stop.where)
        write_stop(out, evidence, &stop);
}

/* ---- Cautions -------------------------------------------------------------------------------------------------------- */

/* Where the series takes the most of the metric, by what the baseline takes. */
static void write_most(FILE *out, Evidence *evidence, const Cell *series, int aim)
{
    Finding most = { .n = 0 };
    const Cell *where = NULL;
    for (size_t i = 0; i < evidence->cells; i++) {
        const Cell *cell = &(*evidence->cell[i].trial)->cell;
        if (cell->control || !same_series(cell, series))
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
    write_row(out, "caution", aim ? "most memory" : "most time", series, aims[aim].metric, &most,
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
    write_row(out, "caution", "longest pause", series, "pause_longest_ns", &stop.longest,
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
    write_row(out, "caution", "left alive", series, "live_bytes", &part, sentence_end(&sentence, &evidence->pool));
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
    write_row(out, "caution", "failures", series, "status", &count, sentence_end(&sentence, &evidence->pool));
}

/* ---- Noise ----------------------------------------------------------------------------------------------------------- */

static const Noise *noise_in(const Evidence *evidence, const char *metric)
{
    for (size_t i = 0; i < evidence->noises.count; i++)
        if (texts_equal(evidence->noises.of[i].metric, metric) && evidence->noises.of[i].controls > 0)
            return &evidence->noises.of[i];
    return NULL;
}

static void write_noise(FILE *out, Evidence *evidence, int aim)
{
    const Noise *noise = noise_in(evidence, aims[aim].metric);
    if (noise == NULL)
        return;
    Finding band = { { noise->band, 1, noise->worst }, noise->controls };
    Sentence sentence;
    sentence_begin(&sentence);
    fprintf(sentence.out, "Of %" PRIu64 " programs that were run against themselves, 95 in 100 differed by at most %.2g%% in "
            "%s, the worst by %.2g%%: read nothing into less.", noise->controls, 100 * (noise->band - 1), aims[aim].words,
            100 * (noise->worst - 1));
    write_row(out, "noise", aims[aim].words, NULL, aims[aim].metric, &band, sentence_end(&sentence, &evidence->pool));
}

static void write_hiccups(FILE *out, Evidence *evidence)
{
    if (isnan(evidence->hiccup_ns))
        return;
    Finding hiccup = counted(evidence->hiccup_ns);
    Sentence sentence;
    sentence_begin(&sentence);
    fprintf(sentence.out, "The machine stopped a program that only reads the clock for up to %.3g ms: a shorter pause may be "
            "the machine's.", evidence->hiccup_ns / 1e6);
    write_row(out, "noise", "pauses", NULL, "worst_ns", &hiccup, sentence_end(&sentence, &evidence->pool));
}

void findings_write(FILE *out, Evidence *evidence)
{
    ProgramKinds kinds = kinds_of(evidence);
    rows_write_header(out, &finding_row_layout);
    for (int aim = 0; aim < AIMS; aim++)
        write_noise(out, evidence, aim);
    write_hiccups(out, evidence);
    for (size_t i = 0; i < kinds.count; i++)
        for (int aim = 0; aim < AIMS; aim++)
            write_choices(out, evidence, &kinds.kind[i], aim);
    write_stops(out, evidence);
    for (size_t i = 0; i < evidence->series_count; i++) {
        const Cell *series = evidence->series[i];
        bool has_ratio = evidence->baseline && series != evidence->baseline;
        for (int aim = 0; aim < AIMS && has_ratio; aim++)
            write_most(out, evidence, series, aim);
        write_longest_pause(out, evidence, series);
        write_left_alive(out, evidence, &kinds, series);
        write_failures(out, evidence, series);
    }
    kinds_free(&kinds);
}
