#include "durable.h"

#include "fail.h"
#include "memory.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static _Noreturn void give_up(Durable *durable)
{
    int error = errno;
    unlink(durable->draft);
    fail("cannot write %s: %s", durable->file, strerror(error));
}

/* Not what a link of that name leads to, nor a pipe, which would wait for a reader. */
Durable durable_begin(const char *file)
{
    Durable durable = { .file = file, .draft = text_format("%s.draft", file) };
    int descriptor = open(durable.draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666);
    durable.out = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    if (durable.out == NULL)
        give_up(&durable);
    return durable;
}

/* A new name is on the disk when its folder is. Some file systems cannot do that (EINVAL), and need not. */
bool durable_name(const char *path)
{
    char *copy = text_format("%s", path);
    int folder = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(copy);
    if (folder < 0)
        return false;
    bool synced = fsync(folder) == 0 || errno == EINVAL;
    return close(folder) == 0 && synced;
}

static void end(Durable *durable, bool synced)
{
    bool written = fflush(durable->out) == 0 && !ferror(durable->out) && (!synced || fsync(fileno(durable->out)) == 0);
    if (fclose(durable->out) != 0 || !written)
        give_up(durable);
    if (rename(durable->draft, durable->file) != 0 || (synced && !durable_name(durable->file)))
        give_up(durable);
    free(durable->draft);
    *durable = (Durable){ 0 };
}

void durable_abandon(Durable *durable)
{
    fclose(durable->out);
    if (unlink(durable->draft) != 0)
        notice("%s is left behind: %s", durable->draft, strerror(errno));
    free(durable->draft);
    *durable = (Durable){ 0 };
}

void durable_forget(const char *file)
{
    char *draft = text_format("%s.draft", file);
    if (unlink(draft) != 0 && errno != ENOENT)
        fail("%s: it cannot be removed: %s", draft, strerror(errno));
    free(draft);
}

void durable_end(Durable *durable)
{
    end(durable, true);
}

void durable_end_derived(Durable *durable)
{
    end(durable, false);
}
