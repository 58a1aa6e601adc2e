/* Tiny: a short list, made and dropped, twice over: next to no work.
 * For tests of the runner, whose own moments then come close together (tests/stress).
 * Not good for: measuring anything. */
#include "workload.h"

typedef struct Link Link;
struct Link { Link *next; uint64_t number; };
refs(Link, next);

static uint64_t list(uint64_t n)
{
    uint64_t sum = 0;
    region {
        local(Link) first = NULL;
        for (uint64_t i = 0; i < n; i++) {
            local(Link) link = new(Link);
            link->number = i;
            put(link->next, give(first));
            put(first, give(link));
        }
        for (Link *link = first; link; link = link->next)
            sum += link->number;
    }
    operations += n;
    return sum;
}

static uint64_t rings(uint64_t n)
{
    uint64_t sum = 0;
    for (uint64_t i = 0; i < n; i++)
        region {
            local(Link) link = new(Link);
            link->number = i;
            set(link->next, link);
            sum += link->next->number;
        }
    operations += n;
    return sum;
}

static uint64_t sum_by_formula(uint64_t n)
{
    return n % 2 ? (n - 1) / 2 * n : n / 2 * (n - 1);
}

WORKLOAD(tiny, CLASSIC, SIZES(300, 300, 300), "300 objects", VARIANT(list), VARIANT(rings, CYCLIC));
REFERENCE(sum_by_formula);
