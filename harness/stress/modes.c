#include "modes.h"

extern const StressMode stress_oracle, stress_zeal, stress_famine, stress_limits, stress_depth, stress_soak, stress_pauses,
    stress_leaks, stress_threads, stress_faults, stress_controls;

const StressMode *const stress_modes[] = {
    &stress_oracle,
    &stress_zeal,
    &stress_famine,
    &stress_limits,
    &stress_depth,
    &stress_soak,
    &stress_pauses,
    &stress_leaks,
    &stress_threads,
    &stress_faults,
    &stress_controls,
};
const size_t stress_mode_count = sizeof stress_modes / sizeof *stress_modes;

size_t stress_mode_rank(const char *name)
{
    size_t rank = 0;
    while (rank < stress_mode_count && !texts_equal(stress_modes[rank]->name, name))
        rank++;
    return rank;
}
