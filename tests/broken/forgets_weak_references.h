/* refcount_trial, which does not empty the weak references to what dies. */
/* Caught by: oracle: weak #[0-9]+ still refers to #[0-9]+, which is dead */
#include "parts/weakrefs.h"

/* They leave the table, and are known by a thread that leads to themselves. */
static void forgets_to_empty(const void *target)
{
    for (Weak *weak = weakrefs_take_thread(target), *next; weak; weak = next) {
        next = weak->next;
        weak->next = weak;
    }
}

#define weakrefs_empty(target) ((void)weakrefs_empty, forgets_to_empty(target))
#define weakrefs_leave(weak) ((weak)->next != (weak) && weakrefs_leave(weak))
#include "refcount_trial.h"
