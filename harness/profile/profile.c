#include "profile.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "counted.h"
#include "latency.h"
#include "leaks.h"
#include "objects.h"
#include "pauses.h"
#include "site.h"
#include "timeline.h"

enum { PATH_BYTES = 4096, LONGEST_NAME = 64 /* of a file in the folder */ };

static const char *folder; /* where the files go; NULL: none are wanted */
static Profile wanted;
static uint64_t period_ns; /* of requests */

const char *profile_open(Profile profile, const char *into)
{
    if (folder)
        return "there can be one profile at a time";
    if (mkdir(into, 0777) != 0 && errno != EEXIST)
        return strerror(errno);
    if (access(into, W_OK | X_OK) != 0)
        return strerror(errno);
    if (strlen(into) + LONGEST_NAME >= PATH_BYTES)
        return strerror(ENAMETOOLONG);
    folder = into;
    wanted = profile;
    counted.recording = profile == PROFILE_OBJECTS;
    return NULL;
}

const char *profile_set_period(uint64_t ns)
{
    period_ns = ns;
    return NULL;
}

void profile_begin(void)
{
    if (!folder)
        return;
    switch (wanted) {
    case PROFILE_OBJECTS: counted_sample(); break;
    case PROFILE_PAUSES: counted_clock_pauses(); break;
    case PROFILE_LATENCY: latency_begin(period_ns); break;
    }
}

/* ---- The files -------------------------------------------------------------------------------------------------- */

/* Collections and the like are those of the work, the rest is what it was after the last collection. */
static uint64_t pauses_of_work[PAUSE_KINDS];

static void write_census(FILE *out)
{
    fputs("allocations,frees,live_objects,allocated_bytes,freed_bytes,live_bytes,resizes,reused,finalized,"
          "peak_live_bytes,peak_room_bytes,peak_footprint_bytes,peak_resident_kib,collections,cascades,resets\n", out);
    const uint64_t numbers[] = {
        counted.allocations, counted.frees, objects_count(), counted.allocated_bytes, counted.freed_bytes,
        counted.allocated_bytes - counted.freed_bytes, counted.resizes, counted.reused, counted.finalized,
        counted.peak_live_bytes, counted.peak_room_bytes, counted.peak_footprint_bytes, counted.peak_resident_kib,
        pauses_of_work[PAUSE_COLLECTION], pauses_of_work[PAUSE_CASCADE], pauses_of_work[PAUSE_RESET],
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        fprintf(out, "%s%" PRIu64, i ? "," : "", numbers[i]);
    putc('\n', out);
}

typedef struct File {
    const char *name;
    void (*write)(FILE *out);
} File;

static const File of_objects[] = {
    { "census.csv", write_census }, { "timeline.csv", timeline_write }, { "leaks.csv", leaks_write }, { 0 },
};
static const File of_pauses[] = { { "pauses.csv", pauses_write }, { "pause_totals.csv", pauses_write_totals }, { 0 } };
static const File of_requests[] = {
    { "latencies.csv", latency_write }, { "latency_totals.csv", latency_write_totals }, { 0 },
};

/* Where a file is, or, until all of them are whole, its draft. */
static const char *path_of(const File *file, const char *suffix, char path[static PATH_BYTES])
{
    snprintf(path, PATH_BYTES, "%s/%s%s", folder, file->name, suffix);
    return path;
}

static const char *complaint_of(const File *file, int error)
{
    static char complaint[PATH_BYTES + 128];
    char path[PATH_BYTES];
    snprintf(complaint, sizeof complaint, "%s: %s", path_of(file, "", path), strerror(error));
    return complaint;
}

/* Returns 0, or the error. */
static int write_draft(const File *file)
{
    char path[PATH_BYTES];
    FILE *out = fopen(path_of(file, ".draft", path), "w");
    if (!out)
        return errno;
    errno = 0;
    file->write(out);
    bool failed = fflush(out) != 0 || ferror(out);
    int error = errno ? errno : EIO;
    if (fclose(out) != 0 && !failed)
        return errno;
    return failed ? error : 0;
}

static const char *write_drafts(const File *files)
{
    for (const File *file = files; file->name; file++) {
        int error = write_draft(file);
        if (error)
            return complaint_of(file, error);
    }
    return NULL;
}

static const char *drafts_become_files(const File *files)
{
    char from[PATH_BYTES], to[PATH_BYTES];
    for (const File *file = files; file->name; file++)
        if (rename(path_of(file, ".draft", from), path_of(file, "", to)) != 0)
            return complaint_of(file, errno);
    return NULL;
}

static void remove_drafts(const File *files)
{
    char path[PATH_BYTES];
    for (const File *file = files; file->name; file++)
        unlink(path_of(file, ".draft", path));
}

/* None takes the place of one that is there before all of them are whole. Returns what stood against it, or NULL. */
static const char *write_files(const File *files)
{
    const char *complaint = write_drafts(files);
    if (!complaint)
        complaint = drafts_become_files(files);
    if (complaint)
        remove_drafts(files);
    return complaint;
}

static const char *write_objects(void)
{
    counted_sample();
    memcpy(pauses_of_work, counted.pauses, sizeof pauses_of_work);
    census_hooks.collect();
    return write_files(of_objects);
}

const char *profile_end(void)
{
    counted_end();
    if (!folder)
        return NULL;
    switch (wanted) {
    case PROFILE_OBJECTS: return write_objects();
    case PROFILE_PAUSES: return pauses_end(), write_files(of_pauses);
    case PROFILE_LATENCY: return write_files(of_requests);
    }
    return NULL;
}
