#include "process.h"

#include "clock.h"
#include "fail.h"
#include "stopping.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static bool is_ignored(int signal)
{
    struct sigaction action;
    return sigaction(signal, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

/* The signals that wait until process_wait sees them: not those that whoever started us (nohup) told us to ignore. */
static sigset_t awaited(void)
{
    static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGCHLD };
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        if (!is_ignored(signals[i]))
            sigaddset(&set, signals[i]);
    return set;
}

void processes_begin(void)
{
    signal(SIGCHLD, SIG_DFL);
    sigset_t set = awaited();
    sigprocmask(SIG_BLOCK, &set, NULL);
    if (prctl(PR_SET_CHILD_SUBREAPER, 1) != 0)
        fail("what cells leave behind could not be stopped (PR_SET_CHILD_SUBREAPER): %s", strerror(errno));
}

void processes_end(void)
{
    sigset_t set = awaited();
    sigprocmask(SIG_UNBLOCK, &set, NULL);
}

/* Says on standard error what cannot be had. A program without its limits or its core would not be the one that is measured. */
static _Noreturn void give_up(const char *what)
{
    dprintf(STDERR_FILENO, "%s: %s", what, strerror(errno));
    _exit(NOT_STARTED);
}

static void limit(int resource, uint64_t most)
{
    struct rlimit now;
    if (most == NO_LIMIT)
        return;
    if (getrlimit(resource, &now) != 0)
        give_up("getrlimit");
    bool is_stricter = now.rlim_max < most;
    if (!is_stricter && setrlimit(resource, &(struct rlimit){ most, most }) != 0)
        give_up("setrlimit");
}

static void stay_on(int core)
{
    if (core == ANY_CORE)
        return;
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(core, &set);
    if (sched_setaffinity(0, sizeof set, &set) != 0)
        give_up("sched_setaffinity");
}

/* RLIMIT_DATA and not RLIMIT_AS: since Linux 4.7 it counts private writable memory, mapped or by brk. A collector or an
 * arena may reserve address space that it never touches, and is not charged for it. */
static void obey_limits(const Launch *launch)
{
    limit(RLIMIT_DATA, launch->memory_limit);
    limit(RLIMIT_FSIZE, launch->file_limit);
    limit(RLIMIT_CPU, launch->cpu_limit_s);
    limit(RLIMIT_STACK, launch->stack_limit);
    limit(RLIMIT_NOFILE, launch->descriptor_limit);
    if (setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 }) != 0)
        give_up("RLIMIT_CORE");
}

static void connect(int file, int stream)
{
    int end = file == NO_FILE ? open("/dev/null", O_RDWR) : file;
    if (end < 0 || dup2(end, stream) < 0)
        _exit(NOT_STARTED);
}

/* The kernel kills whoever loses `parent` from here on; what was lost before, nobody would tell us of. */
static void die_with(pid_t parent)
{
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
        give_up("PR_SET_PDEATHSIG");
    if (getppid() != parent)
        _exit(NOT_STARTED);
}

static _Noreturn void become(const Launch *launch, pid_t parent)
{
    setpgid(0, 0);
    signal(SIGXFSZ, SIG_DFL);
    processes_end();
    connect(NO_FILE, STDIN_FILENO);
    connect(launch->output, STDOUT_FILENO);
    connect(launch->errors, STDERR_FILENO);
    die_with(parent);
    stay_on(launch->core);
    obey_limits(launch);
    if (launch->last)
        launch->last(launch->last_with);
    execve(launch->command[0], launch->command, launch->environment ? launch->environment : environ);
    give_up(launch->command[0]);
}

pid_t process_start(const Launch *launch)
{
    pid_t parent = getpid(), program = fork();
    if (program < 0)
        fail("cannot start another process: %s", strerror(errno));
    if (program == 0)
        become(launch, parent);
    setpgid(program, program); /* by whoever comes first, so that it can be killed as a group at once */
    return program;
}

static struct timespec until(double deadline)
{
    double left = fmax(deadline - seconds_now(), 0);
    return (struct timespec){ .tv_sec = left, .tv_nsec = fmod(left, 1) * 1e9 };
}

