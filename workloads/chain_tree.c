/* Chain and tree: n structures of 100 numbers and a payload of 10,000 bytes are built, held until there are 100, read, and
 * dropped together. acyclic, tenth, cyclic: they are chains of nodes, of which none, one in ten drawn at random, or each is
 * closed into a ring. tree: each is a node that refers to itself, and owns a B-tree.
 * Figures: mean_dead_structures, most_dead_structures: how many were dead and not collected yet, by their finalizers, whenever
 * the next was built.
 * Stresses garbage that counting cannot free, the more of it the more.
 * After cyclotron (cycles of 10, 100 or 1,000, payload of 0 to 300,000 bytes, 100 to 30,000 live objects, 1,000,000 in all,
 * of which the full size has a tenth: counting would keep 14 GB), which asks how much is dead and not collected yet.
 * Not good for: cycles that something alive refers to, and structures that die one by one. */
#include "workload.h"

#include "objects/btree.h"
#include "objects/list.h"
#include "objects/number.h"
#include "objects/text.h"

enum { NUMBERS = 100, HELD = 100, PAYLOAD = 10000 };

/* Of this run; finalizers of an earlier one in the same process may run only now. */
static struct {
    uint64_t run, dropped, finalized;
    uint64_t most_dead, dead_seen; /* dropped and not finalized: at most, and the sum of what was seen at each build */
} account;

typedef struct Sentinel {
    uint64_t run;
} Sentinel;

static void sentinel_died(Sentinel *sentinel)
{
    account.finalized += sentinel->run == account.run;
}

finalized(Sentinel, sentinel_died);

typedef struct Node Node;
struct Node {
    Node *next;
    BTree *tree;
    Text *payload;      /* of the first one only, as is the sentinel */
    Sentinel *sentinel;
    uint64_t number;
};
refs(Node, next, tree, payload, sentinel);

typedef Node *Build(uint64_t first_number, bool cyclic);

/* 1 to 100, by the structure's number. */
static char payload_of(uint64_t first_number)
{
    return (char)(1 + first_number / NUMBERS % 100);
}

static Node *first_node(uint64_t number)
{
    local(Node) node = new(Node);
    node->number = number;
    put(node->payload, new_of(Text, PAYLOAD));
    node->payload->at[PAYLOAD - 1] = payload_of(number);
    put(node->sentinel, new(Sentinel));
    node->sentinel->run = account.run;
    return give(node);
}

static Node *chain(uint64_t first_number, bool cyclic)
{
    local(Node) first = first_node(first_number);
    Node *last = first; /* borrowed: each owns the next */
    for (uint64_t i = 1; i < NUMBERS; i++) {
        put(last->next, new(Node));
        last = last->next;
        last->number = first_number + i;
    }
    if (cyclic)
        set(last->next, first);
    return give(first);
}

/* The 99 numbers behind the first, in another order. */
static Node *tree_in_a_loop(uint64_t first_number, bool cyclic)
{
    local(Node) first = first_node(first_number);
    put(first->tree, new(BTree));
    for (uint64_t i = 1; i < NUMBERS; i++) {
        uint64_t number = first_number + i * 37 % NUMBERS;
        btree_put(first->tree, number, number_of(number));
    }
    if (cyclic)
        set(first->next, first);
    return give(first);
}

static uint64_t fold_tree(uint64_t checksum, const BTree *tree)
{
    uint64_t key;
    BTreeWalk walk = btree_walk(tree);
    for (Number *number; (number = btree_next(&walk, &key));)
        checksum = checksum * 31 + number->value;
    return checksum;
}

/* The payload and the numbers, which count up in a tree as in a chain. */
static uint64_t fold_structure(uint64_t checksum, const Node *first)
{
    checksum = (checksum * 31 + (uint64_t)first->payload->at[PAYLOAD - 1]) * 31 + first->number;
    for (const Node *node = first->next; node && node != first; node = node->next)
        checksum = checksum * 31 + node->number;
    return first->tree ? fold_tree(checksum, first->tree) : checksum;
}

static void count_dead(void)
{
    uint64_t dead = account.dropped - account.finalized;
    account.dead_seen += dead;
    if (dead > account.most_dead)
        account.most_dead = dead;
}

static uint64_t build_and_drop(uint64_t checksum, uint64_t from, uint64_t to, Build *build, uint64_t tenths)
{
    Random random = random_salted(from);
    local(List) held = new(List);
    for (uint64_t i = from; i < to; i++) {
        list_append(held, build(i * NUMBERS, random_below(&random, 10) < tenths));
        count_dead();
    }
    for (size_t i = 0; i < held->length; i++)
        checksum = fold_structure(checksum, list_get(held, i));
    return checksum;
}

static uint64_t structures(uint64_t n, Build *build, uint64_t tenths)
{
    uint64_t checksum = 0, run = account.run + 1;
    memset(&account, 0, sizeof account);
    account.run = run;
    for (; account.dropped < n; account.dropped += HELD)
        region {
            uint64_t to = n - account.dropped < HELD ? n : account.dropped + HELD;
            checksum = build_and_drop(checksum, account.dropped, to, build, tenths);
        }
    figure(mean_dead_structures, account.dead_seen / n);
    figure(most_dead_structures, account.most_dead);
    operations += n * NUMBERS;
    return checksum;
}

static uint64_t acyclic(uint64_t n) { return structures(n, chain, 0); }
static uint64_t tenth(uint64_t n) { return structures(n, chain, 1); }
static uint64_t cyclic(uint64_t n) { return structures(n, chain, 10); }
static uint64_t tree(uint64_t n) { return structures(n, tree_in_a_loop, 10); }

static uint64_t by_counting(uint64_t n)
{
    uint64_t checksum = 0;
    for (uint64_t number = 0; number < n * NUMBERS; number++) {
        if (number % NUMBERS == 0)
            checksum = checksum * 31 + (uint64_t)payload_of(number);
        checksum = checksum * 31 + number;
    }
    return checksum;
}

WORKLOAD(chain_tree, CLASSIC, SIZES(3000, 30000, 100000), "structures of which none, some or all are cycles",
    VARIANT(acyclic, REPEATED(4)),
    VARIANT(tenth, CYCLIC, REPEATED(4)),
    VARIANT(cyclic, CYCLIC, REPEATED(4)),
    VARIANT(tree, CYCLIC));
REFERENCE(by_counting);
