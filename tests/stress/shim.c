/* What stands between the runner and the C library in tests of faults: preloaded (LD_PRELOAD), it kills the runner at a step,
 * and lets the wall clock jump. Not in what the runner starts.
 *
 * RECLAIM_STEP=n   SIGKILL before the n-th call that changes files or starts a process, from 1 on
 * RECLAIM_STEPS=f  writes into the file f how many of these calls there were, when the runner ends by itself
 * RECLAIM_WALL=f   adds the number in the file f to the wall clock, in s; it is read whenever the runner asks for the time
 *
 * The clock that nobody sets (CLOCK_MONOTONIC) stays as it is, as it does on a machine whose time is set. */
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static pid_t runner;
static long last, steps;
static const char *steps_file, *wall_file;

__attribute__((constructor)) static void begin(void)
{
    const char *step = getenv("RECLAIM_STEP");
    runner = getpid();
    last = step ? atol(step) : 0;
    steps_file = getenv("RECLAIM_STEPS");
    wall_file = getenv("RECLAIM_WALL");
    unsetenv("LD_PRELOAD");
}

__attribute__((destructor)) static void end(void)
{
    FILE *out = steps_file && getpid() == runner ? fopen(steps_file, "w") : NULL;
    if (out) {
        fprintf(out, "%ld\n", steps);
        fclose(out);
    }
}

/* ---- Steps ---------------------------------------------------------------------------------------------------------- */

static void step(void)
{
    if (getpid() == runner && ++steps == last)
        kill(runner, SIGKILL);
}

#define STEP(type, name, parameters, arguments)                                                                         \
    type name parameters                                                                                                \
    {                                                                                                                   \
        type (*real) parameters = (type (*) parameters)dlsym(RTLD_NEXT, #name);                                         \
        step();                                                                                                         \
        return real arguments;                                                                                          \
    }

STEP(ssize_t, write, (int file, const void *bytes, size_t count), (file, bytes, count))
STEP(int, fsync, (int file), (file))
STEP(int, fdatasync, (int file), (file))
STEP(int, ftruncate, (int file, off_t length), (file, length))
STEP(int, truncate, (const char *file, off_t length), (file, length))
STEP(int, rename, (const char *from, const char *to), (from, to))
STEP(int, unlink, (const char *file), (file))
STEP(int, unlinkat, (int folder, const char *file, int flags), (folder, file, flags))
STEP(int, rmdir, (const char *folder), (folder))
STEP(int, mkdir, (const char *folder, mode_t mode), (folder, mode))
STEP(FILE *, fopen, (const char *file, const char *mode), (file, mode))
STEP(int, fflush, (FILE *file), (file))
STEP(int, fclose, (FILE *file), (file))
STEP(pid_t, fork, (void), ())

/* ---- The wall clock ------------------------------------------------------------------------------------------------- */

static long jump_s(void)
{
    char text[32] = "";
    int file = wall_file ? open(wall_file, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0)
        return 0;
    if (read(file, text, sizeof text - 1) < 0)
        text[0] = '\0';
    close(file);
    return atol(text);
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
    int (*real)(clockid_t, struct timespec *) = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    int status = real(clock, now);
    if (status == 0 && clock == CLOCK_REALTIME)
        now->tv_sec += jump_s();
    return status;
}

time_t time(time_t *result)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (result)
        *result = now.tv_sec;
    return now.tv_sec;
}
