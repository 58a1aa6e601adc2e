#include "findings.h"

#include "cautions.h"
#include "choices.h"
#include "finding_row.h"
#include "waits.h"

#include <inttypes.h>
#include <math.h>

#define REGIONS_WANTED ", where the program can say at which region's end all that was made in it is dead"

/* ---- Strategies ------------------------------------------------------------------------------------------------------ */

static void write_strategy(FILE *out, Evidence *evidence, const Cell *series)
{
    Traits traits = traits_of(evidence, series);
    if (!traits.counted)
        return;
    Finding nothing = { { NAN, NAN, NAN }, 0 };
    FindingRow row = finding_row("strategy", traits_in_words(traits), series, "", &nothing);
    Sentence sentence;
    sentence_begin(&sentence);
    fprintf(sentence.out, "%s %s.", label_of(evidence, series), row.about);
    row.n.known = false;
    row.sentence = sentence_end(&sentence, &evidence->pool);
    finding_write(out, &row);
}

/* ---- Choices --------------------------------------------------------------------------------------------------------- */

static void print_next(FILE *out, Evidence *evidence, const Choice *choice)
{
    if (choice->next == NULL) {
        fputs("; no other can be chosen", out);
        return;
    }
    fprintf(out, "; %s is next and takes ", label_of(evidence, choice->next));
    print_value(out, &choice->from_next);
    fputs(" times as much", out);
    if (choice->difference == LESS)
        fputs(", which is more than noise", out);
    else
        fprintf(out, "; as good, as far as this run can tell: %s", choice->as_good);
}

static void print_to_baseline(FILE *out, Evidence *evidence, const Choice *choice, const char *words)
{
    fprintf(out, " takes the least %s, ", words);
    print_value(out, &choice->to_baseline);
    fprintf(out, " times %s's", label_of(evidence, evidence->baseline));
}

/* What the mean hides. */
static void print_spread(FILE *out, const Spread *spread, size_t programs)
{
    fputs(" (single programs ", out);
    print_value(out, &(Finding){ { spread->least, NAN, NAN }, 1 });
    fputs(" to ", out);
    print_value(out, &(Finding){ { spread->most, NAN, NAN }, 1 });
    fprintf(out, ", less in %zu of %zu, more in %zu)", spread->less_in, programs, spread->more_in);
}

static const char *choice_sentence(Evidence *evidence, const Programs *kind, const Choice *choice, int aim)
{
    Sentence sentence;
    sentence_begin(&sentence);
    fprintf(sentence.out, "For %s (%zu), %s", kind->about, kind->count, label_of(evidence, choice->best));
    if (choice->best == evidence->baseline)
        fprintf(sentence.out, ", the baseline, takes the least %s", aims[aim].words);
    else
        print_to_baseline(sentence.out, evidence, choice, aims[aim].words);
    if (choice->best != evidence->baseline && kind->count > 1)
        print_spread(sentence.out, &choice->spread, kind->count);
    if (traits_of(evidence, choice->best).wants_regions)
        fputs(REGIONS_WANTED, sentence.out);
    print_next(sentence.out, evidence, choice);
    putc('.', sentence.out);
    return sentence_end(&sentence, &evidence->pool);
}

