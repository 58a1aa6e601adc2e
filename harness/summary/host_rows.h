/* Of a run of several hosts: hosts.csv, what each is and how much the controls scatter there; host_ratios.csv, the ratios of each
 * by itself; and agreement.csv, whether they agree. A run of one host has none of them. */
#ifndef RECLAIM_HOST_ROWS_H
#define RECLAIM_HOST_ROWS_H

#include "records.h"
#include "run_hosts.h"

/* Of the first host host_ratios.csv has everything; of the others TIME_METRIC and peak memory, and beyond so many hosts of class means
 * only: nobody looks at a cell of each. */
enum { HOSTS_WITH_CELLS = 20 };

/* A row of hosts.csv. The controls are those of TIME_METRIC, of each variant at its largest size. */
typedef struct HostRow {
    const char *host;
    uint64_t kind;           /* who has the same number is of the same kind */
    const char *fingerprint; /* of its cells, or empty */
    uint64_t blocks, controls;
    double band;             /* as in noise.csv, of this host's controls alone; NAN without one */
    double rms;              /* how far a control is from 1 in a block, by the logarithm, in the mean of squares */
    const char *flag;        /* what is wrong with it, or empty */
} HostRow;

#define NOISY_HOST "noisy"

/* A row of host_ratios.csv. */
typedef struct HostRatio {
    const char *host;
    Cell cell;
    const char *metric;
    uint64_t n; /* blocks in which both were ok */
    double median, lo, hi, ratio, ratio_lo, ratio_hi; /* as in summary.csv, of this host alone */
} HostRatio;

/* A row of agreement.csv. */
typedef struct AgreementRow {
    Cell cell;
    const char *metric;
    uint64_t hosts, blocks;
    double within, between;      /* relative: 0.04 is 4% */
    double i2, i2_lo, i2_hi;
    const char *least_host;      /* which has the least ratio, and that; and the greatest */
    double least;
    const char *most_host;
    double most;
} AgreementRow;

extern const Layout host_layout, host_ratio_layout, agreement_layout;

/* Distances from 1, as logarithms. */
typedef struct Distances {
    double *distance;
    size_t count, room;
} Distances;

/* Rows in the making. */
typedef struct HostRows {
    const RunHosts *hosts;
    AgreementRow *agreement;
    size_t agreements, agreement_room;
    HostRatio *ratio;
    size_t ratios, ratio_room;
    Distances *of_controls, *of_blocks; /* for each host, of its controls' means, and in each block */
} HostRows;

HostRows host_rows_begin(const RunHosts *hosts);
void host_rows_free(HostRows *rows);

/* Takes what is compared in one row of a summary, arranged by hosts; nothing where the run has one host. `is_absolute`: `ours` is
 * in the metric's own unit. */
void host_rows_add(HostRows *rows, const Summary *row, const BlockPairs *pairs, bool is_absolute, Drawings *drawings);

/* Takes a control at its variant's largest size. */
void host_rows_add_control(HostRows *rows, const BlockPairs *pairs);

/* Puts `more`, of the same hosts, behind the others; their texts are of `pool` from now on, and `more` has none left. */
void host_rows_append(HostRows *rows, HostRows *more, TextPool *pool);

/* The rows of hosts.csv; the caller frees them. */
Sheet host_rows_of(HostRows *rows);

/* Whether two hosts are told apart and each by itself would say the opposite of the other. */
bool hosts_contradict(const BlockPairs *pairs, Drawings *drawings);

#endif
