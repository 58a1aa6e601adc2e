/* resource: something that has to be released, a file handle say, of which only the account is kept: how many were open at
 * once, and how long after its last use each was released, in births. 32 bytes, and a callback of 8, which may be bound to the
 * resource: that closes a cycle, as a method does that a Python object keeps of itself.
 *
 * Invariant: it is released once, by release_resource or, where nobody calls that, by its finalizer. The account is that of one
 * run of the program: what an earlier one opened is not in it, although its finalizers may run only now. */
#ifndef RESOURCE_H
#define RESOURCE_H

#include "workload.h"

typedef struct Resource Resource;

typedef struct Callback {
    Resource *bound_to;
} Callback;
refs(Callback, bound_to);

struct Resource {
    Callback *callback;
    uint64_t number, used_at;
    uint32_t run; /* of the program in this process */
    bool open;
};

static struct {
    uint32_t run;
    uint64_t births, open, most_open, released;
    uint64_t delay, delay_max; /* from last use to release, of all and of the slowest */
} resources_seen;

static void resources_begin(void)
{
    uint32_t run = resources_seen.run + 1;
    memset(&resources_seen, 0, sizeof resources_seen);
    resources_seen.run = run;
}

static void release_resource(Resource *resource)
{
    if (!resource->open)
        return;
    resource->open = false;
    if (resource->run != resources_seen.run)
        return;
    uint64_t delay = resources_seen.births - resource->used_at;
    resources_seen.open--;
    resources_seen.released++;
    resources_seen.delay += delay;
    if (delay > resources_seen.delay_max)
        resources_seen.delay_max = delay;
}
finalized(Resource, release_resource, callback);

static Resource *open_resource(uint64_t number)
{
    local(Resource) resource = new(Resource);
    put(resource->callback, new(Callback));
    resources_seen.births += 2;
    resource->number = number;
    resource->run = resources_seen.run;
    resource->open = true;
    if (++resources_seen.open > resources_seen.most_open)
        resources_seen.most_open = resources_seen.open;
    return give(resource);
}

static uint64_t use_resource(Resource *resource)
{
    resource->used_at = resources_seen.births;
    return resource->number * resource->number;
}

/* Tells the row what became of the n that were opened. */
static void resources_report(uint64_t n)
{
    figure(most_open, resources_seen.most_open);
    figure(never_released, n - resources_seen.released);
    if (resources_seen.released > 0) {
        figure(delay_mean_births, resources_seen.delay / resources_seen.released);
        figure(delay_max_births, resources_seen.delay_max);
    }
}

#endif