static void write_choice(FILE *out, Evidence *evidence, const Programs *kind, const Choice *choice, int aim)
{
    FindingRow row = finding_row("choice", kind->about, choice->best, aims[aim].metric, &choice->to_baseline);
    row.verdict = choice->difference;
    row.programs = names_of_programs(kind, &evidence->pool);
    row.least = choice->spread.least;
    row.most = choice->spread.most;
    row.less_in = (Count){ choice->best != evidence->baseline, choice->spread.less_in };
    row.more_in = (Count){ choice->best != evidence->baseline, choice->spread.more_in };
    row.needs = traits_of(evidence, choice->best).wants_regions ? "regions" : "";
    row.band = choice->band;
    row.as_good = choice->as_good;
    row.sentence = choice_sentence(evidence, kind, choice, aim);
    if (choice->next) {
        row.next = label_of(evidence, choice->next);
        row.next_value = choice->from_next.is.value;
        row.next_lo = choice->from_next.is.lo;
        row.next_hi = choice->from_next.is.hi;
    }
    finding_write(out, &row);
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

/* ---- Waits ----------------------------------------------------------------------------------------------------------- */

/* What can be waited for, whose shortest wait is chosen. */
static const struct Waiting {
    const char *about, *metric, *did; /* the strategy, with the programs */
    WaitUnder *wait_under;
    bool drops_cycles;
} waitings[] = {
    { "programs that must not stand still for long", "pause_longest_ns", "stopped none for longer than", longest_stop, true },
    { "requests that must be answered in time", "latency_999_ns", "answered 999 in 1000 requests within", wait_of_requests,
      false },
};

static const char *wait_sentence(Evidence *evidence, const struct Waiting *waiting, const ShortestWait *shortest)
{
    const Wait *best = &shortest->best;
    Sentence sentence;
    sentence_begin(&sentence);
    fprintf(sentence.out, "Of %zu program%s, %s %s ", best->programs, best->programs == 1 ? "" : "s",
            label_of(evidence, best->series), waiting->did);
    print_pause(sentence.out, &best->longest);
    fprintf(sentence.out, ", in %s", place_of(best->where, &evidence->pool));
    if (traits_of(evidence, best->series).wants_regions)
        fputs(REGIONS_WANTED, sentence.out);
    print_doubt(sentence.out, evidence, &best->longest);
    if (*shortest->as_good)
        fprintf(sentence.out, "; as good, as far as this run can tell: %s", shortest->as_good);
    putc('.', sentence.out);
    return sentence_end(&sentence, &evidence->pool);
}

static void write_wait(FILE *out, Evidence *evidence, const struct Waiting *waiting, const ShortestWait *shortest)
{
    FindingRow row = finding_row("choice", waiting->about, shortest->best.series, waiting->metric, &shortest->best.longest);
    row.place = place_of(shortest->best.where, &evidence->pool);
    row.needs = traits_of(evidence, shortest->best.series).wants_regions ? "regions" : "";
    row.band = evidence->hiccup_ns;
    row.as_good = shortest->as_good;
    row.sentence = wait_sentence(evidence, waiting, shortest);
    if (shortest->next.where) {
        row.verdict = *shortest->as_good ? CANNOT_TELL : LESS;
        row.next = label_of(evidence, shortest->next.series);
        row.next_value = shortest->next.longest.is.value;
        row.next_lo = shortest->next.longest.is.lo;
        row.next_hi = shortest->next.longest.is.hi;
    }
    finding_write(out, &row);
}

static void write_waits(FILE *out, Evidence *evidence, const struct Waiting *waiting)
{
    ShortestWait shortest = shortest_wait(evidence, waiting->wait_under, waiting->drops_cycles, true);
    if (shortest.best.where == NULL)
        return;
    write_wait(out, evidence, waiting, &shortest);
    if (!traits_of(evidence, shortest.best.series).wants_regions)
        return;
    shortest = shortest_wait(evidence, waiting->wait_under, waiting->drops_cycles, false);
    if (shortest.best.where)
        write_wait(out, evidence, waiting, &shortest);
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
    noise_print(sentence.out, noise, aims[aim].words, ' ');
    putc('.', sentence.out);
    FindingRow row = finding_row("noise", aims[aim].words, NULL, aims[aim].metric, &band);
    row.sentence = sentence_end(&sentence, &evidence->pool);
    finding_write(out, &row);
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
    FindingRow row = finding_row("noise", "pauses", NULL, "worst_ns", &hiccup);
    row.sentence = sentence_end(&sentence, &evidence->pool);
    finding_write(out, &row);
}

void findings_write(FILE *out, Evidence *evidence)
{
    ProgramKinds kinds = kinds_of(evidence);
    rows_write_header(out, &finding_row_layout);
    for (int aim = 0; aim < AIMS; aim++)
        write_noise(out, evidence, aim);
    write_hiccups(out, evidence);
    for (size_t i = 0; i < evidence->series_count; i++)
        write_strategy(out, evidence, evidence->series[i]);
    for (size_t i = 0; i < kinds.count; i++)
        for (int aim = 0; aim < AIMS; aim++)
            write_choices(out, evidence, &kinds.kind[i], aim);
    for (size_t i = 0; i < sizeof waitings / sizeof *waitings; i++)
        write_waits(out, evidence, &waitings[i]);
    for (size_t i = 0; i < evidence->series_count; i++)
        cautions_write(out, evidence, &kinds, evidence->series[i]);
    kinds_free(&kinds);
}
