/* What single words cost: words WHICH N, where WHICH is
 *   store      set of a slot that holds another object: a thousand slots in turn, and two objects
 *   finalized  the birth and the death of an object with a finalizer, its run included
 *   weak       a weak reference to an object that lives on, and its end
 * Prints ns for each. What dies is dropped a thousand at a time, at the end of a region. */
#include "measured.h"

enum { ROUND = 1000 };

typedef struct Leaf {
    uint64_t number;
} Leaf;
leaf(Leaf);

typedef struct Array {
    size_t length;
    void *at[];
} Array;
slots(Array);

static uint64_t finalized_objects;

typedef struct Guarded {
    uint64_t number;
} Guarded;

static void count_guarded(Guarded *self)
{
    finalized_objects += self->number;
}
finalized(Guarded, count_guarded);

static uint64_t time_stores(uint64_t n)
{
    local(Array) slots_of = new_of(Array, ROUND);
    local(Leaf) odd = new(Leaf);
    local(Leaf) even = new(Leaf);
    uint64_t begun = processor_ns();
    for (uint64_t i = 0; i < n; i++)
        set(slots_of->at[i % ROUND], i / ROUND % 2 ? odd : even);
    return processor_ns() - begun;
}

static uint64_t time_finalized(uint64_t n)
{
    uint64_t begun = processor_ns();
    for (uint64_t i = 0; i < n; i += ROUND)
        region {
            local(Array) guarded = new_of(Array, ROUND);
            for (uint64_t k = 0; k < ROUND; k++) {
                put(guarded->at[k], new(Guarded));
                ((Guarded *)guarded->at[k])->number = 1;
            }
        }
    return processor_ns() - begun;
}

static uint64_t time_weak(uint64_t n)
{
    local(Array) targets = new_of(Array, ROUND);
    for (uint64_t k = 0; k < ROUND; k++)
        put(targets->at[k], new(Leaf));
    uint64_t begun = processor_ns();
    for (uint64_t i = 0; i < n; i += ROUND)
        region {
            local(Array) weaks = new_of(Array, ROUND);
            for (uint64_t k = 0; k < ROUND; k++)
                put(weaks->at[k], weak(Leaf, targets->at[k]));
        }
    return processor_ns() - begun;
}

static const struct {
    const char *name;
    uint64_t (*time)(uint64_t n);
} whiches[] = { { "store", time_stores }, { "finalized", time_finalized }, { "weak", time_weak } };

static uint64_t (*which_named(const char *name))(uint64_t n)
{
    for (size_t i = 0; i < sizeof whiches / sizeof *whiches; i++)
        if (strcmp(name, whiches[i].name) == 0)
            return whiches[i].time;
    refuse("words WHICH N: WHICH is store, finalized or weak, not '%s'", name);
}

int main(int count, char **words)
{
    take_settings(&count, words);
    uint64_t (*timed)(uint64_t n) = which_named(count > 1 ? words[1] : "");
    uint64_t n = number_argument(count, words, 2, 10000000);
    end_if_unsupported(unsupported_because);
    heap_open();
    printf("%.4f\n", (double)timed(n) / (double)n);
    heap_close();
    return 0;
}
