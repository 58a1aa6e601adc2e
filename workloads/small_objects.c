/* Small objects: in four rounds, n objects of 8 to 512 bytes are made, each size as likely as another; seven eighths die, a
 * collection is asked for, then the rest dies. scattered: every eighth lives on, all over memory; clustered: those made first
 * do.
 * Figures: what is resident before the first round, and in it when all live, an eighth does, none does; in later rounds memory
 * is not new, and births and deaths can be timed.
 * Stresses size classes, and memory that few objects pin: in CPython, one keeps an arena of 256 KiB (a mebibyte since 3.10).
 * Not good for: objects that refer to others; programs use few sizes. */
#include "workload.h"

#include "objects/vector.h"

enum { ROUNDS = 4, SIZES_IN_WORDS = 64, PART = 8 };

/* Lets the object go; what was in it. The variants do so in different orders, so its place is a factor. */
static uint64_t part_with(Array *objects, uint64_t i)
{
    local(Vector) vector = give(objects->at[i]);
    return (i + 1) * vector_content(vector);
}

static void look(uint64_t round, const char *name)
{
    if (round == 0)
        cell_figure(name, resident_kib());
}

static uint64_t one_round(uint64_t n, uint64_t round, bool scattered)
{
    local(Array) objects = vectors_random(n, SIZES_IN_WORDS, round);
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

static uint64_t scattered(uint64_t n) { return rounds(n, true); }
static uint64_t clustered(uint64_t n) { return rounds(n, false); }

WORKLOAD(small_objects, TECHNIQUE, SIZES(25000, 250000, 2500000), "objects of 8 to 512 bytes, of which an eighth stays",
    VARIANT(scattered),
    VARIANT(clustered));
