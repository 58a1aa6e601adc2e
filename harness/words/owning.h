/* The words of owners: locals and slots, weak references, regions. Who owns what is said in workload.h. */
#ifndef WORDS_OWNING_H
#define WORDS_OWNING_H

#include "hooks.h"
#include "objects.h"
#include "types.h"

/* local(T) x = e: a variable that owns what it holds until its scope ends. */
#define local(T) LETS_GO_(leave_local) typeof(T *)

/* put(slot, e): the slot takes over e, an owned reference. set(slot, r): the slot comes to share r, a borrowed one. */
#define put(slot, value)                                                                                               \
    ({                                                                                                                 \
        typeof(slot) value_ = (value);                                                                                 \
        typeof(slot) *slot_ = &(slot);                                                                                 \
        typeof(slot) old_ = *slot_;                                                                                    \
        *slot_ = value_;                                                                                               \
        release(old_);                                                                                                 \
    })
#define set(slot, value) put(slot, share(value))

/* share(r): another owner of r. give(x): what x owns, owned by whoever takes it. drop(x): let go now; x becomes NULL. */
#define share(reference)                                                                                               \
    ({                                                                                                                 \
        typeof(reference) shared_ = (reference);                                                                       \
        retain(shared_);                                                                                               \
        shared_;                                                                                                       \
    })
#define give(variable)                                                                                                 \
    ({                                                                                                                 \
        typeof(variable) *giver_ = &(variable);                                                                        \
        typeof(variable) given_ = *giver_;                                                                             \
        *giver_ = NULL;                                                                                                \
        given_;                                                                                                        \
    })
#define drop(variable) put(variable, NULL)

static inline void leave_local(void *variable)
{
    LET_GO_(*(AnyReference *)variable);
}

/* weak(T, r): a weak reference to the T that r refers to, owned: an object of type Weak, which does not keep the T alive. A
 * T has no trailing elements, for to be resized is to move. strong(T, w): the T that w refers to, shared with whoever takes
 * it, or NULL once it is dead, and where w is NULL. It reads NULL before anybody can see a T whose fields were cleared;
 * whether its finalizer still finds it there differs between strategies. */
#define weak(T, reference)                                                                                             \
    ({                                                                                                                 \
        _Static_assert(!T##_can_move_, "a " #T " has trailing elements: no weak reference can follow it");            \
        T *referent_ = (reference);                                                                                    \
        new_weak(referent_);                                                                                           \
    })
#ifdef weak_share
#define strong(T, weak_reference)                                                                                      \
    ({                                                                                                                 \
        Weak *weak_ = (weak_reference);                                                                                \
        (T *)(weak_ ? weak_share(weak_) : NULL);                                                                       \
    })
#else
#define strong(T, weak_reference)                                                                                      \
    ({                                                                                                                 \
        Weak *weak_ = (weak_reference);                                                                                \
        T *strong_ = weak_ ? weak_target(weak_) : NULL;                                                                \
        retain(strong_);                                                                                               \
        strong_;                                                                                                       \
    })
#endif

#ifdef weak_leave
finalized(Weak, weak_leave);
#else
leaf(Weak);
#endif

static inline Weak *new_weak(void *target)
{
#ifdef weak_of
    return weak_of(target);
#else
    Weak *made = new(Weak);
    made->target = target;
    if (target)
        weak_refer(made);
    return made;
#endif
}

/* region { … }: what is born inside and kept by nobody outside is dead at its end. Keeping something is a mistake that
 * only some strategies forgive. */
#ifdef savepoint
#define region                                                                                                         \
    for (__attribute__((cleanup(leave_region))) Region region_ = { savepoint(), true }; region_.open; region_.open = false)
typedef struct Region {
    Savepoint begun;
    bool open;
} Region;
static inline void leave_region(Region *left)
{
    rewind(left->begun);
}
#else
#define region for (bool region_ = true; region_; region_ = false)
#endif

#endif
