/* Verdicts, numbers and intervals as people read them. */
#ifndef RECLAIM_WORDING_H
#define RECLAIM_WORDING_H

#include "judging.h"

/* Three digits that mean something, and no powers of ten; the interval, where there is one, in parentheses. */
void print_value(FILE *out, const Finding *finding);

/* What is expected of the value, in words; empty where nothing is. */
const char *expectation(const Question *question, TextPool *pool);

/* When it holds, or why nobody knows; and what was not measured of it. */
const char *whole_condition(const Judged *judged, TextPool *pool);

/* A sentence that says the verdict with the figures that carry it, and those that are only told. */
const char *sentence_of(Evidence *evidence, const Judged *judged);

/* What was printed to `out`, a stream in memory that is closed, as a text of the pool. */
typedef struct Sentence {
    FILE *out;
    char *text;
    size_t length;
} Sentence;

/* Streams hold the address of what they are given: a Sentence must not move before it ends. */
void sentence_begin(Sentence *sentence);
const char *sentence_end(Sentence *sentence, TextPool *pool);

#endif
