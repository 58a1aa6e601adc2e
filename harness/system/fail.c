#include "fail.h"

#include "clean.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void say(const char *sentence, va_list values)
{
    if (isatty(STDERR_FILENO))
        fputs("\r\033[K", stderr); /* a progress bar may stand on this line */
    fputs("reclaim: ", stderr);
    vprint_clean(stderr, sentence, values);
    fputc('\n', stderr);
}

/* One thread ends the program, and another that has something to complain of meanwhile waits for that. */
static pthread_mutex_t ending = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

void fail(const char *sentence, ...)
{
    va_list values;
    pthread_mutex_lock(&ending);
    va_start(values, sentence);
    say(sentence, values);
    va_end(values);
    exit(CANNOT_GO_ON);
}

void notice(const char *sentence, ...)
{
    va_list values;
    va_start(values, sentence);
    say(sentence, values);
    va_end(values);
}
