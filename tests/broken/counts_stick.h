/* refcount, whose counts are full at 2^16: what ever had so many owners lives for ever. */
/* Caught by: leaks: [0-9]+ \([0-9]+ bytes\) more than predicted */
#include "refcount.h"

enum { STICKS_AT = 1 << 16, STICKS_BIT = 40 /* of the count, above any number of owners */ };

static inline void sticks_retain(void *object)
{
    counting_retain(object);
    if (object && counting_count(object) == STICKS_AT)
        *counting_head(object) |= COUNTING_BIT(STICKS_BIT);
}

#undef retain
#define retain(object) sticks_retain(object)
