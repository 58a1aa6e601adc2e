/* requests: the word of a workload for whose work somebody waits.
 *
 *     requests (i, count) { … }
 *
 * is a loop, and its body is request i, counted from 0, of so many. It ends by itself: no break, no return. A request takes 1 us or
 * more; what takes less is done several times in one. In a counted cell under --latency a request begins when it is due
 * (profile/latency.h), in every other cell at once. */
#ifndef REQUESTS_H
#define REQUESTS_H

#include <stdbool.h>
#include <stdint.h>

#include "cell.h"

const bool cell_names_requests = true;

#ifdef COUNTED

#include "profile/latency.h"

#define requests(i, count) \
    for (uint64_t i = 0, count_ = (count); i < count_ && (request_begin(i), true); request_end(), i++)

#else

#define requests(i, count) for (uint64_t i = 0, count_ = (count); i < count_; i++)

#endif

#endif
