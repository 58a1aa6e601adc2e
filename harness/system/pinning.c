#include "pinning.h"

#include "fail.h"
#include "process.h"

#include <errno.h>
#include <string.h>

Pinning pinning_choose(void)
{
    Pinning pinning = { .trials = ANY_CORE, .runner = ANY_CORE };
    if (sched_getaffinity(0, sizeof pinning.allowed, &pinning.allowed) != 0 || CPU_COUNT(&pinning.allowed) < 2)
        return pinning;
    for (int core = CPU_SETSIZE - 1; core >= 0; core--)
        if (CPU_ISSET(core, &pinning.allowed)) {
            pinning.runner = core;
            if (pinning.trials == ANY_CORE)
                pinning.trials = core;
        }
    return pinning;
}

static void keep_to(const Pinning *pinning, const cpu_set_t *cores)
{
    if (pinning->runner != ANY_CORE && sched_setaffinity(0, sizeof *cores, cores) != 0)
        fail("cannot choose the cores to run on: %s", strerror(errno));
}

static void keep_to_one(const Pinning *pinning, int core)
{
    cpu_set_t cores;
    CPU_ZERO(&cores);
    if (core != ANY_CORE)
        CPU_SET(core, &cores);
    keep_to(pinning, &cores);
}

void pinning_begin(const Pinning *pinning)
{
    keep_to_one(pinning, pinning->runner);
}

void pinning_visit_trials(const Pinning *pinning)
{
    keep_to_one(pinning, pinning->trials);
}

void pinning_end(const Pinning *pinning)
{
    keep_to(pinning, &pinning->allowed);
}
