/* A set and a list as one would write them by hand, without the words: what the containers of workloads/objects are held
 * against. The set is open addressing in a table of pointers, probed linearly, at most a quarter of it taken, with the
 * same hash; the list is an array that realloc doubles.
 * Same work as tests/ratios/containers.c: containers hit|equal|append N prints ns for each, the least of several rounds. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { TOUCHED = 1 << 24 };

typedef struct Number {
    uint64_t value;
} Number;

typedef struct Set {
    Number **places;
    size_t mask, count;
} Set;

typedef struct List {
    Number **items;
    size_t length, capacity;
} List;

static void *checked(void *memory)
{
    if (!memory) {
        fputs("out of memory\n", stderr);
        exit(1);
    }
    return memory;
}

static Number *number_of(uint64_t value)
{
    Number *number = checked(malloc(sizeof *number));
    number->value = value;
    return number;
}

static uint64_t hash(const Number *number)
{
    return (number->value ^ number->value >> 32) * 0x9E3779B97F4A7C15u;
}

static Number **set_place(const Set *set, const Number *key)
{
    size_t i = (unsigned __int128)hash(key) * (set->mask + 1) >> 64;
    while (set->places[i] && set->places[i]->value != key->value)
        i = (i + 1) & set->mask;
    return &set->places[i];
}

static void set_resize(Set *set, size_t places)
{
    Set old = *set;
    *set = (Set){ checked(calloc(places, sizeof *set->places)), places - 1, old.count };
    for (size_t i = 0; old.places && i <= old.mask; i++)
        if (old.places[i])
            *set_place(set, old.places[i]) = old.places[i];
    free(old.places);
}

static void set_add(Set *set, Number *key)
{
    if (!set->places || 4 * (set->count + 1) > set->mask + 1)
        set_resize(set, set->places ? 2 * (set->mask + 1) : 8);
    Number **place = set_place(set, key);
    set->count += !*place;
    *place = key;
}

static inline void list_append(List *list, Number *item)
{
    if (list->length == list->capacity) {
        list->capacity = list->capacity ? 2 * list->capacity : 4;
        list->items = checked(realloc(list->items, list->capacity * sizeof *list->items));
    }
    list->items[list->length++] = item;
}

static uint64_t processor_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static __attribute__((noinline)) uint64_t found_of(const Set *set, const List *questions)
{
    uint64_t found = 0;
    for (size_t i = 0; i < questions->length; i++)
        found += *set_place(set, questions->items[i]) != NULL;
    return found;
}

static uint64_t spaced_value(uint64_t i) { return i * 2654435761 & ((1 << 30) - 1); }
static uint64_t random_value(uint64_t i) { return spaced_value(spaced_value(i) ^ spaced_value(i) >> 15); }

static List keys_of(uint64_t n, bool at_random)
{
    List keys = { 0 };
    for (uint64_t i = 0; i < n; i++)
        list_append(&keys, number_of(at_random ? random_value(i) : spaced_value(i)));
    return keys;
}

static uint64_t least_of_hits(uint64_t n, bool by_equals)
{
    List keys = keys_of(n, by_equals), equals = by_equals ? keys_of(n, true) : keys, questions = { 0 };
    Set set = { 0 };
    for (uint64_t i = 0; i < n; i++)
        list_append(&questions, equals.items[i * 40503 & (n - 1)]);
    for (uint64_t i = 0; i < n; i++)
        set_add(&set, keys.items[i]);
    uint64_t least = UINT64_MAX;
    for (uint64_t touched = 0; n > 0 && touched < TOUCHED; touched += n) {
        uint64_t begun = processor_ns(), found = found_of(&set, &questions), spent = processor_ns() - begun;
        if (found != n)
            exit(1);
        least = spent < least ? spent : least;
    }
    return least;
}

static __attribute__((noinline)) uint64_t append(uint64_t n)
{
    Number item = { 1 };
    List list = { 0 };
    uint64_t begun = processor_ns();
    for (uint64_t i = 0; i < n; i++)
        list_append(&list, &item);
    __asm__ volatile("" : : "r"(list.items) : "memory"); /* the items are wanted */
    free(list.items);
    return processor_ns() - begun;
}

static uint64_t least_of_appends(uint64_t n)
{
    uint64_t least = UINT64_MAX;
    for (uint64_t touched = 0; n > 0 && touched < TOUCHED; touched += n) {
        uint64_t spent = append(n);
        least = spent < least ? spent : least;
    }
    return least;
}

int main(int argc, char **argv)
{
    const char *which = argc == 3 ? argv[1] : "";
    uint64_t n = argc == 3 ? strtoull(argv[2], NULL, 10) : 0;
    uint64_t least = strcmp(which, "append") == 0 ? least_of_appends(n) : least_of_hits(n, strcmp(which, "equal") == 0);
    printf("%.4f\n", (double)least / (double)n);
    return n == 0;
}
