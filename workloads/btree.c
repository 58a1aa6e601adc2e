/* B-tree: n records are put into a B-tree in random order; the fifth with the smallest numbers is removed and made anew. Then
 * comes a collection, all are walked in order and each looked up, and a twentieth is looked up at random.
 * Figures: collect_ns, of that collection; found_objects: 0 under counting, while a tracing collector may find what was
 * removed.
 * Stresses a large live heap without garbage, and nodes that change all the time.
 * After pyperformance's btree (200,000 records, minimum degree 16, a fifth recreated), whose variant gc_only times the
 * collection alone.
 * Not good for: cycles, and death; next to nothing dies before the end. */
#include "workload.h"

#include "objects/btree.h"
#include "objects/number.h"
#include "objects/text.h"

enum { BYTES_MOST = 100, LOOKUPS_LEAST = 200 };

typedef struct Record {
    Text *bytes;
    uint64_t weight;
} Record;
refs(Record, bytes);

static uint64_t weight_of(uint64_t number)
{
    Random random = random_salted(number);
    return random_next(&random);
}

static Record *record_of(uint64_t number)
{
    char bytes[BYTES_MOST];
    memset(bytes, (char)number, sizeof bytes);
    local(Record) record = new(Record);
    record->weight = weight_of(number);
    put(record->bytes, text_of(bytes, number % BYTES_MOST));
    return give(record);
}

static BTree *tree_of(uint64_t n)
{
    local(BTree) tree = new(BTree);
    local(Array) order = numbers_below(n);
    Random random = random_salted(0);
    array_shuffle(order, &random);
    for (uint64_t i = 0; i < n; i++) {
        Number *number = order->at[i];
        btree_put(tree, number->value, record_of(number->value));
    }
    for (uint64_t number = 0; number < n / 5; number++) {
        local(Record) removed = btree_remove(tree, number);
    }
    for (uint64_t number = 0; number < n / 5; number++)
        btree_put(tree, number, record_of(number));
    return give(tree);
}

static uint64_t worth(Record *record)
{
    return record ? record->weight ^ text_hash(record->bytes) : 0;
}

static uint64_t walk(const BTree *tree)
{
    uint64_t checksum = 0, number;
    for (BTreeWalk walk = btree_walk(tree); btree_next(&walk, &number);)
        checksum = checksum * 31 + worth(btree_get(tree, number));
    return checksum;
}

static uint64_t lookups_of(uint64_t n)
{
    return n / 20 > LOOKUPS_LEAST ? n / 20 : LOOKUPS_LEAST;
}

/* Of one number more than there are. */
static uint64_t look_up(uint64_t checksum, const BTree *tree, uint64_t n)
{
    Random random = random_salted(1);
    for (uint64_t i = 0; i < lookups_of(n); i++)
        checksum = checksum * 31 + worth(btree_get(tree, random_below(&random, n + 1)));
    return checksum;
}

static uint64_t records(uint64_t n)
{
    local(BTree) tree = tree_of(n);
    uint64_t begun = clock_ns();
    uint64_t found = collect();
    figure(collect_ns, clock_ns() - begun);
    figure(found_objects, found);
    operations += 2 * n + 2 * (n / 5) + lookups_of(n);
    return look_up(walk(tree), tree, n);
}

static uint64_t worth_of(uint64_t number)
{
    char bytes[BYTES_MOST];
    memset(bytes, (char)number, sizeof bytes);
    return weight_of(number) ^ text_hash_bytes(bytes, number % BYTES_MOST);
}

/* The same numbers, one after the other. */
static uint64_t without_a_tree(uint64_t n)
{
    uint64_t checksum = 0;
    for (uint64_t number = 0; number < n; number++)
        checksum = checksum * 31 + worth_of(number);
    Random random = random_salted(1);
    for (uint64_t i = 0; i < lookups_of(n); i++) {
        uint64_t number = random_below(&random, n + 1);
        checksum = checksum * 31 + (number < n ? worth_of(number) : 0);
    }
    return checksum;
}

WORKLOAD(btree, CLASSIC, SWEPT(20000, 145000, 200000), "a B-tree of records, a fifth of them made anew",
    VARIANT(records));
REFERENCE(without_a_tree);
LARGEST(UINT32_MAX); /* random_below draws from no more than one number more */
