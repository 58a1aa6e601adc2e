/* What arena promises beside the words: what grows inside a region it was not born in outlives it, chunks are as large as
 * asked, finalizers run newest first while everything is as it was, and a region that ends out of turn is found out. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "alone.h"

typedef struct Bytes {
    size_t length;
    unsigned char at[];
} Bytes;
leaf_of(Bytes);

static void fill(Bytes *bytes, unsigned char with)
{
    memset(bytes->at, with, bytes->length);
}

static void assert_filled(const Bytes *bytes, size_t length, unsigned char with)
{
    for (size_t i = 0; i < length; i++)
        assert_int_equal(bytes->at[i], with);
}

/* Uses, and so overwrites, whatever the arena believes to be free. */
static void trample(void)
{
    region {
        for (int i = 0; i < 1000; i++)
            fill(new_of(Bytes, 1000), 0xEE);
        fill(new_of(Bytes, 3000000), 0xEE);
    }
}

/* ---- Growth ----------------------------------------------------------------------------------------------------- */

/* Small to small, small to large, large to larger, large to small. */
static const size_t lengths[] = { 10, 200, 300, 1000, 500000, 2000000, 100 };

static void what_grows_inside_a_region_outlives_it(void **state)
{
    (void)state;
    local(Bytes) outer = new_of(Bytes, 1);
    fill(outer, 1);
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        size_t kept = outer->length < lengths[i] ? outer->length : lengths[i];
        region {
            fill(new_of(Bytes, 5000), 2);
            resize(outer, Bytes, lengths[i]);
            fill(new_of(Bytes, 5000), 3);
        }
        trample();
        assert_filled(outer, kept, 1);
        fill(outer, 1);
    }
}

static void it_lives_as_long_as_where_it_was_born(void **state)
{
    (void)state;
    for (int round = 0; round < 100; round++)
        region {
            local(Bytes) middle = new_of(Bytes, 1);
            fill(middle, 1);
            region {
                region {
                    resize(middle, Bytes, 100);
                    fill(middle, 1);
                }
                trample();
                resize(middle, Bytes, 300000);
                fill(middle, 1);
            }
            trample();
            assert_filled(middle, 300000, 1);
        }
}

static void a_region_still_gives_back_what_came_after(void **state)
{
    (void)state;
    local(Bytes) outer = new_of(Bytes, 1);
    region {
        resize(outer, Bytes, 100);
        Bytes *first = new_of(Bytes, 10);
        region {
            new_of(Bytes, 100000);
        }
        assert_true((char *)new_of(Bytes, 10) < (char *)first && (char *)first - (char *)new_of(Bytes, 10) < 100);
    }
}

/* ---- Chunks ----------------------------------------------------------------------------------------------------- */

/* In a heap of its own, in another process. */
static void fill_after_a_first_chunk(void)
{
    enum { FIRST_KIB = 1 << 14, LENGTH = 500 };
    setting_first_chunk_kib = FIRST_KIB;
    arena_close();
    arena_open();
    ArenaChunk *first = arena.newest;
    size_t births = 0;
    for (; arena.newest == first; births++)
        fill(new_of(Bytes, LENGTH), 1);
    bool is_as_asked = first->bytes == FIRST_KIB << 10 && births * LENGTH > first->bytes * 9 / 10;
    _exit(is_as_asked && arena.newest->bytes == setting_largest_chunk_kib << 10 ? 0 : 1);
}

static void a_first_chunk_may_be_larger_than_the_largest(void **state)
{
    (void)state;
    pid_t child = fork();
    if (child == 0)
        fill_after_a_first_chunk();
    int status;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
}

/* ---- Finalizers ------------------------------------------------------------------------------------------------- */

typedef struct Node Node;
struct Node {
    Node *next;
    Bytes *bytes;
    Weak *self;
    uint64_t number;
};
static void node_dies(Node *self);
finalized(Node, node_dies, next, bytes, self);

static uint64_t died, expected_next, wrong;
static Bytes *grown_by_finalizers;

/* The newest dies first, and can see all that it refers to; it may make, and let grow, what it likes. */
static void node_dies(Node *self)
{
    wrong += self->number != expected_next || (self->next && self->next->number != self->number - 1) ||
             self->bytes->at[9] != (unsigned char)self->number || strong(Node, self->self) != self;
    expected_next = self->number - 1;
    died++;
    region fill(new_of(Bytes, 1000), 0xDD);
    resize(grown_by_finalizers, Bytes, grown_by_finalizers->length + 1);
}

static void make_nodes(uint64_t count)
{
    local(Node) newest = NULL;
    for (uint64_t i = 1; i <= count; i++) {
        local(Node) node = new(Node);
        node->number = i;
        put(node->bytes, new_of(Bytes, 10));
        fill(node->bytes, (unsigned char)i);
        put(node->self, weak(Node, node));
        put(node->next, give(newest));
        newest = give(node);
    }
    expected_next = count;
}

static void finalizers_run_at_the_regions_end_newest_first(void **state)
{
    (void)state;
    died = wrong = 0;
    grown_by_finalizers = new_of(Bytes, 1);
    grown_by_finalizers->at[0] = 7;
    for (int round = 0; round < 10; round++)
        region {
            make_nodes(1000);
            assert_int_equal(died, round * 1000);
        }
    trample();
    assert_int_equal(died, 10000);
    assert_int_equal(wrong, 0);
    assert_int_equal(grown_by_finalizers->length, 10001);
    assert_int_equal(grown_by_finalizers->at[0], 7);
}

/* ---- Damage ----------------------------------------------------------------------------------------------------- */

static void end_regions_out_of_turn(void)
{
    Savepoint outer = savepoint();
    Savepoint inner = savepoint();
    rewind(outer);
    rewind(inner);
}

static void a_region_that_ends_out_of_turn_is_found(void **state)
{
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        signal(SIGABRT, SIG_DFL);
        fclose(stderr);
        end_regions_out_of_turn();
        _exit(0);
    }
    int status;
    waitpid(child, &status, 0);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_grows_inside_a_region_outlives_it),
        cmocka_unit_test(it_lives_as_long_as_where_it_was_born),
        cmocka_unit_test(a_region_still_gives_back_what_came_after),
        cmocka_unit_test(a_first_chunk_may_be_larger_than_the_largest),
        cmocka_unit_test(finalizers_run_at_the_regions_end_newest_first),
        cmocka_unit_test(a_region_that_ends_out_of_turn_is_found),
    };
    return cmocka_run_group_tests_name("regions", tests, open_strategy, close_strategy);
}
