/* What the tests of statements share: types, what is alive, and how to fail.
 *
 * Every test runs in a process of its own, in a fresh heap. Who is alive is known from the census, so that the tests look the
 * same under every strategy. A collector that guesses (EXACT is 0) may keep what a dead word on the stack refers to: garbage is
 * made in functions of their own, many times, and a few survivors are forgiven. */
#ifndef WORLD_H
#define WORLD_H

#include "../capability.h"
#include "profile/counted.h"

#define demand(condition, ...)                                                                                         \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            fprintf(stderr, "%s:%d: %s: ", __FILE__, __LINE__, #condition);                                            \
            fprintf(stderr, __VA_ARGS__);                                                                              \
            fputc('\n', stderr);                                                                                       \
            _exit(1);                                                                                                  \
        }                                                                                                              \
    } while (0)
#define demand_equal(actual, expected) demand_near(actual, expected, 0)
#define demand_near(actual_, expected_, least_)                                                                        \
    do {                                                                                                               \
        uint64_t a_ = (actual_), e_ = (expected_);                                                                     \
        demand(a_ <= e_ && a_ + (least_) >= e_, "%s is %lu, where %lu is expected", #actual_, (unsigned long)a_,       \
            (unsigned long)e_);                                                                                        \
    } while (0)

typedef struct Node Node;
struct Node {
    Node *next, *other;
    uint64_t value;
};
refs(Node, next, other);

typedef struct Array {
    size_t length;
    void *at[];
} Array;
slots(Array);

typedef struct Leaf {
    uint64_t value;
} Leaf;
leaf(Leaf);

/* What a test looks at when it dies. */
typedef struct Ghost Ghost;
struct Ghost {
    Ghost *next;
    void *other;
    uint64_t value, seal;
};
static void ghost_dies(Ghost *self);
finalized(Ghost, ghost_dies, next, other);

static struct {
    void (*behave)(Ghost *self); /* what a dying ghost does besides being noted */
    uint64_t died;               /* how many finalizers ran */
    uint64_t last;               /* the value of the last of them */
    uint64_t times[1024];        /* by value: how often its finalizer ran */
    bool in_order;               /* each had a lower value than the one before */
} ghosts;

enum { SEAL = 0x5EA1 };

static void ghost_dies(Ghost *self)
{
    demand(self->seal == SEAL, "a finalizer was given what is no ghost");
    ghosts.in_order = ghosts.died == 0 || (ghosts.in_order && self->value < ghosts.last);
    ghosts.last = self->value;
    ghosts.died++;
    ghosts.times[self->value % 1024]++;
    if (ghosts.behave)
        ghosts.behave(self);
}

static Node *node(uint64_t value)
{
    Node *made = new(Node);
    made->value = value;
    return made;
}

static Ghost *ghost(uint64_t value)
{
    Ghost *made = new(Ghost);
    made->value = value;
    made->seal = SEAL;
    return made;
}

/* Where finalizers bring things back to: a local of the test, whose address only it and this complement know. */
static uintptr_t keeper_hidden;

static Array *keeper(void)
{
    return (Array *)~keeper_hidden;
}

static Array *new_keeper(void)
{
    Array *made = new_of(Array, 16);
    keeper_hidden = ~(uintptr_t)made;
    return made;
}

/* ---- Who is alive ----------------------------------------------------------------------------------------------- */

enum { TIMES = 100 }; /* how often garbage is made … */
#define SPARED (EXACT ? 0u : 3u) /* … and how often it may be taken for alive */

static uint64_t live(void)
{
    return census_live_objects();
}

static uint64_t live_bytes(void)
{
    return counted.allocated_bytes - counted.freed_bytes;
}

static __attribute__((noinline)) void clear_stack_below(void)
{
    volatile char below[16 << 10];
    for (size_t i = 0; i < sizeof below; i++)
        below[i] = 0;
}

static __attribute__((noinline)) uint64_t collected(void)
{
    clear_stack_below();
    return collect();
}

/* Until nothing more is found: what finalizers brought back, or made. */
static void collect_all(void)
{
    for (uint64_t before = live() + 1; live() < before;) {
        before = live();
        collected();
    }
}

/* Runs a function that makes garbage, so many times, in a frame that is gone when it is over. */
static __attribute__((noinline)) void repeat(void (*make)(void), unsigned times)
{
    for (unsigned i = 0; i < times; i++)
        make();
}

/* ---- What the strategy can -------------------------------------------------------------------------------------- */

extern const Setting __start_settings[] __attribute__((weak)), __stop_settings[] __attribute__((weak));

static const Setting *find_setting(const char *name)
{
    for (const Setting *setting = __start_settings; setting != __stop_settings; setting++)
        if (strcmp(setting->name, name) == 0)
            return setting;
    return NULL;
}

static bool set_where_there_is(const char *name, uint64_t value)
{
    const Setting *setting = find_setting(name);
    if (setting)
        *setting->value = value;
    return setting != NULL;
}

/* No collection but those that are asked for; before the heap is opened. */
static void collect_only_when_asked(void)
{
    set_where_there_is("collector", 0);
    set_where_there_is("least_heap_kib", UINT32_MAX);
    set_where_there_is("initial_heap_mib", 64);
}

static bool has_generations(void) { return find_setting("threshold2") != NULL; }
static bool has_switch(void) { return find_setting("collector") != NULL; }

#if defined(COUNTING_H)
static uint64_t owners_of(void *object) { return counting_count(object); }
#elif defined(NAIVE_H)
static uint64_t owners_of(void *object) { return (uint64_t)naive_head(object)->count; }
#elif defined(Py_PYTHON_H)
static uint64_t owners_of(void *object) { return (uint64_t)Py_REFCNT((PyObject *)cpython_head(object)); }
#else
static uint64_t owners_of(void *object) { (void)object; return 0; }
#endif

#endif
