/* The record of every object that is alive: the births and moves that the words tell (site.h), and the deaths that strategies
 * tell (parts/census.h). What is counted of them, and the rest of what strategies tell, is in counted.c. */
#include "counted.h"
#include "leaks.h"
#include "objects.h"
#include "parts/damage.h"
#include "site.h"

/* ---- Births ----------------------------------------------------------------------------------------------------- */

static _Noreturn void fail_of_two_births(const void *object, const Site *site)
{
    const Site *before = objects_find(object)->site;
    end_damaged("a %s (%s:%u) was born at %p, where a %s (%s:%u) is still recorded: nobody told its death",
                site->type->name, site->file, site->line, object, before->type->name, before->file, before->line);
}

static void record(void *object, Site *site, size_t bytes, size_t room)
{
    Record *born = objects_add(object);
    if (!born)
        fail_of_two_births(object, site);
    born->site = site;
    born->bytes = bytes;
    born->room = room;
    site->live_objects++;
    site->live_bytes += bytes;
    counted_grow(bytes, room);
}

void census_born(void *object, Site *site, size_t bytes, size_t room)
{
    counted.allocations++;
    if (counted.recording)
        record(object, leaks_site(site), bytes, room);
    else
        counted.allocated_bytes += bytes;
}

/* ---- Deaths and moves ------------------------------------------------------------------------------------------- */

static Record *record_of(const void *object, const char *what)
{
    Record *record = objects_find(object);
    if (!record)
        end_damaged("%s is told of %p, which is no object that is alive", what, object);
    return record;
}

static void bury(Record *record)
{
    counted.frees++;
    record->site->live_objects--;
    record->site->live_bytes -= record->bytes;
    counted_shrink(record->bytes, record->room);
    objects_remove(record);
}

void census_demand_alive(const void *object)
{
    if (counted.recording && !objects_find(object))
        end_damaged("an owner too few: let go of %p, which is no object that is alive", object);
}

void census_died(void *object)
{
    if (counted.recording)
        bury(record_of(object, "a death"));
}

void census_reused(void *object)
{
    counted.reused++;
    census_died(object);
}

CensusMark census_mark(void)
{
    const Record *youngest = objects_youngest();
    return (CensusMark){ youngest ? youngest->birth : 0 };
}

void census_died_since(CensusMark mark)
{
    for (Record *record; (record = objects_youngest()) && record->birth > mark.born;)
        bury(record);
}

void census_sweep(bool (*is_alive)(void *object))
{
    for (Record *next, *record = objects_oldest(); record; record = next) {
        next = objects_newer(record);
        if (!is_alive(record->object))
            bury(record);
    }
}

/* What it grew by was allocated, what it shrank by was freed. */
static void change(Record *record, size_t bytes, size_t room)
{
    record->site->live_bytes += bytes - record->bytes;
    if (bytes < record->bytes)
        counted_shrink(record->bytes - bytes, 0);
    counted.room_bytes -= record->room;
    uint64_t more = bytes > record->bytes ? bytes - record->bytes : 0;
    record->bytes = bytes;
    record->room = room;
    counted_grow(more, room);
}

void census_resized(uintptr_t from, void *object, size_t bytes, size_t room)
{
    counted.resizes++;
    if (!counted.recording)
        return;
    Record *record = record_of((void *)from, "a move");
    if (!objects_move(record, object))
        fail_of_two_births(object, record->site);
    change(record, bytes, room);
}

void census_finalized(void *object)
{
    (void)object;
    counted.finalized++;
}

bool census_is_live(void *object)
{
    return objects_find(object) != NULL;
}

uint64_t census_live_objects(void)
{
    return objects_count();
}
