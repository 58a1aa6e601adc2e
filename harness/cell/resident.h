/* The resident memory of this process. */
#ifndef RESIDENT_H
#define RESIDENT_H

#include <stdint.h>

/* In KiB, at this moment; 0 where the system does not tell. Asking takes about a microsecond. */
uint64_t resident_kib(void);

/* The most that it ever had, in KiB; 0 where the system does not tell. */
uint64_t resident_peak_kib(void);

#endif
