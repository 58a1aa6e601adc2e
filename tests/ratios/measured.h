/* What the programs of tests/ratios share: they are written in the words, but have a main of their own, for they time parts of
 * what they do. Each prints nanoseconds of processor time for one object. */
#ifndef MEASURED_H
#define MEASURED_H

#include <ctype.h>
#include <errno.h>
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

static const Setting *setting_named(const char *name, size_t length)
{
    for (const Setting *s = __start_settings; s < __stop_settings; s++)
        if (strlen(s->name) == length && memcmp(s->name, name, length) == 0)
            return s;
    fprintf(stderr, "the strategy has no setting '%.*s'\n", (int)length, name);
    exit(2);
}

static void set_setting(const char *name, const char *equals)
{
    const Setting *setting = setting_named(name, (size_t)(equals - name));
    char *end;
    errno = 0;
    uint64_t value = strtoull(equals + 1, &end, 10);
    if (errno || *end || !isdigit((unsigned char)equals[1]) || value < setting->least || value > setting->most) {
        fprintf(stderr, "%s is a whole number from %" PRIu64 " to %" PRIu64 "\n", setting->name, setting->least, setting->most);
        exit(2);
    }
    *setting->value = value;
}

/* Takes words of the form name=value, wherever they stand, from among the others. */
static void take_settings(int *count, char **words)
{
    int others = 1;
    for (int i = 1; i < *count; i++) {
        const char *equals = strchr(words[i], '=');
        if (equals)
            set_setting(words[i], equals);
        else
            words[others++] = words[i];
    }
    *count = others;
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
