/* What a birth costs, objects of 16 bytes: births WHERE N, where WHERE is
 *   cold   memory that the system has just given: every page is fresh
 *   warm   memory that was used before, a thousand objects at a time, so that it is in the cache
 * Prints ns per object, its death included. */
#include "measured.h"

enum { ROUND = 1000 }; /* objects */

typedef struct Pair Pair;
struct Pair {
    Pair *first, *second;
};
refs(Pair, first, second);

static void make(uint64_t n)
{
    region {
        local(Pair) last = NULL;
        for (uint64_t i = 0; i < n; i++) {
            local(Pair) next = new(Pair);
            put(next->first, give(last));
            last = give(next);
        }
    }
}

static bool is_warm(const char *where)
{
    if (strcmp(where, "warm") != 0 && strcmp(where, "cold") != 0)
        refuse("births WHERE N: WHERE is cold or warm, not '%s'", where);
    return strcmp(where, "warm") == 0;
}

int main(int count, char **words)
{
    take_settings(&count, words);
    bool warm = is_warm(count > 1 ? words[1] : "");
    uint64_t n = number_argument(count, words, 2, 10000000), round = warm ? ROUND : n;
    end_if_unsupported(unsupported_because);
    heap_open();
    if (warm)
        make(round);
    uint64_t begun = processor_ns();
    for (uint64_t made = 0; made < n; made += round)
        make(round);
    printf("%.4f\n", (double)(processor_ns() - begun) / (double)n);
    heap_close();
    return 0;
}
