#include "machine.h"

#include "counters.h"
#include "memory.h"
#include "path.h"
#include "process.h"
#include "system_load.h"

#include <gnu/libc-version.h>
#include <math.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

enum { TOOL_S = 10, TEXT_ROOM = 1024, FLAGS_ROOM = 4096 };

/* The first line of the file that begins with `key`, without it; false when there is none. */
static bool read_line(const char *file, const char *key, char *text, size_t room)
{
    FILE *in = fopen(file, "re");
    bool found = false;
    while (in && !found && fgets(text, room, in))
        found = strncmp(text, key, strlen(key)) == 0;
    if (in)
        fclose(in);
    if (!found)
        return false;
    text[strcspn(text, "\n")] = '\0';
    memmove(text, text + strlen(key), strlen(text) - strlen(key) + 1);
    return true;
}

static json_t *line_to_json(const char *file, const char *key)
{
    char text[TEXT_ROOM];
    if (!read_line(file, key, text, sizeof text))
        return json_null();
    const char *value = text + strspn(text, "\t :=\"");
    return json_stringn(value, strcspn(value, "\""));
}

static bool cpu_flag_is_set(const char *flag)
{
    char text[8192];
    return read_line("/proc/cpuinfo", "flags", text, sizeof text) && strstr(text, flag);
}

static const char *sort_of_host(void)
{
    if (access("/.dockerenv", F_OK) == 0 || access("/run/.containerenv", F_OK) == 0)
        return "container";
    return cpu_flag_is_set(" hypervisor") ? "virtual machine" : "machine";
}

static int allowed_cores(void)
{
    cpu_set_t allowed;
    return sched_getaffinity(0, sizeof allowed, &allowed) == 0 ? CPU_COUNT(&allowed) : 1;
}

char *machine_kind(void)
{
    char cpu[TEXT_ROOM] = "";
    read_line("/proc/cpuinfo", "model name", cpu, sizeof cpu);
    struct utsname system;
    const char *name = cpu + strspn(cpu, "\t :");
    if (*name == '\0' && uname(&system) == 0)
        name = system.machine;
    return text_format("%s, %d x %s", sort_of_host(), allowed_cores(), name);
}

static void kernel_to_json(json_t *machine)
{
    struct utsname system;
    if (uname(&system) != 0)
        return;
    json_object_set_new(machine, "kernel", json_sprintf("%s %s", system.sysname, system.release));
    json_object_set_new(machine, "architecture", json_string(system.machine));
}

