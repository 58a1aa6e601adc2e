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

void famine_tell_broken(const Stress *stress, const Cell *cell, Condition condition, const Toll *toll, const char *sentence,
                        const char *again)
{
    char *subject = text_format("%s %s", cell->workload, cell->variant);
    StressRow row = stress_row("famine", cell->strategy, subject, condition_name[condition]);
    row.size = (Count){ true, cell->size };
    row.tries = toll->tries;
    row.broken = toll->broken;
    row.outcome = BROKEN;
    row.sentence = sentence;
    row.again = again;
    stress_tell(stress, &row);
    free(subject);
}

static void tell_kept(const Stress *stress, const char *strategy, Condition condition, const Toll *toll, uint64_t variants)
{
    char *sentence = text_format("%" PRIu64 " went on to the right answer, %" PRIu64 " ended with oom; %" PRIu64 " variants",
                                 toll->went_on, toll->tries - toll->went_on, variants);
    StressRow row = stress_row("famine", strategy, "", condition_name[condition]);
    row.tries = toll->tries;
    row.figure = "went_on";
    row.value = (double)toll->went_on;
    row.sentence = sentence;
    stress_tell(stress, &row);
    free(sentence);
}

static void tell_requests_left_out(const Stress *stress, const char *strategy, Condition condition, uint64_t left_out)
{
    char *where = text_format("%s, beyond the first %d", condition_name[condition], FAMINE_CLOSE);
    char *why = text_format("%" PRIu64 " requests did not fail, for the run was a quick one", left_out);
    stress_tell_nothing(stress, "famine", strategy, where, UNTRIED, why);
    free(why);
    free(where);
}

static void tell_granted(const Stress *stress, const char *strategy, Condition condition, const Toll *toll)
{
    char *where = text_format("%s, a brk", condition_name[condition]);
    char *why = text_format("%" PRIu64 " requests could not be refused (prlimit): %s", toll->granted, strerror(toll->error));
    stress_tell_nothing(stress, "famine", strategy, where, UNTRIED, why);
    free(why);
    free(where);
}

/* All its variants that broke nothing. */
static void sum_up(const Stress *stress, const Catalogue *catalogue, const Ration *ration, const char *strategy,
                   Condition condition)
{
    Toll kept = { 0 };
    uint64_t variants = 0;
    for (size_t i = 0; i < catalogue->variants; i++) {
        const Toll *toll = &ration[i].toll[condition];
        if (!texts_equal(catalogue->variant[i].strategy, strategy) || !ration[i].ran || toll->broken)
            continue;
        kept.tries += toll->tries;
        kept.went_on += toll->went_on;
        kept.left_out += toll->left_out;
        kept.granted += toll->granted;
        kept.error = toll->error ? toll->error : kept.error;
        variants++;
    }
    if (variants && (kept.tries || !kept.granted))
        tell_kept(stress, strategy, condition, &kept, variants);
    if (kept.granted)
        tell_granted(stress, strategy, condition, &kept);
    if (kept.left_out)
        tell_requests_left_out(stress, strategy, condition, kept.left_out);
}

static void tell_variants_left_out(const Stress *stress, const Catalogue *catalogue, const Ration *ration, const char *strategy)
{
    uint64_t left_out = 0;
    for (size_t i = 0; i < catalogue->variants; i++)
        left_out += ration[i].left_out && texts_equal(catalogue->variant[i].strategy, strategy);
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

static void tell_strategy(const Stress *stress, const Catalogue *catalogue, const Ration *ration, const char *strategy)
{
    const char *reason = obstacle(catalogue, strategy);
    if (reason)
        stress_tell_nothing(stress, "famine", strategy, "", CANNOT, reason);
    for (Condition c = ONCE; c < CONDITIONS; c++)
        sum_up(stress, catalogue, ration, strategy, c);
    tell_variants_left_out(stress, catalogue, ration, strategy);
}

void famine_tell_all(const Stress *stress, const Catalogue *catalogue, const Ration *ration)
{
    int error = 0;
    for (size_t i = 0; i < catalogue->variants && !error; i++)
        error = ration[i].error;
    char *forbidden = text_format("here no program can be refused memory (seccomp): %s", strerror(error));
    for (size_t s = 0; s < stress->strategies.count; s++)
        if (error)
            stress_tell_nothing(stress, "famine", stress->strategies.name[s], "", UNTRIED, forbidden);
        else
            tell_strategy(stress, catalogue, ration, stress->strategies.name[s]);
    free(forbidden);
}
