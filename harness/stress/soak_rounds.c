#include "soak_rounds.h"

#include "fail.h"
#include "memory.h"
#include "rows.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- Samples -------------------------------------------------------------------------------------------------------- */

typedef struct Sample {
    uint64_t round, phase;
    const char *moment;
    double seconds;
    uint64_t live_objects, live_bytes, kept_objects, kept_bytes, footprint_bytes, resident_kib;
    bool promised;
} Sample;

static const Column sample_columns[] = {
    { "round",           NATURAL, offsetof(Sample, round) },
    { "phase",           NATURAL, offsetof(Sample, phase) },
    { "moment",          NAME, offsetof(Sample, moment) },
    { "seconds",         QUANTITY, offsetof(Sample, seconds) },
    { "live_objects",    NATURAL, offsetof(Sample, live_objects) },
    { "live_bytes",      NATURAL, offsetof(Sample, live_bytes) },
    { "kept_objects",    NATURAL, offsetof(Sample, kept_objects) },
    { "kept_bytes",      NATURAL, offsetof(Sample, kept_bytes) },
    { "footprint_bytes", NATURAL, offsetof(Sample, footprint_bytes) },
    { "resident_kib",    NATURAL, offsetof(Sample, resident_kib) },
    { "promised",        FLAG, offsetof(Sample, promised) },
};
const Layout churn_layout = LAYOUT(Sample, sample_columns);

/* Up to the end of the last whole row: behind it may be what a cell says that is out of memory, or half a row; or instead of
 * all of it. */
static size_t length_of_samples(const char *said)
{
    const char *line = strncmp(said, "round,", 6) == 0 ? strchr(said, '\n') : NULL;
    if (line == NULL)
        return 0;
    for (const char *end; isdigit((unsigned char)line[1]) && (end = strchr(line + 1, '\n')); line = end)
        ;
    return (size_t)(line + 1 - said);
}

static const char *instead_of_samples(const char *said, TextPool *pool)
{
    size_t line = strcspn(said, "\n");
    char *sentence = text_format("in place of samples it says `%.*s`", line < 100 ? (int)line : 100, said);
    const char *kept = intern(pool, *said ? sentence : "it took no samples");
    free(sentence);
    return kept;
}

/* Returns what is wrong with them, or NULL. */
static const char *samples_read(const char *said, size_t length, Sheet *samples, TextPool *pool)
{
    if (length == 0)
        return instead_of_samples(said, pool);
    FILE *in = fmemopen((char *)said, length, "r");
    if (in == NULL)
        fail("no memory to read samples");
    Complaint complaint;
    bool fits = sheet_try(in, &churn_layout, samples, pool, &complaint);
    fclose(in);
    return fits ? NULL : intern(pool, complaint.text);
}

/* ---- Rounds --------------------------------------------------------------------------------------------------------- */

static void add(Memory *memory, const Sample *sample, double share)
{
    memory->live += share * (double)sample->live_bytes;
    memory->footprint += share * (double)sample->footprint_bytes;
    memory->resident += share * 1024 * (double)sample->resident_kib;
}

/* Of the samples of one round, half of which were taken at a peak. */
static Round round_of(const Sample *sample, size_t count)
{
    double share = 2.0 / (double)count;
    Round round = { .number = sample->round, .seconds = sample[count - 1].seconds };
    for (const Sample *s = sample; s < sample + count; s++) {
        bool is_peak = texts_equal(s->moment, "peak");
        add(is_peak ? &round.peak : &round.low, s, share);
        round.excess += is_peak ? 0 : share * ((double)s->kept_objects - (double)s->live_objects);
    }
    return round;
}

static size_t samples_a_round(const Sheet *samples)
{
    const Sample *sample = samples->row;
    size_t count = 0;
    while (count < samples->rows && sample[count].round == sample[0].round)
        count++;
    return count;
}

Rounds rounds_read(const char *said, TextPool *pool)
{
    size_t length = length_of_samples(said);
    Sheet samples = { 0 };
    const char *fault = samples_read(said, length, &samples, pool);
    const Sample *sample = samples.row;
    size_t each = samples_a_round(&samples);
    Rounds rounds = {
        .round = memory_new(samples.rows + 1, sizeof *rounds.round), .promised = samples.rows && sample[0].promised,
        .complaint = intern(pool, said + length), .fault = fault,
    };
    for (size_t i = 0; each && i + each <= samples.rows; i += each)
        rounds.round[rounds.count++] = round_of(sample + i, each);
    sheet_free(&samples);
    return rounds;
}

void rounds_free(Rounds *rounds)
{
    free(rounds->round);
    *rounds = (Rounds){ 0 };
}

/* ---- soak.csv ------------------------------------------------------------------------------------------------------- */

typedef struct SoakRow {
    const char *strategy, *variant;
    Round round;
} SoakRow;

static const Column soak_columns[] = {
    { "strategy",             NAME, offsetof(SoakRow, strategy) },
    { "variant",              NAME, offsetof(SoakRow, variant) },
    { "round",                NATURAL, offsetof(SoakRow, round.number) },
    { "seconds",              QUANTITY, offsetof(SoakRow, round.seconds) },
    { "live_bytes",           QUANTITY, offsetof(SoakRow, round.low.live) },
    { "footprint_bytes",      QUANTITY, offsetof(SoakRow, round.low.footprint) },
    { "resident_bytes",       QUANTITY, offsetof(SoakRow, round.low.resident) },
    { "peak_live_bytes",      QUANTITY, offsetof(SoakRow, round.peak.live) },
    { "peak_footprint_bytes", QUANTITY, offsetof(SoakRow, round.peak.footprint) },
    { "peak_resident_bytes",  QUANTITY, offsetof(SoakRow, round.peak.resident) },
    { "excess_objects",       REAL, offsetof(SoakRow, round.excess) },
};
const Layout soak_layout = LAYOUT(SoakRow, soak_columns);

void rounds_write_header(FILE *out)
{
    rows_write_header(out, &soak_layout);
}

void rounds_write(FILE *out, const char *strategy, const char *variant, const Rounds *rounds)
{
    size_t step = (rounds->count + ROUNDS_WRITTEN - 1) / ROUNDS_WRITTEN;
    for (size_t i = 0; i < rounds->count; i += step)
        rows_write(out, &soak_layout, &(SoakRow){ strategy, variant, rounds->round[i] });
}
