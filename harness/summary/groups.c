#include "groups.h"

#include "bounds.h"
#include "series.h"

/* Those in the beginning of sorted trials that are like the first: looked for ever further away, then in between. */
static Group alike(const Trial **trial, const Trial **end, int (*order)(const Cell *, const Cell *))
{
    size_t all = (size_t)(end - trial), low = 0, step = 1; /* the one at `low` is like the first, if there is one */
    while (low + step < all && order(&trial[low + step]->cell, &(*trial)->cell) == 0) {
        low += step;
        step *= 2;
    }
    for (; step > 0; step /= 2)
        if (low + step < all && order(&trial[low + step]->cell, &(*trial)->cell) == 0)
            low += step;
    return (Group){ trial, all ? low + 1 : 0 };
}

Group group_at(const Trial **trial, const Trial **end)
{
    return alike(trial, end, cell_order);
}

Group work_from(const Trial **trial, const Trial **end)
{
    return alike(trial, end, work_order);
}

bool is_largest_work(Group work, const Trial **end)
{
    const Trial **next = work.trial + work.trials;
    return next == end || !same_variant(&(*next)->cell, &(*work.trial)->cell);
}

Group cell_in(Group work, const Cell *series, bool control)
{
    const Trial **end = work.trial + work.trials;
    for (const Trial **trial = work.trial; series && trial < end;) {
        Group cell = group_at(trial, end);
        if (same_series(&(*trial)->cell, series) && (*trial)->cell.control == control)
            return cell;
        trial += cell.trials;
    }
    return (Group){ NULL, 0 };
}

uint64_t last_block(Group trials)
{
    uint64_t last = 0;
    for (size_t i = 0; i < trials.trials; i++)
        last = larger(last, trials.trial[i]->block);
    return last;
}
