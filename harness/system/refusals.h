/* A program that is refused memory: the k-th of its requests to the system fails, and, if wanted, all that follow.
 *
 * Whichever library asks: Linux, from 5.5 on, has the program stand still whenever it asks for memory, and asks us
 * (seccomp_unotify(2)); an ordinary user may have that. Requests are brk that raises the break, mremap that enlarges, mprotect
 * that makes writable, and mmap, but for what only takes memory away (PROT_NONE over what is there). They count from the
 * moment on when main begins: with a prctl(PR_SET_PDEATHSIG), as it does in cells where RECLAIM_PADDING is in the environment.
 * What the dynamic linker asked for before, or after an execve, is none of ours.
 *
 * What is refused fails as the kernel has it: with ENOMEM; only brk, which has no error but the old break, is refused by the
 * kernel itself, for the program may have no data (RLIMIT_DATA) until its next request. So that the k-th is the same each time,
 * addresses are not randomized, where the system lets us. */
#ifndef RECLAIM_REFUSALS_H
#define RECLAIM_REFUSALS_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Refusals {
    /* What is asked for. */
    uint64_t first;     /* which request is the first to fail, from 1; 0: none, they are only counted */
    bool once;          /* and the only one */

    /* What came of it, when it has ended. */
    int error;          /* an errno: the system has no such thing for us, and the program was not started, or a brk that was
                         * to be refused was not; 0: it has */
    bool began;         /* main did */
    uint64_t requests;  /* how many there were */
    const char *call;   /* what the first that failed was: "mmap"; NULL: none did */
    uint64_t bytes;     /* and how much it asked for; 0: nobody knows */

    /* Our own. */
    int ours, childs;   /* two ends of a line to the new process */
    int over[2];        /* a pipe, closed when nobody has to answer any more */
    int listener;       /* where it asks */
    bool counting;
    uint64_t top;       /* the break, as it was last set; 0: not yet */
    bool has_no_data;   /* RLIMIT_DATA is 0; data_limit is what it was */
    uint64_t data_limit;
    pthread_t thread;   /* that answers */
} Refusals;

/* Before the program is started. */
void refusals_begin(Refusals *refusals);

/* The last thing that the new process does before it becomes the program (process.h). */
void refusals_obey(void *refusals);

/* When it was started; it is answered from here on by a thread. */
void refusals_answer(Refusals *refusals);

/* When it has ended. */
void refusals_end(Refusals *refusals);

#endif
