/* The resident memory of this process. */
#ifndef RESIDENT_H
#define RESIDENT_H

#include <stdint.h>

/* In KiB, but for so many; 0 where the system does not tell. */
uint64_t resident_kib(uint64_t but_for_kib);

#endif
