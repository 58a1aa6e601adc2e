/* A cell that does what its strategy is called, for tests of the runner: odd things, which the runner must live with. It is
 * found as BUILD/<strategy>/<workload>, whatever these are; a strategy that is not in the table is in order.
 *
 * odd --table prints what each ought to come to: name, status, and an extended regular expression for the reason. */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#define ANSWER "42"

static const char *self = "", *strategy = "plain", *workload = "work", *size = "1";

/* ---- Rows ----------------------------------------------------------------------------------------------------------- */

static void print_row(const char *status, const char *reason, const char *checksum, const char *work_s)
{
    printf("%s,%s,main,%s,1,,libc,%s,%s,%s,10,1,%s,0.01,0.001,1000,,0.001,NA,0\n", strategy, workload, size, status, reason,
           checksum, work_s);
    fflush(stdout);
}

static void in_order(void) { print_row("ok", "", ANSWER, "0.01"); }
static void nan_row(void) { print_row("ok", "", ANSWER, "nan"); }
static void infinite_row(void) { print_row("ok", "", ANSWER, "inf"); }
static void huge_row(void) { print_row("ok", "", ANSWER, "1e308"); }
static void negative_row(void) { print_row("ok", "", ANSWER, "-0.01"); }
static void hex_row(void) { print_row("ok", "", ANSWER, "0x1p-7"); }
static void beyond_row(void) { print_row("ok", "", "18446744073709551616", "0.01"); }
static void largest_row(void) { print_row("ok", "", "18446744073709551615", "0.01"); }
static void quoted_row(void) { print_row("ok", "\"", ANSWER, "0.01"); }
static void exits_after_row(void) { in_order(); exit(255); }
static void closes_output(void) { close(STDOUT_FILENO); in_order(); }
static void two_rows(void) { in_order(); in_order(); }
static void header_first(void) { puts("strategy,workload,variant,size,seed"); in_order(); }
static void empty_lines(void) { puts("\n"); in_order(); }

static void dos_row(void)
{
    printf("%s,%s,main,%s,1,,libc,ok,,42,10,1,0.01,0.01,0.001,1000,,0.001,NA,0\r\n", strategy, workload, size);
}

static void torn_row(void)
{
    printf("%s,%s,main,%s,1,,libc,ok,,42,10,1,0.0", strategy, workload, size);
}

static void escapes(void)
{
    print_row("oom", "\"\033[2J\033]0;title\a\xc2\x9b" "31m\r\"", "NA", "NA");
    exit(1);
}

static void long_reason(void)
{
    static char reason[60000];
    memset(reason, 'x', sizeof reason - 1);
    print_row("oom", reason, "NA", "NA");
    exit(1);
}

static void binary(void)
{
    for (int i = 0; i < 4096; i++)
        putchar(i * 167 % 256);
}

/* ---- Floods --------------------------------------------------------------------------------------------------------- */

static char page[1 << 16];

static void flood(int stream)
{
    memset(page, 'x', sizeof page);
    for (;;)
        if (write(stream, page, sizeof page) < 0 && write(STDERR_FILENO, page, sizeof page) < 0)
            continue; /* it goes on, refused or not */
}

static void floods_output(void) { flood(STDOUT_FILENO); }
static void floods_errors(void) { flood(STDERR_FILENO); }

static void floods_on(void)
{
    signal(SIGXFSZ, SIG_IGN);
    flood(STDOUT_FILENO);
}

/* ---- What does not end ---------------------------------------------------------------------------------------------- */

static void block_signals(void)
{
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
}

static void sleep_on(void)
{
    for (;;)
        pause();
}

static void *spin(void *unused)
{
    for (volatile int on = 1; on;)
        ;
    return unused;
}

static void hangs_blocked(void) { block_signals(); sleep_on(); }
static void spins_blocked(void) { block_signals(); spin(NULL); }
static void stops_itself(void) { raise(SIGSTOP); in_order(); }
static void stops_parent(void) { kill(getppid(), SIGSTOP); in_order(); }
static void kills_parent(void) { kill(getppid(), SIGKILL); sleep_on(); }
static void regroups(void) { setpgid(0, 0); setsid(); sleep_on(); }
static void half_a_row(void) { torn_row(); fflush(stdout); sleep_on(); }
static void traced(void) { ptrace(PTRACE_TRACEME, 0, NULL, NULL); raise(SIGSTOP); sleep_on(); }
static void traces_parent(void) { ptrace(PTRACE_ATTACH, getppid(), NULL, NULL); sleep_on(); }

/* Its first thread is gone and another is not. */
static void leaderless(void)
{
    pthread_t other;
    in_order();
    pthread_create(&other, NULL, spin, NULL);
    pthread_exit(NULL);
}

/* It waits, in the kernel, for a child that shares its memory. */
static void waits_for_vfork(void)
{
    in_order();
    if (vfork() == 0)
        sleep_on();
}

/* ---- What it leaves behind ------------------------------------------------------------------------------------------ */

enum { CHILDREN = 50 };

/* Twice, so that it is nobody's child. */
static void leave_behind(void (*what)(void))
{
    if (fork() != 0)
        return;
    if (fork() == 0) {
        setsid();
        what();
    }
    _exit(0);
}

static void stop_there(void) { raise(SIGSTOP); sleep_on(); }
static void hide(void) { block_signals(); sleep_on(); }

/* A process that is never there for long: each has a child and ends. */
static void run_away(void)
{
    while (fork() == 0)
        setsid();
    _exit(0);
}

