/* What the machine is and how it is set up, as far as it says. No host or user name, no path outside the project. */
#ifndef RECLAIM_MACHINE_H
#define RECLAIM_MACHINE_H

#include "pinning.h"

#include <jansson.h>

/* "virtual machine, 2 x Intel(R) Xeon(R) CPU": for captions; in memory that the caller frees. */
char *machine_kind(void);

/* System, kernel, CPU, cores, memory, transparent huge pages, ASLR, governor, turbo, clock source, quota, counters; null for what is
 * not to be found out. */
json_t *machine_to_json(void);

/* Versions of the tools and libraries, by asking them; null for those that are not there. */
json_t *tools_to_json(void);

/* The compiler's version and flags, from BUILD/flags, into `manifest`. */
void compiler_to_json(json_t *manifest, const char *build);

/* The commit that is checked out, and whether files differ from it or were added, into `manifest`; null outside of git. */
void commit_to_json(json_t *manifest);

/* All that is said of a machine on which a run is measured, into `manifest`: host_kind, commit, dirty, compiler, flags, pinned,
 * tools, machine. */
void facts_to_json(json_t *manifest, const char *build, const Pinning *pinning);

/* The load averages over 1, 5 and 15 minutes. */
json_t *load_to_json(void);

/* Seconds since booting in which the core, or ANY_CORE, was somebody else's; null where the system does not tell. */
json_t *steal_to_json(int core);

#endif
