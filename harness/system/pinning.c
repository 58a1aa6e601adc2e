#include "pinning.h"

#include "process.h"

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

void pinning_begin(const Pinning *pinning)
{
    if (pinning->runner == ANY_CORE)
        return;
    cpu_set_t core;
    CPU_ZERO(&core);
    CPU_SET(pinning->runner, &core);
    sched_setaffinity(0, sizeof core, &core);
}

void pinning_end(const Pinning *pinning)
{
    if (pinning->runner != ANY_CORE)
        sched_setaffinity(0, sizeof pinning->allowed, &pinning->allowed);
}
