/* A cell: one workload compiled under one strategy. What its two halves know of each other.
 *
 * The workload's half (the words, the strategy, the variants) is one translation unit and describes itself in the constants
 * below; harness/cell/, compiled once, runs it and writes one row. On the clock is what a variant's `run` does, and what
 * it calls of what stands here. */
#ifndef CELL_H
#define CELL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parts/collection_clock.h"
#include "cell/resident.h"

enum {
    STREAMS = 1,  /* the variant never holds its whole input */
    CYCLIC = 2,   /* the variant drops cycles of objects, which counting alone cannot free */
    SUPERLINEAR = 4, /* twice the operations cost more than twice */
};

/* What kind of program a workload is. Figures of different classes are never put into one mean. */
typedef enum Class {
    MICRO,      /* one thing that a program does, and nothing else */
    CLASSIC,    /* known from the literature or from other suites, at the full size with its published parameters, if any */
    TECHNIQUE,  /* two or more ways to write the same, as articles teach them: its variants */
    REAL,       /* reads a file that was not made for this suite */
    STRESS,     /* made to hurt some strategies */
    CLASSES
} Class;

enum { VARIANTS_MAX = 15, SWEPT_MAX = 7 };

typedef struct Variant {
    const char *name;
    uint64_t (*run)(uint64_t n);  /* does the work at size n and returns its checksum */
    unsigned flags;               /* STREAMS, CYCLIC, SUPERLINEAR */
    uint64_t repeats;             /* how often a trial does the work, at most; 0: once */
    const char *unsupported;      /* why this strategy cannot run it; NULL: it can */
} Variant;

typedef struct Workload {
    const char *name;
    Class class;
    const char *about;            /* one line */
    uint64_t size;                /* of a standard run */
    uint64_t quick, full;         /* of a quick and a full one; 0: the standard size */
    bool depth;                   /* they are depths of a binary tree: one more is twice the work; else numbers of things */
    unsigned swept[SWEPT_MAX];    /* runs also measure the size divided by each of these, rising; 0 ends them */
    Variant variants[VARIANTS_MAX + 1]; /* ended by one without a name */
} Workload;

typedef struct Strategy {
    const char *name;
    const char *allocators;       /* names, with spaces between; NULL: the one there is */
    const char *unsupported;      /* why it can run nothing here; NULL: it can */
    bool streams_only;            /* it runs no variant that holds its whole input */
    void (*open)(void);           /* before the work */
    void (*close)(void);          /* gives back the memory that the strategy manages, whatever is still in it */
    void (*collect)(void);        /* collects, where it can */
    bool leaks_cycles;            /* it counts, and collects no cycles */
    const CollectionClock *collections; /* NULL: this build takes no time of collections */
} Strategy;

/* Defined by the workload's half through WORKLOAD (harness/workload.h). */
extern const Workload cell_workload;
extern const Strategy cell_strategy;

/* Defined through REFERENCE, INPUT, PREPARE, LARGEST and requests.h by the workloads that have them; in others their address
 * is NULL. */
typedef uint64_t Reference(uint64_t n);
typedef void Prepare(void);
extern Reference *const cell_reference __attribute__((weak));   /* the checksum, computed another way */
extern const char *const cell_usual_inputs[] __attribute__((weak)); /* the first that is there is read when none is named */
extern Prepare *const cell_prepare __attribute__((weak));       /* once, before the strategy opens and the clock starts */
extern const uint64_t cell_largest __attribute__((weak));        /* the largest size that makes sense */
extern const bool cell_names_requests __attribute__((weak));     /* it includes requests.h */

/* Defined by the cell, for the workload. */
extern uint64_t operations;   /* units of work done; a workload adds to it, outside its inner loop */
extern uint64_t cell_seed;    /* -s */
extern const char *cell_input; /* --input, or the usual one */

/* Tells the row a figure: a whole number that this run found out besides its answer, and that may differ from strategy to
 * strategy, such as how many files were open at most. Its name says the unit. Told again, the last value of the first repetition
 * counts. */
#define figure(name, value) cell_figure(#name, value)
void cell_figure(const char *name, uint64_t value); /* FIGURES_MAX names at the most */
enum { FIGURES_MAX = 8 };

/* Nanoseconds since some moment, by the monotonic clock. Reading it takes about 20. */
uint64_t clock_ns(void);

/* Ends the run with exit status 2 and one sentence: file, line and column (from 1; 0: none) and what is wrong there. */
_Noreturn void bad_input(const char *file, size_t line, size_t column, const char *what);

#endif
