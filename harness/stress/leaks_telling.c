#include "leaks.h"

#include "memory.h"

#include <inttypes.h>
#include <stdlib.h>

/* ---- Judging -------------------------------------------------------------------------------------------------------- */

/* A strategy that guesses may take a dead word of the stack for a reference, and what hangs from it may be much. */
static bool is_forgiven(const Run *run, const Counts *predicted)
{
    return !run->promises.exact && run->counts.alive > predicted->alive &&
           (run->hangs_together || !leaks_most(&run->counts, predicted));
}

static char *complain_of_difference(const Counts *counts, const Counts *predicted)
{
    if (counts->freed == 0 && predicted->freed > 0)
        return text_format("%" PRIu64 " objects (%" PRIu64 " bytes) are alive at the end, and %" PRIu64 " must be: nothing "
                           "of it was freed", counts->alive, counts->alive_bytes, predicted->alive);
    bool more = counts->alive > predicted->alive;
    uint64_t objects = more ? counts->alive - predicted->alive : predicted->alive - counts->alive;
    uint64_t bytes = more ? counts->alive_bytes - predicted->alive_bytes : predicted->alive_bytes - counts->alive_bytes;
    return text_format("%" PRIu64 " objects (%" PRIu64 " bytes) are alive at the end, %" PRIu64 " (%" PRIu64 " bytes) %s than "
                       "predicted", counts->alive, counts->alive_bytes, objects, bytes, more ? "more" : "fewer");
}

/* What is wrong with a run, in memory that the caller frees; NULL: nothing. */
static char *complaint(const Run *run, const Counts *predicted)
{
    const Counts *counts = &run->counts;
    if (!counts->known)
        return text_format("%s", counts->why);
    if (!predicted->known)
        return text_format("there is no prediction: %s", predicted->why);
    if (counts->born != counts->freed + counts->alive || counts->born_bytes != counts->freed_bytes + counts->alive_bytes)
        return text_format("%" PRIu64 " objects were born, %" PRIu64 " freed, and %" PRIu64 " are alive: the ledger does not "
                           "add up", counts->born, counts->freed, counts->alive);
    if (counts->checksum != predicted->checksum)
        return text_format("another answer than the predictor's");
    if (counts->alive == predicted->alive && counts->alive_bytes == predicted->alive_bytes)
        return NULL;
    return is_forgiven(run, predicted) ? NULL : complain_of_difference(counts, predicted);
}

/* ---- Telling -------------------------------------------------------------------------------------------------------- */

/* What the runs of one strategy come to: how many there are, how many have no row of their own, and what was forgiven. Of a
 * strategy that guesses, in a quarter of all there may be more left than one object in a hundred. */
typedef struct Rest {
    const Run *first;
    uint64_t runs, tries, forgiven, much; /* forgiven: objects; much: in how many runs these were many */
} Rest;

enum { MUCH_OF = 100, MUCH_SELDOM = 4 };

static char *tell_left(const Counts *counts, const Counts *predicted)
{
    if (counts->alive == predicted->alive)
        return text_format("%" PRIu64 " of %" PRIu64 " objects are left, as predicted", counts->alive, counts->born);
    return text_format("%" PRIu64 " of %" PRIu64 " objects are left, and %" PRIu64 " must be", counts->alive, counts->born,
                       predicted->alive);
}

static void tell_run(const Plan *plan, const Run *run, const Counts *predicted, const char *complaint)
{
    Cell cell = leaks_cell(plan, run->variant, run->variant->strategy, "");
    char *subject = text_format("%s %s", cell.workload, cell.variant);
    char *again = cell_again_showing(plan->counted, &cell, "--profile", "leaks.csv");
    char *sentence = complaint ? text_format("%s", complaint) : tell_left(&run->counts, predicted);
    StressRow row = stress_row("leaks", cell.strategy, subject, "");
    row.size = (Count){ .known = true, .value = cell.size };
    row.tries = 1;
    row.broken = complaint != NULL;
    row.outcome = complaint ? BROKEN : KEPT;
    row.sentence = sentence;
    row.again = again;
    if (run->counts.known) {
        row.figure = "leaked_bytes";
        row.value = (double)run->counts.alive_bytes;
        row.unit = "bytes";
    }
    stress_tell(plan->stress, &row);
    free(sentence);
    free(again);
    free(subject);
}

static void tell_rest(const Plan *plan, const Rest *rest)
{
    if (rest->tries == 0 && rest->forgiven == 0)
        return;
    StressRow row = stress_row("leaks", rest->first->variant->strategy, plan->others, "");
    bool too_often = rest->much * MUCH_SELDOM > rest->runs;
    char *sentence = text_format("%" PRIu64 " objects are left that nobody reaches; in %" PRIu64 " of %" PRIu64 " programs, "
        "those with a row included, they are more than one in %d", rest->forgiven, rest->much, rest->runs, MUCH_OF);
    row.tries = rest->tries;
    row.broken = too_often ? rest->much : 0;
    row.outcome = too_often ? BROKEN : KEPT;
    row.figure = "unreachable_objects";
    row.value = (double)rest->forgiven;
    row.unit = "objects";
    row.sentence = rest->forgiven ? sentence : "nothing is left at the end";
    stress_tell(plan->stress, &row);
    free(sentence);
}

static void tell_cannot(const Plan *plan, const Run *run)
{
    StressRow row = stress_row("leaks", run->variant->strategy, plan->others, "");
    row.outcome = run->promises.told ? CANNOT : UNTRIED;
    row.sentence = run->promises.told ? "by definition it keeps what was born outside of regions" : "its oracle was not built";
    stress_tell(plan->stress, &row);
}

static void judge(const Plan *plan, const Run *run, const Counts *predicted, Rest *rest)
{
    char *wrong = complaint(run, predicted);
    bool has_row = wrong || predicted->alive;
    rest->runs++;
    rest->tries += !has_row;
    if (has_row)
        tell_run(plan, run, predicted, wrong);
    if (!wrong) {
        uint64_t forgiven = run->counts.alive - predicted->alive;
        rest->forgiven += forgiven;
        rest->much += forgiven > run->counts.born / MUCH_OF;
    }
    free(wrong);
}

const Run *leaks_tell_strategy(const Plan *plan, const Run *first)
{
    Rest rest = { .first = first };
    const Run *run = first, *end = plan->run + plan->runs;
    bool promises = first->promises.counts || first->promises.collects;
    if (!promises)
        tell_cannot(plan, first);
    for (; run < end && texts_equal(run->variant->strategy, first->variant->strategy); run++)
        if (promises && !run->counts.unsupported)
            judge(plan, run, leaks_predicted(plan, run), &rest);
    tell_rest(plan, &rest);
    return run;
}
