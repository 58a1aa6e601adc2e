/* Packages: the dependency graph of a Debian package list, built from the file's text, asked how many packages,
 * dependencies and components it has, and dropped; n times over.
 *
 * Stresses what real programs mix: short texts, lists of every length, a dict, and a graph with cycles that is dropped
 * at once. After what apt and dpkg keep in memory. The file is read and checked before the clock starts (objects/deb822.h),
 * for that is no matter of memory management.
 * Not good for: comparing machines, unless --input names the same file on all; the usual one is the machine's own.
 *
 * What is counted
 *   packages      stanzas, installed or not; two of one name are two packages
 *   dependencies  pairs (p, q) of packages such that a name in the Depends or Pre-Depends of p is the name of q or is
 *                 provided by q. All alternatives of a | b are taken; versions, architectures (name:any) and build
 *                 profiles are ignored. A pair counts once, p may be q, and a name that nobody bears counts nothing
 *   components    the strongly connected ones, packages without a cycle among them
 * A round's answer is packages * 10^13 + dependencies * 10^6 + components: three decimal numbers side by side, with room
 * for a million packages and ten million dependencies; with -n 1 it is the checksum. */
#include "objects/deb822.h"
#include "workload.h"

#include "objects/components.h"
#include "objects/dict.h"
#include "objects/list.h"
#include "objects/rounds.h"
#include "objects/text.h"

typedef struct Package {
    ComponentNode node;                /* its targets: the packages that its dependencies stand for */
    Text *name, *version;
    List *depends, *provides; /* Texts: what the file says */
    uint64_t linked_by;       /* number of the last package that found this one to be a target; from 1 */
} Package;
refs(Package, node.targets, name, version, depends, provides);

/* ---- From text to packages -------------------------------------------------------------------------------------- */

static void append_names(List *names, Span relations)
{
    for (Span name; deb822_next_name(&relations, &name);)
        if (name.length > 0)
            list_append(names, text_of(name.at, name.length));
}

static void take_field(Package *package, Deb822Field field)
{
    if (span_is(field.name, "Package"))
        put(package->name, text_of(field.value.at, field.value.length));
    else if (span_is(field.name, "Version"))
        put(package->version, text_of(field.value.at, field.value.length));
    else if (span_is(field.name, "Depends") || span_is(field.name, "Pre-Depends"))
        append_names(package->depends, field.value);
    else if (span_is(field.name, "Provides"))
        append_names(package->provides, field.value);
}

static Package *parse_package(Span stanza)
{
    local(Package) package = new(Package);
    put(package->depends, new(List));
    put(package->provides, new(List));
    put(package->node.targets, new(List));
    for (Deb822Field field; deb822_next_field(&stanza, &field);)
        take_field(package, field);
    return give(package);
}

static List *parse_packages(Span text)
{
    local(List) packages = new(List);
    for (Span stanza; deb822_next_stanza(&text, &stanza);)
        list_append(packages, parse_package(stanza));
    return give(packages);
}

/* ---- From names to references ----------------------------------------------------------------------------------- */

static void add_bearer(Dict *bearers, Text *name, Package *package)
{
    List *known = dict_get(bearers, name, texts);
    if (!known) {
        known = new(List);
        dict_put(bearers, share(name), known, texts);
    }
    list_append(known, share(package));
}

/* Every name, with the list of packages that have it or provide it. */
static Dict *bearers_of_names(List *packages)
{
    local(Dict) bearers = new(Dict);
    for (size_t i = 0; i < packages->length; i++) {
        Package *package = list_get(packages, i);
        add_bearer(bearers, package->name, package);
        for (size_t j = 0; j < package->provides->length; j++)
            add_bearer(bearers, list_get(package->provides, j), package);
    }
    return give(bearers);
}

static void link_to_all(Package *package, uint64_t number, List *bearers)
{
    for (size_t i = 0; i < bearers->length; i++) {
        Package *target = list_get(bearers, i);
        if (target->linked_by != number)
            list_append(package->node.targets, share(target));
        target->linked_by = number;
    }
}

/* Returns how many dependencies there are. */
static uint64_t link_packages(List *packages)
{
    local(Dict) bearers = bearers_of_names(packages);
    uint64_t dependencies = 0;
    for (size_t i = 0; i < packages->length; i++) {
        Package *package = list_get(packages, i);
        for (size_t j = 0; j < package->depends->length; j++) {
            List *named = dict_get(bearers, list_get(package->depends, j), texts);
            if (named)
                link_to_all(package, i + 1, named);
        }
        dependencies += package->node.targets->length;
    }
    return dependencies;
}

/* ---- The rounds ------------------------------------------------------------------------------------------------- */

static void read_packages(void)
{
    read_input();
    deb822_check(input);
}

static uint64_t one_round(Span text)
{
    local(List) packages = parse_packages(text);
    uint64_t dependencies = link_packages(packages);
    operations += packages->length + dependencies;
    return packages->length * 10000000000000u + dependencies * 1000000u + count_components(packages);
}

static uint64_t objects(uint64_t n)
{
    return rounds(n, one_round);
}

WORKLOAD(packages, REAL, SIZES(30, 70, 400), "the dependency graph of a Debian package list",
    VARIANT(objects, CYCLIC));
INPUT("/var/lib/dpkg/status");
PREPARE(read_packages);
