/* mortal: an object that says when it dies; 8 bytes. Its finalizer notes its number, so whether it is dead can be asked without
 * touching it: exactly, under every strategy, and also where it died too early.
 *
 * Numbers count up from 0, one each; only the last MORTALS can be asked about. */
#ifndef MORTAL_H
#define MORTAL_H

#include "workload.h"

enum { MORTALS = 1024 };

typedef struct Mortal {
    uint64_t number;
} Mortal;

static uint64_t mortal_last_dead[MORTALS]; /* number + 1 of the last that died, by number modulo MORTALS */

static void mortal_note_death(Mortal *mortal)
{
    mortal_last_dead[mortal->number % MORTALS] = mortal->number + 1;
}
finalized(Mortal, mortal_note_death);

static inline bool mortal_is_dead(uint64_t number)
{
    return mortal_last_dead[number % MORTALS] == number + 1;
}

static inline Mortal *mortal_of(uint64_t number)
{
    Mortal *mortal = new(Mortal);
    mortal->number = number;
    return mortal;
}

#endif
