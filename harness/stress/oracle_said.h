/* What an oracle (tests/oracle) says on its standard output. */
#ifndef RECLAIM_ORACLE_SAID_H
#define RECLAIM_ORACLE_SAID_H

#include "trying.h"

/* Its exit status: a promise was broken; there was no memory. */
enum { ORACLE_FAILED = 1, ORACLE_STARVED = 3 };

typedef struct OracleTally {
    uint64_t operations, episodes, births, comparisons;
} OracleTally;

/* False: it does not say what it played. */
bool oracle_read_tally(const char *said, OracleTally *tally);

/* The line that has these words, without its end, in memory that the caller frees; or NULL. */
char *oracle_line_with(const char *said, const char *words);

/* What a line says behind the strategy's name. */
const char *oracle_words_of(const char *line);

/* What failed, in a sentence, in memory that the caller frees. */
char *oracle_complaint(const RunResult *result);

#endif
