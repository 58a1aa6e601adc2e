/* Resources: n of them are opened, used once and released, one after the other; a region for every hundred.
 * with_block: released where the block ends; finalizer: by the finalizer alone; finalizer_in_cycle: likewise, and the resource
 * is in a cycle.
 * Figures: most_open at a time; delay_mean_births, delay_max_births: objects born from the last use to the release, of those
 * that were released; never_released before the work was over.
 * Stresses finalizers, and shows what waits for them.
 * After the articles' advice to use context managers, and H. Boehm, "Destructors, finalizers, and synchronization", 2003.
 * Not good for: time; a real handle's system calls would drown it. */
#include "workload.h"

#include "objects/resource.h"

enum { REGION = 100 };

static uint64_t use_in_block(uint64_t number)
{
    local(Resource) resource = open_resource(number);
    uint64_t result = use_resource(resource);
    release_resource(resource);
    return result;
}

static uint64_t use_and_forget(uint64_t number)
{
    local(Resource) resource = open_resource(number);
    return use_resource(resource);
}

static uint64_t use_in_cycle(uint64_t number)
{
    local(Resource) resource = open_resource(number);
    set(resource->callback->bound_to, resource);
    return use_resource(resource);
}

static uint64_t use_all(uint64_t n, uint64_t (*use_one)(uint64_t number))
{
    uint64_t sum = 0;
    resources_begin();
    for (uint64_t i = 0; i < n; i += REGION)
        region
            for (uint64_t number = i; number < i + REGION && number < n; number++)
                sum = sum * 3 + use_one(number);
    resources_report(n);
    operations += n;
    return sum;
}

static uint64_t with_block(uint64_t n) { return use_all(n, use_in_block); }
static uint64_t finalizer(uint64_t n) { return use_all(n, use_and_forget); }
static uint64_t finalizer_in_cycle(uint64_t n) { return use_all(n, use_in_cycle); }

WORKLOAD(resources, TECHNIQUE, SIZES(600000, 2500000, 30000000), "resources released by the program, or by finalizers",
    VARIANT(with_block, STREAMS, REPEATED(2)),
    VARIANT(finalizer, STREAMS, REPEATED(2)),
    VARIANT(finalizer_in_cycle, STREAMS | CYCLIC, REPEATED(2)));
