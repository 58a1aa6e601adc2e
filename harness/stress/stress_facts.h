/* What manifest.json tells of a stress: for captions and footers. */
#ifndef RECLAIM_STRESS_FACTS_H
#define RECLAIM_STRESS_FACTS_H

#include <jansson.h>
#include <stdbool.h>

/* Texts live as long as the manifest; "unknown" where it does not tell. */
typedef struct StressFacts {
    const char *host;    /* what kind of machine */
    const char *started; /* UTC, as 2026-01-31T23:59:59Z */
    const char *commit;
    bool changed;        /* whether a file differed from the commit */
    bool quick;
    long seed;
    double minutes;      /* for each mode that has no end of its own */
} StressFacts;

/* `manifest` may be NULL. */
StressFacts stress_facts(const json_t *manifest);

#endif
