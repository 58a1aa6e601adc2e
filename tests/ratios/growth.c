/* How the cost of n objects grows with n: growth PHASE N [ROUNDS], in a chain n deep.
 *   death     letting go of the whole chain: the cascade, the collection, or the end of the region
 *   marking   a collection that finds the whole chain alive; nothing where no collector is
 *   scanning  a collection that finds the whole chain dead, tied to a ring so that no count tells
 *   holding   a collection that finds n objects alive which one array holds, as in Python's [[] for _ in range(n)]
 * Prints ns per object. Small sizes are repeated, so that as many objects are met at each; unless ROUNDS says how often. */
#include "measured.h"

enum { OBJECTS = 2000000 }; /* at least so many in all */

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

/* Noinline, so that no register keeps what a conservative collector would take for a reference. */
static __attribute__((noinline)) Node *chain(uint64_t n)
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

static __attribute__((noinline)) Node *ring(uint64_t n)
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

/* What is timed is in functions of their own, so that callgrind can count it alone (--toggle-collect). */
static __attribute__((noinline)) void timed_drop(Node **nodes)
{
    drop(*nodes);
    collect();
}

static __attribute__((noinline)) void timed_collect(void)
{
    collect();
}

static uint64_t time_death(uint64_t n)
{
    uint64_t begun;
    region {
        local(Node) nodes = chain(n);
        begun = processor_ns();
        timed_drop(&nodes);
    }
    return processor_ns() - begun;
}

/* Every node gets a second owner and loses it again: what trial deletion suspects. */
static __attribute__((noinline)) void touch_all(Node *nodes)
{
    local(Node) node = share(nodes);
    while (node)
        set(node, node->next);
}

static uint64_t time_marking(uint64_t n)
{
    uint64_t begun, done;
    region {
        local(Node) nodes = chain(n);
        collect();
        touch_all(nodes);
        begun = processor_ns();
        timed_collect();
        done = processor_ns();
        touch_all(nodes); /* it has to be alive until here */
    }
    return done - begun;
}

static uint64_t time_scanning(uint64_t n)
{
    uint64_t begun, done;
    region {
        local(Node) nodes = ring(n);
        drop(nodes);
        begun = processor_ns();
        timed_collect();
        done = processor_ns();
    }
    return done - begun;
}

static uint64_t time_holding(uint64_t n)
{
    uint64_t begun, done;
    region {
        local(Array) array = new_of(Array, n);
        for (uint64_t i = 0; i < n; i++)
            put(array->at[i], new(Node));
        collect();
        for (uint64_t i = 0; i < n; i++)
            touch_all(array->at[i]);
        begun = processor_ns();
        timed_collect();
        done = processor_ns();
        touch_all(array->at[n - 1]); /* it has to be alive until here */
    }
    return done - begun;
}

#ifndef collects_cycles
#define collects_cycles 0
#endif

static const struct {
    const char *name;
    uint64_t (*run)(uint64_t n); /* ns for all n */
    bool is_there;
} phases[] = {
    { "death", time_death, true },
    { "marking", time_marking, collects_cycles },
    { "scanning", time_scanning, collects_cycles },
    { "holding", time_holding, collects_cycles },
};

static uint64_t (*phase_named(const char *name))(uint64_t n)
{
    for (size_t i = 0; i < sizeof phases / sizeof *phases; i++)
        if (strcmp(phases[i].name, name) == 0 && phases[i].is_there)
            return phases[i].run;
    puts("unsupported: there is no such phase");
    exit(0);
}

int main(int count, char **words)
{
    demand_support();
    take_settings(&count, words);
    uint64_t (*phase)(uint64_t n) = phase_named(count > 1 ? words[1] : "");
    uint64_t n = number_argument(count, words, 2, 1000000);
    uint64_t rounds = number_argument(count, words, 3, (OBJECTS + n - 1) / n), spent = 0;
    heap_open();
    phase(n); /* the first round pays for fresh memory */
    for (uint64_t i = 0; i < rounds; i++)
        spent += phase(n);
    printf("%.4f\n", (double)spent / ((double)rounds * (double)n));
    heap_close();
    return 0;
}
