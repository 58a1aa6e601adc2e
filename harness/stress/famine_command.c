#include "famine.h"

#include "commands.h"
#include "fail.h"
#include "trying.h"
#include "words.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "Usage: reclaim famine [--once] [--request K] -- CELL [its options]\n"
    "\n"
    "Runs a cell whose requests to the system for memory fail from the K-th on, whichever library makes them, and says how\n"
    "many there were. Without --request none fails.\n"
    "\n"
    "  --request K   which is the first that fails, counted from when main begins\n"
    "  --once        the only one\n"
    "\n"
    "Exit status: the cell's own; 124 it hangs; 2 it could not be tried.\n";

enum { HANGS = 124 /* as of timeout(1) */ };

static uint64_t read_number(const char *text)
{
    uint64_t number;
    if (!parse_natural(text, &number) || number < 1)
        fail("--request %s: it must be a whole number from 1", text);
    return number;
}

/* Returns where the cell's words begin. */
static char **read_request(int count, char **words, Refusals *refusals)
{
    static const struct option options[] = {
        { "request", required_argument, NULL, 'k' },
        { "once", no_argument, NULL, 'o' },
        { "help", no_argument, NULL, 'h' },
        { 0 },
    };
    for (int option; (option = getopt_long(count, words, "+", options, NULL)) != -1;)
        switch (option) {
        case 'k': refusals->first = read_number(optarg); break;
        case 'o': refusals->once = true; break;
        case 'h': fputs(help, stdout); exit(ALL_WELL);
        default: exit(CANNOT_GO_ON); /* getopt has said why */
        }
    if (optind == count)
        fail("which cell is to be tried? see reclaim famine --help");
    if (refusals->once && !refusals->first)
        fail("--once goes with --request");
    return words + optind;
}

static void tell(const RunResult *result, const Refusals *refusals)
{
    char *told = famine_told(refusals);
    fputs(result->output, stdout);
    fflush(stdout);
    fputs(result->errors, stderr);
    notice("%s%s", told, result->hangs ? "; it hangs" : "");
    free(told);
}

int famine_main(int count, char **words)
{
    static RunResult result;
    Refusals refusals = { 0 };
    char **cell = read_request(count, words, &refusals);
    processes_begin();
    int signal = try_program(cell, &(RunOptions){ .refusals = &refusals }, &result);
    processes_end();
    if (signal)
        return STOPPED_BY_SIGNAL + signal;
    if (refusals.error)
        fail("here no program can be refused memory: %s", strerror(refusals.error));
    if (!refusals.began)
        fail("%s is no cell: it does not tell that its main begins. %s", cell[0], result.errors);
    tell(&result, &refusals);
    return result.hangs ? HANGS : result.exit_status;
}
