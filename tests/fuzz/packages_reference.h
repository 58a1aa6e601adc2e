/* What workloads/packages.c counts, counted plainly: lists of names, a matrix of who depends on whom, and who reaches whom. */
#ifndef PACKAGES_REFERENCE_H
#define PACKAGES_REFERENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct PackagesReference {
    const char *problem; /* why the list is malformed; NULL: it is not */
    bool is_too_large;   /* for the matrix: there is no answer */
    uint64_t answer;     /* as workloads/packages.c says it, of one round */
} PackagesReference;

/* The text has no zero byte. */
PackagesReference packages_reference(const char *text, size_t length);

#endif
