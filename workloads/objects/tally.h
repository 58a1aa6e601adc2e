/* tally: how often each text occurs: a dict from Texts to Numbers, what Python calls a Counter. */
#ifndef TALLY_H
#define TALLY_H

#include "objects/dict.h"
#include "objects/number.h"
#include "objects/text.h"

/* Counts the text once more; the dict shares one that it has not seen yet. */
static inline void tally_add(Dict *tally, Text *text)
{
    Number *known = dict_get(tally, text, texts);
    if (known)
        known->value++;
    else
        dict_put(tally, share(text), number_of(1), texts);
}

/* Of all texts and how often they occur, in whatever order the dict has them. Squared, for one that was taken for two would
 * else add up to the same. */
static inline uint64_t tally_checksum(const Dict *tally)
{
    uint64_t sum = 0;
    void **entry;
    for (size_t i = 0; (entry = dict_next(tally, &i));) {
        Number *times = entry[1];
        sum += text_checksum(entry[0]) * times->value * times->value;
    }
    return sum;
}

#endif
