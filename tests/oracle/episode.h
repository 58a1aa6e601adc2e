/* episode: one script played in a process of its own, so that whatever it does to its heap is told and harms nobody else. */
#ifndef EPISODE_H
#define EPISODE_H

#include <stdbool.h>
#include <stdio.h>

#include "mutator.h"

/* Once, before all others. seconds: until an episode hangs. False: the system refused, which a sentence on standard error
 * says. */
bool episode_prepare(unsigned seconds);

/* Plays a script; trace: where each operation is told, or NULL. True: the strategy kept its promises. */
bool episode_keeps_promises(const Script *script, FILE *trace);

/* The sentence of the last episode that did not keep them. */
const char *episode_message(void);
/* What all episodes did so far. */
const Tally *episode_tally(void);
/* Writes to standard output what the last episode wrote on standard error. */
void episode_repeat_words(void);

#endif
