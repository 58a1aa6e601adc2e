/* The end of this process when somebody asks for it (SIGINT, SIGTERM, SIGHUP) where there is nothing to put in order first. */
#ifndef RECLAIM_STOPPING_H
#define RECLAIM_STOPPING_H

/* From here on such a request ends this process with a sentence (printf-like, without a line break) and as stop_by does, also
 * while no program is waited for; those that whoever started us told us to ignore are still ignored. */
void stopping_says(const char *sentence, ...) __attribute__((format(printf, 1, 2)));

/* Says the sentence, if there is one, and ends with the exit status that tells of the signal (fail.h). */
_Noreturn void stop_by(int signal);

#endif
