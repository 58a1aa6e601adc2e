#include "leaks.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "cell/quoted.h"

static Site *sites;

static bool same_place(const Site *a, const Site *b)
{
    return a->type == b->type && a->line == b->line && strcmp(a->file, b->file) == 0;
}

static Site *first_of_place(Site *site)
{
    for (Site *other = sites; other; other = other->next)
        if (same_place(site, other))
            return other;
    site->next = sites;
    sites = site;
    return site;
}

Site *leaks_site(Site *site)
{
    if (!site->counted_as)
        site->counted_as = first_of_place(site);
    return site->counted_as;
}

static bool comes_before(const Site *a, const Site *b)
{
    if (a->live_bytes != b->live_bytes)
        return a->live_bytes > b->live_bytes;
    int files = strcmp(a->file, b->file);
    return files ? files < 0 : a->line < b->line;
}

/* By insertion: a program has a few dozen places at most. */
static void sort_sites(void)
{
    Site *sorted = NULL;
    while (sites) {
        Site *site = sites, **link = &sorted;
        sites = site->next;
        while (*link && comes_before(*link, site))
            link = &(*link)->next;
        site->next = *link;
        *link = site;
    }
    sites = sorted;
}

void leaks_write(FILE *out)
{
    sort_sites();
    fputs("type,file,line,objects,bytes\n", out);
    for (const Site *site = sites; site; site = site->next) {
        if (!site->live_objects)
            continue;
        fprintf(out, "%s,", site->type->name);
        write_quoted(out, site->file);
        fprintf(out, ",%u,%" PRIu64 ",%" PRIu64 "\n", site->line, site->live_objects, site->live_bytes);
    }
}
