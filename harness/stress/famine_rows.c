#include "famine.h"

#include "memory.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const char *const condition_name[] = { [NONE_FAILS] = "no request fails", [ONCE] = "once", [NEVER_AGAIN] = "never again" };

char *famine_told(const Refusals *refusals)
{
    char size[48] = "";
    if (!refusals->call)
        return text_format("%" PRIu64 " requests for memory, none of them failed", refusals->requests);
    if (refusals->bytes)
        snprintf(size, sizeof size, " of %" PRIu64 " bytes", refusals->bytes);
    return text_format("request %" PRIu64 ", %s%s, failed%s", refusals->first, refusals->call, size,
                       refusals->once ? "" : ", and all after it");
}

void famine_tell_broken(const Stress *stress, const Cell *cell, Condition condition, const Tally *tally, const char *sentence,
                        const char *again)
{
    char *subject = text_format("%s %s", cell->workload, cell->variant);
    StressRow row = stress_row("famine", cell->strategy, subject, condition_name[condition]);
    row.size = (Count){ true, cell->size };
    row.tries = tally->tries;
    row.broken = tally->broken;
    row.outcome = BROKEN;
    row.sentence = sentence;
    row.again = again;
    stress_tell(stress, &row);
    free(subject);
}

static void tell_kept(const Stress *stress, const char *strategy, const char *subject, Condition condition, const Tally *tally,
                      const char *sentence)
{
    StressRow row = stress_row("famine", strategy, subject, condition_name[condition]);
    row.tries = tally->tries;
    row.figure = "went_on";
    row.value = (double)tally->went_on;
    row.sentence = sentence;
    stress_tell(stress, &row);
}

static void tell_kept_variants(const Stress *stress, const char *strategy, Condition condition, const Tally *tally,
                               uint64_t variants)
{
    char *sentence = text_format("%" PRIu64 " went on to the right answer, %" PRIu64 " ended with oom; %" PRIu64 " variants",
                                 tally->went_on, tally->tries - tally->went_on, variants);
    tell_kept(stress, strategy, "", condition, tally, sentence);
    free(sentence);
}

static void tell_kept_heap(const Stress *stress, const Cell *oracle, Condition condition, const Tally *tally)
{
    char *subject = text_format("%s %s", oracle->workload, oracle->variant);
    char *sentence = text_format("%" PRIu64 " went on with a whole heap, %" PRIu64 " ended with oom", tally->went_on,
                                 tally->tries - tally->went_on);
    tell_kept(stress, oracle->strategy, subject, condition, tally, sentence);
    free(sentence);
    free(subject);
}

static void tell_requests_left_out(const Stress *stress, const char *strategy, Condition condition, uint64_t left_out)
{
    char *where = text_format("%s, beyond the first %d", condition_name[condition], FAMINE_CLOSE);
    char *why = text_format("%" PRIu64 " requests did not fail, for the run was a quick one", left_out);
    stress_tell_nothing(stress, "famine", strategy, where, UNTRIED, why);
    free(why);
    free(where);
}

static void tell_granted(const Stress *stress, const char *strategy, Condition condition, const Tally *tally)
{
    char *where = text_format("%s, a brk", condition_name[condition]);
    char *why = text_format("%" PRIu64 " requests could not be refused (prlimit): %s", tally->granted, strerror(tally->error));
    stress_tell_nothing(stress, "famine", strategy, where, UNTRIED, why);
    free(why);
    free(where);
}

static bool has_kept(const Outcome *outcome, Condition condition)
{
    return outcome->ran && !outcome->tally[condition].broken;
}

static void add(Tally *sum, const Tally *tally)
{
    sum->tries += tally->tries;
    sum->went_on += tally->went_on;
    sum->left_out += tally->left_out;
    sum->granted += tally->granted;
    sum->error = tally->error ? tally->error : sum->error;
}

/* All its variants that broke nothing, and its oracle. */
static void sum_up(const Stress *stress, const Catalogue *catalogue, const Outcome *outcome, const Outcome *of_oracle,
                   const Cell *oracle, Condition condition)
{
    Tally kept = { 0 }, looked_at = has_kept(of_oracle, condition) ? of_oracle->tally[condition] : (Tally){ 0 };
    uint64_t variants = 0;
    for (size_t i = 0; i < catalogue->variants; i++)
        if (texts_equal(catalogue->variant[i].strategy, oracle->strategy) && has_kept(&outcome[i], condition)) {
            add(&kept, &outcome[i].tally[condition]);
            variants++;
        }
    if (variants && (kept.tries || !kept.granted))
        tell_kept_variants(stress, oracle->strategy, condition, &kept, variants);
    if (looked_at.tries)
        tell_kept_heap(stress, oracle, condition, &looked_at);
    add(&kept, &looked_at);
    if (kept.granted)
        tell_granted(stress, oracle->strategy, condition, &kept);
    if (kept.left_out)
        tell_requests_left_out(stress, oracle->strategy, condition, kept.left_out);
}

static void tell_variants_left_out(const Stress *stress, const Catalogue *catalogue, const Outcome *outcome, const char *strategy)
{
    uint64_t left_out = 0;
    for (size_t i = 0; i < catalogue->variants; i++)
        left_out += outcome[i].left_out && texts_equal(catalogue->variant[i].strategy, strategy);
    if (!left_out)
        return;
    char *why = text_format("%" PRIu64 " variants were left out, for the run was a quick one", left_out);
    stress_tell_nothing(stress, "famine", strategy, "under another malloc than the C library's", UNTRIED, why);
    free(why);
}

/* Why the strategy can run nothing here; NULL: it can. */
static const char *obstacle(const Catalogue *catalogue, const char *strategy)
{
    const char *reason = NULL;
    for (size_t i = 0; i < catalogue->variants; i++)
        if (texts_equal(catalogue->variant[i].strategy, strategy)) {
            if (catalogue->variant[i].status == OK)
                return NULL;
            reason = catalogue->variant[i].reason;
        }
    return reason;
}

static void tell_strategy(const Stress *stress, const Catalogue *catalogue, const Outcome *outcome, const Outcome *of_oracle,
                          const char *strategy)
{
    const char *reason = obstacle(catalogue, strategy);
    Cell oracle = famine_oracle_of(stress, strategy);
    if (reason)
        stress_tell_nothing(stress, "famine", strategy, "", CANNOT, reason);
    for (Condition c = ONCE; c < CONDITIONS; c++)
        sum_up(stress, catalogue, outcome, of_oracle, &oracle, c);
    if (of_oracle->missing)
        stress_tell_nothing(stress, "famine", strategy, "whether its heap is whole", UNTRIED, "its oracle was not built");
    tell_variants_left_out(stress, catalogue, outcome, strategy);
}

void famine_tell_all(const Stress *stress, const Catalogue *catalogue, const Outcome *outcome)
{
    int error = 0;
    for (size_t i = 0; i < catalogue->variants + stress->strategies.count && !error; i++)
        error = outcome[i].error;
    char *forbidden = text_format("here no program can be refused memory (seccomp): %s", strerror(error));
    for (size_t s = 0; s < stress->strategies.count; s++)
        if (error)
            stress_tell_nothing(stress, "famine", stress->strategies.name[s], "", UNTRIED, forbidden);
        else
            tell_strategy(stress, catalogue, outcome, &outcome[catalogue->variants + s], stress->strategies.name[s]);
    free(forbidden);
}
