/* Programs that the harness starts: each in a process group of its own, under limits, with a time by which it ends.
 *
 * Nothing that a program leaves behind survives it: the harness adopts what its children orphan (a "subreaper") and kills it.
 * When the harness itself is killed, the kernel kills the programs that it started; what these have started dies likewise if
 * it asked for that (PR_SET_PDEATHSIG, which no process can ask for another), as cells do.
 * Signals are not handled but waited for, together with a program's end, so nothing can be interrupted half done. */
#ifndef RECLAIM_PROCESS_H
#define RECLAIM_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Makes this process the one that starts programs: from here on SIGINT, SIGTERM and SIGHUP wait until process_wait sees
 * them. */
void processes_begin(void);

/* Signals do again what they usually do: one that has waited ends this process now. */
void processes_end(void);

enum { ANY_CORE = -1, NO_FILE = -1, NO_LIMIT = 0 };

typedef struct Launch {
    char *const *command;       /* the program's path, its arguments, NULL */
    char *const *environment;   /* NULL: this process's */
    int core;                   /* the only core it may run on, or ANY_CORE */
    int output, errors;         /* where its standard streams go, or NO_FILE */
    uint64_t memory_limit;      /* RLIMIT_DATA, in bytes, or NO_LIMIT */
    uint64_t file_limit;        /* RLIMIT_FSIZE, likewise */
    uint64_t cpu_limit_s;       /* RLIMIT_CPU, likewise */
    uint64_t stack_limit;       /* RLIMIT_STACK, in bytes, likewise */
    uint64_t descriptor_limit;  /* RLIMIT_NOFILE, likewise */
    void (*last)(void *);       /* what the new process does last, with last_with, before it becomes the program; or NULL */
    void *last_with;
} Launch;

/* A program that cannot be started, or not under its limits and on its core, says why on its standard error and ends with
 * NOT_STARTED. */
enum { NOT_STARTED = 127 };
pid_t process_start(const Launch *launch);

typedef enum Ending { ENDED, OUT_OF_TIME, STOPPED } Ending;

typedef struct End {
    Ending ending;
    int status;  /* of ENDED, as waitpid(2) has it */
    int signal;  /* of STOPPED: the signal that asks this process to end */
} End;

/* Waits until the program ends, `seconds` have passed, or somebody asks this process to end. Whichever it is, the program
 * and all that it started are gone afterwards. */
End process_wait(pid_t program, double seconds);

/* Waits likewise until one of the `count` programs ends, 1 or more; `which` is its number among them, and the others go on.
 * Where none has ended, all are gone afterwards. */
End process_wait_any(const pid_t *program, size_t count, double seconds, size_t *which);

/* Kills all that this process has started, or adopted, and that is not gone. */
void processes_clear(void);

/* Runs the command and keeps at most `room` - 1 bytes of what it prints, ended by a NUL. `file_limit` is as in Launch: it holds
 * for all files that the program writes, so it is for cells, not for tools that keep files of their own. A request to stop
 * ends this process. */
End process_output(char *const *command, double seconds, uint64_t file_limit, char *output, size_t room);

/* A file in memory, closed on exec; and where other processes find it. */
int memory_file(const char *name);
void memory_file_path(int file, char path[64]);

/* Reads the file from its beginning, at most `room` - 1 bytes, and ends them with a NUL; returns how many. */
size_t memory_file_read(int file, char *text, size_t room);

#endif
