#include "regular_file.h"

#include "fail.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* O_NONBLOCK: opening a pipe would wait for a writer. */
FILE *regular_file_open(const char *file)
{
    struct stat found;
    int descriptor = open(file, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (descriptor < 0 || fstat(descriptor, &found) != 0)
        return NULL;
    if (!S_ISREG(found.st_mode))
        fail("%s is not a regular file", file);
    return fdopen(descriptor, "r");
}