/* Its id stays its own, as it is not reaped. */
static bool has_ended(pid_t program)
{
    siginfo_t info = { 0 };
    if (waitid(P_PID, program, &info, WEXITED | WNOHANG | WNOWAIT) != 0)
        fail("cannot wait for process %d: %s", (int)program, strerror(errno));
    return info.si_pid == program;
}

/* `which` becomes the number of the one that has ended; where none has, of the first. */
static End wait_for_end(const pid_t *program, size_t count, double deadline, size_t *which)
{
    sigset_t set = awaited();
    for (;;) {
        for (*which = 0; *which < count; ++*which)
            if (has_ended(program[*which]))
                return (End){ .ending = ENDED };
        *which = 0;
        struct timespec left = until(deadline);
        int signal = sigtimedwait(&set, NULL, &left);
        if (signal > 0 && signal != SIGCHLD)
            return (End){ .ending = STOPPED, .signal = signal };
        if (signal < 0 && errno == EAGAIN)
            return (End){ .ending = OUT_OF_TIME };
    }
}

/* The parent of a process, from the fourth field of its stat; the second is its name in brackets, which may hold brackets. */
static pid_t parent_of(const char *process)
{
    char path[300], text[512];
    snprintf(path, sizeof path, "/proc/%s/stat", process);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? -1 : read(file, text, sizeof text - 1);
    if (file >= 0)
        close(file);
    text[length > 0 ? length : 0] = '\0';
    const char *name_end = strrchr(text, ')');
    int parent = 0;
    return name_end && sscanf(name_end + 1, " %*c %d", &parent) == 1 ? parent : 0;
}

static void kill_children(void)
{
    DIR *processes = opendir("/proc");
    if (processes == NULL)
        return;
    for (struct dirent *entry; (entry = readdir(processes)) != NULL;)
        if (isdigit((unsigned char)*entry->d_name) && parent_of(entry->d_name) == getpid())
            kill(atoi(entry->d_name), SIGKILL);
    closedir(processes);
}

void processes_clear(void)
{
    while (waitpid(-1, NULL, WNOHANG) >= 0) {
        kill_children();
        waitpid(-1, NULL, 0);
    }
}

/* The group is killed while its leader is not reaped: after that its id may be somebody else's. Whoever loses its parent
 * becomes our child: once we have none, nobody is left. */
static void kill_and_reap(pid_t program, End *end)
{
    kill(-program, SIGKILL);
    if (end->ending == ENDED)
        waitpid(program, &end->status, 0);
    processes_clear();
}

/* What the one that has ended leaves behind outlives it until the last has. */
End process_wait_any(const pid_t *program, size_t count, double seconds, size_t *which)
{
    End end = wait_for_end(program, count, seconds_now() + seconds, which);
    if (end.ending != ENDED || count == 1)
        kill_and_reap(program[*which], &end);
    else {
        kill(-program[*which], SIGKILL);
        waitpid(program[*which], &end.status, 0);
    }
    return end;
}

End process_wait(pid_t program, double seconds)
{
    size_t which;
    return process_wait_any(&program, 1, seconds, &which);
}

int memory_file(const char *name)
{
    int file = memfd_create(name, MFD_CLOEXEC);
    if (file < 0)
        fail("cannot make a file in memory: %s", strerror(errno));
    return file;
}

void memory_file_path(int file, char path[64])
{
    snprintf(path, 64, "/proc/%d/fd/%d", (int)getpid(), file);
}

size_t memory_file_read(int file, char *text, size_t room)
{
    size_t length = 0;
    ssize_t count;
    while (length < room - 1 && (count = pread(file, text + length, room - 1 - length, length)) > 0)
        length += count;
    text[length] = '\0';
    return length;
}

End process_output(char *const *command, double seconds, uint64_t file_limit, char *output, size_t room)
{
    int file = memory_file("output");
    Launch launch = { .command = command, .core = ANY_CORE, .output = file, .errors = NO_FILE,
                      .file_limit = file_limit };
    End end = process_wait(process_start(&launch), seconds);
    if (end.ending == STOPPED)
        stop_by(end.signal);
    memory_file_read(file, output, room);
    close(file);
    return end;
}
