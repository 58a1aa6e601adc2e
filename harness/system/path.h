/* Paths, and the folders they lead to. */
#ifndef RECLAIM_PATH_H
#define RECLAIM_PATH_H

#include <stdbool.h>
#include <stddef.h>

/* Whether the path may lead out of the current folder, which is the project's root. */
bool path_leads_outside(const char *path);

/* Likewise for a word of a command line, which may have a path behind an option: -I/a, --build=/a, --input=packages=/a. */
bool word_leads_outside(const char *word);

/* Makes the folder unless there is one. Ends the program when there is none then that can be written into. */
void folder_make(const char *folder);

/* Removes the files of these names from the folder, where they are there, and the folder; what stays is said. */
void folder_remove(const char *folder, const char *const *names, size_t count);

/* The path of a program in PATH, in memory that the caller frees; NULL when there is none. */
char *program_find(const char *program);

#endif
