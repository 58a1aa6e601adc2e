/* Programs that have something in common, of which a mean can be taken: of one class, and alike in what
 * a reader would say of his own. */
#ifndef RECLAIM_KINDS_H
#define RECLAIM_KINDS_H

#include "evidence.h"

/* One variant at its largest size; any of its cells. */
typedef const Cell *Program;

typedef struct Programs {
    const char *about; /* in words */
    Program *program;
    size_t count;
    bool drops_cycles;
} Programs;

/* Kinds without programs are left out. */
typedef struct ProgramKinds {
    Programs kind[8];
    size_t count;
} ProgramKinds;

ProgramKinds kinds_of(Evidence *evidence);
void kinds_free(ProgramKinds *kinds);

/* "json tree, lru requests" */
const char *names_of_programs(const Programs *kind, TextPool *pool);

#endif
