/* What the pool promises (strategies/parts/pool.h): blocks apart, memory that serves other sizes again, and memory that goes
 * back to the system. Built plain and pooled (with the sanitizers, every free block poisoned); what is resident is measured
 * only plain, for a sanitizer has memory of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "damaged.h"
#include "parts/pool.h"

_Noreturn void out_of_memory(size_t bytes)
{
    fprintf(stderr, "out of memory: %zu bytes\n", bytes);
    abort();
}

enum { MIB = 1 << 20, HUNDRED_MIB = 100 * MIB, SLACK = 16 * MIB };

/* Bytes resident now. */
static size_t resident(void)
{
    size_t total = 0, pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%zu %zu", &total, &pages), 2);
    fclose(file);
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}

static void assert_resident_at_most(size_t bytes)
{
    if (!POISONING && resident() > bytes)
        fail_msg("%zu KiB are resident, where at most %zu are expected", resident() >> 10, bytes >> 10);
}

/* Bytes that the pool holds in chunks, in use and empty. */
static size_t held(void)
{
    return (chunks.in_use + chunks.empty.length) * CHUNK_BYTES;
}

static uint64_t chance = 1;

static size_t below(size_t bound)
{
    chance = chance * 6364136223846793005u + 1442695040888963407u; /* Knuth's MMIX */
    return (size_t)(chance >> 33) % bound;
}

/* Blocks of one size, count of them, each filled with its number. */
typedef struct Blocks {
    size_t size, count;
    unsigned char **at;
} Blocks;

static Blocks take_blocks(size_t size, size_t bytes)
{
    Blocks blocks = { size, bytes / size, malloc(bytes / size * sizeof(char *)) };
    assert_non_null(blocks.at);
    for (size_t i = 0; i < blocks.count; i++)
        memset(blocks.at[i] = pool_take(size), (int)(i & 0xFF), size);
    return blocks;
}

static void give_block(Blocks *blocks, size_t i)
{
    for (size_t k = 0; k < blocks->size; k += 7)
        assert_int_equal(blocks->at[i][k], i & 0xFF);
    pool_give(blocks->at[i], blocks->size);
    blocks->at[i] = NULL;
}

/* Gives back those that are left. */
static void give_blocks(Blocks *blocks)
{
    for (size_t i = 0; i < blocks->count; i++)
        if (blocks->at[i])
            give_block(blocks, i);
    free(blocks->at);
}

static void shuffle(Blocks *blocks, size_t *order)
{
    for (size_t i = 0; i < blocks->count; i++)
        order[i] = i;
    for (size_t i = blocks->count; i > 1; i--) {
        size_t other = below(i), last = order[i - 1];
        order[i - 1] = order[other];
        order[other] = last;
    }
}

/* ---- Blocks ------------------------------------------------------------------------------------------------------ */

static void blocks_of_every_size_are_apart_and_aligned(void **state)
{
    (void)state;
    enum { KEPT = 20000, STEPS = 400000 };
    static unsigned char *kept[KEPT];
    static size_t sizes[KEPT];
    for (size_t step = 0; step < STEPS; step++) {
        size_t i = below(KEPT), size = 1 + below(POOL_LARGEST + 100);
        if (kept[i]) {
            assert_int_equal(kept[i][0], i & 0xFF);
            assert_int_equal(kept[i][sizes[i] - 1], i & 0xFF);
            pool_give(kept[i], sizes[i]);
        }
        kept[i] = memset(pool_take(size), (int)(i & 0xFF), size);
        assert_int_equal((uintptr_t)kept[i] % 8, 0);
        sizes[i] = size;
    }
    for (size_t i = 0; i < KEPT; i++)
        if (kept[i])
            pool_give(kept[i], sizes[i]);
}

static void rows_join_in_either_order(void **state)
{
    (void)state;
    enum { SIZE = 48, COUNT = 100 };
    char *blocks[COUNT];
    for (int i = 0; i < COUNT; i++)
        blocks[i] = pool_take(SIZE);
    for (int i = 1; i < COUNT; i++)
        assert_ptr_equal(blocks[i], blocks[0] + i * SIZE);
    pool_give_row(blocks[50], blocks[60]); /* taken again first … */
    pool_give_row(blocks[60], blocks[90]); /* … with those behind it … */
    pool_give_row(blocks[20], blocks[50]); /* … and after those before it */
    for (int i = 20; i < 90; i++)
        assert_ptr_equal(pool_take(SIZE), blocks[i]);
    for (int i = 0; i < COUNT; i++)
        pool_give(blocks[i], SIZE);
}

