/* How a test of a statement fails: it ends its process, with a sentence. */
#ifndef DEMAND_H
#define DEMAND_H

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

/* What must be so, and else a sentence, as for printf. */
#define demand(condition, ...)                                                                                         \
    do {                                                                                                               \
        if (!(condition))                                                                                              \
            fail_in(__FILE__, __LINE__, __VA_ARGS__);                                                                  \
    } while (0)

/* As many as expected; or fewer, by no more than `spared`. */
#define demand_equal(actual, expected) demand_near(actual, expected, 0)
#define demand_near(actual, expected, spared)                                                                          \
    do {                                                                                                               \
        uint64_t actual_ = (actual), most_ = (expected), spared_ = (spared);                                           \
        uint64_t least_ = most_ > spared_ ? most_ - spared_ : 0;                                                       \
        if (actual_ < least_ || actual_ > most_)                                                                       \
            fail_of_number(__FILE__, __LINE__, #actual, actual_, least_, most_);                                       \
    } while (0)

static _Noreturn __attribute__((noinline, format(printf, 3, 4))) void fail_in(const char *file, int line, const char *sentence,
                                                                              ...)
{
    va_list arguments;
    fprintf(stderr, "%s:%d: ", file, line);
    va_start(arguments, sentence);
    vfprintf(stderr, sentence, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    _exit(1);
}

static _Noreturn __attribute__((noinline)) void fail_of_number(const char *file, int line, const char *what, uint64_t actual,
                                                               uint64_t least, uint64_t most)
{
    if (least == most)
        fail_in(file, line, "%s is %" PRIu64 ", where %" PRIu64 " is expected", what, actual, most);
    fail_in(file, line, "%s is %" PRIu64 ", where %" PRIu64 " to %" PRIu64 " is expected", what, actual, least, most);
}

#endif
