/* What the programs of tests/ratios share: they are written in the words, but have a main of their own, for they time parts of
 * what they do. Each prints nanoseconds of processor time for one object. */
#ifndef MEASURED_H
#define MEASURED_H

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../alone.h"
#include "cell/settings.h"

static _Noreturn __attribute__((format(printf, 1, 2))) void refuse(const char *sentence, ...)
{
    va_list arguments;
    va_start(arguments, sentence);
    vfprintf(stderr, sentence, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(2);
}

/* Of all threads of the process; the clock itself costs a quarter of a microsecond. */
static uint64_t processor_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* Takes the words --set name=value, wherever they stand, from among the others. */
static void take_settings(int *count, char **words)
{
    int others = 1;
    for (int i = 1; i < *count; i++) {
        if (strcmp(words[i], "--set") != 0) {
            words[others++] = words[i];
            continue;
        }
        const char *complaint = ++i < *count ? settings_assign(words[i]) : "--set wants name=value";
        if (complaint)
            refuse("%s", complaint);
    }
    *count = others;
}

/* Where there is a reason why the strategy cannot do it, that is all that is said. */
static void end_if_unsupported(const char *reason)
{
    if (reason) {
        printf("unsupported: %s\n", reason);
        exit(0);
    }
}

static uint64_t number_argument(int count, char **words, int which, uint64_t otherwise)
{
    if (which >= count)
        return otherwise;
    char *rest;
    errno = 0;
    uint64_t number = strtoull(words[which], &rest, 10);
    if (words[which][0] < '0' || words[which][0] > '9' || *rest || errno || number == 0)
        refuse("'%s' is no whole number from 1 on", words[which]);
    return number;
}

#endif
