/* mortal: an object that says when it dies; 8 bytes. Its finalizer notes its number, so whether it is dead can be asked without
 * touching it: exactly, under every strategy, and also where it died too early.
 *
 * Numbers count up from 0, one each, in each run of the program; only the last MORTALS can be asked about. What an earlier run
 * left behind may die in this one, and is not noted any more. */
#ifndef MORTAL_H
#define MORTAL_H

#include "objects/observed.h"
#include "objects/own_frame.h"
#include "workload.h"

enum { MORTALS = 1024 };

typedef struct Mortal {
    uint64_t run : 16, number : 48;
} Mortal;

static uint16_t mortal_run;
static uint64_t mortal_last_dead[MORTALS]; /* number + 1 of the last that died, by number modulo MORTALS */

static void mortals_begin(void)
{
    mortal_run++;
    memset(mortal_last_dead, 0, sizeof mortal_last_dead);
}

static void mortal_note_death(Mortal *mortal)
{
    if (mortal->run == mortal_run)
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
    mortal->run = mortal_run;
    mortal->number = number;
    return mortal;
}

/* The reference in a form that no collector takes for one, and back. */
static inline Mortal *mortal_hidden(Mortal *mortal)
{
    return (Mortal *)~(uintptr_t)mortal;
}

/* ---- MORTALS of them, numbered from first on --------------------------------------------------------------------- */

typedef uint64_t WithMortals(uint64_t first, Mortal *at[MORTALS]);

/* How many are dead. The references are in scope until that is known. */
static IN_OWN_FRAME uint64_t mortals_dead(uint64_t first, Mortal *wanted[MORTALS])
{
    uint64_t dead = 0;
    for (int i = 0; i < MORTALS; i++)
        dead += mortal_is_dead(first + i);
    (void)observed(wanted);
    return dead;
}

/* How many are alive: each loses the owner that hides here. */
static IN_OWN_FRAME uint64_t mortals_let_go(uint64_t first, Mortal *hidden[MORTALS])
{
    uint64_t alive = 0;
    for (int i = 0; i < MORTALS; i++)
        if (!mortal_is_dead(first + i)) {
            local(Mortal) surplus = mortal_hidden(hidden[i]);
            alive++;
        }
    return alive;
}

#endif
