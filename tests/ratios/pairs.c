/* Pairs that refer to each other, made and dropped, which counting cannot free, and nothing else: pairs N.
 * Prints ns per pair. */
#include "measured.h"

typedef struct Half Half;
struct Half {
    Half *other;
};
refs(Half, other);

static void make_pair(void)
{
    local(Half) one = new(Half);
    put(one->other, new(Half));
    set(one->other->other, one);
}

int main(int count, char **words)
{
    take_settings(&count, words);
    uint64_t n = number_argument(count, words, 1, 1000000);
    end_if_unsupported(unsupported_because);
    heap_open();
    uint64_t begun = processor_ns();
    region {
        for (uint64_t i = 0; i < n; i++)
            make_pair();
        collect();
    }
    printf("%.4f\n", (double)(processor_ns() - begun) / (double)n);
    heap_close();
    return 0;
}
