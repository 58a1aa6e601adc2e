/* Latency: how long requests (requests.h) wait and are worked on, at a fixed rate.
 *
 * Request i is due i periods after the first, whatever became of those before: who is late has waited since then, for nobody who
 * asks knows that the program stands still. Timed from their actual starts, one of all the requests that a long pause delays
 * would look slow, and the others fast: G. Tene's coordinated omission. (DaCapo's metered latency, Blackburn et al. 2025, makes
 * up the dues afterwards; here the program waits for them.) Between requests it does nothing but read the clock.
 *
 * Invariant: memory is reserved before the first request, and is not the strategy's. Period 0: each is due when the one before is
 * done, so that nothing waits; it tells how long the work itself takes. */
#ifndef LATENCY_H
#define LATENCY_H

#include <stdint.h>
#include <stdio.h>

/* The requests that follow are timed, and due so many ns apart. */
void latency_begin(uint64_t period_ns);

/* Around request i of a loop, whose first is due at once. */
void request_begin(uint64_t i);
void request_end(void);

/* How often a request took at most so long, and longer than the row before says: from when it was due, and from its start. */
void latency_write(FILE *out);

/* One row: how many requests, their period, the time that they were worked on, and the longest of both kinds. */
void latency_write_totals(FILE *out);

#endif
