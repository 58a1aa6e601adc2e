/* Words of a command for a person to type, or to paste into a shell. */
#ifndef RECLAIM_SHELL_H
#define RECLAIM_SHELL_H

/* The word as a shell takes it: in single quotes where it needs them. The caller frees it. */
char *shell_word(const char *word);

#endif
