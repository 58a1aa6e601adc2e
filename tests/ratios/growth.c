/* How the cost of n objects grows with n: growth PHASE N [ALL [ROUNDS]], in chains n deep.
 *   death     letting go of a whole chain: the cascade, the collection, or the end of the region
 *   marking   a collection that finds the whole chain alive; nothing where no collector is
 *   scanning  a collection that finds the whole chain dead, tied to a ring so that no count tells
 *   holding   a collection that finds n objects alive which one array holds, as in Python's [[] for _ in range(n)]
 * ALL: how many objects there are, in chains of n; one chain where it is left out. With as many in all at each n, the caches
 * and the system have the same to do at each n, and what grows is the structure alone.
 * Prints ns per object. Small sizes are repeated, so that as many objects are met at each; unless ROUNDS says how often. */
#include "../dead_stack.h"
#include "measured.h"

enum { OBJECTS = 2000000 }; /* at least so many are met */

typedef struct Node Node;
struct Node {
    Node *next;
    uint64_t value;
};
refs(Node, next);

typedef struct Array {
    size_t length;
    Node *at[];
} Array;
slots(Array);

static Node *chain(uint64_t n)
{
    local(Node) head = NULL;
    for (uint64_t i = 0; i < n; i++) {
        local(Node) first = new(Node);
        first->value = i;
        put(first->next, give(head));
        head = give(first);
    }
    return give(head);
}

static Node *ring(uint64_t n)
{
    local(Node) last = new(Node);
    local(Node) head = share(last);
    for (uint64_t i = 1; i < n; i++) {
        local(Node) first = new(Node);
        first->value = i;
        put(first->next, give(head));
        head = give(first);
    }
    set(last->next, head);
    return give(head);
}

/* Noinline, and all that refers to a chain is in the array: no register, and no part of the frame of who measures, keeps what a
 * conservative collector would take for a reference. */
static __attribute__((noinline)) void fill(Array *held, Node *(*make)(uint64_t n), uint64_t n)
{
    for (size_t i = 0; i < held->length; i++)
        put(held->at[i], make(n));
}

static __attribute__((noinline)) void let_go(Array *held)
{
    for (size_t i = 0; i < held->length; i++)
        drop(held->at[i]);
}

/* Every node gets a second owner and loses it again: what trial deletion suspects. */
static __attribute__((noinline)) void touch_all(Array *held)
{
    for (size_t i = 0; i < held->length; i++) {
        local(Node) node = share(held->at[i]);
        while (node)
            set(node, node->next);
    }
}

/* What is timed is in functions of their own, so that callgrind can count it alone (--toggle-collect). */
static __attribute__((noinline)) void timed_death(Array *held)
{
    let_go(held);
    collect();
}

static __attribute__((noinline)) void timed_collect(void)
{
    collect();
}

static uint64_t time_death(uint64_t n, uint64_t chains)
{
    uint64_t begun;
    region {
        local(Array) held = new_of(Array, chains);
        fill(held, chain, n);
        clear_dead_stack();
        begun = processor_ns();
        timed_death(held);
    }
    return processor_ns() - begun;
}

static uint64_t time_marking(uint64_t n, uint64_t chains)
{
    uint64_t begun, done;
    region {
        local(Array) held = new_of(Array, chains);
        fill(held, chain, n);
        collect();
        touch_all(held);
        begun = processor_ns();
        timed_collect();
        done = processor_ns();
        touch_all(held); /* it has to be alive until here */
    }
    return done - begun;
}

static uint64_t time_scanning(uint64_t n, uint64_t chains)
{
    uint64_t begun, done;
    region {
        local(Array) held = new_of(Array, chains);
        fill(held, ring, n);
        let_go(held);
        clear_dead_stack();
        begun = processor_ns();
        timed_collect();
        done = processor_ns();
    }
    return done - begun;
}

static uint64_t time_holding(uint64_t n, uint64_t arrays)
{
    return time_marking(1, n * arrays);
}

#define NO_COLLECTION (collects_cycles ? NULL : "it does not collect")

static const struct {
    const char *name;
    uint64_t (*run)(uint64_t n, uint64_t chains); /* ns for all */
    const char *obstacle;                         /* why the strategy cannot; NULL: it can */
} phases[] = {
    { "death", time_death, NULL },
    { "marking", time_marking, NO_COLLECTION },
    { "scanning", time_scanning, NO_COLLECTION },
    { "holding", time_holding, NO_COLLECTION },
};

static uint64_t (*phase_named(const char *name))(uint64_t n, uint64_t chains)
{
    for (size_t i = 0; i < sizeof phases / sizeof *phases; i++)
        if (strcmp(phases[i].name, name) == 0) {
            end_if_unsupported(phases[i].obstacle);
            return phases[i].run;
        }
    refuse("growth PHASE N: PHASE is death, marking, scanning or holding, not '%s'", name);
}

int main(int count, char **words)
{
    take_settings(&count, words);
    end_if_unsupported(unsupported_because);
    uint64_t (*phase)(uint64_t n, uint64_t chains) = phase_named(count > 1 ? words[1] : "");
    uint64_t n = number_argument(count, words, 2, 1000000), all = number_argument(count, words, 3, n);
    uint64_t chains = all > n ? all / n : 1;
    uint64_t rounds = number_argument(count, words, 4, (OBJECTS + all - 1) / all), spent = 0;
    heap_open();
    phase(n, chains); /* the first round pays for fresh memory */
    for (uint64_t i = 0; i < rounds; i++)
        spent += phase(n, chains);
    printf("%.4f\n", (double)spent / ((double)rounds * (double)(n * chains)));
    heap_close();
    return 0;
}
