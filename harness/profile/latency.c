#include "latency.h"

#include <inttypes.h>
#include <time.h>

#define LATENCY_BITS 7 /* to 0.8% */
#include "cell/latencies.h"
#include "own_memory.h"

static struct {
    Latencies *latency, *service; /* NULL: nothing is timed */
    uint64_t period_ns, served_ns;
    uint64_t due_ns, start_ns;    /* of the present request */
} metered;

static uint64_t clock_reading_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

void latency_begin(uint64_t period_ns)
{
    metered.latency = own_memory(sizeof *metered.latency);
    metered.service = own_memory(sizeof *metered.service);
    metered.period_ns = period_ns;
}

void request_begin(uint64_t i)
{
    if (!metered.latency)
        return;
    uint64_t now_ns = clock_reading_ns();
    metered.due_ns = i == 0 || metered.period_ns == 0 ? now_ns : metered.due_ns + metered.period_ns;
    while (now_ns < metered.due_ns)
        now_ns = clock_reading_ns();
    metered.start_ns = now_ns;
}

void request_end(void)
{
    if (!metered.latency)
        return;
    uint64_t now_ns = clock_reading_ns();
    latencies_add(metered.latency, now_ns - metered.due_ns);
    latencies_add(metered.service, now_ns - metered.start_ns);
    metered.served_ns += now_ns - metered.start_ns;
}

void latency_write(FILE *out)
{
    fputs("ns,latencies,services\n", out);
    for (size_t i = 0; i < LATENCY_BUCKETS; i++)
        if (metered.latency->bucket[i] || metered.service->bucket[i])
            fprintf(out, "%" PRIu64 ",%" PRIu64 ",%" PRIu64 "\n", latency_most(i), metered.latency->bucket[i],
                    metered.service->bucket[i]);
}

void latency_write_totals(FILE *out)
{
    fputs("requests,period_ns,served_ns,latency_longest_ns,service_longest_ns\n", out);
    fprintf(out, "%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 "\n", metered.latency->count, metered.period_ns,
            metered.served_ns, metered.latency->longest, metered.service->longest);
}
