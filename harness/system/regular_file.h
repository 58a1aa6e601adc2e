/* Files that are read to their end, of which a pipe has none. */
#ifndef RECLAIM_REGULAR_FILE_H
#define RECLAIM_REGULAR_FILE_H

#include <stdio.h>

/* Opens it for reading; NULL, with errno, where that cannot be done. Ends the program where it is a pipe, a folder or a device. */
FILE *regular_file_open(const char *file);

#endif
