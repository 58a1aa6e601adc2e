#include "first_host.h"

#include "host_rows.h"

#include <math.h>

static bool same_row(const Summary *row, const HostRatio *of)
{
    return cell_order(&row->cell, &of->cell) == 0 && texts_equal(row->metric, of->metric);
}

/* Both files have cells and metrics in the same order. */
static bool take_medians(Sheet *summary, const char *host, const Sheet *ratios)
{
    const HostRatio *of = ratios->row;
    Summary *row = summary->row, *end = row + summary->rows;
    bool taken = false;
    for (size_t i = 0; i < ratios->rows && row < end; i++) {
        if (!texts_equal(of[i].host, host))
            continue;
        while (row < end && !same_row(row, &of[i]))
            row++;
        if (row == end || !isnan(row->median) || isnan(of[i].median))
            continue;
        row->median = of[i].median;
        row->lo = of[i].lo;
        row->hi = of[i].hi;
        taken = true;
    }
    return taken;
}

const char *take_first_host(const char *run_folder, Sheet *summary, TextPool *pool)
{
    Sheet hosts = sheet_load_if_there(run_folder, "hosts.csv", &host_layout, pool);
    Sheet ratios = sheet_load_if_there(run_folder, "host_ratios.csv", &host_ratio_layout, pool);
    const char *host = hosts.rows > 0 ? ((const HostRow *)hosts.row)->host : NULL;
    bool taken = host && take_medians(summary, host, &ratios);
    sheet_free(&ratios);
    sheet_free(&hosts);
    return taken ? host : NULL;
}
