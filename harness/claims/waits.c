#include "waits.h"

#include "choices.h"
#include "memory.h"
#include "wording.h"

#include <math.h>
#include <stdlib.h>

static void take(Wait *wait, const Cell *where, Finding finding)
{
    wait->programs++;
    if (finding.n == 0 || (wait->where && finding.is.value <= wait->longest.is.value))
        return;
    wait->longest = finding;
    wait->where = where;
}

Wait longest_stop(const Evidence *evidence, const Cell *series)
{
    const Census *census = evidence->census.row;
    Wait wait = { .series = series };
    for (size_t i = 0; i < evidence->census.rows; i++)
        if (same_series(&census[i].cell, series) && census[i].status == OK)
            take(&wait, &census[i].cell, longest_pause(evidence, &census[i]));
    return wait;
}

Wait wait_of_requests(const Evidence *evidence, const Cell *series)
{
    const LatencyRow *row = evidence->latency.row;
    Wait wait = { .series = series };
    for (size_t i = 0; i < evidence->latency.rows; i++) {
        bool is_it = row[i].status == OK && !row[i].saturated && lrint(row[i].percentile * 10) == REQUESTS_IN_1000;
        if (is_it && same_series(&row[i].cell, series))
            take(&wait, &row[i].cell,
                 (Finding){ { row[i].latency_ns, row[i].latency_lo_ns, row[i].latency_hi_ns }, row[i].runs });
    }
    return wait;
}

static bool is_shorter(const Wait *a, const Wait *b)
{
    return b->where == NULL || a->longest.is.value < b->longest.is.value;
}

static const char *names_as_good(Evidence *evidence, const Wait *wait, size_t count, const Wait *best)
{
    double floor = fmax(best->longest.is.hi, evidence->hiccup_ns);
    const char *between = "";
    Sentence names;
    sentence_begin(&names);
    for (size_t i = 0; i < count; i++)
        if (wait[i].series != best->series && wait[i].longest.is.lo <= floor) {
            fprintf(names.out, "%s%s", between, label_of(evidence, wait[i].series));
            between = ", ";
        }
    return sentence_end(&names, &evidence->pool);
}

ShortestWait shortest_wait(Evidence *evidence, WaitUnder *wait_under, bool drops_cycles, bool with_regions)
{
    ShortestWait shortest = { .as_good = "" };
    size_t count = 0, programs = evidence->baseline ? wait_under(evidence, evidence->baseline).programs : 0;
    Wait *wait = memory_new(evidence->series_count + 1, sizeof *wait);
    for (size_t i = 0; i < evidence->series_count; i++) {
        Wait one = wait_under(evidence, evidence->series[i]);
        Traits traits = traits_of(evidence, evidence->series[i]);
        if (one.where == NULL || one.programs < programs || !can_be_chosen(traits, drops_cycles, with_regions))
            continue;
        wait[count++] = one;
        if (is_shorter(&one, &shortest.best)) {
            shortest.next = shortest.best;
            shortest.best = one;
        } else if (is_shorter(&one, &shortest.next)) {
            shortest.next = one;
        }
    }
    if (shortest.best.where)
        shortest.as_good = names_as_good(evidence, wait, count, &shortest.best);
    free(wait);
    return shortest;
}
