#include "traits.h"

Traits traits_of(const Evidence *evidence, const Cell *series)
{
    uint64_t cells = 0, frees = 0, collections = 0, cascades = 0, resets = 0, reused = 0;
    const Census *census = evidence->census.row;
    for (size_t i = 0; i < evidence->census.rows; i++) {
        if (!same_series(&census[i].cell, series))
            continue;
        cells += census[i].status == OK;
        frees += census[i].frees.value;
        collections += census[i].collections.value;
        cascades += census[i].cascades.value;
        resets += census[i].resets.value;
        reused += census[i].reused.value;
    }
    return (Traits){
        .counted = cells > 0,
        .frees = frees > 0,
        .wants_regions = resets > 0 && collections == 0 && cascades == 0,
        .leaks_cycles = cascades > 0 && collections == 0,
        .counts = cascades > 0,
        .traces = collections > 0,
        .reuses = reused > 0,
    };
}

const char *traits_in_words(Traits traits)
{
    if (!traits.frees)
        return "frees nothing";
    if (traits.wants_regions)
        return "frees all that was made in a region when the region ends, and nothing before";
    if (traits.leaks_cycles && traits.reuses)
        return "counts references, and makes an item in the memory of the last that nobody kept; never frees cycles";
    if (traits.leaks_cycles)
        return "counts references: frees at once what nobody refers to any more, but never cycles";
    if (traits.counts)
        return "counts references, and from time to time looks for cycles that nobody reaches";
    return traits.traces ? "from time to time traces what is still reached, and frees the rest" : "frees, nobody knows when";
}
