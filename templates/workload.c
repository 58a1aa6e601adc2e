/* NAME: what the program does. Here n numbers are boxed and added up, a thousand at a time.
 * Stresses what it asks of memory: the birth of small objects, and their death all at once. After where it comes from, with the
 * parameters that were published. Not good for: what nobody should conclude from it; no box here has two owners. */
#include "workload.h" /* after the system's headers: new, set and its other words are macros */

/* An object is a struct, and refs names those of its fields that are references to objects. */
typedef struct Box Box;
struct Box { Box *next; uint64_t number; };
refs(Box, next);

/* A result is owned by the caller, a parameter is borrowed. The numbers from one up to another, the last in front. */
static Box *boxes(uint64_t from, uint64_t to)
{
    local(Box) first = NULL; /* owns what it holds until its scope ends */
    for (uint64_t number = from; number < to; number++) {
        local(Box) box = new(Box);
        box->number = number;
        put(box->next, give(first));
        put(first, give(box));
    }
    return give(first);
}

/* A variant does the work at size n and returns its answer, which is the same under every strategy and depends on what the
 * objects hold. It counts its operations, so that half the work is not taken for twice the speed. */
static uint64_t boxed(uint64_t n)
{
    uint64_t sum = 0;
    for (uint64_t from = 0; from < n; from += 1000)
        region { /* what is born inside and kept by nobody outside is dead at its end */
            local(Box) first = boxes(from, from + 1000 < n ? from + 1000 : n);
            for (Box *box = first; box; box = box->next)
                sum += box->number;
        }
    operations += n;
    return sum;
}

/* The answer, computed another way. */
static uint64_t sum_by_formula(uint64_t n)
{
    return n % 2 ? (n - 1) / 2 * n : n / 2 * (n - 1);
}

/* The sizes of a quick, a standard and a full run: about 5 ms, 50 ms and more under the fastest strategy. A variant may be
 * STREAMS (it never holds its whole input), CYCLIC (it drops cycles of objects), SUPERLINEAR (twice the operations cost more
 * than twice). */
WORKLOAD(NAME, MICRO, SIZES(2000000, 20000000, 100000000), "n numbers in boxes, added up",
    VARIANT(boxed, STREAMS));
REFERENCE(sum_by_formula);
