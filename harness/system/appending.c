#include "appending.h"

#include "fail.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void appending_begin(Appending *appending)
{
    appending->out = open_memstream(&appending->text, &appending->length);
    if (appending->out == NULL)
        fail("no memory for rows");
}

void appending_end(Appending *appending, int file, const char *name)
{
    if (fclose(appending->out) != 0)
        fail("no memory for rows");
    ssize_t written = write(file, appending->text, appending->length);
    if (written != (ssize_t)appending->length) /* a short write has no errno, but only one usual cause */
        fail("%s cannot be written: %s", name, strerror(written < 0 ? errno : ENOSPC));
    free(appending->text);
}
