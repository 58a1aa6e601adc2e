/* Resources: n of them, file handles say, are opened, used once and released, one after the other; a region for every hundred.
 * with_block: released where the block ends; finalizer: by the finalizer alone; finalizer_in_cycle: likewise, and its callback
 * refers back to the resource, as a bound method does that an object keeps of itself.
 * Figures: most_open at a time; delay_mean_births, delay_max_births: objects born from the last use to the release, of those
 * that were released; never_released before the work was over.
 * Stresses finalizers, and shows what waits for them. After the articles' advice to use context managers, and Boehm,
 * "Destructors, finalizers, and synchronization", 2003. Not good for: time; a real handle's system calls would drown it. */
#include "workload.h"

enum { REGION = 100 };

typedef struct Resource Resource;

typedef struct Callback {
    Resource *bound_to;
} Callback;
refs(Callback, bound_to);

struct Resource {
    Callback *callback;
    uint64_t number, used_at;
    bool open;
};

static struct {
    uint64_t births, open, most_open, released, delay, delay_max;
} seen;

static void release_resource(Resource *resource)
{
    if (!resource->open)
        return;
    uint64_t delay = seen.births - resource->used_at;
    resource->open = false;
    seen.open--;
    seen.released++;
    seen.delay += delay;
    if (delay > seen.delay_max)
        seen.delay_max = delay;
}
finalized(Resource, release_resource, callback);

static Resource *open_resource(uint64_t number)
{
    local(Resource) resource = new(Resource);
    put(resource->callback, new(Callback));
    seen.births += 2;
    resource->number = number;
    resource->open = true;
    if (++seen.open > seen.most_open)
        seen.most_open = seen.open;
    return give(resource);
}

static uint64_t use(Resource *resource)
{
    resource->used_at = seen.births;
    return resource->number * resource->number;
}

static uint64_t in_a_block(uint64_t number)
{
    local(Resource) resource = open_resource(number);
    uint64_t result = use(resource);
    release_resource(resource);
    return result;
}

static uint64_t and_forget(uint64_t number)
{
    local(Resource) resource = open_resource(number);
    return use(resource);
}

static uint64_t in_a_cycle(uint64_t number)
{
    local(Resource) resource = open_resource(number);
    set(resource->callback->bound_to, resource);
    return use(resource);
}

static uint64_t use_all(uint64_t n, uint64_t (*use_one)(uint64_t number))
{
    uint64_t sum = 0;
    for (uint64_t i = 0; i < n; i += REGION)
        region
            for (uint64_t number = i; number < i + REGION && number < n; number++)
                sum = sum * 3 + use_one(number);
    figure(most_open, seen.most_open);
    figure(never_released, n - seen.released);
    if (seen.released > 0) {
        figure(delay_mean_births, seen.delay / seen.released);
        figure(delay_max_births, seen.delay_max);
    }
    operations += n;
    return sum;
}

static uint64_t with_block(uint64_t n)
{
    return use_all(n, in_a_block);
}

static uint64_t finalizer(uint64_t n)
{
    return use_all(n, and_forget);
}

static uint64_t finalizer_in_cycle(uint64_t n)
{
    return use_all(n, in_a_cycle);
}

WORKLOAD(resources, TECHNIQUE, SIZES(600000, 5000000, 30000000), "resources released by the program, or by finalizers",
    VARIANT(with_block, STREAMS),
    VARIANT(finalizer, STREAMS),
    VARIANT(finalizer_in_cycle, STREAMS | CYCLIC));
