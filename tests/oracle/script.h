/* script: what a random mutator does, operation by operation; made from a seed, written to a file and read from it.
 *
 * Invariant: every script makes sense, whatever was cut out of it. An operand is no number of an object but a number from which
 * an object is chosen among those that there are when the operation is played; an operation that finds nothing to do does
 * nothing. */
#ifndef SCRIPT_H
#define SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

typedef enum Word {
    WORD_NEW,       /* a: slot, b: kind, c: length */
    WORD_SET,       /* a: slot, b: object */
    WORD_MOVE,      /* a: slot, b: slot that gives what it has */
    WORD_DROP,      /* a: slot */
    WORD_WEAK,      /* a: slot, b: object */
    WORD_STRONG,    /* a: slot, b: weak reference */
    WORD_RENEW,     /* a: slot, b: odd where the slot comes to share the renewed object */
    WORD_RESIZE,    /* a: slot, b: length */
    WORD_REGION,    /* a: how many of the following operations are inside */
    WORD_COLLECT,
    WORDS
} Word;

typedef struct Operation {
    uint32_t word, a, b, c;
} Operation;

typedef struct Script {
    Operation *operations;
    size_t length;
} Script;

/* The script of an episode: length operations, the same for the same seed. Collections are asked for once in 250 of them, or
 * seldom, once in 5000: then a strategy's own trigger has to be pulled, and there is much to be found. */
Script script_random(uint64_t seed, size_t length, bool seldom);

/* Reads what script_write wrote. False: the file cannot be read, is damaged or of another version, which one sentence on
 * standard error says. */
bool script_read(const char *path, Script *script);

void script_write(const Script *script, FILE *file);
void script_free(Script *script);

#endif
