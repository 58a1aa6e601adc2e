/* hyperfine, which starts and times every trial: all that is known of it here. */
#ifndef RECLAIM_HYPERFINE_H
#define RECLAIM_HYPERFINE_H

#include <stdbool.h>
#include <stdio.h>

/* The path of the program, in memory that the caller frees. Ends the program, naming the command that mends it, when there
 * is none in PATH or it is older than 1.15, the first to report exit statuses with -N as they are read here. */
char *hyperfine_find(void);

/* Writes a word of the command that is to be timed. */
void hyperfine_quote(FILE *out, const char *word);

/* Its command line: the command runs once and without a shell, prints where hyperfine would, which itself prints only
 * complaints, and may fail; what was measured is written to `report`. */
enum { HYPERFINE_WORDS = 15 };
void hyperfine_command(char *words[HYPERFINE_WORDS], const char *program, char *command, const char *report);

/* One run of one command, as hyperfine reports it. */
typedef struct Measured {
    double wall_s, user_s, system_s;
    int exit_status; /* 128 + the signal's number when a signal ended it, as in a shell */
} Measured;

/* Reads the report; false when it is not that of one run. */
bool hyperfine_report_parse(const char *json, Measured *measured);

#endif
