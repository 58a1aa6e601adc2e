/* What a file says in a line: headers of strategies, in comments of one line each, and lists of the tests. */
#ifndef RECLAIM_LINES_H
#define RECLAIM_LINES_H

#include "text_pool.h"

#include <stdbool.h>

/* Whether this is a line of the file. Where there is no such file, it is not; one that cannot be read ends the program. */
bool file_has_line(const char *path, const char *line);

/* What stands behind these words in the first line that begins with them, or NULL; files likewise. */
const char *line_after(const char *path, const char *words, TextPool *pool);

/* What a header says in a comment of one line that begins with these words, `words: …`; NULL: it has none. */
const char *header_says(const char *path, const char *words, TextPool *pool);

/* Likewise a strategy's. */
const char *strategy_says(const char *strategy, const char *words, TextPool *pool);

#endif
