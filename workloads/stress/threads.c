/* Threads: as many mutators as the setting `threads` says, each in a thread and, under most strategies, in a heap of its own.
 *   apart     each churns trees, lists and rings of all ages; what one has, no other sees
 *   handed    each makes such structures for the next, and looks through and drops what the one before made for it
 *   unshared  each comes to own an object of its own, and lets go of it, again and again
 *   shared    the same of one object that all of them own
 * Stresses what a strategy has once for each heap, memory that another thread gives back, and counts that several change.
 * Not good for: a strategy's times beside those of other workloads, for its heaps are thread-local here.
 *
 * Size is operations of each thread: structures made and dropped, or OWNERS owners that come and go. */
#define THREADED
#include <inttypes.h>

#include "stress/mutators.h"
#include "objects/structures.h"

enum {
    ROUND = 512,  /* operations in a region */
    HELD = 64,    /* structures that a thread has at a time */
    BATCH = 16,   /* structures that are made before as many are taken */
    QUEUED = 32,  /* that wait at the most */
    OWNERS = 64,
};

/* Which structures a thread makes; where it puts them is chosen by another sequence. */
static Random plans_of(const Mutator *self)
{
    return random_salted(self->number);
}

/* ---- Apart ------------------------------------------------------------------------------------------------------- */

typedef struct Table {
    size_t length;
    Node *at[];
} Table;
slots(Table);

/* Structures that are looked through when another takes their place, or in the end. */
static uint64_t churn(Random *plans, Random *places, uint64_t n)
{
    local(Table) held = new_of(Table, HELD);
    Plan plan[HELD];
    uint64_t sum = 0;
    for (uint64_t i = 0; i < n; i++) {
        uint64_t place = random_below(places, HELD);
        sum += held->at[place] ? structure_sum(held->at[place], plan[place]) : 0;
        plan[place] = structure_plan(plans);
        put(held->at[place], structure(plan[place]));
    }
    for (uint64_t place = 0; place < HELD; place++)
        sum += held->at[place] ? structure_sum(held->at[place], plan[place]) : 0;
    return sum;
}

static void churn_apart(Mutator *self)
{
    Random plans = plans_of(self), places = random_salted(~self->number);
    for (uint64_t done = 0; done < self->n; done += ROUND) {
        region
            self->checksum += churn(&plans, &places, self->n - done < ROUND ? self->n - done : ROUND);
    }
    (void)collect();
}

static uint64_t apart(uint64_t n)
{
    return mutators_work(churn_apart, n);
}

/* ---- Handed ------------------------------------------------------------------------------------------------------ */

/* Structures whose only owner it is. It is static, so that who looks for references finds them. */
typedef struct Queue {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    uint64_t put, taken;
    Node *structure[QUEUED];
    Plan plan[QUEUED];
} Queue;

static Queue queues[MOST_MUTATORS] = {
    [0 ... MOST_MUTATORS - 1] = { .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER }
};

static void enqueue(Queue *queue, Plan plan, Node *structure)
{
    pthread_mutex_lock(&queue->lock);
    while (queue->put - queue->taken == QUEUED)
        pthread_cond_wait(&queue->changed, &queue->lock);
    queue->plan[queue->put % QUEUED] = plan;
    queue->structure[queue->put++ % QUEUED] = structure;
    pthread_cond_signal(&queue->changed);
    pthread_mutex_unlock(&queue->lock);
}

static Node *dequeue(Queue *queue, Plan *plan)
{
    pthread_mutex_lock(&queue->lock);
    while (queue->put == queue->taken)
        pthread_cond_wait(&queue->changed, &queue->lock);
    *plan = queue->plan[queue->taken % QUEUED];
    Node *structure = give(queue->structure[queue->taken % QUEUED]);
    queue->taken++;
    pthread_cond_signal(&queue->changed);
    pthread_mutex_unlock(&queue->lock);
    return structure;
}

