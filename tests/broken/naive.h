/* naive: reference counting and a collector of cycles with nothing but correctness in mind, and a set of faults that can be
 * planted in it: what the tests of strategies are tested with (tests/broken.sh). It is no strategy of the suite.
 *
 * Invariant: every object stands in one list, and knows its type, how many owners it has, and which Weaks refer to it. A
 * collection looks at all of them: what is left of an object's count when the references of other objects are taken off is
 * held from outside, and so is all that it reaches; the rest is garbage.
 *
 * The environment's PLANT names the fault; without it there is none. */
#define NAIVE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "parts/census.h"
#include "parts/damage.h"
#include "parts/setting.h"
#include "parts/system.h"
#include "parts/type.h"

SETTING(cycles, 1, 0, 1, "0: dead cycles are left as they are, as by pure counting");

typedef struct NaiveHead {
    struct NaiveHead *next, *previous; /* in the list of all */
    struct NaiveHead *later;           /* on the stack of the dying, or of those to be marked */
    const Type *type;
    Weak *weaks;                       /* that refer to it */
    int64_t count;
    int64_t external;                  /* owners that are no references of other objects, while collecting */
    bool finalized;
    bool dying;                        /* it has no owner, and its turn has not come yet */
    bool reached, doomed;              /* while collecting */
} NaiveHead;

static struct {
    NaiveHead all;      /* the list's head, and no object */
    NaiveHead *dying;
    NaiveHead *marking;
    bool burying, collecting;
    uint64_t chance;    /* how often a rare fault could have happened; every hundredth time it does */
    const char *plant;
} naive;

/* Which types there are is not known yet, but for this one (words/owning.h). */
static const Type Weak_type;

static inline bool planted(const char *fault)
{
    return naive.plant && strcmp(naive.plant, fault) == 0;
}

static inline bool planted_rarely(const char *fault)
{
    return planted(fault) && ++naive.chance % 100 == 0;
}

static inline NaiveHead *naive_head(void *object)
{
    return (NaiveHead *)object - 1;
}

/* ---- Birth ------------------------------------------------------------------------------------------------------ */

static void naive_link(NaiveHead *head)
{
    head->next = naive.all.next;
    head->previous = &naive.all;
    head->next->previous = head->previous->next = head;
}

static void naive_unlink(NaiveHead *head)
{
    head->next->previous = head->previous;
    head->previous->next = head->next;
}

static void *naive_allocate(const Type *type, size_t size)
{
    NaiveHead *head = calloc(1, sizeof *head + size);
    if (!head)
        out_of_memory(size);
    head->type = type;
    head->count = 1;
    naive_link(head);
    return head + 1;
}

static void *naive_reallocate(void *object, const Type *type, size_t old_size, size_t size)
{
    NaiveHead *head = naive_head(object);
    naive_unlink(head);
    head = realloc(head, sizeof *head + size);
    if (!head)
        out_of_memory(size);
    naive_link(head);
    if (size > old_size)
        memset((char *)(head + 1) + old_size, 0, size - old_size);
    if (planted("resizing-loses-the-first-slot") && type->has_slots && size > type->size)
        memset((char *)(head + 1) + type->size, 0, sizeof(void *));
    return head + 1;
}

/* ---- Weak references -------------------------------------------------------------------------------------------- */

static void naive_weak_refer(Weak *weak)
{
    NaiveHead *head = naive_head(weak->target);
    weak->next = head->weaks;
    if (weak->next)
        weak->next->previous = weak;
    head->weaks = weak;
}

static void naive_weak_leave(Weak *weak)
{
    if (!weak->target)
        return;
    if (weak->next)
        weak->next->previous = weak->previous;
    *(weak->previous ? &weak->previous->next : &naive_head(weak->target)->weaks) = weak->next;
}

static void naive_empty_weaks(NaiveHead *head)
{
    while (head->weaks && !planted("weak-references-stay-full")) {
        Weak *weak = head->weaks;
        head->weaks = weak->next;
        *weak = (Weak){ 0 };
    }
}

