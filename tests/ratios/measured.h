/* What the programs of tests/ratios share: they are written in the words, but have a main of their own, for they time parts of
 * what they do. Each prints nanoseconds of processor time for one object. */
#ifndef MEASURED_H
#define MEASURED_H

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "workload.h"

uint64_t operations;
uint64_t cell_seed = 1;
const char *cell_input;

_Noreturn void out_of_memory(size_t bytes)
{
    fprintf(stderr, "out of memory: %zu bytes\n", bytes);
    exit(1);
}

/* Of all threads of the process; the clock itself costs a quarter of a microsecond. */
static uint64_t processor_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* The strategy's settings, gathered by the linker (parts/setting.h). */
extern const Setting __start_settings[] __attribute__((weak)), __stop_settings[] __attribute__((weak));

/* Words of the form name=value, wherever they stand. */
static void take_settings(int count, char **words)
{
    for (int i = 1; i < count; i++)
        for (const Setting *s = __start_settings; s < __stop_settings; s++) {
            size_t length = strlen(s->name);
            if (strncmp(words[i], s->name, length) == 0 && words[i][length] == '=')
                *s->value = strtoull(words[i] + length + 1, NULL, 10);
        }
}

/* Where the strategy cannot run, its reason is all that is said. */
static void demand_support(void)
{
    const char *reason = unsupported_because;
    if (reason) {
        printf("unsupported: %s\n", reason);
        exit(0);
    }
}

static uint64_t number_argument(int count, char **words, int which, uint64_t otherwise)
{
    return which < count ? strtoull(words[which], NULL, 10) : otherwise;
}

#endif
