/* Chain and tree: n structures of 100 numbers and a payload of 10,000 bytes are built, held until there are 100, read, and
 * dropped together. acyclic, tenth, cyclic: they are chains of nodes, of which none, one in ten drawn at random, or each is
 * closed into a ring. tree: each is a node that refers to itself, and owns a B-tree.
 * Stresses garbage that counting cannot free, the more of it the more. After cyclotron (cycles of 10, 100 or 1,000, payload of
 * 0 to 300,000 bytes, 100 to 30,000 live objects, 1,000,000 in all), which asks how much is dead and not collected yet: here
 * that is the figure most_dead_structures, as finalizers see it when 100 have been dropped. Not good for: cycles that
 * something alive refers to, and structures that die one by one. */
#include "workload.h"

#include "objects/btree.h"
#include "objects/list.h"
#include "objects/number.h"
#include "objects/text.h"

enum { NUMBERS = 100, HELD = 100, PAYLOAD = 10000 };

static uint64_t freed; /* structures whose witness has been finalized */

typedef struct Witness {
    uint64_t structures;
} Witness;

static void testify(Witness *witness)
{
    freed += witness->structures;
}

finalized(Witness, testify);

typedef struct Node Node;
struct Node {
    Node *next;
    BTree *tree;
    Text *payload;    /* of the first one only, as is the witness */
    Witness *witness;
    uint64_t number;
};
refs(Node, next, tree, payload, witness);

typedef Node *Build(uint64_t first_number, bool cyclic);

static Node *first_node(uint64_t number)
{
    local(Node) node = new(Node);
    node->number = number;
    put(node->payload, new_of(Text, PAYLOAD));
    node->payload->at[PAYLOAD - 1] = (char)(number / NUMBERS % 100);
    put(node->witness, new(Witness));
    node->witness->structures = 1;
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

static uint64_t sum_of_tree(const BTree *tree)
{
    uint64_t sum = 0, key;
    BTreeWalk walk = btree_walk(tree);
    for (Number *number; (number = btree_next(&walk, &key));)
        sum += number->value;
    return sum;
}

static uint64_t sum(const Node *first)
{
    uint64_t sum = first->number + (uint64_t)first->payload->at[PAYLOAD - 1];
    for (const Node *node = first->next; node && node != first; node = node->next)
        sum += node->number;
    return first->tree ? sum + sum_of_tree(first->tree) : sum;
}

static uint64_t build_and_drop(uint64_t from, uint64_t to, Build *build, uint64_t tenths)
{
    Random random = random_salted(from);
    uint64_t checksum = 0;
    local(List) held = new(List);
    for (uint64_t i = from; i < to; i++)
        list_append(held, build(i * NUMBERS, random_below(&random, 10) < tenths));
    for (size_t i = 0; i < held->length; i++)
        checksum = checksum * 31 + sum(list_get(held, i));
    return checksum;
}

static uint64_t structures(uint64_t n, Build *build, uint64_t tenths)
{
    uint64_t checksum = 0, most_dead = 0;
    freed = 0;
    for (uint64_t from = 0; from < n; from += HELD) {
        uint64_t to = n - from < HELD ? n : from + HELD;
        region
            checksum += build_and_drop(from, to, build, tenths);
        if (to - freed > most_dead)
            most_dead = to - freed;
    }
    figure(most_dead_structures, most_dead);
    operations += n * NUMBERS;
    return checksum;
}

static uint64_t acyclic(uint64_t n) { return structures(n, chain, 0); }
static uint64_t tenth(uint64_t n) { return structures(n, chain, 1); }
static uint64_t cyclic(uint64_t n) { return structures(n, chain, 10); }
static uint64_t tree(uint64_t n) { return structures(n, tree_in_a_loop, 10); }

/* Of each structure the hundred numbers from 100 i on, and the payload's byte. */
static uint64_t sum_by_formula(uint64_t n)
{
    uint64_t checksum = 0, of_those_held = 0;
    for (uint64_t i = 0; i < n; i++) {
        of_those_held = of_those_held * 31 + NUMBERS * i * NUMBERS + NUMBERS * (NUMBERS - 1) / 2 + i % 100;
        if (i % HELD == HELD - 1 || i == n - 1) {
            checksum += of_those_held;
            of_those_held = 0;
        }
    }
    return checksum;
}

WORKLOAD(chain_tree, CLASSIC, SIZES(3000, 40000, 100000), "structures of which none, some or all are cycles",
    VARIANT(acyclic),
    VARIANT(tenth, CYCLIC),
    VARIANT(cyclic, CYCLIC),
    VARIANT(tree, CYCLIC));
REFERENCE(sum_by_formula);
