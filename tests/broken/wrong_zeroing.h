/* refcount, which leaves the trailing elements of a new object as they were, also where they must be zero. */
/* Caught by: oracle: #[0-9]+ is new, and byte [0-9]+ of its [0-9]+ is not zero */
#include "refcount.h"

#undef allocate
#define allocate(type, size) counting_allocate_unset(type, size)
