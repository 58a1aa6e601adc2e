/* findings.csv: what to choose, what to beware of, and how much of it may be noise; docs/files.md has the columns. */
#ifndef RECLAIM_FINDINGS_H
#define RECLAIM_FINDINGS_H

#include "evidence.h"

void findings_write(FILE *out, Evidence *evidence);

#endif
