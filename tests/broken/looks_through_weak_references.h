/* refcount, which looks through as much of the table of weak references as is in use, for every target that joins it. */
/* Caught by: depth: time per edge grows with n */
#include "parts/weakrefs.h"

static uint64_t looks_seen;

static void looks_through(void)
{
    for (size_t i = 0; i < weakrefs.length; i++)
        looks_seen += weakrefs.table[i] != NULL;
    __asm__ volatile("" : : "r"(looks_seen));
}

#define weakrefs_join(weak, is_first) (weakrefs_join(weak, is_first), looks_through())
#include "refcount.h"
