/* The row of a run: what it measured, as one line of CSV on standard output. Times are printed in seconds, memory in KiB; what
 * was not measured is NA. docs/files.md has the columns. */
#ifndef ROW_H
#define ROW_H

#include <stdbool.h>
#include <stdint.h>

typedef struct Outcome {
    const char *status, *reason;
    bool begun;             /* the work: the process has become what it was to be */
    bool answered;          /* else there is neither a checksum nor a time */
    uint64_t checksum;
    uint64_t repeats;
    double work_s, work_cpu_s; /* wall and processor time of all repetitions */
    double teardown_s, teardown_cpu_s;
    uint64_t collect_ticks; /* of all repetitions, a part of work_s */
    double collect_s;       /* the same; NAN: not known */
    uint64_t involuntary;   /* switches to another process while it worked and gave back */
    uint64_t peak_rss_kib;  /* 0: not known */
} Outcome;

/* The names of the columns, with commas between. */
extern const char *const row_columns;

/* Of the run that was asked for; the settings, figures and operations are read where they stand. */
void row_print(const Outcome *outcome);

#endif