static void forks(void)
{
    for (int i = 0; i < CHILDREN; i++)
        leave_behind(i % 2 ? hide : stop_there);
    while (wait(NULL) > 0)
        ;
    in_order();
}

static void forks_and_runs_away(void)
{
    leave_behind(run_away);
    wait(NULL);
    in_order();
}

static void litters(void)
{
    int file = open("results/run/litter.draft", O_WRONLY | O_CREAT, 0666);
    if (file >= 0)
        close(file);
    in_order();
}

static void deletes_itself(void)
{
    unlink(self);
    in_order();
}

/* ---- Memory --------------------------------------------------------------------------------------------------------- */

static void takes_all_memory(void)
{
    enum { MIB = 1 << 20 };
    for (char *more; (more = mmap(NULL, MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) != MAP_FAILED;)
        memset(more, 1, MIB);
    print_row("oom", "the system refused 1048576 more bytes", "NA", "NA");
    exit(1);
}

/* Until the stack ends. */
static int recurse(volatile int depth)
{
    char room[4096];
    memset(room, depth, sizeof room);
    return depth < INT32_MAX ? recurse(depth + 1) + room[depth % 4096] : 0;
}

static void recurses(void) { recurse(0); }

/* ---- The table ------------------------------------------------------------------------------------------------------ */

static const struct Odd {
    const char *name, *status, *reason;
    void (*act)(void);
} table[] = {
    { "nan_row", "crash", "column work_s", nan_row },
    { "infinite_row", "crash", "column work_s", infinite_row },
    { "huge_row", "crash", "column work_s", huge_row },
    { "negative_row", "crash", "column work_s", negative_row },
    { "hex_row", "crash", "column work_s", hex_row },
    { "beyond_row", "crash", "column checksum", beyond_row },
    { "largest_row", "wrong", "checksum 18446744073709551615 instead of 42", largest_row },
    { "quoted_row", "crash", "printed ", quoted_row },
    { "exits_after_row", "crash", "exit status 255", exits_after_row },
    { "closes_output", "crash", "no row", closes_output },
    { "two_rows", "crash", "more than one row", two_rows },
    { "header_first", "crash", "printed ", header_first },
    { "empty_lines", "crash", "printed ", empty_lines },
    { "dos_row", "ok", "", dos_row },
    { "torn_row", "crash", "a torn row", torn_row },
    { "escapes", "oom", "2J", escapes },
    { "long_reason", "oom", "xxx", long_reason },
    { "binary", "crash", "printed ", binary },
    { "floods_output", "crash", "64 KiB or more", floods_output },
    { "floods_errors", "crash", "64 KiB or more", floods_errors },
    { "recurses", "crash", "killed by signal 11", recurses },
    { "kills_parent", "crash", "hyperfine was killed by signal 9", kills_parent },
    { "takes_all_memory", "oom", "refused", takes_all_memory },
    { "forks", "ok", "", forks },
    { "forks_and_runs_away", "ok", "", forks_and_runs_away },
    { "litters", "ok", "", litters },
    { "deletes_itself", "ok|crash", "", deletes_itself },
    { "floods_on", "timeout", "within 1 s", floods_on },
    { "hangs_blocked", "timeout", "within 1 s", hangs_blocked },
    { "spins_blocked", "timeout", "within 1 s", spins_blocked },
    { "stops_itself", "timeout", "within 1 s", stops_itself },
    { "stops_parent", "timeout", "within 1 s", stops_parent },
    { "regroups", "timeout", "within 1 s", regroups },
    { "half_a_row", "timeout", "within 1 s", half_a_row },
    { "traced", "crash|timeout", "hyperfine reports nothing|within 1 s", traced },
    { "traces_parent", "timeout", "within 1 s", traces_parent },
    { "leaderless", "timeout", "within 1 s", leaderless },
    { "waits_for_vfork", "timeout", "within 1 s", waits_for_vfork },
};
enum { ODDS = sizeof table / sizeof *table };

static void print_table(void)
{
    for (int i = 0; i < ODDS; i++)
        printf("%s %s %s\n", table[i].name, table[i].status, table[i].reason);
}

static void describe(void)
{
    puts("strategy,workload,variant,allocator,class,quick,standard,full,depth,swept,streams,cyclic,superlinear,repeats,"
         "requests,status,reason,input,about");
    printf("%s,%s,main,libc,micro,5,50,500,0,,0,0,0,1,0,ok,,,odd\n", strategy, workload);
}

static void act(void)
{
    for (int i = 0; i < ODDS; i++)
        if (strcmp(table[i].name, strategy) == 0) {
            table[i].act();
            return;
        }
    in_order();
}

/* The last two names of the path. */
static void read_names(char *path)
{
    char *end = strrchr(path, '/');
    if (end == NULL)
        return;
    workload = end + 1;
    *end = '\0';
    strategy = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
}

int main(int count, char **words)
{
    self = strdup(words[0]);
    read_names(words[0]);
    for (int i = 1; i < count; i++)
        if (strcmp(words[i], "-n") == 0 && i + 1 < count)
            size = words[i + 1];
    if (count == 2 && strcmp(words[1], "--table") == 0)
        print_table();
    else if (count > 1 && strcmp(words[1], "--describe") == 0)
        describe();
    else if (count > 1 && strcmp(words[1], "--settings") == 0)
        puts("name,usual,least,most,about,sweep");
    else if (count > 1 && strcmp(words[1], "--reference") == 0)
        puts(ANSWER);
    else
        act();
    return 0;
}
