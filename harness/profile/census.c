/* The calls of parts/census.h and site.h: what is counted on every birth, move and death. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "counted.h"
#include "leaks.h"
#include "objects.h"
#include "own_memory.h"
#include "pauses.h"
#include "resident.h"
#include "site.h"
#include "timeline.h"

Counted counted = { .recording = true };

static struct {
    bool clocked;
    uint32_t depth; /* of nested pauses */
} pausing;

/* What a strategy told cannot be: it, or what it told, is damaged (parts/damage.h says how that is said). */
static _Noreturn __attribute__((format(printf, 1, 2))) void fail(const char *sentence, ...)
{
    va_list arguments;
    fputs("damaged heap: ", stderr);
    va_start(arguments, sentence);
    vfprintf(stderr, sentence, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    abort();
}

static void keep_larger(uint64_t *peak, uint64_t now)
{
    if (now > *peak)
        *peak = now;
}

/* ---- Footprint and timeline ------------------------------------------------------------------------------------- */

void footprint_grew(size_t bytes)
{
    counted.taken_bytes += bytes;
    keep_larger(&counted.peak_footprint_bytes, counted.taken_bytes);
}

void footprint_shrank(size_t bytes)
{
    counted.taken_bytes -= bytes;
}

uint64_t census_resident(void)
{
    return resident_kib(own_memory_bytes() >> 10) << 10;
}

void counted_sample(void)
{
    Sample sample = {
        .allocated_bytes = counted.allocated_bytes,
        .live_bytes = counted.allocated_bytes - counted.freed_bytes,
        .room_bytes = counted.room_bytes,
        .footprint_bytes = counted.taken_bytes + census_hooks.held_bytes(),
        .resident_kib = census_resident() >> 10,
    };
    keep_larger(&counted.peak_footprint_bytes, sample.footprint_bytes);
    keep_larger(&counted.peak_resident_kib, sample.resident_kib);
    timeline_add(&sample);
}

/* ---- Births ----------------------------------------------------------------------------------------------------- */

static void grow(uint64_t bytes, uint64_t room)
{
    counted.allocated_bytes += bytes;
    counted.room_bytes += room;
    keep_larger(&counted.peak_live_bytes, counted.allocated_bytes - counted.freed_bytes);
    keep_larger(&counted.peak_room_bytes, counted.room_bytes);
    if (timeline_is_due(counted.allocated_bytes))
        counted_sample();
}

static void shrink(uint64_t bytes, uint64_t room)
{
    counted.freed_bytes += bytes;
    counted.room_bytes -= room;
}

static _Noreturn void fail_of_two_births(const void *object, const Site *site)
{
    const Site *before = objects_find(object)->site;
    fail("a %s (%s:%u) was born at %p, where a %s (%s:%u) is still recorded: nobody told its death", site->type->name,
         site->file, site->line, object, before->type->name, before->file, before->line);
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
    grow(bytes, room);
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
        fail("%s is told of %p, which is no object that is alive", what, object);
    return record;
}

static void bury(Record *record)
{
    counted.frees++;
    record->site->live_objects--;
    record->site->live_bytes -= record->bytes;
    shrink(record->bytes, record->room);
    objects_remove(record);
}

void census_demand_alive(const void *object)
{
    if (counted.recording && !objects_find(object))
        fail("an owner too few: let go of %p, which is no object that is alive", object);
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
        shrink(record->bytes - bytes, 0);
    counted.room_bytes -= record->room;
    uint64_t more = bytes > record->bytes ? bytes - record->bytes : 0;
    record->bytes = bytes;
    record->room = room;
    grow(more, room);
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

/* ---- Pauses ----------------------------------------------------------------------------------------------------- */

void counted_clock_pauses(void)
{
    pausing.clocked = true;
    pauses_begin();
}

void pause_begin(void)
{
    if (pausing.depth++ == 0 && pausing.clocked)
        pauses_open();
}

/* A death inside of another, or of a collection, is a part of it. */
void pause_end(PauseKind kind)
{
    bool is_outermost = --pausing.depth == 0;
    counted.pauses[kind] += is_outermost || kind != PAUSE_CASCADE;
    if (is_outermost && pausing.clocked)
        pauses_close(kind, counted.allocated_bytes);
}
