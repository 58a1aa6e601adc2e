#include "system_load.h"

#include "process.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

/* user, nice, system, idle, iowait, irq, softirq, and then steal, since Linux 2.6.11: proc(5) */
static double steal_of(const char *times)
{
    unsigned long long ticks;
    if (sscanf(times, "%*u %*u %*u %*u %*u %*u %*u %llu", &ticks) != 1)
        return NAN;
    return (double)ticks / (double)sysconf(_SC_CLK_TCK);
}

static double runnable_of(const char *tasks)
{
    unsigned all;
    return sscanf(tasks, "%u", &all) == 1 ? fmax((double)all - 1, 0) : NAN;
}

/* Some lines are longer than the room; no part of their numbers looks like one of the names. */
SystemLoad system_load_parse(FILE *stat, int core)
{
    SystemLoad load = { NAN, NAN };
    char line[512], cpu[32], running[] = "procs_running ";
    size_t cpu_length = core == ANY_CORE ? snprintf(cpu, sizeof cpu, "cpu ") : snprintf(cpu, sizeof cpu, "cpu%d ", core);
    while (stat && fgets(line, sizeof line, stat)) {
        if (strncmp(line, cpu, cpu_length) == 0)
            load.steal_s = steal_of(line + cpu_length);
        if (strncmp(line, running, sizeof running - 1) == 0)
            load.runnable = runnable_of(line + sizeof running - 1);
    }
    return load;
}

SystemLoad system_load(int core)
{
    FILE *stat = fopen("/proc/stat", "re");
    SystemLoad load = system_load_parse(stat, core);
    if (stat)
        fclose(stat);
    return load;
}
