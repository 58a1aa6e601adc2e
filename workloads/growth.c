/* Growth: n small objects are born and stay alive; then a full collection is asked for, all are read, and let go of at once.
 * deep_list: a chain. Each keeps the one before it, so that no two can be marked side by side, and a death that recursed would
 * need a stack as deep as the chain. growing_list: they are appended to a list. flood: the same, and each loses an owner on the
 * way, for which a collector of cycles suspects it. many_refs: the list has places for all from the start.
 * Figures: full_collection_ns, of all alive; death_of_all_ns, of letting go and one more full collection, which a tracing
 * collector needs to find out.
 * Stresses collections that find nothing: none of these objects is in a cycle, and none dies before all do.
 * SET="refcount_cycle.divisor=0" shows what it saves that the oldest generation waits until it has grown by a quarter: without,
 * the time grows with the square of n.
 * After list, append and many_refs of Julia's GCBenchmarks (128 * 2^20 objects in the list; full here is a quarter).
 * Not good for: programs whose objects die. */
#include "workload.h"

#include "objects/list.h"
#include "objects/nodes.h"

/* All variants build a list of chains: one of n nodes, or n of one node. */

static List *one_chain(uint64_t n)
{
    local(List) chains = new(List);
    list_append(chains, nodes_chained(n));
    return give(chains);
}

static void append_all(List *chains, uint64_t n)
{
    for (uint64_t number = 1; number <= n; number++)
        list_append(chains, node_of(number));
}

static List *appended(uint64_t n)
{
    local(List) chains = new(List);
    append_all(chains, n);
    return give(chains);
}

static List *placed(uint64_t n)
{
    local(List) chains = new(List);
    resize(chains->places, Array, n);
    append_all(chains, n);
    return give(chains);
}

static List *suspected(uint64_t n)
{
    local(List) chains = new(List);
    for (uint64_t number = 1; number <= n; number++) {
        local(ListNode) node = node_of(number);
        list_append(chains, share(node));
    }
    return give(chains);
}

static uint64_t read_all(const List *chains)
{
    uint64_t checksum = 0;
    for (size_t i = 0; i < chains->length; i++)
        checksum = nodes_fold(checksum, list_get(chains, i));
    return checksum;
}

static uint64_t grow(uint64_t n, List *build(uint64_t n))
{
    uint64_t checksum = 0, letting_go = 0;
    region {
        local(List) all = build(n);
        uint64_t collecting = clock_ns();
        collect();
        figure(full_collection_ns, clock_ns() - collecting);
        checksum = read_all(all);
        letting_go = clock_ns();
    }
    collect();
    figure(death_of_all_ns, clock_ns() - letting_go);
    operations += n;
    return checksum;
}

static uint64_t deep_list(uint64_t n) { return grow(n, one_chain); }
static uint64_t growing_list(uint64_t n) { return grow(n, appended); }
static uint64_t flood(uint64_t n) { return grow(n, suspected); }
static uint64_t many_refs(uint64_t n) { return grow(n, placed); }

WORKLOAD(growth, STRESS, SIZES(500000, 2000000, 33554432), "n objects that stay alive, in four shapes, and die together",
    VARIANT(deep_list, REPEATED(6)),
    VARIANT(growing_list, REPEATED(4)),
    VARIANT(flood, REPEATED(4)),
    VARIANT(many_refs, REPEATED(4)));
REFERENCE(nodes_checksum_expected);
