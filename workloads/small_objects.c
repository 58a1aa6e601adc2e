/* Small objects: four rounds in which n objects of 8 to 512 bytes are made, each size as likely as another; seven eighths of
 * them die, a collection is asked for, and at last the others die.
 * scattered: every eighth lives on, all over memory; clustered: those made first do.
 * Figures: what is resident before the first round, and in it when all live, when an eighth does, and when none does. In the
 * later rounds memory is not new, and it is in their time that a birth and a death can be seen.
 * Stresses size classes, and memory that few objects pin. After what CPython's arenas are known for: one live object keeps
 * 256 KiB (a mebibyte since 3.10). Not good for: objects that refer to others; and real programs use few sizes. */
#include "workload.h"

#include "objects/array.h"

enum { ROUNDS = 4, SIZES_IN_WORDS = 64, PART = 8 };

typedef struct Words {
    size_t length;
    uint64_t at[];
} Words;
leaf_of(Words);

static Words *random_words(Random *random)
{
    Words *words = new_of(Words, random_below(random, SIZES_IN_WORDS));
    uint64_t value = random_next(random);
    if (words->length > 0)
        words->at[0] = value;
    return words;
}

static Array *objects_of(uint64_t n, uint64_t round)
{
    local(Array) objects = new_of(Array, n);
    Random random = random_salted(round);
    for (uint64_t i = 0; i < n; i++)
        put(objects->at[i], random_words(&random));
    return give(objects);
}

/* Lets the object go; what was in it. */
static uint64_t part_with(Array *objects, uint64_t i)
{
    local(Words) words = give(objects->at[i]);
    return words->length + (words->length > 0 ? words->at[0] : 0);
}

static void look(uint64_t round, const char *figure)
{
    if (round == 0)
        cell_figure(figure, resident_kib());
}

static uint64_t one_round(uint64_t n, uint64_t round, bool scattered)
{
    local(Array) objects = objects_of(n, round);
    uint64_t sum = 0;
    look(round, "resident_full_kib");
    for (uint64_t i = 0; i < n; i++)
        if (scattered ? i % PART > 0 : i >= n / PART)
            sum += part_with(objects, i);
    collect();
    look(round, "resident_eighth_kib");
    for (uint64_t i = 0; i < n; i++)
        if (objects->at[i])
            sum += part_with(objects, i);
    return sum;
}

static uint64_t rounds(uint64_t n, bool scattered)
{
    uint64_t checksum = 0;
    look(0, "resident_before_kib");
    for (uint64_t round = 0; round < ROUNDS; round++) {
        region
            checksum = checksum * 3 + one_round(n, round, scattered);
        collect();
        look(round, "resident_empty_kib");
    }
    operations += ROUNDS * n;
    return checksum;
}

static uint64_t scattered(uint64_t n)
{
    return rounds(n, true);
}

static uint64_t clustered(uint64_t n)
{
    return rounds(n, false);
}

WORKLOAD(small_objects, TECHNIQUE, SIZES(25000, 250000, 2500000), "objects of 8 to 512 bytes, of which an eighth stays",
    VARIANT(scattered),
    VARIANT(clustered));
