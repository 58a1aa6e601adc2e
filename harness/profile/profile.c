#include "profile.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "counted.h"
#include "leaks.h"
#include "objects.h"
#include "pauses.h"
#include "site.h"
#include "timeline.h"

static const char *folder; /* where the files go; NULL: none are wanted */

const char *profile_open(Profile profile, const char *into)
{
    if (folder)
        return "there can be one profile at a time";
    if (mkdir(into, 0777) != 0 && errno != EEXIST)
        return strerror(errno);
    if (access(into, W_OK | X_OK) != 0)
        return strerror(errno);
    folder = into;
    counted.recording = profile == PROFILE_OBJECTS;
    return NULL;
}

void profile_begin(void)
{
    if (!folder)
        return;
    if (counted.recording)
        counted_sample();
    else
        counted_clock_pauses();
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

/* Returns what stood against it, or NULL. */
static const char *write_file(const char *name, void (*write)(FILE *out))
{
    char path[4096];
    if ((size_t)snprintf(path, sizeof path, "%s/%s", folder, name) >= sizeof path)
        return strerror(ENAMETOOLONG);
    FILE *out = fopen(path, "w");
    if (!out)
        return strerror(errno);
    write(out);
    bool failed = ferror(out);
    return fclose(out) != 0 || failed ? strerror(errno) : NULL;
}

static const char *write_objects(void)
{
    counted_sample();
    memcpy(pauses_of_work, counted.pauses, sizeof pauses_of_work);
    census_hooks.collect();
    const char *complaint = write_file("census.csv", write_census);
    if (!complaint)
        complaint = write_file("timeline.csv", timeline_write);
    return complaint ? complaint : write_file("leaks.csv", leaks_write);
}

static const char *write_pauses(void)
{
    const char *complaint = write_file("pauses.csv", pauses_write);
    return complaint ? complaint : write_file("pause_totals.csv", pauses_write_totals);
}

const char *profile_end(void)
{
    if (!folder)
        return NULL;
    return counted.recording ? write_objects() : write_pauses();
}
