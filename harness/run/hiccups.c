#include "hiccups.h"

#include "clock.h"
#include "durable.h"
#include "memory.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 1 << 18 }; /* hiccups: more than one every 8 us of 2 s */

static uint64_t clock_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static int by_length(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Nearest rank: at least 99 of 100 are no longer. */
static double percentile_99(uint32_t *gap, size_t gaps)
{
    qsort(gap, gaps, sizeof *gap, by_length);
    return gaps ? (double)gap[(gaps * 99 + 99) / 100 - 1] : (double)NAN; /* which is a float, and would make one of both */
}

/* The room is written to beforehand: what a new page takes would be seen as a hiccup. */
Hiccups hiccups_spin(double seconds)
{
    uint32_t *gap = memory_new(MOST, sizeof *gap);
    for (size_t i = 0; i < MOST; i++)
        ((volatile uint32_t *)gap)[i] = 1;
    Hiccups seen = { 0 };
    uint64_t begun = clock_ns(), last = begun, until = begun + (uint64_t)(seconds * 1e9);
    for (uint64_t now = begun; now < until && seen.hiccups < MOST; last = now) {
        now = clock_ns();
        uint64_t length = now - last;
        seen.worst_ns = fmax(seen.worst_ns, (double)length);
        if (length < HICCUP_NS)
            continue;
        gap[seen.hiccups++] = length < UINT32_MAX ? (uint32_t)length : UINT32_MAX;
        seen.lost_s += (double)length * 1e-9;
    }
    seen.spun_s = (double)(last - begun) * 1e-9;
    seen.p99_ns = percentile_99(gap, seen.hiccups);
    free(gap);
    return seen;
}

double hiccups_seconds(size_t cells)
{
    return fmin(fmax(0.01 * (double)cells, 0.05), 2);
}

void hiccups_add(const char *file, const Hiccups *hiccups, TextPool *pool)
{
    Sheet before = { 0 };
    if (access(file, F_OK) == 0)
        before = sheet_load(file, &hiccups_layout, pool);
    Durable durable = durable_begin(file);
    rows_write_header(durable.out, &hiccups_layout);
    for (size_t i = 0; i < before.rows; i++)
        rows_write(durable.out, &hiccups_layout, (const Hiccups *)before.row + i);
    rows_write(durable.out, &hiccups_layout, hiccups);
    durable_end(&durable);
    sheet_free(&before);
}

double hiccups_since_s(const char *file, double begun, TextPool *pool)
{
    double since_s = fmax((double)time(NULL) - begun, 0);
    Sheet before = { 0 };
    if (access(file, F_OK) == 0)
        before = sheet_load(file, &hiccups_layout, pool);
    for (size_t i = 0; i < before.rows; i++)
        since_s = fmax(since_s, ((const Hiccups *)before.row)[i].started_s);
    sheet_free(&before);
    return since_s;
}

void hiccups_watch(const char *file, const Pinning *pinning, const Hiccups *told, size_t cells, TextPool *pool)
{
    pinning_visit_trials(pinning);
    Hiccups hiccups = hiccups_spin(hiccups_seconds(cells));
    pinning_begin(pinning);
    hiccups.moment = told->moment;
    hiccups.started_s = whole_microseconds(told->started_s);
    hiccups.host = told->host;
    hiccups_add(file, &hiccups, pool);
}
