#include "count_census.h"

#include "fail.h"
#include "memory.h"
#include "path.h"
#include "trying.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILE_MIB = 64 }; /* of a file that the cell writes */

static void remove_folder(const char *folder)
{
    static const char *const names[] = { "census.csv", "timeline.csv", "leaks.csv" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *file = text_format("%s/%s", folder, names[i]);
        unlink(file);
        free(file);
    }
    if (rmdir(folder) != 0)
        notice("%s is left behind: %s", folder, strerror(errno));
}

static void take(Counts *counts, const char *folder, TextPool *pool)
{
    char *file = text_format("%s/census.csv", folder);
    Sheet sheet = sheet_load(file, &cell_objects_layout, pool);
    if (sheet.rows != 1)
        fail("%s has %zu rows", file, sheet.rows);
    const Census *census = sheet.row;
    counts->born = census->allocations.value;
    counts->freed = census->frees.value;
    counts->alive = census->live_objects.value;
    counts->born_bytes = census->allocated_bytes.value;
    counts->freed_bytes = census->freed_bytes.value;
    counts->alive_bytes = census->live_bytes.value;
    free(file);
    sheet_free(&sheet);
}

int count_census(const Stress *stress, const char *build, const Cell *cell, size_t number, Counts *counts)
{
    char *folder = text_format("%s/census.%zu", stress->folder, number);
    Heard *heard = memory_new(1, sizeof *heard);
    Trial trial;
    folder_make(folder);
    int signal = try_cell(build, cell, NULL, (char *[]){ "--profile", folder, NULL },
        &(Hardship){ .file = (uint64_t)FILE_MIB << 20 }, stress->pool, heard, &trial);
    if (!signal) {
        counts->known = trial.status == OK;
        counts->unsupported = trial.status == UNSUPPORTED;
        counts->checksum = trial.checksum.value;
        snprintf(counts->why, sizeof counts->why, "%s", counts->known ? "" : trial.reason);
    }
    if (!signal && counts->known)
        take(counts, folder, stress->pool);
    remove_folder(folder);
    free(heard);
    free(folder);
    return signal;
}
