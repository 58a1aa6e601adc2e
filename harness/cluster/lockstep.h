/* The trials of a run's blocks, read along with plan.csv: a row of one beside a row of the other, and no more of it in memory
 * than one block. */
#ifndef RECLAIM_LOCKSTEP_H
#define RECLAIM_LOCKSTEP_H

#include "records.h"
#include "row_reader.h"

typedef struct Lockstep {
    RowReader plan;
    Planned planned;    /* its row that was read last, unless it is over; without its cell */
    bool is_over;
    TextPool pool;      /* the plan's words */
    size_t common;      /* columns with which rows of both begin */
    Sheet block;        /* the trials of a block, without block, position and cell; there is room for more of them */
    size_t trial_room, line_room;
} Lockstep;

/* `plan_file` must stay until the end. */
Lockstep lockstep_begin(const char *plan_file);

/* Passes over a block of which there are no trials. */
void lockstep_skip(Lockstep *lockstep, uint64_t block);

/* Reads the trials of the plan's next block, and writes them as they are. Ends the program, naming file and line, when they are
 * not the block's trials in their order, of that host, each such as a ledger may have it. */
void lockstep_write(Lockstep *lockstep, uint64_t block, const char *trials_file, const char *host, FILE *out);

/* Ends the program when the plan has more. */
void lockstep_end(Lockstep *lockstep);

#endif
