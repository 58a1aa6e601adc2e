/* Primitives: what each word of a program costs by itself, n times over.
 * load: a number is looked at, one of 1024 in turn; all others do that, too, so that their own cost is what they take beyond
 * it. birth: the number is made anew and dies. share: it has an owner more meanwhile. put: it takes the place of the last one
 * in a field. weak_load: it is come to by a weak reference.
 * Stresses one operation of the strategy each; operation_ns in summary.csv is its CPU time.
 * After lmbench (McVoy and Staelin, 1996), which asks an operating system for the time of one call of each kind.
 * Not good for: predicting a program; caches and branch predictors have nothing else to do here. */
#include "workload.h"

#include "objects/number.h"
#include "objects/observed.h"

enum { PLACES = 1024 };

typedef struct World {
    Array *numbers, *weaks;
    Number *field;
} World;
refs(World, numbers, weaks, field);

static World *world_of_numbers(void)
{
    local(World) world = new(World);
    put(world->numbers, numbers_below(PLACES));
    return give(world);
}

static World *world_with_weaks(void)
{
    local(World) world = world_of_numbers();
    put(world->weaks, new_of(Array, PLACES));
    for (size_t place = 0; place < PLACES; place++)
        put(world->weaks->at[place], weak(Number, world->numbers->at[place]));
    return give(world);
}

/* Takes the world over. One of the steps below, for each place in turn; a region for each time around. */
static inline __attribute__((always_inline)) uint64_t steps(World *taken, uint64_t n, uint64_t step(World *world, size_t place))
{
    local(World) world = taken;
    uint64_t checksum = 0;
    for (uint64_t i = 0; i < n; i += PLACES)
        region
            for (size_t place = 0; place < PLACES && i + place < n; place++)
                checksum = checksum * 31 + step(world, place);
    operations += n;
    return checksum;
}

static inline uint64_t value_of(Number *number) { return observed(number)->value; }

static inline uint64_t load_one(World *world, size_t place)
{
    return value_of(world->numbers->at[place]);
}

static inline uint64_t bear_one(World *world, size_t place)
{
    (void)world;
    local(Number) number = number_of(place);
    return value_of(number);
}

static inline uint64_t share_one(World *world, size_t place)
{
    local(Number) number = share(world->numbers->at[place]);
    return value_of(number);
}

static inline uint64_t put_one(World *world, size_t place)
{
    set(world->field, world->numbers->at[place]);
    return value_of(world->field);
}

static inline uint64_t load_one_weakly(World *world, size_t place)
{
    local(Number) number = strong(Number, world->weaks->at[place]);
    return value_of(number);
}

static uint64_t load(uint64_t n) { return steps(world_of_numbers(), n, load_one); }
static uint64_t birth(uint64_t n) { return steps(world_of_numbers(), n, bear_one); }
static uint64_t (share)(uint64_t n) { return steps(world_of_numbers(), n, share_one); }
static uint64_t (put)(uint64_t n) { return steps(world_of_numbers(), n, put_one); }
static uint64_t weak_load(uint64_t n) { return steps(world_with_weaks(), n, load_one_weakly); }

static uint64_t by_counting(uint64_t n)
{
    uint64_t checksum = 0;
    for (uint64_t i = 0; i < n; i++)
        checksum = checksum * 31 + i % PLACES;
    return checksum;
}

WORKLOAD(primitives, MICRO, SIZES(4000000, 48000000, 600000000), "what a birth, a share, a put and a weak load cost",
    VARIANT(load, STREAMS, REPEATED(2)),
    VARIANT(birth, STREAMS),
    VARIANT(share, STREAMS, REPEATED(2)),
    VARIANT(put, STREAMS, REPEATED(2)),
    VARIANT(weak_load, STREAMS, REPEATED(2)));
REFERENCE(by_counting);
