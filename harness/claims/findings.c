#include "findings.h"

#include "cautions.h"
#include "finding_row.h"

#include <inttypes.h>
#include <math.h>

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
    FindingRow row = finding_row("choice", kind->about, choice->best, aims[aim].metric, &choice->to_baseline,
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
    finding_write(out, "choice", "programs that must not be stopped for long", stop->series, "pause_longest_ns", &stop->longest,
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

/* ---- Noise ----------------------------------------------------------------------------------------------------------- */

static const Noise *noise_in(const Evidence *evidence, const char *metric)
{
    for (size_t i = 0; i < evidence->noises.count; i++)
        if (texts_equal(evidence->noises.of[i].metric, metric) && evidence->noises.of[i].controls > 0)
            return &evidence->noises.of[i];
    return NULL;
}

static void print_percent(FILE *out, double ratio)
{
    double percent = 100 * (ratio - 1);
    fprintf(out, percent < 10 ? "%.2g%%" : "%.0f%%", percent);
}

/* Of few the band is the worst. */
static void print_noise(FILE *out, const Noise *noise, const char *words)
{
    fprintf(out, "Of %" PRIu64 " programs that were run against themselves, ", noise->controls);
    if (noise->band < noise->worst) {
        fputs("95 in 100 differed by at most ", out);
        print_percent(out, noise->band);
        fprintf(out, " in %s, the worst by ", words);
        print_percent(out, noise->worst);
    } else {
        fprintf(out, "none differed by more in %s than ", words);
        print_percent(out, noise->worst);
    }
    fputs(": read nothing into less.", out);
}

static void write_noise(FILE *out, Evidence *evidence, int aim)
{
    const Noise *noise = noise_in(evidence, aims[aim].metric);
    if (noise == NULL)
        return;
    Finding band = { { noise->band, 1, noise->worst }, noise->controls };
    Sentence sentence;
    sentence_begin(&sentence);
    print_noise(sentence.out, noise, aims[aim].words);
    finding_write(out, "noise", aims[aim].words, NULL, aims[aim].metric, &band, sentence_end(&sentence, &evidence->pool));
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
    finding_write(out, "noise", "pauses", NULL, "worst_ns", &hiccup, sentence_end(&sentence, &evidence->pool));
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
    for (size_t i = 0; i < evidence->series_count; i++)
        cautions_write(out, evidence, &kinds, evidence->series[i]);
    kinds_free(&kinds);
}
