#include "host.h"

#include "durable.h"
#include "fail.h"
#include "machine.h"
#include "manifest.h"
#include "memory.h"
#include "process.h"
#include "words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

const char *host_name(const char *asked, TextPool *pool)
{
    char own[256] = "";
    const char *of_slurm = getenv("SLURMD_NODENAME");
    gethostname(own, sizeof own - 1);
    own[strcspn(own, ".")] = '\0';
    const char *name = asked ? asked : of_slurm && *of_slurm ? of_slurm : own;
    if (!is_host(name))
        fail("this machine is called `%.40s`, which is no name that rows can have: give it one with --host NAME", name);
    return intern(pool, name);
}

/* ---- What is said of it --------------------------------------------------------------------------------------------- */

static void copy(json_t *into, const json_t *from, const char *key)
{
    json_t *value = json_object_get(from, key);
    json_object_set_new(into, key, value ? json_incref(value) : json_null());
}

/* Machines of one kind take the same time, as far as this tells; memory is rounded, for the kernel keeps more of it here than
 * there. */
static json_t *kind_to_json(const json_t *facts)
{
    static const char *const of_machine[] = { "architecture", "cpu", "kernel", "cores", "cores_allowed", "page_bytes",
                                              "transparent_huge_pages", "governor", "turbo_off", "boost" };
    json_t *kind = json_object(), *machine = json_object_get(facts, "machine");
    for (size_t i = 0; i < sizeof of_machine / sizeof *of_machine; i++)
        copy(kind, machine, of_machine[i]);
    json_int_t mib = json_integer_value(json_object_get(machine, "memory_mib"));
    json_object_set_new(kind, "memory_gib", json_integer((mib + 512) / 1024));
    copy(kind, json_object_get(facts, "tools"), "glibc");
    copy(kind, facts, "compiler");
    copy(kind, facts, "cells_sha256");
    return kind;
}

/* What the cells were compiled by and for, as the Makefile has noted it; empty where they were built otherwise. */
static json_t *fingerprint_to_json(const char *build)
{
    char text[32] = "", *file = text_format("%s/fingerprint", build);
    FILE *in = fopen(file, "re");
    bool is_known = in && fgets(text, sizeof text, in);
    if (in)
        fclose(in);
    free(file);
    text[strspn(text, "0123456789abcdef")] = '\0';
    return json_string(is_known ? text : "");
}

json_t *host_facts(const char *host, const char *build, const Pinning *pinning, const Parameters *parameters,
                   const char *plan_sha256)
{
    json_t *facts = json_object();
    json_object_set_new(facts, "host", json_string(host));
    facts_to_json(facts, build, pinning);
    json_object_set_new(facts, "cells_sha256", cells_to_json(parameters, build));
    json_object_set_new(facts, "kind", kind_to_json(facts));
    json_object_set_new(facts, "fingerprint", fingerprint_to_json(build));
    json_object_set_new(facts, "plan_sha256", json_string(plan_sha256));
    return facts;
}

/* ---- Attempts at a block --------------------------------------------------------------------------------------------- */

static json_t *random_to_json(void)
{
    uint64_t number;
    if (getrandom(&number, sizeof number, 0) != sizeof number)
        fail("this machine has no random numbers to tell attempts apart by");
    return json_sprintf("%016" PRIx64, number);
}

/* The core that trials have to themselves, or ANY_CORE. */
static int core_of(const json_t *facts)
{
    json_t *core = json_object_get(json_object_get(facts, "pinned"), "trials");
    return json_is_integer(core) ? (int)json_integer_value(core) : ANY_CORE;
}

json_t *host_begin_block(const json_t *facts, uint64_t block)
{
    json_t *attempt = json_copy((json_t *)facts);
    json_object_set_new(attempt, "attempt", random_to_json());
    json_object_set_new(attempt, "block", json_integer(block));
    json_object_set_new(attempt, "started", now_to_json());
    json_object_set_new(attempt, "ended", json_null());
    json_object_set_new(attempt, "load", load_to_json());
    json_object_set_new(attempt, "steal_s", steal_to_json(core_of(facts)));
    return attempt;
}

void host_end_block(json_t *attempt)
{
    json_object_set_new(attempt, "ended", now_to_json());
    json_object_set_new(attempt, "load_at_end", load_to_json());
    json_object_set_new(attempt, "steal_s_at_end", steal_to_json(core_of(attempt)));
}

void host_save(const char *file, const json_t *attempt)
{
    Durable durable = durable_begin(file);
    if (json_dumpf(attempt, durable.out, JSON_INDENT(2)) != 0 && !ferror(durable.out))
        fail("%s cannot be written as JSON", file);
    putc('\n', durable.out);
    durable_end(&durable);
}

json_t *host_load(const char *file)
{
    return json_load_file(file, JSON_REJECT_DUPLICATES, NULL);
}

bool host_goes_on(const json_t *attempt, const json_t *facts)
{
    static const char *const same[] = { "host", "commit", "dirty", "cells_sha256", "plan_sha256" };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        if (!json_equal(json_object_get(attempt, same[i]), json_object_get(facts, same[i])))
            return false;
    return true;
}

bool host_same_attempt(const json_t *a, const json_t *b)
{
    json_t *x = json_object_get(a, "attempt"), *y = json_object_get(b, "attempt");
    return x && y && json_equal(x, y);
}
