/* A cell's process: what the command line asks for, and its answer. Compiled once and linked with every workload's half
 * (cell.h). */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

#include "describe.h"
#include "fail.h"
#include "options.h"
#include "run.h"

/* A trial that outlived its run would disturb whatever is measured next. The variable is padding, which moves the stack, and
 * nobody but the runner sets it: here it tells that the parent is the runner (or hyperfine, which it started). */
static void die_with_parent(void)
{
    if (getenv("RECLAIM_PADDING"))
        prctl(PR_SET_PDEATHSIG, SIGKILL);
}

int main(int count, char **words)
{
    static int (*const answer[])(void) = {
        [RUN] = run_asked, [HEADER] = describe_columns, [DESCRIBE] = describe_variants,
        [SETTINGS] = describe_settings, [REFERENCE] = describe_reference, [HELP] = describe_options,
    };
    die_with_parent();
    options_read(count, words);
    int status = answer[cell_options->request]();
    if (fflush(stdout) != 0 || ferror(stdout))
        cell_fail("cannot write to standard output: %s", strerror(errno));
    return status;
}
