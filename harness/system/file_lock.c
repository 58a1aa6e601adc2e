#include "file_lock.h"

#include "clean.h"
#include "fail.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE_S = 1, LOOKS_PER_S = 100 };

/* Written before the signal can come, for a handler may not print. */
static char waiting[400];

static void say_waiting(int signal)
{
    (void)signal;
    if (write(STDERR_FILENO, waiting, strlen(waiting)) < 0)
        return; /* there is nobody to tell */
}

/* The kernel lets those that wait in by turns; who only looked again and again would find it taken by whoever is quicker. */
static bool wait_in_line(int file, const char *sentence)
{
    struct sigaction before;
    snprintf(waiting, sizeof waiting, "reclaim: %s", sentence);
    clean_text(waiting);
    strncat(waiting, "\n", sizeof waiting - strlen(waiting) - 1);
    sigaction(SIGALRM, &(struct sigaction){ .sa_handler = say_waiting, .sa_flags = SA_RESTART }, &before);
    alarm(PATIENCE_S);
    bool locked = flock(file, LOCK_EX) == 0;
    int error = errno;
    alarm(0);
    sigaction(SIGALRM, &before, NULL);
    errno = error;
    return locked;
}

bool file_lock_wait(int file, const char *sentence)
{
    if (flock(file, LOCK_EX | LOCK_NB) == 0)
        return true;
    return errno == EWOULDBLOCK && wait_in_line(file, sentence);
}

/* False, with errno, after a second in which it was always locked, or at once when it cannot be locked at all. */
static bool lock_soon(int file)
{
    for (int look = 0; flock(file, LOCK_EX | LOCK_NB) != 0; look++) {
        if (errno != EWOULDBLOCK || look == PATIENCE_S * LOOKS_PER_S)
            return false;
        nanosleep(&(struct timespec){ .tv_nsec = 1000000000 / LOOKS_PER_S }, NULL);
    }
    return true;
}

int folder_lock(const char *folder)
{
    int lock = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (lock < 0)
        fail("cannot open the folder %s: %s", folder, strerror(errno));
    if (lock_soon(lock))
        return lock;
    if (errno == EWOULDBLOCK)
        fail("another reclaim is at work on %s", folder);
    notice("cannot lock the folder %s: %s; take care that no other reclaim is at work on it", folder, strerror(errno));
    return lock;
}
