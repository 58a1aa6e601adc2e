/* Traversing what is alive: a thousand levels, of which level i has i references to the one below, are collected n times and
 * read after each collection.
 * Stresses marking, and a collector that looks for cycles where there are none: half a million references, no garbage.
 * After pyperformance's gc_traversal (1,000 levels), which times the collection alone: here that is the figure collect_ns, of
 * all n together. found_objects must be 0.
 * Not good for: whoever collects nothing; of counting, the arena and never it times the reading. */
#include "objects/array.h"
#include "workload.h"

enum { LEVELS = 1000, REFERENCES = LEVELS * (LEVELS - 1) / 2 };

static Array *levels(void)
{
    local(Array) level = new_of(Array, 0);
    for (size_t i = 1; i < LEVELS; i++) {
        local(Array) above = new_of(Array, i);
        for (size_t j = 0; j < i; j++)
            set(above->at[j], level);
        put(level, give(above));
    }
    return give(level);
}

/* The sum over all references of how many references the level has that they lead to. */
static uint64_t follow(const Array *level)
{
    uint64_t sum = 0;
    for (; level->length > 0; level = level->at[0])
        for (size_t j = 0; j < level->length; j++) {
            const Array *below = level->at[j];
            sum += below->length;
        }
    return sum;
}

static uint64_t collections(uint64_t n)
{
    local(Array) top = levels();
    uint64_t sum = 0, found = 0, collect_ns = 0;
    for (uint64_t i = 0; i < n; i++) {
        uint64_t begun = clock_ns();
        found += collect();
        collect_ns += clock_ns() - begun;
        sum += follow(top);
    }
    figure(found_objects, found);
    figure(collect_ns, collect_ns);
    operations += n * REFERENCES;
    return sum;
}

/* Level i has i references to a level of i - 1: the sum of i (i - 1), i from 1 to l - 1, is (l - 2) (l - 1) l / 3. */
static uint64_t sum_by_formula(uint64_t n)
{
    return n * ((LEVELS - 2) * (LEVELS - 1) * LEVELS / 3);
}

WORKLOAD(gc_traversal, CLASSIC, SIZES(20, 240, 1000), "collections that find everything alive",
    VARIANT(collections));
REFERENCE(sum_by_formula);