json_t *machine_to_json(void)
{
    static const struct {
        const char *name, *file, *key;
    } fact[] = {
        { "system", "/etc/os-release", "PRETTY_NAME" },
        { "cpu", "/proc/cpuinfo", "model name" },
        { "transparent_huge_pages", "/sys/kernel/mm/transparent_hugepage/enabled", "" },
        { "aslr", "/proc/sys/kernel/randomize_va_space", "" },
        { "governor", "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "" },
        { "turbo_off", "/sys/devices/system/cpu/intel_pstate/no_turbo", "" },
        { "boost", "/sys/devices/system/cpu/cpufreq/boost", "" },
        { "smt", "/sys/devices/system/cpu/smt/active", "" },
        { "clock_source", "/sys/devices/system/clocksource/clocksource0/current_clocksource", "" },
        { "cpu_quota", "/sys/fs/cgroup/cpu.max", "" },
        { "cpu_quota_us_v1", "/sys/fs/cgroup/cpu/cpu.cfs_quota_us", "" },
        { "overcommit", "/proc/sys/vm/overcommit_memory", "" },
    };
    json_t *machine = json_object();
    kernel_to_json(machine);
    for (size_t i = 0; i < sizeof fact / sizeof *fact; i++)
        json_object_set_new(machine, fact[i].name, line_to_json(fact[i].file, fact[i].key));
    json_object_set_new(machine, "cores", json_integer(sysconf(_SC_NPROCESSORS_ONLN)));
    json_object_set_new(machine, "cores_allowed", json_integer(allowed_cores()));
    json_object_set_new(machine, "page_bytes", json_integer(sysconf(_SC_PAGESIZE)));
    const char *obstacle = counters_obstacle();
    json_object_set_new(machine, "hardware_counters", json_string(obstacle ? obstacle : "available"));
    json_int_t memory = (json_int_t)sysconf(_SC_PHYS_PAGES) * sysconf(_SC_PAGESIZE);
    json_object_set_new(machine, "memory_mib", json_integer(memory >> 20));
    return machine;
}

/* What a command prints; false when it fails or is not there. */
static bool ask(char *const *command, char *answer, size_t room)
{
    End end = process_output(command, TOOL_S, NO_LIMIT, answer, room);
    return end.ending == ENDED && end.status == 0;
}

static json_t *answer_to_json(char *const *command)
{
    char answer[TEXT_ROOM];
    if (!ask(command, answer, sizeof answer))
        return json_null();
    return json_stringn(answer, strcspn(answer, "\n"));
}

json_t *tools_to_json(void)
{
    static const struct {
        const char *name;
        char *command[5];
    } tool[] = {
        { "hyperfine", { "/usr/bin/env", "hyperfine", "--version", NULL } },
        { "gnuplot", { "/usr/bin/env", "gnuplot", "--version", NULL } },
        { "libgc", { "/usr/bin/env", "pkg-config", "--modversion", "bdw-gc", NULL } },
        { "libpython", { "/usr/bin/env", "pkg-config", "--modversion", "python3-embed", NULL } },
        { "mimalloc", { "/usr/bin/env", "dpkg-query", "-Wf${Version}", "libmimalloc2.0", NULL } },
        { "jemalloc", { "/usr/bin/env", "dpkg-query", "-Wf${Version}", "libjemalloc2", NULL } },
        { "tcmalloc", { "/usr/bin/env", "dpkg-query", "-Wf${Version}", "libtcmalloc-minimal4", NULL } },
    };
    json_t *tools = json_object();
    for (size_t i = 0; i < sizeof tool / sizeof *tool; i++)
        json_object_set_new(tools, tool[i].name, answer_to_json(tool[i].command));
    json_object_set_new(tools, "jansson", json_string(jansson_version_str()));
    json_object_set_new(tools, "glibc", json_string(gnu_get_libc_version()));
    return tools;
}

/* The words of the line, without those that say where somebody's folders are. */
static json_t *flags_to_json(char *line)
{
    char kept[2 * FLAGS_ROOM] = ""; /* a word of one letter may become one of three */
    for (char *word = strtok(line, " \n"); word; word = strtok(NULL, " \n")) {
        strcat(kept, *kept ? " " : "");
        strcat(kept, word_leads_outside(word) ? "..." : word);
    }
    return json_string(kept);
}

void compiler_to_json(json_t *manifest, const char *build)
{
    char version[TEXT_ROOM] = "", flags[FLAGS_ROOM] = "";
    char *file = text_format("%s/flags", build);
    FILE *in = fopen(file, "re");
    bool read = in && fgets(version, sizeof version, in) && fgets(flags, sizeof flags, in);
    if (in)
        fclose(in);
    json_object_set_new(manifest, "compiler", read ? json_stringn(version, strcspn(version, "\n")) : json_null());
    json_object_set_new(manifest, "flags", read ? flags_to_json(flags) : json_null());
    free(file);
}

/* Whether what is measured differs from the commit: a changed strategy or a new one does, the results of a run do not. Asking
 * must not write, nor stand in anybody's way. */
static bool differs_from_commit(void)
{
    char *const changes[] = { "/usr/bin/env", "git", "--no-optional-locks", "status", "--porcelain", "--", "Makefile",
                              "harness", "strategies", "workloads", NULL };
    char answer[TEXT_ROOM];
    return ask(changes, answer, sizeof answer) && *answer;
}

void commit_to_json(json_t *manifest)
{
    char *const commit[] = { "/usr/bin/env", "git", "rev-parse", "HEAD", NULL };
    json_t *answer = answer_to_json(commit);
    bool known = json_is_string(answer);
    json_object_set_new(manifest, "commit", answer);
    json_object_set_new(manifest, "dirty", known ? json_boolean(differs_from_commit()) : json_null());
}

static json_t *core_to_json(int core)
{
    return core < 0 ? json_null() : json_integer(core);
}

void facts_to_json(json_t *manifest, const char *build, const Pinning *pinning)
{
    char *kind = machine_kind();
    json_object_set_new(manifest, "host_kind", json_string(kind));
    free(kind);
    commit_to_json(manifest);
    compiler_to_json(manifest, build);
    json_object_set_new(manifest, "pinned", json_pack("{s:o,s:o}", "trials", core_to_json(pinning->trials), "runner",
                                                      core_to_json(pinning->runner)));
    json_object_set_new(manifest, "tools", tools_to_json());
    json_object_set_new(manifest, "machine", machine_to_json());
}

json_t *steal_to_json(int core)
{
    double steal_s = system_load(core).steal_s;
    return isnan(steal_s) ? json_null() : json_real(steal_s);
}

json_t *load_to_json(void)
{
    double load[3];
    int known = getloadavg(load, 3);
    json_t *array = json_array();
    for (int i = 0; i < known; i++)
        json_array_append_new(array, json_real(load[i]));
    return array;
}
