#include "sharing.h"

#include "fail.h"
#include "process.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* What all the processes see: which part is next, and what came of those before. */
typedef struct Board {
    atomic_size_t next;
    _Alignas(max_align_t) char results[];
} Board;

enum { MOST_SHARERS = 64 };

size_t sharers(void)
{
    cpu_set_t cores;
    int count = sched_getaffinity(0, sizeof cores, &cores) == 0 ? CPU_COUNT(&cores) : 1;
    return count > MOST_SHARERS ? MOST_SHARERS : (size_t)count;
}

static Board *board_new(size_t bytes)
{
    Board *board = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (board == MAP_FAILED)
        fail("no memory for what is counted at once: %s", strerror(errno));
    return board;
}

/* In a process of its own, which does one part after the other, and dies with its parent. */
static _Noreturn void take_parts(SharedWork *work, void *context, Board *board, size_t count, size_t size)
{
    int signal = prctl(PR_SET_PDEATHSIG, SIGTERM) == 0 ? 0 : SIGTERM;
    processes_begin();
    for (size_t i; !signal && (i = atomic_fetch_add(&board->next, 1)) < count;)
        signal = work(context, i, board->results + i * size);
    _exit(signal ? STOPPED_BY_SIGNAL + signal : ALL_WELL);
}

/* The rest of those that there were, when one has failed or was stopped: what they started goes with them. Of one that was
 * killed itself this process has adopted what it had started. */
static void stop(const pid_t *sharer, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (sharer[i] > 0)
            kill(sharer[i], SIGTERM);
    for (size_t i = 0; i < count; i++)
        if (sharer[i] > 0)
            waitpid(sharer[i], NULL, 0);
    processes_clear();
}

/* False where the one that has ended is none of them, but was adopted. */
static bool forget(pid_t *sharer, size_t count, pid_t ended)
{
    for (size_t i = 0; i < count; i++)
        if (sharer[i] == ended) {
            sharer[i] = 0;
            return true;
        }
    return false;
}

/* One that ends with CANNOT_GO_ON has said why. */
static void must_be_in_order(int status, const pid_t *sharer, size_t count)
{
    if (WIFEXITED(status) && WEXITSTATUS(status) != CANNOT_GO_ON)
        return;
    stop(sharer, count);
    if (WIFSIGNALED(status))
        fail("a process that did a part of the work was killed by signal %d (%s)", WTERMSIG(status),
             strsignal(WTERMSIG(status)));
    exit(CANNOT_GO_ON);
}

/* Until a process ends, or somebody asks this one to: then the signal. */
static int wait_for_child(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    int signal = sigwaitinfo(&set, NULL);
    return signal == SIGCHLD ? 0 : signal > 0 ? signal : 0;
}

static int wait_for_all(pid_t *sharer, size_t count)
{
    for (size_t left = count; left > 0;) {
        int status;
        pid_t ended = waitpid(-1, &status, WNOHANG);
        int signal = ended == 0 ? wait_for_child() : 0;
        if (ended > 0 && forget(sharer, count, ended)) {
            left--;
            must_be_in_order(status, sharer, count);
            signal = WEXITSTATUS(status) ? WEXITSTATUS(status) - STOPPED_BY_SIGNAL : 0;
        }
        if (signal) {
            stop(sharer, count);
            return signal;
        }
    }
    return 0;
}

int share_work(SharedWork *work, void *context, size_t count, size_t size, void *results)
{
    pid_t sharer[MOST_SHARERS];
    size_t wanted = sharers(), bytes = sizeof(Board) + count * size;
    Board *board = board_new(bytes);
    fflush(NULL);
    for (size_t i = 0; i < wanted; i++) {
        sharer[i] = fork();
        if (sharer[i] < 0)
            fail("cannot start another process: %s", strerror(errno));
        if (sharer[i] == 0)
            take_parts(work, context, board, count, size);
    }
    int signal = wait_for_all(sharer, wanted);
    if (size > 0)
        memcpy(results, board->results, count * size);
    munmap(board, bytes);
    return signal;
}
