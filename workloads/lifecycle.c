/* Lifecycle: ten rounds of two phases, both of which need memory: a list of n boxed squares is made and added up, then a doubly
 * linked list of n/2 links, in which any two neighbours are a cycle. The variants differ from the first in one thing:
 * automatic: the squares live until the round's scope ends; scope: they have a scope of their own, which is a region, too, for
 * an arena has no other way; del: they are dropped when they are added up; collect: each round is followed by a collection.
 * Stresses how soon a large object that nobody needs makes room for the next, and cycles that have grown old. After the
 * articles' advice to say `del` and `gc.collect()`. Not good for: objects that are small beside the rest of the program. */
#include "workload.h"

#include "objects/chain.h"
#include "objects/list.h"
#include "objects/number.h"

enum { ROUNDS = 10 };

static uint64_t first_phase(List *squares, uint64_t n, uint64_t round)
{
    for (uint64_t i = round; i < round + n; i++)
        list_append(squares, number_of(i * i));
    uint64_t sum = 0;
    for (size_t i = 0; i < squares->length; i++)
        sum = sum * 3 + ((Number *)list_get(squares, i))->value;
    return sum;
}

static uint64_t second_phase(uint64_t n, uint64_t round)
{
    local(Link) first = chain_of(round, n / 2);
    uint64_t sum = 0;
    for (Link *link = first; link; link = link->next)
        sum = sum * 3 + link->number;
    operations += n;
    return sum;
}

static uint64_t automatic(uint64_t n)
{
    uint64_t sum = 0;
    for (uint64_t round = 0; round < ROUNDS; round++)
        region {
            local(List) squares = new(List);
            sum += first_phase(squares, n, round);
            sum += second_phase(n, round);
        }
    return sum;
}

static uint64_t scope(uint64_t n)
{
    uint64_t sum = 0;
    for (uint64_t round = 0; round < ROUNDS; round++)
        region {
            region {
                local(List) squares = new(List);
                sum += first_phase(squares, n, round);
            }
            sum += second_phase(n, round);
        }
    return sum;
}

static uint64_t del(uint64_t n)
{
    uint64_t sum = 0;
    for (uint64_t round = 0; round < ROUNDS; round++)
        region {
            local(List) squares = new(List);
            sum += first_phase(squares, n, round);
            drop(squares);
            sum += second_phase(n, round);
        }
    return sum;
}

static uint64_t (collect)(uint64_t n)
{
    uint64_t sum = 0, found = 0;
    for (uint64_t round = 0; round < ROUNDS; round++) {
        region {
            local(List) squares = new(List);
            sum += first_phase(squares, n, round);
            sum += second_phase(n, round);
        }
        found += collect();
    }
    figure(found_objects, found);
    return sum;
}

WORKLOAD(lifecycle, TECHNIQUE, SIZES(60000, 600000, 3000000), "a large list, and cycles, that must make room for the next",
    VARIANT(automatic, CYCLIC),
    VARIANT(scope, CYCLIC),
    VARIANT(del, CYCLIC),
    VARIANT(collect, CYCLIC));
