/* Ring: a window of messages moves over a stream; each new message takes the place of the oldest.
 * Stresses how long one push can take while much is alive: no message is garbage for long, and every collection finds the whole
 * window.
 * After J. Fisher, "Low latency, large working set, and GHC's garbage collector", 2016, and W. Sewell's gc-latency-experiment:
 * 200,000 messages of 1 KiB, every byte written, of 10,000,000 pushed in all; smaller runs keep a fifth of what they push.
 * A push takes little more than reading the clock, so 16 are timed together: a pause stands out all the same.
 * The 16 are also one request (requests.h), of which a counted run finds out how long it waits at a fixed rate.
 * Not good for: throughput, most of which is the writing of messages; pauses shorter than 16 pushes. */
#include "workload.h"

#include "cell/latencies.h"
#include "requests.h"

#include "objects/window.h"

enum { WINDOW = 200000 /* messages, at most */, BATCH = 16 };

static uint64_t push_all(Window *window, uint64_t n, Latencies *latencies)
{
    uint64_t sum = 0, before = clock_ns();
    requests (batch, n / BATCH) {
        for (uint64_t i = 0; i < BATCH; i++)
            sum = sum * 31 + window_push(window, batch * BATCH + i);
        uint64_t now = clock_ns();
        latencies_add(latencies, now - before);
        before = now;
    }
    for (uint64_t i = n / BATCH * BATCH; i < n; i++)
        sum = sum * 31 + window_push(window, i);
    return sum;
}

static uint64_t window(uint64_t n)
{
    Latencies latencies = { 0 };
    local(Window) window = new_of(Window, n / 5 < WINDOW ? n / 5 + 1 : WINDOW);
    uint64_t sum = push_all(window, n, &latencies);
    for (uint64_t i = n - window->length; i < n; i++)
        sum = sum * 31 + window_read(window->at[i % window->length]);
    figure(pushes16_median_ns, latencies_per_mille(&latencies, 500));
    figure(pushes16_p999_ns, latencies_per_mille(&latencies, 999));
    figure(pushes16_longest_ns, latencies.longest);
    operations += n;
    return sum;
}

static uint64_t sum_of_messages(uint64_t n)
{
    uint64_t sum = 0;
    for (uint64_t i = 0; i < n; i++)
        sum = sum * 31 + window_read_expected(i);
    return sum;
}

WORKLOAD(ring, CLASSIC, SIZES(40000, 330000, 10000000), "the longest push into a window of messages that moves over a stream",
    VARIANT(window, STREAMS));
REFERENCE(sum_of_messages);
