/* What the containers of workloads/objects cost: containers WHICH N, where WHICH is
 *   hit         a set of N numbers is asked for each of them, by the very objects that it has, in another order; no two of
 *               the numbers agree in their low bits, so that CPython's set is at its best
 *   equal       the same, by other objects that are equal; the numbers are as good as random
 *   append      N references are appended to an empty list, and the list is dropped
 *   capacities  prints how many places a list has after each append, where these have become more
 * N is a power of two for hit and equal. Prints ns for each key or item: the least of several rounds. The same work is done by
 * hand in tests/byhand/containers.c, and by CPython in tests/byhand/containers.py. */
#include "measured.h"

#include "objects/list.h"
#include "objects/number.h"
#include "objects/set.h"

enum { TOUCHED = 1 << 24 }; /* keys or items in all rounds together, at the least */

/* N different numbers below 2^30, which are one digit of a Python int; and which of them is asked for as the i-th. */
static uint64_t spaced_value(uint64_t i) { return i * 2654435761 & ((1 << 30) - 1); }
static uint64_t random_value(uint64_t i) { return spaced_value(spaced_value(i) ^ spaced_value(i) >> 15); }
static uint64_t asked_for(uint64_t i, uint64_t n) { return i * 40503 & (n - 1); }

static List *keys_of(uint64_t n, bool at_random)
{
    local(List) keys = new(List);
    for (uint64_t i = 0; i < n; i++)
        list_append(keys, number_of(at_random ? random_value(i) : spaced_value(i)));
    return give(keys);
}

static List *questions_of(List *keys, uint64_t n)
{
    local(List) questions = new(List);
    for (uint64_t i = 0; i < n; i++)
        list_append(questions, share(list_get(keys, asked_for(i, n))));
    return give(questions);
}

static __attribute__((noinline)) uint64_t found_of(const Set *members, const List *questions, uint64_t n)
{
    uint64_t found = 0;
    for (uint64_t i = 0; i < n; i++)
        found += set_has(members, list_get(questions, i), numbers);
    return found;
}

static uint64_t least_of_hits(uint64_t n, bool by_equals)
{
    local(List) keys = keys_of(n, by_equals);
    local(List) equals = by_equals ? keys_of(n, true) : share(keys);
    local(List) questions = questions_of(equals, n);
    local(Set) members = new(Set);
    for (uint64_t i = 0; i < n; i++)
        set_add(members, share(list_get(keys, i)), numbers);
    uint64_t least = UINT64_MAX;
    for (uint64_t touched = 0; touched < TOUCHED; touched += n) {
        uint64_t begun = processor_ns(), found = found_of(members, questions, n), spent = processor_ns() - begun;
        if (found != n)
            refuse("only %llu of the keys were found", (unsigned long long)found);
        least = spent < least ? spent : least;
    }
    return least;
}

static __attribute__((noinline)) void append_all(Number *item, uint64_t n)
{
    local(List) list = new(List);
    for (uint64_t i = 0; i < n; i++)
        list_append(list, share(item));
}

static uint64_t least_of_appends(uint64_t n)
{
    local(Number) item = number_of(1);
    uint64_t least = UINT64_MAX;
    for (uint64_t touched = 0; touched < TOUCHED; touched += n) {
        uint64_t begun = processor_ns();
        region append_all(item, n);
        uint64_t spent = processor_ns() - begun;
        least = spent < least ? spent : least;
    }
    return least;
}

static void print_capacities(uint64_t n)
{
    local(Number) item = number_of(1);
    local(List) list = new(List);
    for (size_t last = 0; list->length < n;) {
        list_append(list, share(item));
        if (list_capacity(list) != last)
            printf("%zu\n", last = list_capacity(list));
    }
}

int main(int count, char **words)
{
    take_settings(&count, words);
    const char *which = count > 1 ? words[1] : "";
    bool by_equals = strcmp(which, "equal") == 0;
    uint64_t n = number_argument(count, words, 2, 1 << 20);
    end_if_unsupported(unsupported_because);
    heap_open();
    if (strcmp(which, "capacities") == 0)
        print_capacities(n);
    else if ((by_equals || strcmp(which, "hit") == 0) && (n & (n - 1)) == 0)
        printf("%.4f\n", (double)least_of_hits(n, by_equals) / (double)n);
    else if (strcmp(which, "append") == 0)
        printf("%.4f\n", (double)least_of_appends(n) / (double)n);
    else
        refuse("containers WHICH N: WHICH is hit or equal, with a power of two for N, append or capacities, not '%s'", which);
    heap_close();
    return 0;
}
