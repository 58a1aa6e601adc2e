#include "expectation.h"

#include "fail.h"

#include <inttypes.h>

/* The trials that have a say, and what they are asked for. */
typedef struct Poll {
    const Trial *trial;
    size_t trials;
    const Cell *cell;   /* trials of the same task have a say ... */
    Count checksum;     /* ... that came to this checksum, unless it is NA */
    Count (*answer)(const Trial *trial);
    const char *baseline;
} Poll;

static Count checksum_of(const Trial *trial)
{
    return trial->checksum;
}

static Count operations_of(const Trial *trial)
{
    return trial->operations;
}

static bool counts_equal(Count a, Count b)
{
    return a.known == b.known && (!a.known || a.value == b.value);
}

static bool has_a_say(const Poll *poll, const Trial *trial)
{
    return trial->status == OK && same_task(&trial->cell, poll->cell) &&
           (!poll->checksum.known || counts_equal(trial->checksum, poll->checksum));
}

static bool answers(const Poll *poll, size_t i, Count answer)
{
    return has_a_say(poll, &poll->trial[i]) && counts_equal(poll->answer(&poll->trial[i]), answer);
}

/* Whether the strategy has answered so before for the variant, in another configuration: a broken one has no more votes for
 * being run in many. */
static bool has_voted(const Poll *poll, size_t i, Count answer)
{
    const Cell *cell = &poll->trial[i].cell;
    for (size_t j = 0; j < i; j++) {
        const Cell *other = &poll->trial[j].cell;
        if (answers(poll, j, answer) && texts_equal(other->strategy, cell->strategy) &&
            texts_equal(other->variant, cell->variant))
            return true;
    }
    return false;
}

static size_t votes_for(const Poll *poll, Count answer)
{
    size_t votes = 0;
    for (size_t i = 0; i < poll->trials; i++)
        votes += answers(poll, i, answer) && !has_voted(poll, i, answer);
    return votes;
}

/* Of answers with as many votes the baseline's wins, else the first; NA when nobody has a say. */
static Count result_of(const Poll *poll)
{
    Count winner = { 0 };
    size_t most = 0;
    for (size_t i = 0; i < poll->trials; i++) {
        const Trial *trial = &poll->trial[i];
        if (!has_a_say(poll, trial))
            continue;
        size_t weight = 2 * votes_for(poll, poll->answer(trial)) + texts_equal(trial->cell.strategy, poll->baseline);
        if (weight > most) {
            most = weight;
            winner = poll->answer(trial);
        }
    }
    return winner;
}

static void hold_poll(Planned *planned, const Trial *pilot, size_t trials, const char *baseline)
{
    Poll poll = { pilot, trials, &planned->cell, planned->expected, checksum_of, baseline };
    if (!planned->expected.known)
        planned->expected = poll.checksum = result_of(&poll);
    poll.answer = operations_of;
    planned->expected_operations = result_of(&poll);
    if (!planned->expected.known)
        notice("no trial of %s, n = %" PRIu64 " came to an answer in the first block: its answers will not be judged",
               planned->cell.workload, planned->cell.size);
}

/* The first planned trial of the same task that is run. */
static size_t first_of_task(const Plan *block, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (*block->trial[j].unsupported == '\0' && same_task(&block->trial[j].cell, &block->trial[i].cell))
            return j;
    return i;
}

void expect_what_most_answered(Plan *block, const Trial *pilot, const char *baseline)
{
    for (size_t i = 0; i < block->trials; i++) {
        Planned *planned = &block->trial[i];
        if (*planned->unsupported)
            continue;
        size_t first = first_of_task(block, i);
        if (first == i)
            hold_poll(planned, pilot, block->trials, baseline);
        planned->expected = block->trial[first].expected;
        planned->expected_operations = block->trial[first].expected_operations;
    }
}
