/* refcount_malloc, which goes on with NULL when malloc has nothing left. */
/* Caught by: famine: request [0-9]+, .* failed.*: crash: */
/* Tried with: ring */
#include "parts/system.h"

#define out_of_memory(bytes) ((void)(bytes))
#define pool_is_malloc 1
#include "parts/pool.h"
#undef pool_is_malloc
#undef out_of_memory
#include "refcount_malloc.h"
