#include "block_numbers.h"

#include "fail.h"

#include <stdio.h>
#include <stdlib.h>

static size_t end_of_stretch(const bool *told, size_t first, size_t blocks)
{
    size_t last = first;
    while (last < blocks && told[last + 1])
        last++;
    return last;
}

char *block_numbers(const bool *told, size_t blocks)
{
    char *text;
    size_t length, last;
    FILE *out = open_memstream(&text, &length);
    if (out == NULL)
        fail("no memory for the numbers of blocks");
    for (size_t first = 1, before = 0; first <= blocks; first = last + 1) {
        last = first;
        if (!told[first])
            continue;
        last = end_of_stretch(told, first, blocks);
        fprintf(out, last > first ? "%s%zu-%zu" : "%s%zu", before++ ? "," : "", first, last);
    }
    if (fclose(out) != 0)
        fail("no memory for the numbers of blocks");
    return text;
}
