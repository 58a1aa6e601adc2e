/* Hub: n members are visited in turn, each by an object of its own that refers to it and dies. In the variant hub, members
 * refer to a hub, a list that refers to them all; in apart, nothing leads from one to another.
 * Stresses trial deletion: a member that lost its visitor and kept its owner is a candidate, and where there is a hub, a
 * collection that looks at one looks at all, and finds nothing.
 * After Bacon and Rajan, "Concurrent cycle collection in reference counted systems", 2001: its cost is that of what candidates
 * reach.
 * Not good for: tracing; all of it is alive. */
#include "workload.h"

#include "objects/list.h"

enum { VISITS = 4 };

typedef struct Member { List *hub; uint64_t visits; /* and the number it has, to tell it from others */ } Member;
refs(Member, hub);

typedef struct Visit { Member *whom; uint64_t number; } Visit;
refs(Visit, whom);

static List *members_of(uint64_t n, bool know_hub)
{
    local(List) members = new(List);
    for (uint64_t i = 0; i < n; i++) {
        local(Member) member = new(Member);
        set(member->hub, know_hub ? members : NULL);
        member->visits = i;
        list_append(members, give(member));
    }
    return give(members);
}

static uint64_t visit(Member *member, uint64_t number)
{
    local(Visit) visit = new(Visit);
    set(visit->whom, member);
    visit->number = number;
    return ++visit->whom->visits * 31 + visit->number;
}

static uint64_t run(uint64_t n, bool know_hub)
{
    local(List) members = members_of(n, know_hub);
    uint64_t sum = 0;
    for (uint64_t round = 0; round < VISITS; round++)
        for (uint64_t i = 0; i < n; i++)
            sum = sum * 31 + visit(list_get(members, i), round * n + i);
    operations += VISITS * n;
    return sum;
}

static uint64_t hub(uint64_t n) { return run(n, true); }
static uint64_t apart(uint64_t n) { return run(n, false); }

static uint64_t by_counting(uint64_t n)
{
    uint64_t sum = 0;
    for (uint64_t number = 0; number < VISITS * n; number++)
        sum = sum * 31 + (number % n + number / n + 1) * 31 + number;
    return sum;
}

WORKLOAD(hub, STRESS, SIZES(90000, 1050000, 8000000), "members that lose an owner and keep another, with and without a hub",
    VARIANT(hub, CYCLIC, REPEATED(3)),
    VARIANT(apart, REPEATED(3)));
REFERENCE(by_counting);