/* One that is dying already is given to nobody. */
static inline void *naive_weak_target(Weak *weak)
{
    return weak->target && naive_head(weak->target)->count ? weak->target : NULL;
}

/* ---- Death ------------------------------------------------------------------------------------------------------ */

static inline void naive_retain(void *object)
{
    if (object && !planted_rarely("an-owner-is-not-counted"))
        naive_head(object)->count++;
}

/* Runs the finalizer, if it has not run yet, while the object has one owner more. */
static void naive_finalize(NaiveHead *head)
{
    if (head->finalized || !head->type->finalize || planted_rarely("a-finalizer-is-forgotten"))
        return;
    head->finalized = !planted("a-finalizer-runs-twice");
    head->count++;
    head->type->finalize(head + 1);
    head->count--;
}

static void naive_finalize_slot(AnyReference *slot, void *context)
{
    (void)context;
    if (*slot && naive_head(*slot)->count == 1)
        naive_finalize(naive_head(*slot));
}

static void naive_free(NaiveHead *head)
{
    if (head->type == &Weak_type)
        naive_weak_leave((Weak *)(head + 1));
    naive_empty_weaks(head);
    naive_unlink(head);
    census_died(head + 1);
    free(head);
}

static void naive_forget_last_slot(NaiveHead *head)
{
    size_t length = type_length(head->type, head + 1);
    if (head->type->has_slots && length)
        ((AnyReference *)((char *)(head + 1) + head->type->size))[length - 1] = NULL;
}

static void naive_bury_later(NaiveHead *head)
{
    head->dying = true;
    head->later = naive.dying;
    naive.dying = head;
}

static void naive_let_go(void *object)
{
    if (object && !planted_rarely("an-owner-is-never-let-go") && --naive_head(object)->count == 0)
        naive_bury_later(naive_head(object));
}

static void naive_clear_slot(AnyReference *slot, void *context)
{
    (void)context;
    void *old = *slot;
    *slot = NULL;
    naive_let_go(old);
}

static void naive_bury(NaiveHead *head)
{
    if (planted("children-are-finalized-first"))
        type_visit(head->type, head + 1, naive_finalize_slot, NULL);
    naive_finalize(head);
    if (head->count && !planted("the-resurrected-are-freed"))
        return;
    naive_empty_weaks(head);
    if (planted("the-last-slot-is-forgotten"))
        naive_forget_last_slot(head);
    type_visit(head->type, head + 1, naive_clear_slot, NULL);
    naive_free(head);
}

/* What dies meanwhile waits for its turn, so that nothing recurses. */
static void naive_bury_all(void)
{
    if (naive.burying)
        return;
    naive.burying = true;
    while (naive.dying) {
        NaiveHead *head = naive.dying;
        naive.dying = head->later;
        head->dying = false;
        naive_bury(head);
    }
    naive.burying = false;
}

static inline void naive_release(void *object)
{
    naive_let_go(object);
    naive_bury_all();
}

/* ---- Collection ------------------------------------------------------------------------------------------------- */

#define naive_each(head) (NaiveHead *head = naive.all.next; head != &naive.all; head = head->next)

static void naive_subtract_slot(AnyReference *slot, void *context)
{
    if (!*slot || (planted("a-loop-of-one-is-overlooked") && naive_head(*slot) == context))
        return;
    if (--naive_head(*slot)->external < 0 && !naive_head(*slot)->dying)
        heap_damaged("more references than owners", *slot, naive_head(*slot)->type);
}

static void naive_reach(NaiveHead *head)
{
    if (head->reached)
        return;
    head->reached = true;
    head->later = naive.marking;
    naive.marking = head;
}

static void naive_reach_slot(AnyReference *slot, void *context)
{
    if (*slot && !(planted("the-third-field-is-not-followed") && slot == context))
        naive_reach(naive_head(*slot));
}

