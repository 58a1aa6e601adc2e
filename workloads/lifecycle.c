/* Lifecycle: ten rounds of two phases, both of which need memory: a list of n boxed squares is made and added up, then a doubly
 * linked list of n/2 links, in which any two neighbours are a cycle. The variants differ from the first in one thing:
 * automatic: the squares live until the round's scope ends; scope: they have a scope of their own, which is a region, too, for
 * an arena has no other way; del: they are dropped when they are added up; collect: each round is followed by a collection.
 * Stresses how soon a large object that nobody needs makes room for the next, and cycles that have grown old.
 * After the articles' advice to say `del` and `gc.collect()`.
 * Not good for: objects that are small beside the rest of the program. */
#include "workload.h"

#include "objects/chain.h"
#include "objects/own_frame.h"
#include "objects/squares.h"

enum { ROUNDS = 10 };
typedef enum Way { AUTOMATIC, SCOPE, DEL, COLLECT } Way;

static IN_OWN_FRAME uint64_t phases(uint64_t n, uint64_t round, Way way)
{
    local(List) squares = squares_of(round, n);
    uint64_t sum = squares_checksum(squares);
    if (way == DEL)
        drop(squares);
    return sum + chain_passing(round, n / 2);
}

static IN_OWN_FRAME uint64_t phases_with_scope(uint64_t n, uint64_t round)
{
    uint64_t sum = 0;
    region {
        local(List) squares = squares_of(round, n);
        sum = squares_checksum(squares);
    }
    return sum + chain_passing(round, n / 2);
}

static uint64_t rounds(uint64_t n, Way way)
{
    uint64_t sum = 0, found = 0;
    for (uint64_t round = 0; round < ROUNDS; round++) {
        region
            sum += way == SCOPE ? phases_with_scope(n, round) : phases(n, round, way);
        if (way == COLLECT)
            found += collect();
    }
    if (way == COLLECT)
        figure(found_objects, found);
    operations += ROUNDS * n;
    return sum;
}

static uint64_t automatic(uint64_t n) { return rounds(n, AUTOMATIC); }
static uint64_t scope(uint64_t n) { return rounds(n, SCOPE); }
static uint64_t del(uint64_t n) { return rounds(n, DEL); }
static uint64_t (collect)(uint64_t n) { return rounds(n, COLLECT); }

WORKLOAD(lifecycle, TECHNIQUE, SIZES(40000, 370000, 3000000), "a large list, and cycles, that must make room for the next",
    VARIANT(automatic, CYCLIC, REPEATED(3)),
    VARIANT(scope, CYCLIC, REPEATED(3)),
    VARIANT(del, CYCLIC, REPEATED(3)),
    VARIANT(collect, CYCLIC, REPEATED(3)));
