/* Rows: a struct and the table of its columns. All reading, writing and checking of rows goes through that table, so a new
 * column is a member of a struct and one line beside it. What was not measured is `NA`, never 0. */
#ifndef RECLAIM_ROWS_H
#define RECLAIM_ROWS_H

#include "csv.h"
#include "text_pool.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

typedef enum Status { OK, WRONG, CRASH, TIMEOUT, OOM, UNSUPPORTED, STATUSES } Status;

const char *status_name(Status status);

/* A number that may be NA. */
typedef struct Count {
    bool known;
    uint64_t value;
} Count;

/* What can be said of a ratio to the baseline, or to an older run. */
typedef enum Difference { NOT_COMPARED, LESS, MORE, SAME, CANNOT_TELL, DIFFERENCES } Difference;

const char *difference_name(Difference difference);

/* Enough of a digest to tell the files apart that anybody has. */
enum { ID_LETTERS = 12 };

/* Tables and charts have a place for each block up to the last, so a damaged number must not be believed. No run is asked for
 * more blocks; 13 configurations of 78 variants are 1,014 positions in a block, and settings and sizes multiply them. */
enum { BLOCKS_MAX = 10000, POSITIONS_MAX = 1000000 };

/* A quantity beyond that is not read: nothing could be measured to be as much, and sums and squares of it are finite. */
#define QUANTITY_MOST 1e100

/* What a column holds, and the member's type. */
typedef enum Kind {
    NAME,     /* const char *: a C identifier */
    TEXT,     /* const char *: anything, perhaps nothing */
    SETTINGS, /* const char *: `name=number;name=number`, or nothing */
    ID,       /* const char *: ID_LETTERS of a file's SHA-256, or nothing */
    MACHINE,  /* const char *: a machine's name, as is_host has it, or nothing */
    NATURAL,  /* uint64_t */
    BLOCK,    /* uint64_t: 1 to BLOCKS_MAX */
    POSITION, /* uint64_t: 1 to POSITIONS_MAX */
    FLAG,     /* bool: 0 or 1 */
    STATUS,   /* Status */
    COUNT,    /* Count */
    QUANTITY, /* double, 0 or more; NAN stands for NA */
    REAL,     /* double; likewise */
    DIFFERENCE, /* Difference: less, more, same, cannot tell or NA */
} Kind;

typedef struct Column {
    const char *name;
    Kind kind;
    size_t offset;
} Column;

typedef struct Layout {
    const Column *column;
    size_t columns;
    size_t row_size;
} Layout;

#define LAYOUT(Row, table) { table, sizeof table / sizeof *table, sizeof(Row) }

void rows_write_header(FILE *out, const Layout *layout);
void rows_write(FILE *out, const Layout *layout, const void *row);

/* What is wrong with the record that was read last, for a person. */
typedef struct Complaint {
    char text[200];
} Complaint;

/* Fills `row` from the record that was read last; false, with the column and the reason, when it does not fit. */
bool row_parse(const CsvReader *record, const Layout *layout, void *row, TextPool *pool, Complaint *complaint);

/* Likewise, from a column on, which counts from 0; the members of those before it are left as they are. */
bool row_parse_from(size_t first, const CsvReader *record, const Layout *layout, void *row, TextPool *pool,
                    Complaint *complaint);

/* A whole file of rows. */
typedef struct Sheet {
    void *row;
    size_t *line;  /* the line of each row, for complaints */
    size_t rows;
    size_t torn;   /* the line of a last record that has no end, and is not among the rows; 0: there is none */
    off_t whole;   /* bytes up to the end of the last whole line */
} Sheet;

/* Reads the file; one that is missing, foreign, damaged or cut short ends the program with a sentence that names file and
 * line. */
Sheet sheet_load(const char *file, const Layout *layout, TextPool *pool);

/* Likewise one that may have been left while a row was written: a last record without an end is told in `torn`. */
Sheet sheet_load_unfinished(const char *file, const Layout *layout, TextPool *pool);

/* Like that from a stream, which complaints call `name`. */
Sheet sheet_read(FILE *in, const char *name, const Layout *layout, TextPool *pool);

/* Likewise of what a cell wrote: what is damaged or cut short is told in `complaint`, and there are no rows. */
bool sheet_try(FILE *in, const Layout *layout, Sheet *sheet, TextPool *pool, Complaint *complaint);

/* Like sheet_load the file of that name in a folder; no rows where there is none. */
Sheet sheet_load_if_there(const char *folder, const char *name, const Layout *layout, TextPool *pool);

/* Ends the program where the last record has no end. */
void sheet_must_be_whole(const char *file, const Sheet *sheet);

void sheet_free(Sheet *sheet);

#endif