static void naive_mark(void)
{
    while (naive.marking) {
        NaiveHead *head = naive.marking;
        naive.marking = head->later;
        AnyReference *third = head->type->field_count > 2 ? type_field(head->type, head + 1, 2) : NULL;
        type_visit(head->type, head + 1, naive_reach_slot, third);
    }
}

/* Marks what is held from outside, and all that it reaches. What is dying holds what it refers to until its turn comes. */
static void naive_look(void)
{
    for naive_each(head) {
        head->external = head->count;
        head->reached = false;
    }
    for naive_each(head)
        type_visit(head->type, head + 1, naive_subtract_slot, head);
    for naive_each(head)
        if (head->dying)
            type_visit(head->type, head + 1, naive_reach_slot, NULL);
        else if (head->external > 0)
            naive_reach(head);
    naive_mark();
}

static void naive_doom(void)
{
    for naive_each(head)
        head->doomed = !head->reached && !head->dying;
}

static void naive_wipe_slot(AnyReference *slot, void *context)
{
    (void)context;
    *slot = NULL;
}

static void naive_harm_the_living(void)
{
    for naive_each(head) {
        if (!head->reached)
            continue;
        if (planted("weak-references-to-the-living-are-emptied"))
            naive_empty_weaks(head);
        if (planted_rarely("a-finalizer-of-the-living-runs"))
            naive_finalize(head);
        if (planted_rarely("one-of-the-living-is-swept")) {
            naive_free(head);
            return;
        }
    }
}

/* Each is held while finalizers run, so that none of them can die of what another does. */
static void naive_finalize_doomed(void)
{
    for naive_each(head)
        if (head->doomed)
            naive_empty_weaks(head);
    for naive_each(head)
        head->count += head->doomed;
    for naive_each(head)
        if (head->doomed && planted("fields-are-cleared-before-finalizers"))
            type_visit(head->type, head + 1, naive_wipe_slot, NULL);
    for naive_each(head)
        if (head->doomed)
            naive_finalize(head);
    for naive_each(head)
        head->count -= head->doomed;
}

/* Looks again: what a finalizer brought back is spared, with all that it refers to. */
static uint64_t naive_spare_resurrected(void)
{
    uint64_t doomed = 0;
    naive_look();
    for naive_each(head) {
        head->doomed = head->doomed && !head->reached;
        doomed += head->doomed;
    }
    return doomed;
}

static void naive_free_doomed(void)
{
    for naive_each(head)
        head->count += head->doomed;
    for naive_each(head)
        if (head->doomed)
            type_visit(head->type, head + 1, naive_clear_slot, NULL);
    for (NaiveHead *head = naive.all.next, *next; head != &naive.all; head = next) {
        next = head->next;
        if (head->doomed)
            naive_free(head);
    }
}

static inline uint64_t naive_collect(void)
{
    if (naive.collecting || !setting_cycles)
        return 0;
    naive.collecting = true;
    pause_begin();
    naive_look();
    naive_doom();
    naive_harm_the_living();
    naive_finalize_doomed();
    uint64_t found = naive_spare_resurrected();
    naive_free_doomed();
    pause_end(PAUSE_COLLECTION);
    naive.collecting = false;
    naive_bury_all();
    return found + planted("a-collection-says-too-much");
}

static void naive_open(void)
{
    naive.plant = getenv("PLANT");
    naive.all.next = naive.all.previous = &naive.all;
}

#define allocate(type, size) naive_allocate(type, size)
#define reallocate(object, type, old_size, size) naive_reallocate(object, type, old_size, size)
#define retain(object) naive_retain(object)
#define release(object) naive_release(object)
#define weak_refer(weak) naive_weak_refer(weak)
#define weak_target(weak) naive_weak_target(weak)
#define finalizes 1
#define collects_cycles 1
#define collect() naive_collect()
#define heap_open() naive_open()