/* Who waits for room has taken as many batches as it made, so not all can wait for each other. */
static void hand_on(Mutator *self)
{
    Random plans = plans_of(self);
    Queue *mine = &queues[self->number], *next = &queues[(self->number + 1) % setting_threads];
    for (uint64_t done = 0; done < self->n; done += BATCH) {
        uint64_t batch = self->n - done < BATCH ? self->n - done : BATCH;
        for (uint64_t i = 0; i < batch; i++) {
            Plan plan = structure_plan(&plans);
            enqueue(next, plan, structure(plan));
        }
        for (uint64_t i = 0; i < batch; i++) {
            Plan plan;
            local(Node) handed = dequeue(mine, &plan);
            self->checksum += structure_sum(handed, plan);
        }
    }
}

static uint64_t handed(uint64_t n)
{
    return mutators_work(hand_on, n);
}

/* ---- Owners that come and go ------------------------------------------------------------------------------------- */

/* Each owner leaves a mark before it lets go. */
typedef struct Owned {
    uint64_t one;
    uint8_t mark[MOST_MUTATORS];
} Owned;

static struct {
    uint64_t owned, marks;
} dead;

/* Runs in the thread that lets go last, and sees what the others did. */
static inline void owned_dies(Owned *self)
{
    for (int i = 0; i < MOST_MUTATORS; i++)
        __atomic_fetch_add(&dead.marks, self->mark[i], __ATOMIC_RELAXED);
    __atomic_fetch_add(&dead.owned, 1, __ATOMIC_RELAXED);
}
#if finalizes
finalized(Owned, owned_dies);
#else
leaf(Owned);
#endif

static Owned *new_owned(void)
{
    Owned *made = new(Owned);
    made->one = 1;
    return made;
}

static void own(Mutator *self, Owned *object)
{
    Random plans = plans_of(self);
    for (uint64_t i = 0; i < self->n; i++) {
        uint64_t owners = 0;
        for (int owner = 0; owner < OWNERS; owner++) {
            local(Owned) owned = share(object);
            __asm__ volatile("" : : : "memory"); /* or a compiler would see that one comes and goes for nothing */
            owners += owned->one;
        }
        self->checksum += structure_sum_planned(structure_plan(&plans)) * (owners / OWNERS);
    }
    object->mark[self->number] = 1;
}

static void own_alone(Mutator *self)
{
    local(Owned) mine = new_owned();
    own(self, mine);
}

/* Where counts tell when an object dies, it dies when its last owner lets go. */
static uint64_t own_all(void (*work)(Mutator *self), uint64_t n, uint64_t objects)
{
    uint64_t sum = mutators_work(work, n);
    if (leaks_cycles && finalizes && (dead.owned != objects || dead.marks != setting_threads))
        end_damaged("owners come and go: of %" PRIu64 " objects %" PRIu64 " died, after %" PRIu64 " of %" PRIu64 " owners",
                    objects, dead.owned, dead.marks, setting_threads);
    return sum;
}

static uint64_t unshared(uint64_t n)
{
    memset(&dead, 0, sizeof dead);
    return own_all(own_alone, n, setting_threads);
}

/* What each thread is given to own: static, so that who looks for references finds it. */
static Owned *shares[MOST_MUTATORS];

static void own_together(Mutator *self)
{
    local(Owned) everybodys = give(shares[self->number]);
    own(self, everybodys);
}

static uint64_t shared(uint64_t n)
{
    memset(&dead, 0, sizeof dead);
    local(Owned) made = new_owned();
    for (uint64_t i = 0; i < setting_threads; i++)
        shares[i] = share(made);
    drop(made);
    return own_all(own_together, n, 1);
}

static uint64_t by_plan(uint64_t n)
{
    uint64_t sum = 0;
    for (uint64_t i = 0; i < setting_threads; i++) {
        Random plans = plans_of(&(Mutator){ .number = i });
        for (uint64_t done = 0; done < n; done++)
            sum += structure_sum_planned(structure_plan(&plans));
    }
    return sum;
}
REFERENCE(by_plan);

#define NOT_HANDED "what is born in one heap dies in it: it can be given to no other thread"
#define NOT_SHARED "its objects are one thread's: two threads cannot own one"

WORKLOAD(threads, STRESS, SIZES(20000, 100000, 1000000), "mutators that work at the same time",
         VARIANT(apart, STREAMS),
         VARIANT(handed, STREAMS, FOR_THOSE_THAT(hands_over, NOT_HANDED)),
         VARIANT(unshared, STREAMS),
         VARIANT(shared, STREAMS, FOR_THOSE_THAT(threads_share_objects, NOT_SHARED)));
