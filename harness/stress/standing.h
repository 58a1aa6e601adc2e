/* What all rows of a strategy in a mode come to: the tables of the report, of the page and of the documents. */
#ifndef RECLAIM_STANDING_H
#define RECLAIM_STANDING_H

#include "registry.h"
#include "stress_rows.h"

typedef struct Standing {
    uint64_t tries, broken;     /* figures of one trying repeat its tries, which are counted once */
    bool kept, cannot, untried; /* whether a row says so */
} Standing;

/* Of rows in the order of stress.csv. */
Standing standing_of(const Sheet *rows, const char *mode, const char *strategy);

/* "1234", with a * where something was left untried; "2 BROKE"; "cannot", "untried"; "." where nothing was to be tried. */
enum { STANDING_TEXT = 32 };
void standing_text(Standing standing, char text[STANDING_TEXT]);

/* Whether anything was tried at all; what a strategy cannot do, and figures of the machine, are no tries. */
bool standing_has_tries(const Sheet *rows);

/* The modes of the rows in their order, and the strategies by name, the runner behind them; the caller frees the lists. */
Names standing_modes(const Sheet *rows);
Names standing_strategies(const Sheet *rows);

#endif
