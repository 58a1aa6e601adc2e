/* Hub: n members are visited in turn, each by an object of its own that refers to it and dies. In the variant hub, members
 * refer to a hub that refers to them all; in apart, nothing leads from one to another.
 * Stresses trial deletion: a member that its visitor let go of lost an owner and kept another, so it is a candidate, and where
 * there is a hub, a collection that looks at one candidate looks at everything. A count that fell by one makes a walk of
 * the whole heap, which finds nothing. After Bacon and Rajan, "Concurrent cycle collection in reference counted systems", 2001,
 * whose cost is that of what the candidates reach.
 * Not good for: collectors that trace from the roots; all of it is alive, and the hub is nothing to them. */
#include "workload.h"

#include "objects/list.h"

enum { VISITS = 4 };

typedef struct Hub {
    List *members;
} Hub;
refs(Hub, members);

typedef struct Member {
    Hub *hub;
    uint64_t visits;
} Member;
refs(Member, hub);

typedef struct Visit {
    Member *whom;
    uint64_t number;
} Visit;
refs(Visit, whom);

static Hub *hub_of(uint64_t n, bool is_known)
{
    local(Hub) made = new(Hub);
    put(made->members, new(List));
    for (uint64_t i = 0; i < n; i++) {
        local(Member) member = new(Member);
        if (is_known)
            set(member->hub, made);
        list_append(made->members, give(member));
    }
    return give(made);
}

static uint64_t visit(Member *member, uint64_t number)
{
    local(Visit) visit = new(Visit);
    set(visit->whom, member);
    visit->number = number;
    return ++visit->whom->visits * 31 + visit->number;
}

static uint64_t run(uint64_t n, bool is_known)
{
    local(Hub) all = hub_of(n, is_known);
    uint64_t sum = 0;
    for (uint64_t round = 0; round < VISITS; round++)
        for (uint64_t i = 0; i < n; i++)
            sum += visit(list_get(all->members, i), round * n + i);
    operations += VISITS * n;
    return sum;
}

static uint64_t hub(uint64_t n) { return run(n, true); }
static uint64_t apart(uint64_t n) { return run(n, false); }

/* Each of the n members is at last visited VISITS times; the numbers are those from 0 to VISITS n - 1. */
static uint64_t sum_by_formula(uint64_t n)
{
    unsigned __int128 all = (unsigned __int128)VISITS * n;
    return (uint64_t)(31 * VISITS * (VISITS + 1) / 2 * (unsigned __int128)n + all * (all - 1) / 2);
}

WORKLOAD(hub, STRESS, SIZES(120000, 1200000, 8000000), "members that lose an owner and keep another, with and without a hub",
    VARIANT(hub, CYCLIC),
    VARIANT(apart));
REFERENCE(sum_by_formula);
