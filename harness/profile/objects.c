#include "objects.h"

#include "own_memory.h"
#include "parts/system.h"

enum { FIRST_RECORDS = 1 << 10, FIRST_INDEX_BITS = 12, NOWHERE = 0 };

typedef struct Entry {
    uint32_t hash;   /* so that a stranger is mostly known without a look at its record */
    uint32_t record; /* NOWHERE: the entry is free */
} Entry;

static struct {
    Record *record; /* record[NOWHERE] stands at both ends of the order of birth */
    uint32_t capacity;
    uint32_t used;       /* records that ever were */
    uint32_t free;       /* the first of a list of records that are nobody's, linked by `older`; NOWHERE: there is none */
    Entry *index;
    unsigned index_bits; /* it has 2^index_bits entries */
    uint64_t count;      /* objects recorded */
    uint64_t births;     /* recorded so far */
} objects;

/* ---- The index -------------------------------------------------------------------------------------------------- */

/* Neighbours have neighbouring entries, 16 to every 256 bytes, for who is born or dies after another mostly lies beside it;
 * where the sixteen are is by Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4). */
static uint32_t hash_of(const void *object)
{
    uintptr_t address = (uintptr_t)object;
    uint32_t group = (uint32_t)((address >> 8) * UINT64_C(0x9E3779B97F4A7C15) >> 36);
    return group << 4 | (uint32_t)(address >> 4 & 15);
}

static uint64_t mask(void)
{
    return (UINT64_C(1) << objects.index_bits) - 1;
}

static uint64_t home_of(uint32_t hash)
{
    return hash & mask();
}

/* The entry of the object, or the free one in which it would stand. */
static Entry *entry_of(const void *object)
{
    uint32_t hash = hash_of(object);
    for (uint64_t i = home_of(hash);; i = (i + 1) & mask()) {
        Entry *entry = &objects.index[i];
        if (!entry->record || (entry->hash == hash && objects.record[entry->record].object == object))
            return entry;
    }
}

static void set_entry(Entry *entry, const void *object, uint32_t record)
{
    *entry = (Entry){ hash_of(object), record };
}

/* Closes the gap: every entry behind it that probing would no longer find moves into it, and leaves the next gap. */
static void free_entry(Entry *entry)
{
    uint64_t gap = (uint64_t)(entry - objects.index);
    for (uint64_t i = (gap + 1) & mask(); objects.index[i].record; i = (i + 1) & mask()) {
        uint64_t from_home = (i - home_of(objects.index[i].hash)) & mask();
        if (from_home >= ((i - gap) & mask())) {
            objects.index[gap] = objects.index[i];
            gap = i;
        }
    }
    objects.index[gap] = (Entry){ 0 };
}

static size_t index_bytes(unsigned bits)
{
    return sizeof *objects.index << bits;
}

static void make_index(unsigned bits)
{
    if (bits > 32)
        out_of_memory(SIZE_MAX);
    objects.index = own_memory(index_bytes(bits));
    objects.index_bits = bits;
}

static void grow_index(void)
{
    Entry *old = objects.index;
    unsigned bits = objects.index_bits;
    make_index(bits + 1);
    for (const Entry *entry = old; entry < old + (UINT64_C(1) << bits); entry++)
        if (entry->record)
            *entry_of(objects.record[entry->record].object) = *entry;
    own_memory_free(old, index_bytes(bits));
}

/* ---- The records ------------------------------------------------------------------------------------------------ */

static void make_room(void)
{
    if (!objects.record) {
        objects.record = own_memory(FIRST_RECORDS * sizeof *objects.record);
        objects.capacity = FIRST_RECORDS;
        objects.used = NOWHERE + 1;
        make_index(FIRST_INDEX_BITS);
    }
    if (objects.count > mask() / 2)
        grow_index();
}

/* By a quarter: the system moves pages, and no bytes. */
static void grow_records(void)
{
    size_t bytes = objects.capacity * sizeof *objects.record;
    if (objects.capacity > UINT32_MAX / 2)
        out_of_memory(SIZE_MAX);
    objects.record = own_memory_resized(objects.record, bytes, bytes + bytes / 4);
    objects.capacity += objects.capacity / 4;
}

static uint32_t take_record(void)
{
    uint32_t number = objects.free;
    if (number) {
        objects.free = objects.record[number].older;
        return number;
    }
    if (objects.used == objects.capacity)
        grow_records();
    return objects.used++;
}

static uint32_t number_of(const Record *record)
{
    return (uint32_t)(record - objects.record);
}

static void link_as_youngest(uint32_t number)
{
    Record *ends = &objects.record[NOWHERE], *record = &objects.record[number];
    record->older = ends->older;
    record->newer = NOWHERE;
    objects.record[record->older].newer = number;
    ends->older = number;
}

static void unlink_record(const Record *record)
{
    objects.record[record->older].newer = record->newer;
    objects.record[record->newer].older = record->older;
}

static Record *record_or_null(uint32_t number)
{
    return number ? &objects.record[number] : NULL;
}

/* ---- What others see -------------------------------------------------------------------------------------------- */

Record *objects_add(void *object)
{
    make_room();
    Entry *entry = entry_of(object);
    if (entry->record)
        return NULL;
    uint32_t number = take_record();
    set_entry(entry, object, number);
    objects.record[number] = (Record){ .object = object, .birth = ++objects.births };
    link_as_youngest(number);
    objects.count++;
    return &objects.record[number];
}

Record *objects_find(const void *object)
{
    return objects.index ? record_or_null(entry_of(object)->record) : NULL;
}

bool objects_move(Record *record, void *object)
{
    if (record->object == object)
        return true;
    free_entry(entry_of(record->object));
    Entry *entry = entry_of(object);
    if (entry->record)
        return false;
    set_entry(entry, object, number_of(record));
    record->object = object;
    return true;
}

void objects_remove(Record *record)
{
    free_entry(entry_of(record->object));
    unlink_record(record);
    record->object = NULL;
    record->older = objects.free;
    objects.free = number_of(record);
    objects.count--;
}

Record *objects_youngest(void)
{
    return objects.record ? record_or_null(objects.record[NOWHERE].older) : NULL;
}

Record *objects_oldest(void)
{
    return objects.record ? record_or_null(objects.record[NOWHERE].newer) : NULL;
}

Record *objects_newer(const Record *record)
{
    return record_or_null(record->newer);
}

uint64_t objects_count(void)
{
    return objects.count;
}