static void resized_blocks_keep_what_they_have(void **state)
{
    (void)state;
    char *block = pool_take(16);
    memset(block, 7, 16);
    for (size_t size = 16; size < 5000; size += 100) {
        block = pool_resize(block, size, size + 100);
        for (int i = 0; i < 16; i++)
            assert_int_equal(block[i], 7);
    }
    block = pool_resize(block, 5016, 24);
    assert_int_equal(block[15], 7);
    pool_give(block, 24);
}

/* ---- Memory ------------------------------------------------------------------------------------------------------ */

static void memory_goes_back_when_objects_have_died(void **state)
{
    (void)state;
    size_t before = resident();
    Blocks blocks = take_blocks(64, HUNDRED_MIB);
    size_t *order = malloc(blocks.count * sizeof *order);
    shuffle(&blocks, order);
    size_t full = resident();
    assert_true(POISONING || full > before + HUNDRED_MIB);
    for (size_t i = 0; i < blocks.count; i++)
        give_block(&blocks, order[i]);
    free(order);
    give_blocks(&blocks);
    assert_true(held() < SLACK);
    assert_resident_at_most(before + SLACK);
}

static void memory_goes_back_from_huge_pages_too(void **state)
{
    setting_huge_pages = 1;
    memory_goes_back_when_objects_have_died(state);
    setting_huge_pages = 0;
}

static void sizes_serve_each_other(void **state)
{
    (void)state;
    size_t before = resident();
    for (size_t size = 16; size <= POOL_LARGEST; size += 16) {
        Blocks blocks = take_blocks(size, 32 * MIB);
        assert_true(held() < 32 * MIB + SLACK);
        assert_resident_at_most(before + 32 * MIB + 32 * MIB / size * sizeof(char *) + SLACK);
        give_blocks(&blocks);
    }
}

/* What one block in each chunk costs: none of them can serve another size. For blocks of its own size there is room. */
static void a_survivor_pins_its_chunk_and_no_other(void **state)
{
    (void)state;
    Blocks blocks = take_blocks(64, 32 * MIB);
    size_t full = held(), per_chunk = CHUNK_BYTES / 64;
    for (size_t i = 0; i < blocks.count; i++)
        if (i % per_chunk)
            give_block(&blocks, i);
    assert_true(held() >= full - 2 * CHUNK_BYTES);
    Blocks again = take_blocks(64, 30 * MIB);
    assert_true(held() <= full);
    give_blocks(&again);
    for (size_t i = 0; i < blocks.count; i += 2 * per_chunk)
        give_block(&blocks, i);
    assert_true(chunks.in_use * CHUNK_BYTES <= full * 5 / 8);
    give_blocks(&blocks);
    assert_true(held() < SLACK);
}

/* Room that is no sixteenth of a chunk is left alone; what is more is taken before a fresh chunk is. */
static void room_is_used_before_fresh_memory(void **state)
{
    (void)state;
    Blocks blocks = take_blocks(32, 32 * MIB);
    size_t full = held();
    for (int round = 0; round < 10; round++) {
        for (size_t i = 0; i < blocks.count; i++)
            if (below(2))
                give_block(&blocks, i);
        for (size_t i = 0; i < blocks.count; i++)
            if (!blocks.at[i])
                memset(blocks.at[i] = pool_take(32), (int)(i & 0xFF), 32);
        assert_true(held() <= full + full / POOL_ROOM_DIVISOR + 2 * CHUNK_BYTES);
    }
    give_blocks(&blocks);
}

/* A structure beside which as much lives on is built and dropped without asking the system again. */
static void what_is_built_again_finds_its_memory(void **state)
{
    (void)state;
    Blocks old = take_blocks(24, 8 * MIB);
    size_t before = 0;
    for (int round = 0; round < 5; round++) {
        Blocks young = take_blocks(24, 8 * MIB);
        assert_true(!before || held() == before);
        before = held();
        give_blocks(&young);
        assert_int_equal(held(), before);
    }
    give_blocks(&old);
}

