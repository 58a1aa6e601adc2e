#include "ledger_folder.h"

#include "digest.h"
#include "fail.h"
#include "file_lock.h"
#include "memory.h"
#include "path.h"
#include "rows.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <libgen.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where it is, whatever path led there. */
static char *whole_path(const char *folder)
{
    char *path = realpath(folder, NULL);
    if (path == NULL)
        fail("cannot find the folder %s: %s", folder, strerror(errno));
    return path;
}

static char *folder_name(const char *run_folder, uint64_t seed, const char *host, uint64_t block)
{
    char *path = whole_path(run_folder), *which = text_format("%s %" PRIu64, path, seed);
    Digest digest = digest_text(which);
    char *name = text_format("%s-%.*s.%s.%04" PRIu64, basename(path), ID_LETTERS, digest.sha256, host, block);
    free(which);
    free(path);
    return name;
}

/* What stands under our name in /tmp may be a trap: it has to be a folder of ours that nobody else can write into. */
static void must_be_ours(const char *folder)
{
    struct stat found;
    if (lstat(folder, &found) != 0 || !S_ISDIR(found.st_mode) || found.st_uid != geteuid() || found.st_mode & 022)
        fail("%s is in the way: it is no folder of this user that nobody else can write into; set TMPDIR to another place",
             folder);
}

static void make_private(const char *folder)
{
    if (mkdir(folder, 0700) != 0 && errno != EEXIST)
        fail("cannot make the folder %s: %s", folder, strerror(errno));
    must_be_ours(folder);
}

static char *place(void)
{
    const char *named = getenv("TMPDIR");
    char *all = text_format("%s/reclaim-%u", named && *named ? named : "/tmp", (unsigned)geteuid());
    make_private(all);
    return all;
}

/* Whoever had it before has removed it when its block was published; what we have locked then is nowhere. */
static bool is_still_there(const char *path, int lock)
{
    struct stat named, locked;
    return stat(path, &named) == 0 && fstat(lock, &locked) == 0 && named.st_ino == locked.st_ino && named.st_dev == locked.st_dev;
}

static int lock_made(const char *path, uint64_t block)
{
    char *sentence = text_format("block %" PRIu64 " is being measured here already; this attempt waits until that one has ended",
                                 block);
    for (;;) {
        make_private(path);
        int lock = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (lock < 0 && errno == ENOENT)
            continue;
        if (lock < 0 || !file_lock_wait(lock, sentence))
            fail("cannot lock the folder %s: %s", path, strerror(errno));
        if (is_still_there(path, lock)) {
            free(sentence);
            return lock;
        }
        close(lock);
    }
}

/* With its files, and not locked. */
static LedgerFolder name_folder(const char *run_folder, uint64_t seed, const char *host, uint64_t block)
{
    char *all = place(), *name = folder_name(run_folder, seed, host, block);
    LedgerFolder folder = { .path = text_format("%s/%s", all, name) };
    folder.trials_file = text_format("%s/trials.csv", folder.path);
    folder.hiccups_file = text_format("%s/hiccups.csv", folder.path);
    folder.host_file = text_format("%s/host.json", folder.path);
    folder.plan_file = text_format("%s/plan.csv", folder.path);
    free(name);
    free(all);
    return folder;
}

LedgerFolder ledger_folder_open(const char *run_folder, uint64_t seed, const char *host, uint64_t block)
{
    LedgerFolder folder = name_folder(run_folder, seed, host, block);
    folder.lock = lock_made(folder.path, block);
    return folder;
}

void ledger_folder_drop(const char *run_folder, uint64_t seed, const char *host, uint64_t block)
{
    LedgerFolder folder = name_folder(run_folder, seed, host, block);
    folder.lock = open(folder.path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder.lock >= 0 && flock(folder.lock, LOCK_EX | LOCK_NB) == 0)
        ledger_folder_remove(&folder);
    else
        ledger_folder_close(&folder);
}

void ledger_folder_close(LedgerFolder *folder)
{
    if (folder->lock >= 0)
        close(folder->lock);
    free(folder->path);
    free(folder->trials_file);
    free(folder->hiccups_file);
    free(folder->host_file);
    free(folder->plan_file);
    *folder = (LedgerFolder){ 0 };
}

void ledger_folder_remove(LedgerFolder *folder)
{
    static const char *const names[] = { "trials.csv", "trials.csv.draft", "hiccups.csv", "hiccups.csv.draft",
                                         "host.json",  "host.json.draft",  "plan.csv",    "plan.csv.draft" };
    folder_remove(folder->path, names, sizeof names / sizeof *names);
    ledger_folder_close(folder);
}
