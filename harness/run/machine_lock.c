#include "machine_lock.h"

#include "fail.h"
#include "file_lock.h"
#include "memory.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_ROOM = 128, LOOK = O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, EVERYBODYS = 0666 };

/* One for all users, whose runs disturb each other as much. Tests, which measure nothing, name another. */
static const char *lock_file(void)
{
    const char *named = getenv("RECLAIM_LOCK");
    return named && *named ? named : "/tmp/reclaim.lock";
}

/* Without O_CREAT, with which Linux opens no file of another user in /tmp (fs.protected_regular). */
static int open_existing(const char *file)
{
    int lock = open(file, O_RDWR | LOOK);
    return lock < 0 && errno == EACCES ? open(file, O_RDONLY | LOOK) : lock;
}

static int create(const char *file)
{
    int lock = open(file, O_RDWR | O_CREAT | O_EXCL | LOOK, EVERYBODYS);
    if (lock >= 0 && fchmod(lock, EVERYBODYS) != 0) /* whatever the umask is */
        notice("%s: other users may not find it: %s", file, strerror(errno));
    return lock;
}

/* What stands under our name in /tmp may be a trap: no link is followed, and nothing but a plain file is locked. */
static int open_lock(const char *file)
{
    struct stat found;
    int lock = open_existing(file);
    if (lock < 0 && errno == ENOENT)
        lock = create(file);
    if (lock < 0 && errno == EEXIST) /* another was faster */
        lock = open_existing(file);
    if (lock < 0 || (fstat(lock, &found) == 0 && S_ISREG(found.st_mode) && found.st_nlink == 1))
        return lock;
    close(lock);
    errno = EPERM;
    return NO_LOCK;
}

/* Anybody may have written it: up to what no run's name has. */
static void read_name(int lock, char name[static NAME_ROOM])
{
    ssize_t length = pread(lock, name, NAME_ROOM - 1, 0);
    name[length > 0 ? length : 0] = '\0';
    for (char *c = name; *c; c++)
        if (!isgraph((unsigned char)*c) && *c != ' ')
            *c = '\0';
}

static _Noreturn void give_way(int lock)
{
    char name[NAME_ROOM];
    read_name(lock, name);
    if (*name == '\0')
        fail("another run is being measured on this machine; begin when it has ended");
    fail("another run is being measured on this machine: %s; begin when it has ended", name);
}

/* The name is for the sentence above and for nothing else: without it there is still the lock. */
static void leave_name(int lock, const char *run)
{
    if (ftruncate(lock, 0) == 0)
        dprintf(lock, "%s", run);
}

static void say_unlocked(void)
{
    notice("cannot lock %s: %s; take care that no other run is measured meanwhile", lock_file(), strerror(errno));
}

int machine_lock(const char *run)
{
    int lock = open_lock(lock_file());
    if (lock != NO_LOCK && flock(lock, LOCK_EX | LOCK_NB) == 0)
        leave_name(lock, run);
    else if (lock != NO_LOCK && errno == EWOULDBLOCK)
        give_way(lock);
    else
        say_unlocked();
    return lock;
}

int machine_lock_wait(const char *run)
{
    char name[NAME_ROOM] = "";
    int lock = open_lock(lock_file());
    if (lock != NO_LOCK)
        read_name(lock, name);
    char *sentence = text_format("another run is being measured on this machine%s%s; this one waits until it has ended",
                                 *name ? ": " : "", name);
    if (lock != NO_LOCK && file_lock_wait(lock, sentence))
        leave_name(lock, run);
    else
        say_unlocked();
    free(sentence);
    return lock;
}

void machine_unlock(int lock)
{
    if (lock != NO_LOCK)
        close(lock);
}
