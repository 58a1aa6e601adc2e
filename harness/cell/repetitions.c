#include "repetitions.h"

#include "options.h"
#include "profile/profile.h"

bool repetitions_leak(const Variant *variant)
{
    return variant->flags & CYCLIC && cell_strategy.leaks_cycles;
}

/* What is counted is counted of once. */
uint64_t repetitions_wanted(const Variant *variant)
{
    if (cell_options->repeats)
        return cell_options->repeats;
    if (repetitions_leak(variant))
        return 1;
    return PROFILES || !variant->repeats ? 1 : variant->repeats;
}

/* Without -r, no repetition begins when they have taken so much processor time: enough to be measured, and a slow strategy
 * need not do as often what takes a fast one no time. Sizes below the standard one, of quick runs and of sweeps, get a fifth. */
static double enough_s(void)
{
    return cell_options->size < cell_workload.size ? 0.012 : 0.06;
}

bool repetitions_are_enough(uint64_t done, double cpu_s)
{
    return done == repetitions_wanted(cell_options->variant) || (!cell_options->repeats && cpu_s >= enough_s());
}
