#include "count_census.h"

#include "memory.h"
#include "path.h"
#include "row_parse.h"
#include "trying.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILE_MIB = 64 }; /* of a file that the cell writes */

static void remove_folder(const char *folder)
{
    static const char *const names[] = { "census.csv", "timeline.csv", "leaks.csv" };
    folder_remove(folder, names, sizeof names / sizeof *names);
}

/* What a cell wrote may be anything. Returns whether it is a line of names and one record, or else why not. */
static bool read_census(CsvReader *reader, Census *census, TextPool *pool, Complaint *complaint)
{
    if (csv_read(reader) != CSV_RECORD) {
        snprintf(complaint->text, sizeof complaint->text, "there is no line of column names");
        return false;
    }
    if (!row_is_header(reader, &cell_objects_layout, complaint))
        return false;
    bool is_record = csv_read(reader) == CSV_RECORD;
    if (is_record && !row_parse(reader, &cell_objects_layout, census, pool, complaint))
        return false;
    if (is_record && csv_read(reader) == CSV_END)
        return true;
    snprintf(complaint->text, sizeof complaint->text, "it is not one record");
    return false;
}

static void take(Counts *counts, const Census *census)
{
    counts->born = census->allocations.value;
    counts->freed = census->frees.value;
    counts->alive = census->live_objects.value;
    counts->born_bytes = census->allocated_bytes.value;
    counts->freed_bytes = census->freed_bytes.value;
    counts->alive_bytes = census->live_bytes.value;
}

static void take_file(Counts *counts, const char *folder, TextPool *pool)
{
    char *path = text_format("%s/census.csv", folder);
    Census census = { 0 };
    Complaint complaint;
    FILE *in = fopen(path, "r");
    CsvReader reader = csv_reader(in);
    snprintf(complaint.text, sizeof complaint.text, "%s", in ? "" : strerror(errno));
    counts->known = in && read_census(&reader, &census, pool, &complaint);
    if (counts->known)
        take(counts, &census);
    else
        snprintf(counts->why, sizeof counts->why, "its census.csv cannot be read: %.150s", complaint.text);
    csv_reader_free(&reader);
    if (in)
        fclose(in);
    free(path);
}

int count_census(const Stress *stress, const char *build, const Cell *cell, size_t number, Counts *counts)
{
    char *folder = text_format("%s/census.%zu", stress->folder, number);
    RunResult *result = memory_new(1, sizeof *result);
    Trial trial;
    folder_make(folder);
    int signal = try_cell(build, cell, NULL, (char *[]){ "--profile", folder, NULL },
        &(RunOptions){ .file = (uint64_t)FILE_MIB << 20 }, stress->pool, result, &trial);
    if (!signal) {
        counts->known = trial.status == OK;
        counts->unsupported = trial.status == UNSUPPORTED;
        counts->checksum = trial.checksum.value;
        snprintf(counts->why, sizeof counts->why, "%s", counts->known ? "" : trial.reason);
    }
    if (!signal && counts->known)
        take_file(counts, folder, stress->pool);
    remove_folder(folder);
    free(result);
    free(folder);
    return signal;
}
