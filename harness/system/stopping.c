#include "stopping.h"

#include "clean.h"
#include "fail.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Written before any signal can come, for a handler may not print. */
static char last_words[400];

static void say_last_words(void)
{
    if (*last_words && write(STDERR_FILENO, last_words, strlen(last_words)) < 0)
        return; /* there is nobody left to tell */
}

static void stop_at_once(int signal)
{
    say_last_words();
    _exit(STOPPED_BY_SIGNAL + signal);
}

static void handle(int signal)
{
    struct sigaction before;
    if (sigaction(signal, NULL, &before) == 0 && before.sa_handler != SIG_IGN)
        sigaction(signal, &(struct sigaction){ .sa_handler = stop_at_once }, NULL);
}

void stopping_says(const char *sentence, ...)
{
    char text[sizeof last_words - 20]; /* what stands around it */
    va_list values;
    va_start(values, sentence);
    vsnprintf(text, sizeof text, sentence, values);
    va_end(values);
    clean_text(text);
    snprintf(last_words, sizeof last_words, "%sreclaim: %s\n", isatty(STDERR_FILENO) ? "\r\033[K" : "", text);
    handle(SIGINT);
    handle(SIGTERM);
    handle(SIGHUP);
}

void stop_by(int signal)
{
    say_last_words();
    exit(STOPPED_BY_SIGNAL + signal);
}
