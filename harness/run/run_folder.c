#include "run_folder.h"

#include "fail.h"
#include "file_lock.h"
#include "ledger.h"
#include "memory.h"
#include "path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static bool exists(const char *file)
{
    return access(file, F_OK) == 0;
}

static bool is_taken(const char *results, const char *name)
{
    char *folder = text_format("%s/%s", results, name);
    bool taken = exists(folder);
    free(folder);
    return taken;
}

/* With a number behind it when there is such a run: two may begin within a second. */
static const char *name_after_the_time(const char *results, TextPool *pool)
{
    char second[32], name[48];
    time_t now = time(NULL);
    struct tm utc;
    strftime(second, sizeof second, "%Y-%m-%dT%H%M%S", gmtime_r(&now, &utc));
    snprintf(name, sizeof name, "%s", second);
    for (int n = 2; is_taken(results, name); n++)
        snprintf(name, sizeof name, "%s-%d", second, n);
    return intern(pool, name);
}

void run_folder_name(Run *run)
{
    const Request *request = &run->request;
    run->name = request->run ? request->run : name_after_the_time(request->results, &run->pool);
    run->folder = text_format("%s/%s", request->results, run->name);
    run->plan_file = text_format("%s/plan.csv", run->folder);
    run->trials_file = text_format("%s/trials.csv", run->folder);
    run->hiccups_file = text_format("%s/hiccups.csv", run->folder);
    run->manifest_file = text_format("%s/manifest.json", run->folder);
}

bool run_folder_has_manifest(const Run *run)
{
    return exists(run->manifest_file);
}

void run_folder_lock(Run *run)
{
    run->lock = folder_lock(run->folder);
}

/* The manifest is looked for again under the lock: another reclaim may have begun the same run since.
 *
 * A trials.csv without a manifest is what is left of a run that was killed before its first trial; or, when it has rows, of one
 * whose manifest somebody took away. */
void run_folder_make(Run *run)
{
    folder_make(run->request.results);
    folder_make(run->folder);
    run_folder_lock(run);
    if (run_folder_has_manifest(run))
        fail("another reclaim has begun %s meanwhile; say the same again to go on with it", run->folder);
    if (exists(run->trials_file) && !ledger_is_empty(run->trials_file, &run->pool))
        fail("%s has trials.csv but no manifest.json: it cannot go on; name another run", run->folder);
}

/* The manifest goes first, as it came last: what is there without it is no run. */
void run_folder_remove(Run *run)
{
    if (unlink(run->manifest_file) != 0 || unlink(run->trials_file) != 0 || unlink(run->hiccups_file) != 0 ||
        rmdir(run->folder) != 0)
        notice("cannot remove %s: %s", run->folder, strerror(errno));
    if (run->ledger.path)
        ledger_folder_remove(&run->ledger);
}

void run_folder_free(Run *run)
{
    free(run->folder);
    free(run->plan_file);
    free(run->trials_file);
    free(run->hiccups_file);
    free(run->manifest_file);
    if (run->lock > 0)
        close(run->lock);
}
