/* The rows that stand between the stages; docs/files.md says what each column means. */
#ifndef RECLAIM_RECORDS_H
#define RECLAIM_RECORDS_H

#include "rows.h"

/* What is measured: a variant of a workload under a strategy, at a size, with a seed, and reading one file or none. */
typedef struct Cell {
    const char *strategy, *workload, *variant;
    uint64_t size, seed;
    const char *input;     /* which content the file has that it reads: part of its digest; empty when it reads none */
    const char *settings;  /* of the strategy, where they are not its usual ones: `name=value;name=value` */
    const char *allocator; /* whose malloc the process has */
    bool control;          /* the A/A control: the baseline's cell a second time */
} Cell;

bool cells_equal(const Cell *a, const Cell *b);

/* Its texts are of that pool from now on. */
void cell_intern(Cell *cell, TextPool *pool);

/* The order of cells in files and tables: workload, variant, input and size first, so that what is compared stands together,
 * and only that. */
int work_order(const Cell *a, const Cell *b);

/* Likewise strategy, allocator and settings, values by their size. */
int series_order(const Cell *a, const Cell *b);

/* Both, and then control; 0 is cells_equal but for the seed. */
int cell_order(const Cell *a, const Cell *b);

/* Whether both have the same variant to run on the same input, at whatever size. */
bool same_variant(const Cell *a, const Cell *b);

/* Whether both have the same thing to do, and so must come to the same answer, whatever their variants and strategies. */
bool same_task(const Cell *a, const Cell *b);

/* A row of plan.csv. */
typedef struct Planned {
    uint64_t block, position; /* both from 1 */
    Cell cell;
    Count expected;            /* checksum; NA is not judged */
    Count expected_operations; /* likewise */
    const char *unsupported;   /* why the cell is not run, or empty */
} Planned;

/* A row of trials.csv. */
typedef struct Trial {
    uint64_t block, position;
    Cell cell;
    Status status;
    const char *reason;
    Count checksum, operations;
    double wall_s, user_s, system_s; /* of the whole process, by hyperfine */
    Count repeats;                   /* how often it did the work */
    double work_s, work_cpu_s;       /* of once, by the cell's own clocks */
    double teardown_s;
    double peak_rss_kib;
    const char *figures;             /* what the workload found out besides: `name=value;name=value` */
    double started_s;                /* since the run began */
    double teardown_cpu_s;
    double collect_s;                /* of once: what of work_s were collections that the strategy told of */
    double involuntary;              /* switches of the cell's process to another, as the cell counted them */
    double steal_s;                  /* of the core that it ran on, meanwhile */
    double load;                     /* tasks besides that ran or waited for a core when it began */
    const char *host;                /* on which it ran, or empty: of a run on one machine nobody needs to know */
} Trial;

/* What a cell prints when it is run. */
typedef struct Answer {
    const char *strategy, *workload, *variant;
    uint64_t size, seed;
    const char *settings, *allocator;
    Status status;
    const char *reason;
    Count checksum, operations, repeats;
    double work_s, work_cpu_s, teardown_s, peak_rss_kib;
    const char *figures;
    double teardown_cpu_s, collect_s, involuntary;
} Answer;

/* A row of hiccups.csv: how a process fared that only read the clock, on the core of the trials. */
typedef struct Hiccups {
    const char *moment; /* before or after the trials, or the counting */
    double started_s, spun_s;
    uint64_t hiccups;   /* times that it was kept from the clock for a microsecond or longer */
    double lost_s;      /* in these */
    double p99_ns;      /* NAN: there was none */
    double worst_ns;    /* the longest time between two readings, also where that is no hiccup */
    const char *host;   /* as of a trial */
} Hiccups;

/* What a cell prints about each of its variants under each allocator, that of the C library first. */
typedef struct Description {
    const char *strategy, *workload, *variant, *allocator;
    const char *class;              /* micro, classic, technique, real or stress */
    uint64_t quick, standard, full; /* sizes */
    bool depth, streams, cyclic, superlinear;
    const char *swept;              /* what a size is divided by for the smaller ones, rising: `10;100;1000`, or nothing */
    uint64_t repeats;               /* how often a trial does the work, at most */
    bool requests;                  /* the workload names its requests */
    Status status;
    const char *reason;
    const char *input;              /* the file it reads when none is named, or empty */
    const char *about;
} Description;

/* What is measured of the variant at that size: under its allocator and the strategy's usual settings, reading the usual file. */
Cell variant_cell(const Description *variant, uint64_t size, uint64_t seed);

/* The classes that a workload can have, in the order in which they are shown. */
extern const char *const class_names[];
enum { CLASS_NAMES = 5 };

/* The place of a class in that order; of what is none, CLASS_NAMES. */
size_t class_rank(const char *class);

/* What a cell prints about each setting of its strategy. */
typedef struct Setting {
    const char *name;
    uint64_t usual, least, most;
    const char *about;
    const char *sweep; /* the values at which a sweep measures it besides the usual one, blanks between them; or nothing */
} Setting;

/* A row of summary.csv: one cell, one metric. */
typedef struct Summary {
    Cell cell;                      /* without its seed, which is the same in all runs */
    Status status;
    const char *reason;
    const char *metric;
    uint64_t n;                     /* trials that were ok */
    double median, lo, hi;          /* in the metric's own unit */
    double ratio, ratio_lo, ratio_hi;
    uint64_t pairs;                 /* blocks that the ratio is of; no column */
    double detectable;              /* the least difference that would be told, in parts of 1 */
    Count outliers;                 /* how many of the n are far from the others */
    Difference verdict;             /* against the baseline */
    bool contradicted;              /* the run's two hosts say the opposite of each other; no column */
} Summary;

/* The metric that is time in the table and in the charts, and what readers are told that it is. */
#define TIME_METRIC "work_cpu_s"
#define TIME_WORDS "CPU time of the work"

/* What a workload found out besides is a metric of this name and its own. */
#define FIGURE_PREFIX "figure_"

extern const Layout planned_layout, trial_layout, hiccups_layout, answer_layout, description_layout, setting_layout,
    summary_layout;

#endif
