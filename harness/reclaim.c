/* reclaim: what does a way of managing memory cost, and what does it give back?
 *
 * One program with a command for each stage, which reads files of the stages before it (docs/files.md). */
#include "commands.h"
#include "fail.h"
#include "text_pool.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

typedef struct Command {
    const char *name, *about;
    int (*run)(int count, char **words);
} Command;

static const Command commands[] = {
    { "bench",     "run every workload under every strategy, and report",  bench_main },
    { "sweep",     "run strategies at several settings: time against space", bench_main },
    { "merge",     "blocks of a run that were measured on several machines -> that run", merge_main },
    { "stress",    "try to break what the strategies promise",               stress_main },
    { "famine",    "run a cell that the system refuses memory",              famine_main },
    { "summarise", "trials.csv of a run -> summary.csv",                    summarise_main },
    { "table",     "summary.csv of a run -> a table on standard output",    table_main },
    { "profile",   "what the cells of a run allocate, leak and wait for",   profile_main },
    { "pauses",    "pauses.csv of a run -> pause_summary.csv",              pauses_main },
    { "claims",    "what a run says to the claims of the articles",         claims_main },
    { "count",     "how many instructions the cells of a run take, and for what", count_main },
    { "charts",    "the files of a run -> charts/*.svg",                    charts_main },
    { "compare",   "two runs of the same suite -> what became slower",      compare_main },
    { "page",      "the files of a run -> index.html, to read it by",       page_main },
    { "report",    "all that summarise, pauses, claims, charts and page do", report_main },
    { "list",      "which strategies and workloads there are",              list_main },
};

enum { COMMANDS = sizeof commands / sizeof *commands };

static void print_help(FILE *out)
{
    fputs("Usage: reclaim COMMAND [options]; reclaim COMMAND --help says more\n\n", out);
    for (size_t i = 0; i < COMMANDS; i++)
        fprintf(out, "  %-10s %s\n", commands[i].name, commands[i].about);
}

static const Command *command_named(const char *name)
{
    for (size_t i = 0; i < COMMANDS; i++)
        if (texts_equal(commands[i].name, name))
            return &commands[i];
    return NULL;
}

/* A full disk behind a redirected standard output shows only when it is flushed. */
static int flushed(int status)
{
    if (fflush(stdout) != 0 || ferror(stdout))
        fail("cannot write to standard output: %s", strerror(errno));
    return status;
}

int main(int count, char **words)
{
    signal(SIGXFSZ, SIG_IGN); /* a file that cannot grow any more is an error of its write */
    const char *name = count > 1 ? words[1] : "";
    const Command *command = command_named(name);
    if (command)
        return flushed(command->run(count - 1, words + 1));
    bool asked = texts_equal(name, "--help") || texts_equal(name, "help");
    if (!asked && *name)
        notice("there is no command `%s`", name);
    print_help(asked ? stdout : stderr);
    return flushed(asked ? ALL_WELL : CANNOT_GO_ON);
}
