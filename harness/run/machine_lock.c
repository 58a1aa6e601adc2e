#include "machine_lock.h"

#include "fail.h"
#include "memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_ROOM = 128 };

/* /tmp is everybody's, so the user is in the name. */
static char *lock_file(void)
{
    const char *folder = getenv("XDG_RUNTIME_DIR");
    bool usable = folder && *folder == '/' && access(folder, W_OK) == 0;
    return text_format("%s/reclaim-%u.lock", usable ? folder : "/tmp", (unsigned)geteuid());
}

/* Nobody else's file is opened: what stands under our name in /tmp may be a trap. */
static int open_own(const char *file)
{
    struct stat found;
    int lock = open(file, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
    if (lock < 0)
        return NO_LOCK;
    if (fstat(lock, &found) == 0 && S_ISREG(found.st_mode) && found.st_uid == geteuid() && found.st_nlink == 1)
        return lock;
    close(lock);
    errno = EPERM;
    return NO_LOCK;
}

static _Noreturn void give_way(int lock)
{
    char name[NAME_ROOM] = "";
    ssize_t length = pread(lock, name, sizeof name - 1, 0);
    if (length <= 0)
        fail("another run is being measured on this machine; begin when it has ended");
    fail("another run is being measured on this machine: %s; begin when it has ended", name);
}

/* The name is for the sentence above and for nothing else: without it there is still the lock. */
static void leave_name(int lock, const char *run)
{
    if (ftruncate(lock, 0) == 0)
        dprintf(lock, "%s", run);
}

int machine_lock(const char *run)
{
    char *file = lock_file();
    int lock = open_own(file);
    if (lock != NO_LOCK && flock(lock, LOCK_EX | LOCK_NB) == 0)
        leave_name(lock, run);
    else if (lock != NO_LOCK && errno == EWOULDBLOCK)
        give_way(lock);
    else
        notice("cannot lock %s: %s; take care that no other run is measured meanwhile", file, strerror(errno));
    free(file);
    return lock;
}

void machine_unlock(int lock)
{
    if (lock != NO_LOCK)
        close(lock);
}
