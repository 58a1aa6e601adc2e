/* array: a fixed number of references, all empty at birth. What the growing containers keep their contents in.
 * 8 bytes, and 8 for each reference. */
#ifndef ARRAY_H
#define ARRAY_H

#include "workload.h"

typedef struct Array {
    size_t length;
    void *at[];
} Array;
slots(Array);

#endif
