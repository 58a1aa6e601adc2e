#include "parts.h"

#include "bounds.h"
#include "fail.h"
#include "memory.h"
#include "sharing.h"

#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* ---- A part --------------------------------------------------------------------------------------------------------- */

typedef struct Part {
    const Outline *outline;
    const json_t *manifest;
    size_t number;
    TextPool pool; /* its trials' texts: all of them together would be too many */
    HostRows of_hosts;
    Worked worked;
} Part;

/* A row that somebody copied would be paired with one of another block. */
static void must_be_there_once(const Outline *outline, const Sheet *trials, Group sorted)
{
    const Trial *first = trials->row;
    for (size_t i = 1; i < sorted.trials; i++) {
        const Trial *trial = sorted.trial[i], *before = sorted.trial[i - 1];
        if (trial->block != before->block || cell_order(&trial->cell, &before->cell) != 0)
            continue;
        size_t later = larger((uint64_t)(trial - first), (uint64_t)(before - first));
        fail("%s:%zu: this cell is in block %" PRIu64 " already", outline->file, trials->line[later], trial->block);
    }
}

static void take_growth(Worked *worked, Group trials, const RunHosts *hosts)
{
    Sheet growth = growth_of(trials, hosts);
    worked->growth = growth.row;
    worked->growths = growth.rows;
}

static void *work_out(void *context)
{
    Part *part = context;
    const Outline *outline = part->outline;
    const Cell *baseline = outline->baseline.control ? &outline->baseline : NULL;
    const RunHosts *hosts = part->of_hosts.hosts;
    Sheet trials = outline_load(outline, part->number, &part->pool);
    Group sorted = { sorted_trials(&trials), trials.rows };
    must_be_there_once(outline, &trials, sorted);
    part->worked.rows = cell_rows_of(sorted, baseline, &part->of_hosts, &part->pool);
    part->worked.classes = class_sums_of(sorted, baseline, outline->blocks, part->manifest);
    part->worked.costs = costs_of_trials(sorted, hosts);
    take_growth(&part->worked, sorted, hosts);
    free(sorted.trial);
    sheet_free(&trials);
    return NULL;
}

/* ---- Side by side --------------------------------------------------------------------------------------------------- */

/* The first has this thread. */
static void work_side_by_side(Part *part, size_t parts)
{
    pthread_t *thread = memory_new(parts, sizeof *thread);
    for (size_t i = 1; i < parts; i++)
        if ((errno = pthread_create(&thread[i], NULL, work_out, &part[i])) != 0)
            fail("no thread can be started: %s", strerror(errno));
    work_out(&part[0]);
    for (size_t i = 1; i < parts; i++)
        pthread_join(thread[i], NULL);
    free(thread);
}

static void append_growth(Worked *worked, Worked *more, TextPool *pool)
{
    worked->growth = memory_room(worked->growth, &worked->growth_room, worked->growths + more->growths, sizeof(Growth));
    for (size_t i = 0; i < more->growths; i++) {
        worked->growth[worked->growths] = more->growth[i];
        cell_intern(&worked->growth[worked->growths++].cell, pool);
    }
    free(more->growth);
}

static void take(Worked *worked, Part *part, HostRows *of_hosts, TextPool *pool)
{
    summary_rows_append(&worked->rows, &part->worked.rows, pool);
    class_sums_add(&worked->classes, &part->worked.classes, pool);
    append_growth(worked, &part->worked, pool);
    costs_append(&worked->costs, &part->worked.costs, pool);
    host_rows_append(of_hosts, &part->of_hosts, pool);
    text_pool_free(&part->pool);
}

Worked worked_out(const Outline *outline, const json_t *manifest, HostRows *of_hosts, TextPool *pool)
{
    Worked worked = { .growths = 0 };
    size_t at_once = smaller(sharers(), ABREAST);
    Part *part = memory_new(at_once, sizeof *part);
    for (size_t first = 0; first < outline->parts; first += at_once) {
        size_t parts = smaller(at_once, outline->parts - first);
        for (size_t i = 0; i < parts; i++)
            part[i] = (Part){ .outline = outline, .manifest = manifest, .number = first + i,
                              .of_hosts = host_rows_begin(of_hosts->hosts) };
        work_side_by_side(part, parts);
        for (size_t i = 0; i < parts; i++)
            take(&worked, &part[i], of_hosts, pool);
    }
    free(part);
    return worked;
}

void worked_free(Worked *worked)
{
    class_sums_free(&worked->classes);
    costs_free(&worked->costs);
    free(worked->growth);
}
