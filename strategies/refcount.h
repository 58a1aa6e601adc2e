/* refcount: pure reference counting. An object dies in the instant its last owner lets go; a cycle never does. */
#include "parts/counting.h"

#define allocate(type, size) counting_allocate(type, size)
#define heap_close() counting_close()