/* Beside nothing that lives on, it asks the system twice: what it missed then is kept. */
static void what_was_missed_is_kept(void **state)
{
    (void)state;
    size_t full = 0, kept = 0;
    for (int round = 0; round < 5; round++) {
        Blocks blocks = take_blocks(24, 24 * MIB);
        assert_true(!full || held() <= full + 2 * CHUNK_BYTES);
        full = held();
        give_blocks(&blocks);
        kept = held();
        assert_true(round ? kept > 23 * MIB : kept < SLACK);
    }
}

/* … until enough else has died to show that it is not. */
static void what_was_missed_is_forgotten(void **state)
{
    (void)state;
    for (int round = 0; round < 2; round++) {
        Blocks blocks = take_blocks(24, 16 * MIB);
        give_blocks(&blocks);
    }
    size_t kept = held();
    for (int round = 0; round < 2 * CHUNKS_FORGOTTEN; round++) {
        Blocks blocks = take_blocks(24, 4 * MIB);
        give_blocks(&blocks);
    }
    assert_true(held() < kept / 2);
}

static void closing_gives_everything_back(void **state)
{
    (void)state;
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 100000; i++)
            pool_take(16 + below(400));
        pool_close();
        assert_int_equal(held(), 0);
        assert_null(chunks.segments);
    }
}

/* ---- Damage ------------------------------------------------------------------------------------------------------ */

static void give_too_much(void)
{
    enum { SIZE = 512, COUNT = CHUNK_BYTES / SIZE };
    char *blocks[COUNT];
    for (int i = 0; i < COUNT; i++)
        blocks[i] = pool_take(SIZE);
    pool_take(SIZE);
    for (int round = 0; round < 2; round++)
        pool_give_row(blocks[0], blocks[COUNT / 2]);
    pool_give_row(blocks[0], blocks[COUNT / 2]);
}

static void write_to_the_dead(void)
{
    char *blocks[9];
    for (int i = 0; i < 9; i++)
        blocks[i] = pool_take(64);
    pool_give_row(blocks[1], blocks[3]);
    pool_give_row(blocks[5], blocks[7]);
    unpoison(blocks[1], 64);
    memset(blocks[1], 'x', 64);
    for (int i = 0; i < 9; i++)
        pool_take(64);
}

/* One that came back alone: what it is written over with was the way to the next. */
static void write_to_the_lone_dead(uint64_t what)
{
    char *blocks[5];
    for (int i = 0; i < 5; i++)
        blocks[i] = pool_take(64);
    pool_give(blocks[1], 64);
    pool_give(blocks[3], 64);
    unpoison(blocks[3], 64);
    memcpy(blocks[3], &what, sizeof what);
    pool_take(64);
}

static void write_a_number_to_the_dead(void)
{
    write_to_the_lone_dead(UINT64_MAX);
}

static void lower_a_count_of_the_dead(void)
{
    uintptr_t link = (uintptr_t)pool_take(64);
    write_to_the_lone_dead(link - 1);
}

static void damage_is_found_and_said(void **state)
{
    (void)state;
    assert_found_damaged(give_too_much, "more came back to a chunk than was handed out");
    assert_found_damaged(write_to_the_dead, "a block was written to after its death");
    assert_found_damaged(write_a_number_to_the_dead, "a block was written to after its death");
    assert_found_damaged(lower_a_count_of_the_dead, "a block was written to after its death");
}

/* ---- All of them ------------------------------------------------------------------------------------------------- */

static int close_pool(void **state)
{
    (void)state;
    pool_close();
    return 0;
}

#define TEST(f) { #f, f, NULL, close_pool, NULL }

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(blocks_of_every_size_are_apart_and_aligned),
        TEST(rows_join_in_either_order),
        TEST(resized_blocks_keep_what_they_have),
        TEST(memory_goes_back_when_objects_have_died),
        TEST(memory_goes_back_from_huge_pages_too),
        TEST(sizes_serve_each_other),
        TEST(a_survivor_pins_its_chunk_and_no_other),
        TEST(room_is_used_before_fresh_memory),
        TEST(what_is_built_again_finds_its_memory),
        TEST(what_was_missed_is_kept),
        TEST(what_was_missed_is_forgotten),
        TEST(closing_gives_everything_back),
        TEST(damage_is_found_and_said),
    };
    return cmocka_run_group_tests_name("pool", tests, NULL, NULL);
}
