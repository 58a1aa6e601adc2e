/* Lookup: is a number among n others? Asked QUESTIONS times, in a random order; hits are always there, misses never. A list is
 * scanned from its beginning, a set and a dict are hashed into, and a generator makes the elements anew for every question, in
 * the list's order, until the right one comes.
 * Stresses reading (list, set, dict), and birth and death one at a time (generator).
 * After the articles' advice to look things up in sets or dicts instead of lists, for speed and for memory.
 * Nanoseconds per lookup are operation_ns in summary.csv: CPU time, making the container included, by the questions.
 * Bytes per element are peak_live_bytes by n, in the census.csv of
 * `build/counted/refcount/lookup -v list_hits -n 1000 --profile FOLDER`, 8 of them the number itself: 16.8 in a list, 53.3 in a
 * set, 53.3 in a dict, where every element is its own value; a third of a table's are the smaller one before it doubled.
 * Not good for: keys that take longer to hash and compare; elements in no order of memory, for the list's stand side by side.
 * There are as many questions at every n: what n costs a list and a generator for each, a set and a dict are spared. The small
 * n are there to find from how many elements on hashing pays. */
#include "workload.h"

#include "objects/dict.h"
#include "objects/list.h"
#include "objects/number.h"
#include "objects/set.h"

enum { QUESTIONS = 40000 };

/* Element i of a sequence in which no number comes twice, for the step is odd; the first n are looked among. */
static uint64_t element(uint64_t i)
{
    return cell_seed + i * 0xD1342543DE82EF95u;
}

GENERATOR(Elements, Number, uint64_t n, i)
{
    start;
    for (self->i = 0; self->i < self->n; self->i++) {
        renew(self->item, Number)->value = element(self->i);
        yield(self->item);
    }
    finish;
}

typedef bool Has(void *elements, Number *wanted);

/* A hit asks for one of the first n elements, a miss for the one n further on; the right answer is worth the same. */
static inline __attribute__((always_inline)) uint64_t ask(uint64_t n, bool is_there, Has *has, void *elements)
{
    Random random = random_salted(0);
    local(Number) wanted = new(Number);
    uint64_t worth = 0;
    for (int asked = 0; asked < QUESTIONS; asked++) {
        uint64_t i = random_below(&random, n);
        wanted->value = element(is_there ? i : n + i);
        if (has(elements, wanted) == is_there)
            worth += i + 1;
    }
    operations += QUESTIONS;
    return worth;
}

/* ---- list, set and dict are made once ---------------------------------------------------------------------------- */

static bool list_knows(void *elements, Number *wanted)
{
    return list_has(elements, wanted, numbers);
}

static uint64_t ask_list(uint64_t n, bool is_there)
{
    local(List) elements = new(List);
    each (Number, x, Elements, .n = n)
        list_append(elements, share(x));
    return ask(n, is_there, list_knows, elements);
}

static bool set_knows(void *elements, Number *wanted)
{
    return set_has(elements, wanted, numbers);
}

static uint64_t ask_set(uint64_t n, bool is_there)
{
    local(Set) elements = new(Set);
    each (Number, x, Elements, .n = n)
        set_add(elements, share(x), numbers);
    return ask(n, is_there, set_knows, elements);
}

static bool dict_knows(void *elements, Number *wanted)
{
    return dict_get(elements, wanted, numbers) != NULL;
}

static uint64_t ask_dict(uint64_t n, bool is_there)
{
    local(Dict) elements = new(Dict);
    each (Number, x, Elements, .n = n)
        dict_put(elements, share(x), share(x), numbers);
    return ask(n, is_there, dict_knows, elements);
}

/* ---- generator: nothing is kept but how many there are ----------------------------------------------------------- */

static bool generator_yields(void *n, Number *wanted)
{
    bool found = false;
    region
        each (Number, x, Elements, .n = *(uint64_t *)n)
            if ((found = number_equal(x, wanted)))
                break;
    return found;
}

static uint64_t list_hits(uint64_t n) { return ask_list(n, true); }
static uint64_t list_misses(uint64_t n) { return ask_list(n, false); }
static uint64_t set_hits(uint64_t n) { return ask_set(n, true); }
static uint64_t set_misses(uint64_t n) { return ask_set(n, false); }
static uint64_t dict_hits(uint64_t n) { return ask_dict(n, true); }
static uint64_t dict_misses(uint64_t n) { return ask_dict(n, false); }
static uint64_t generator_hits(uint64_t n) { return ask(n, true, generator_yields, &n); }
static uint64_t generator_misses(uint64_t n) { return ask(n, false, generator_yields, &n); }

/* Every answer is right. */
static uint64_t worth_of_all(uint64_t n)
{
    Random random = random_salted(0);
    uint64_t worth = 0;
    for (int asked = 0; asked < QUESTIONS; asked++)
        worth += 1 + random_below(&random, n);
    return worth;
}

WORKLOAD(lookup, TECHNIQUE, SWEPT_BY(100, 1000, 5000, 10, 50, 100, 200, 500, 1000), "whether a number is among n others, asked 40000 times",
    VARIANT(list_hits, REPEATED(8)),
    VARIANT(list_misses, REPEATED(5)),
    VARIANT(set_hits, REPEATED(300)),
    VARIANT(set_misses, REPEATED(220)),
    VARIANT(dict_hits, REPEATED(180)),
    VARIANT(dict_misses, REPEATED(140)),
    VARIANT(generator_hits, STREAMS, REPEATED(5)),
    VARIANT(generator_misses, STREAMS, REPEATED(3)));
REFERENCE(worth_of_all);
LARGEST(UINT64_C(1) << 32); /* questions are drawn by random_below */
