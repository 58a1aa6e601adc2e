#include "pause_listing.h"

#include "count_rows.h"
#include "fail.h"
#include "memory.h"
#include "statistics.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

static Sheet take(const char *folder, const char *name, const Layout *layout, TextPool *pool)
{
    char *file = text_format("%s/%s", folder, name);
    Sheet sheet = sheet_load(file, layout, pool);
    if (unlink(file) != 0)
        fail("%s cannot be removed", file);
    free(file);
    return sheet;
}

/* NULL: all is well. Pauses stand in the order of time, one after the other, within the run; and are what the totals say. */
static const char *complaint_of(const Sheet *pauses, const Census *totals)
{
    uint64_t end_ns = 0, sum_ns = 0, longest_ns = 0, run_ns = totals->pause_run_ns.value;
    for (const Pause *pause = pauses->row; pause < (const Pause *)pauses->row + pauses->rows; pause++) {
        uint64_t length_ns = pause->end_ns - pause->start_ns;
        if (pause->start_ns < end_ns || pause->end_ns < pause->start_ns || pause->end_ns > run_ns)
            return "a pause begins before the one before has ended, or ends before it begins or after the run";
        end_ns = pause->end_ns;
        sum_ns += length_ns;
        longest_ns = length_ns > longest_ns ? length_ns : longest_ns;
    }
    if (totals->listed_pauses.value != pauses->rows || totals->pauses.value < pauses->rows)
        return "the totals do not tell as many pauses as are listed";
    if (totals->pause_total_ns.value < sum_ns || totals->pause_total_ns.value > run_ns)
        return "all pauses together are shorter than those that are listed, or longer than the run";
    if (pauses->rows && longest_ns != totals->pause_longest_ns.value)
        return "the longest pause is none of those that are listed";
    return NULL;
}

static KindPauses kind_of(const Sheet *pauses, const char *name)
{
    KindPauses kind = { .kind = name, .longest_ns = NAN, .p99_ns = NAN };
    double *length_ns = memory_new(pauses->rows + 1, sizeof *length_ns);
    for (const Pause *pause = pauses->row; pause < (const Pause *)pauses->row + pauses->rows; pause++)
        if (texts_equal(pause->kind, name))
            length_ns[kind.listed++] = (double)(pause->end_ns - pause->start_ns);
    if (kind.listed) {
        qsort(length_ns, kind.listed, sizeof *length_ns, falling);
        kind.longest_ns = length_ns[0];
        kind.p99_ns = length_ns[kind.listed / 100];
    }
    free(length_ns);
    return kind;
}

PauseListing pause_listing_read(const char *folder, TextPool *pool)
{
    static const char *const names[LISTED_KINDS] = { "collection", "cascade", "reset" };
    Sheet pauses = take(folder, "pauses.csv", &cell_pause_layout, pool);
    Sheet totals = take(folder, "pause_totals.csv", &cell_totals_layout, pool);
    if (totals.rows != 1)
        fail("pause_totals.csv of a counted cell has %zu rows", totals.rows);
    const Census *total = totals.row;
    const char *complaint = complaint_of(&pauses, total);
    PauseListing listing = { .longest_ns = (double)total->pause_longest_ns.value, .complaint = complaint ? complaint : "" };
    for (size_t i = 0; i < LISTED_KINDS; i++)
        listing.kind[i] = kind_of(&pauses, names[i]);
    sheet_free(&pauses);
    sheet_free(&totals);
    return listing;
}
