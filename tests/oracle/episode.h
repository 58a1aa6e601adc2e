/* episode: one script played in a process of its own, so that whatever it does to its heap is told and harms nobody else. */
#ifndef EPISODE_H
#define EPISODE_H

#include <stdbool.h>
#include <stdio.h>

#include "mutator.h"

/* Once, before all others. seconds: until an episode hangs; extent: of their data. False: the system refused, which a
 * sentence on standard error says. */
bool episode_prepare(unsigned seconds, Extent extent);

typedef enum EpisodeEnd { KEPT_PROMISES, BROKE_PROMISES, OUT_OF_MEMORY } EpisodeEnd;

/* Plays a script; trace: where each operation is told, or NULL. Where there was no memory, whatever was promised was kept until
 * then, and the strategy said so. */
EpisodeEnd episode_play(const Script *script, FILE *trace);

/* The sentence of the last episode that did not keep them, or had no memory. */
const char *episode_message(void);
/* What all episodes did so far. */
const Tally *episode_tally(void);
/* Writes to standard output what the last episode wrote on standard error. */
void episode_repeat_words(void);

#endif
