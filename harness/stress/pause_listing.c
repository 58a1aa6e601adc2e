#include "pause_listing.h"

#include "count_rows.h"
#include "fail.h"
#include "memory.h"
#include "statistics.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Returns what is wrong with the file, or NULL. */
static const char *take(const char *folder, const char *name, const Layout *layout, Sheet *sheet, TextPool *pool)
{
    char *file = text_format("%s/%s", folder, name);
    Complaint complaint = { "it was not written" };
    FILE *in = fopen(file, "re");
    bool fits = in && sheet_try(in, layout, sheet, pool, &complaint);
    if (in)
        fclose(in);
    if (unlink(file) != 0 && errno != ENOENT)
        fail("%s cannot be removed: %s", file, strerror(errno));
    char *sentence = text_format("%s: %s", name, complaint.text);
    const char *wrong = fits ? NULL : intern(pool, sentence);
    free(sentence);
    free(file);
    return wrong;
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
    Sheet pauses = { 0 }, totals = { 0 };
    const char *no_pauses = take(folder, "pauses.csv", &cell_pause_layout, &pauses, pool);
    const char *no_totals = take(folder, "pause_totals.csv", &cell_totals_layout, &totals, pool);
    const char *complaint = no_pauses ? no_pauses : no_totals;
    if (!complaint)
        complaint = totals.rows == 1 ? complaint_of(&pauses, totals.row) : "pause_totals.csv has not one row";
    PauseListing listing = { .complaint = complaint ? complaint : "" };
    if (!complaint)
        listing.longest_ns = (double)((const Census *)totals.row)->pause_longest_ns.value;
    for (size_t i = 0; i < LISTED_KINDS; i++)
        listing.kind[i] = kind_of(&pauses, names[i]);
    sheet_free(&pauses);
    sheet_free(&totals);
    return listing;
}
