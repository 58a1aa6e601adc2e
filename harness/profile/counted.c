#include "counted.h"

#include "cell/resident.h"
#include "own_memory.h"
#include "parts/damage.h"
#include "pauses.h"
#include "site.h"
#include "timeline.h"

Counted counted = { .recording = true };

static struct {
    bool clocked;
    uint32_t depth; /* of nested pauses */
} pausing;

static void keep_larger(uint64_t *peak, uint64_t now)
{
    if (now > *peak)
        *peak = now;
}

/* ---- Bytes of objects ------------------------------------------------------------------------------------------- */

void counted_grow(uint64_t bytes, uint64_t room)
{
    counted.allocated_bytes += bytes;
    counted.room_bytes += room;
    keep_larger(&counted.peak_live_bytes, counted.allocated_bytes - counted.freed_bytes);
    keep_larger(&counted.peak_room_bytes, counted.room_bytes);
    if (timeline_is_due(counted.allocated_bytes))
        counted_sample();
}

void counted_shrink(uint64_t bytes, uint64_t room)
{
    counted.freed_bytes += bytes;
    counted.room_bytes -= room;
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
    uint64_t resident = resident_kib() << 10, own = own_memory_bytes();
    return resident > own ? resident - own : 0;
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
    if (pausing.depth == 0)
        end_damaged("a pause ends that has not begun");
    bool is_outermost = --pausing.depth == 0;
    counted.pauses[kind] += is_outermost || kind != PAUSE_CASCADE;
    if (is_outermost && pausing.clocked)
        pauses_close(kind, counted.allocated_bytes);
}

void counted_end(void)
{
    if (pausing.depth > 0)
        end_damaged("a pause has begun and did not end");
}
