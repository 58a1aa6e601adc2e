/* The operations of a script in the words of a workload, each done twice: by the strategy, and by the model.
 *
 * Every object but a weak reference carries its number and a canary made from it, which are looked at whenever it is visited:
 * memory that was given back too early and used again shows there. Between two things done by one operation, an object that is
 * in no slot is in a hand: a local that owns it, of which the model knows. Nothing here remembers an address where a
 * collector that guesses would look. */
#include <stdlib.h>
#include <string.h>

#include "workload.h"

#include "../capability.h"
#include "../dead_stack.h"
#include "../owners.h"
#include "holder.h"
#include "model.h"
#include "mutator.h"

const char *const mutator_strategy = STRATEGY_NAME;
const char *const mutator_unsupported = unsupported_because;
const bool mutator_guesses = !EXACT;

/* ---- Types ------------------------------------------------------------------------------------------------------ */

/* Their names are the oracle's, for a strategy's own are seen here, too. Length comes first because trailing elements
 * demand it; objects of one size leave it zero. */
#define ORACLE_HEAD size_t length; uint64_t number, canary

typedef struct OracleHead { ORACLE_HEAD; } OracleHead;
typedef struct OracleLeaf { ORACLE_HEAD; uint64_t more; } OracleLeaf;
typedef struct OracleCrumb { unsigned char byte[31]; } OracleCrumb; /* so that sizes are odd, and some of several KiB */
typedef struct OracleBytes { ORACLE_HEAD; OracleCrumb at[]; } OracleBytes;
typedef struct OracleSingle { ORACLE_HEAD; void *a; } OracleSingle;
typedef struct OraclePair { ORACLE_HEAD; void *a; uint64_t between; void *b; } OraclePair;
typedef struct OracleEight { ORACLE_HEAD; void *a, *b, *c, *d, *e, *f, *g, *h; } OracleEight;
typedef struct OracleArray { ORACLE_HEAD; void *at[]; } OracleArray;
typedef struct OracleFinalLeaf { ORACLE_HEAD; } OracleFinalLeaf;
typedef struct OracleFinalPair { ORACLE_HEAD; void *a, *b; } OracleFinalPair;
typedef struct OracleFinalEight { ORACLE_HEAD; void *a, *b, *c, *d, *e, *f, *g, *h; } OracleFinalEight;

static void finalize_any(void *self);
#define FINALIZER(T) static inline void finalize_##T(T *self) { finalize_any(self); }
FINALIZER(OracleFinalLeaf)
FINALIZER(OracleFinalPair)
FINALIZER(OracleFinalEight)

leaf(OracleLeaf);
leaf_of(OracleBytes);
refs(OracleSingle, a);
refs(OraclePair, a, b);
refs(OracleEight, a, b, c, d, e, f, g, h);
slots(OracleArray);
finalized(OracleFinalLeaf, finalize_OracleFinalLeaf);
finalized(OracleFinalPair, finalize_OracleFinalPair, a, b);
finalized(OracleFinalEight, finalize_OracleFinalEight, a, b, c, d, e, f, g, h);

static const Type *const type_of_kind[] = {
    [KIND_LEAF] = &OracleLeaf_type,
    [KIND_BYTES] = &OracleBytes_type,
    [KIND_SINGLE] = &OracleSingle_type,
    [KIND_PAIR] = &OraclePair_type,
    [KIND_EIGHT] = &OracleEight_type,
    [KIND_ARRAY] = &OracleArray_type,
    [KIND_FINAL_LEAF] = &OracleFinalLeaf_type,
    [KIND_FINAL_PAIR] = &OracleFinalPair_type,
    [KIND_FINAL_EIGHT] = &OracleFinalEight_type,
};

static void *oracle_make(Kind kind, size_t length)
{
    switch (kind) {
    case KIND_BYTES: return length % 2 ? new_of(OracleBytes, length) : new_unset(OracleBytes, length);
    case KIND_SINGLE: return new(OracleSingle);
    case KIND_PAIR: return new(OraclePair);
    case KIND_EIGHT: return new(OracleEight);
    case KIND_ARRAY: return new_of(OracleArray, length);
    case KIND_FINAL_LEAF: return new(OracleFinalLeaf);
    case KIND_FINAL_PAIR: return new(OracleFinalPair);
    case KIND_FINAL_EIGHT: return new(OracleFinalEight);
    default: return new(OracleLeaf);
    }
}

static uint32_t oracle_fields_of(Kind kind, uint32_t length)
{
    return kind == KIND_ARRAY || kind == KIND_BYTES ? length : type_of_kind[kind]->field_count;
}

/* ---- The episode ------------------------------------------------------------------------------------------------ */

enum {
    POPULATION = 200,     /* reachable things above which births become deaths, with the usual roots */
    LENGTH_MAX = 24,      /* trailing elements at most … */
    LENGTH_MAX_RARE = 300, /* … and now and then */
    COMPARED_AT_BIRTH = 200 /* the things of so low a number */
};

static struct {
    const Script *script;
    Extent extent;
    Tally *progress;
    FILE *trace;
    uint32_t item;       /* the thing in the hand that renews */
    uint32_t population; /* reachable things, about */
    unsigned depth;      /* of finalizers */
    bool is_over;        /* nothing is left to be played with */
} play;

#define TELL(...) (play.trace ? (void)fprintf(play.trace, __VA_ARGS__) : (void)0)

static uint64_t canary_of(uint64_t number)
{
    return (number + 1) * 0x9E3779B97F4A7C15u;
}

static void oracle_settle(void)
{
    if (play.depth == 0)
        model_settle();
}

/* What the census says. It does not know weak references of the strategy's own making. */
static bool oracle_is_live(uint32_t number)
{
    return (OWN_WEAKS && model_thing(number)->kind == KIND_WEAK) || census_is_live(thing_address(number));
}

/* What an object holds besides its head and references: each byte is its number's, and none zero. */
typedef struct Content {
    unsigned char *at;
    size_t bytes;
} Content;

static Content content_of(uint32_t number)
{
    void *object = thing_address(number);
    switch (model_thing(number)->kind) {
    case KIND_LEAF: return (Content){ (unsigned char *)&((OracleLeaf *)object)->more, sizeof(uint64_t) };
    case KIND_PAIR: return (Content){ (unsigned char *)&((OraclePair *)object)->between, sizeof(uint64_t) };
    case KIND_BYTES: return (Content){ ((OracleBytes *)object)->at->byte, model_thing(number)->length * sizeof(OracleCrumb) };
    default: return (Content){ NULL, 0 };
    }
}

static unsigned char content_byte(uint32_t number)
{
    return (unsigned char)(canary_of(number) >> 56 | 1);
}

static void fill_content(uint32_t number)
{
    Content content = content_of(number);
    if (content.bytes)
        memset(content.at, content_byte(number), content.bytes);
}

/* The first so many bytes are what was written there. */
static void demand_content(uint32_t number, size_t bytes)
{
    Content content = content_of(number);
    unsigned char expected = content_byte(number);
    if (bytes == 0 || (content.at[0] == expected && memcmp(content.at, content.at + 1, bytes - 1) == 0))
        return;
    size_t i = 0;
    while (content.at[i] == expected)
        i++;
    wrong("#%u is alive, and of its %zu bytes of content byte %zu is not what was written there", number, bytes, i);
}

/* The object of this number, whose memory must still be its own. */
static void *oracle_visit(uint32_t number)
{
    OracleHead *object = thing_address(number);
    if (model_thing(number)->kind != KIND_WEAK && (object->number != number || object->canary != canary_of(number)))
        wrong("#%u, to which %s refers, is alive, and its memory is no longer its own", number,
            holder_of(number, oracle_is_live));
    demand_content(number, content_of(number).bytes);
    return object;
}

/* Of an object that was just visited. */
static inline AnyReference *oracle_slot_in(OracleHead *object, uint32_t owner, uint32_t index)
{
    Kind kind = model_thing(owner)->kind;
    AnyReference *slot = kind == KIND_ARRAY ? (AnyReference *)(void *)&((OracleArray *)object)->at[index]
                                       : type_field(type_of_kind[kind], object, index);
    uint32_t expected = model_thing(owner)->field[index];
    if (*slot != (expected ? thing_address(expected) : NULL))
        wrong("field %u of #%u does not refer to what was stored there", index, owner);
    return slot;
}

static AnyReference *oracle_slot_of(uint32_t owner, uint32_t index)
{
    return oracle_slot_in(oracle_visit(owner), owner, index);
}

typedef struct Place {
    uint32_t owner, index;
} Place;

/* Which slot an operand means: one of the root array, or up to seven steps further. */
static Place oracle_find_slot(uint32_t path)
{
    Place place = { ROOTS, path % play.extent.roots };
    uint32_t steps = path / play.extent.roots % 8;
    for (path /= 8 * play.extent.roots; steps > 0; steps--, path /= 3) {
        uint32_t next = model_thing(place.owner)->field[place.index];
        if (!next || !model_thing(next)->field || !model_thing(next)->length)
            break;
        place = (Place){ next, path % model_thing(next)->length };
        oracle_visit(next);
    }
    return place;
}

static uint32_t oracle_content(Place place)
{
    oracle_slot_of(place.owner, place.index);
    return model_thing(place.owner)->field[place.index];
}

static uint32_t oracle_find_object(uint32_t path)
{
    return oracle_content(oracle_find_slot(path));
}

/* ---- What every operation is made of ---------------------------------------------------------------------------- */

/* Where the strategy counts them. What a collection has freed, and the model does not know of yet, counts as an owner there. */
static void demand_owners(uint32_t number)
{
    bool counted = model_thing(number)->kind != KIND_WEAK && OWNERS_ARE_COUNTED;
    if (counted && owners_of(thing_address(number)) != model_thing(number)->owners)
        wrong("#%u has %u owners, and %lu are counted", number, model_thing(number)->owners,
            (unsigned long)owners_of(thing_address(number)));
}

/* The slot comes to share the thing; 0: nothing. */
static void oracle_store(Place place, uint32_t number)
{
    AnyReference *slot = oracle_slot_of(place.owner, place.index);
    void *value = number ? oracle_visit(number) : NULL;
    model_store(place.owner, place.index, number);
    set(*slot, value);
    oracle_settle();
    if (number && play.depth == 0 && !COLLECTS && !model_thing(number)->dead)
        demand_owners(number);
}

/* Bacon and Rajan's candidates are those that lost an owner: a cycle that is closed by moving its last owner into it is one
 * that they never see. There the program does without such moves: it shares the object, and lets go. */
#ifdef moves_close_cycles_unseen
enum { MOVES_CLOSE_CYCLES = 0 };
#else
enum { MOVES_CLOSE_CYCLES = 1 };
#endif

/* The slot takes over what a hand holds. */
static void oracle_hand_over(Place place, uint32_t number, void *owned)
{
    AnyReference *slot = oracle_slot_of(place.owner, place.index);
    bool as_share = !MOVES_CLOSE_CYCLES && model_leads_to(number, place.owner);
    model_store(place.owner, place.index, number);
    model_let_go(number);
    put(*slot, as_share ? share(owned) : owned);
    if (as_share)
        release(owned);
    oracle_settle();
}

/* ---- Birth ------------------------------------------------------------------------------------------------------ */

static size_t oracle_bytes(uint32_t number)
{
    const Type *type = type_of_kind[model_thing(number)->kind];
    return type->size + (type->element_size ? model_thing(number)->length * type->element_size : 0);
}

static size_t first_that_is_not_zero(const unsigned char *bytes, size_t from)
{
    while (!bytes[from])
        from++;
    return from;
}

/* All but its length, and elements that were to be left unset. */
static void demand_zero(uint32_t number)
{
    bool is_unset = model_thing(number)->kind == KIND_BYTES && model_thing(number)->length % 2 == 0;
    size_t from = sizeof(size_t), bytes = is_unset ? sizeof(OracleBytes) : oracle_bytes(number);
    const unsigned char *object = thing_address(number);
    if (object[from] != 0 || memcmp(object + from, object + from + 1, bytes - from - 1) != 0)
        wrong("#%u is new, and byte %zu of its %zu is not zero", number, first_that_is_not_zero(object, from),
            oracle_bytes(number));
}

static bool share_memory(uint32_t number, uint32_t other)
{
    const char *one = thing_address(number), *two = thing_address(other);
    return model_thing(other)->kind != KIND_WEAK && one < two + oracle_bytes(other) && two < one + oracle_bytes(number);
}

/* It takes a look at all that live, so the first of an episode stand for the others. */
static void demand_own_memory(uint32_t number)
{
    for (uint32_t i = 0; number < COMPARED_AT_BIRTH && i < model_alive(); i++) {
        uint32_t other = model_alive_at(i);
        if (other != number && share_memory(number, other) && (model_search(), model_reached(other)))
            wrong("#%u and #%u are alive, and share memory", other, number);
    }
}

static uint32_t oracle_born(Kind kind, uint32_t length, OracleHead *object)
{
    uint32_t number = model_born(kind, oracle_fields_of(kind, length), object);
    demand_own_memory(number);
    demand_zero(number);
    object->number = number;
    object->canary = canary_of(number);
    fill_content(number);
    play.progress->births++;
    play.population++;
    oracle_settle();
    return number;
}

/* ---- Finalizers ------------------------------------------------------------------------------------------------- */

/* Nothing that dies with it has been cleared. */
static void look_around(uint32_t number)
{
    for (uint32_t i = 0; model_thing(number)->field && i < model_thing(number)->length; i++)
        if (oracle_content((Place){ number, i }))
            oracle_visit(model_thing(number)->field[i]);
}

static void break_own_references(uint32_t number)
{
    for (uint32_t i = 0; model_thing(number)->field && i < model_thing(number)->length; i++)
        oracle_store((Place){ number, i }, 0);
}

static void make_garbage(void)
{
    local(OraclePair) dropped = new(OraclePair);
    uint32_t number = oracle_born(KIND_PAIR, 0, (OracleHead *)dropped);
    model_let_go(number);
}

/* What a finalizer does besides looking was chosen at birth. */
static void oracle_behave(uint32_t number)
{
    uint32_t behaviour = model_thing(number)->behaviour;
    Place root = { ROOTS, behaviour / 16 % play.extent.roots };
    uint32_t child = model_thing(number)->field ? model_thing(number)->field[0] : 0;
    switch (behaviour % 16) {
    case 0: case 1: TELL("  finalizer: root[%u] = #%u itself\n", root.index, number); oracle_store(root, number); break;
    case 2: TELL("  finalizer: root[%u] = #%u, its first field\n", root.index, child); oracle_store(root, child); break;
    case 3: TELL("  finalizer: clears its fields\n"); break_own_references(number); break;
    case 4: TELL("  finalizer: clears root[%u]\n", root.index); oracle_store(root, 0); break;
    case 5: TELL("  finalizer: makes garbage\n"); make_garbage(); break;
    case 6: TELL("  finalizer: collects\n"); (void)collect(); break;
    default: break;
    }
}

static void finalize_any(void *self)
{
    uint64_t number = ((OracleHead *)self)->number;
    if (number == 0 || number >= model_next() || ((OracleHead *)self)->canary != canary_of(number))
        wrong("a finalizer was given an object whose memory is no longer its own");
    TELL("  finalizer of #%u\n", (uint32_t)number);
    play.progress->finalizers++;
    play.depth++;
    model_finalizing((uint32_t)number);
    if (oracle_visit((uint32_t)number) != self)
        wrong("the finalizer of #%u was given another object", (uint32_t)number);
    look_around((uint32_t)number);
    if (!play.is_over && !REGIONS)
        oracle_behave((uint32_t)number);
    model_finalized((uint32_t)number);
    play.depth--;
}

/* ---- Operations ------------------------------------------------------------------------------------------------- */

static void play_drop(uint32_t a)
{
    Place place = oracle_find_slot(a);
    TELL("#%u[%u] = nothing\n", place.owner, place.index);
    oracle_store(place, 0);
}

static uint32_t oracle_scale_of(Kind kind)
{
    return kind == KIND_BYTES ? play.extent.bytes : 1;
}

static void play_new(uint32_t a, uint32_t b, uint32_t c)
{
    Kind kind = b % RANDOM_KINDS;
    uint32_t length = c % ((c / 64 % 64 ? LENGTH_MAX : LENGTH_MAX_RARE) * oracle_scale_of(kind));
    local(void) made = oracle_make(kind, length);
    uint32_t number = oracle_born(kind, length, made);
    model_thing(number)->behaviour = (uint8_t)(c >> 16);
    Place place = oracle_find_slot(a);
    TELL("#%u[%u] = new %s #%u of %u\n", place.owner, place.index, kind_name(kind), number, model_thing(number)->length);
    oracle_hand_over(place, number, give(made));
}

static void play_set(uint32_t a, uint32_t b)
{
    uint32_t number = oracle_find_object(b);
    if (!number)
        return;
    Place place = oracle_find_slot(a);
    TELL("#%u[%u] = share #%u\n", place.owner, place.index, number);
    oracle_store(place, number);
}

static void play_move(uint32_t a, uint32_t b)
{
    Place to = oracle_find_slot(a), from = oracle_find_slot(b);
    uint32_t number = oracle_content(from);
    if (!number || (to.owner == from.owner && to.index == from.index))
        return;
    TELL("#%u[%u] = give #%u[%u], #%u\n", to.owner, to.index, from.owner, from.index, number);
    model_hold(number);
    void *moved = give(*oracle_slot_of(from.owner, from.index));
    model_store(from.owner, from.index, 0);
    oracle_hand_over(to, number, moved);
}

static bool may_be_weakly_held(Kind kind)
{
    return kind != KIND_WEAK && kind != KIND_ARRAY && kind != KIND_BYTES;
}

static void play_weak(uint32_t a, uint32_t b)
{
    uint32_t target = oracle_find_object(b);
    if (!target || !may_be_weakly_held(model_thing(target)->kind))
        return;
    model_hold(target);
    local(void) held = share(oracle_visit(target));
    local(Weak) made = weak(OracleLeaf, held); /* or another that cannot move: it is all one to the word */
    uint32_t number = model_born(KIND_WEAK, 0, made);
    model_thing(number)->target = target;
    oracle_settle();
    Place place = { ROOTS, a % play.extent.roots };
    TELL("#%u[%u] = weak #%u to #%u\n", place.owner, place.index, number, target);
    oracle_hand_over(place, number, give(made));
    model_let_go(target);
    drop(held);
    oracle_settle();
}

/* A weak reference in the root array, from the one that the operand means on; 0: there is none. */
static uint32_t find_weak(uint32_t path)
{
    for (uint32_t i = 0; i < play.extent.roots; i++) {
        uint32_t number = oracle_content((Place){ ROOTS, (path + i) % play.extent.roots });
        if (number && model_thing(number)->kind == KIND_WEAK)
            return number;
    }
    return 0;
}

static void play_strong(uint32_t a, uint32_t b)
{
    uint32_t weak_number = find_weak(b);
    if (!weak_number || (!WEAKENS && model_thing(model_thing(weak_number)->target)->dead))
        return;
    uint32_t target = model_thing(weak_number)->target;
    local(void) found = strong(void, (Weak *)oracle_visit(weak_number));
    TELL("weak #%u to #%u reads %s\n", weak_number, target, found ? "full" : "empty");
    play.progress->weak_reads++;
    play.progress->weak_empty += !found;
    model_weak_read(weak_number, !found);
    if (!found)
        return;
    if (found != thing_address(target))
        wrong("weak #%u refers to something else than #%u", weak_number, target);
    model_hold(target);
    oracle_visit(target);
    Place place = oracle_find_slot(a);
    TELL("#%u[%u] = what it refers to\n", place.owner, place.index);
    oracle_hand_over(place, target, give(found));
}

static void play_renew(OracleLeaf **item, uint32_t a, uint32_t b)
{
    uint32_t old = play.item, before = old ? model_thing(old)->owners : 0;
    void *memory = *item;
    renew(*item, OracleLeaf);
    if (old && *item == memory && (!REUSES || before != 1))
        wrong("#%u was renewed in its own memory, and %u others held it", old, before - 1);
    if (old)
        model_let_go(old);
    oracle_settle();
    play.item = oracle_born(KIND_LEAF, 0, (OracleHead *)*item);
    TELL("renewed #%u as #%u\n", old, play.item);
    if (b % 2)
        oracle_store(oracle_find_slot(a), play.item);
}

static void drop_elements(uint32_t number, uint32_t from)
{
    for (uint32_t i = from; model_thing(number)->field && i < model_thing(number)->length; i++)
        oracle_store((Place){ number, i }, 0);
}

static void *oracle_resized(void *object, Kind kind, uint32_t length)
{
    OracleArray *array = object;
    OracleBytes *bytes = object;
    return kind == KIND_ARRAY ? (void *)resize(array, OracleArray, length) : (void *)resize(bytes, OracleBytes, length);
}

/* What it held it holds, as far as there is room, and what is new is zero. */
static void demand_resized(uint32_t number, size_t bytes_before)
{
    Content content = content_of(number);
    demand_content(number, bytes_before < content.bytes ? bytes_before : content.bytes);
    for (size_t i = bytes_before; i < content.bytes; i++)
        if (content.at[i])
            wrong("#%u was resized from %zu bytes of content to %zu, and byte %zu is not zero", number, bytes_before,
                content.bytes, i);
    fill_content(number);
}

/* What has trailing elements and one owner is taken out of its slot, resized in the hand, and put back. */
static void play_resize(uint32_t a, uint32_t b)
{
    Place place = oracle_find_slot(a);
    uint32_t number = oracle_content(place);
    Thing *thing = model_thing(number);
    if (!number || (thing->kind != KIND_ARRAY && thing->kind != KIND_BYTES) || thing->owners != 1)
        return;
    uint32_t length = b % (LENGTH_MAX * oracle_scale_of(thing->kind));
    TELL("#%u is resized from %u to %u\n", number, thing->length, length);
    model_hold(number);
    local(void) held = give(*oracle_slot_of(place.owner, place.index));
    model_store(place.owner, place.index, 0);
    drop_elements(number, length);
    size_t bytes_before = content_of(number).bytes;
    held = oracle_resized(held, model_thing(number)->kind, length);
    model_moved(number, held, length);
    demand_resized(number, bytes_before);
    oracle_hand_over(oracle_find_slot(a), number, give(held));
}

/* ---- Comparison ------------------------------------------------------------------------------------------------- */

static uint32_t weak_things(void)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < model_alive(); i++)
        count += model_thing(model_alive_at(i))->kind == KIND_WEAK;
    return count;
}

static uint64_t oracle_live_objects(void)
{
    return census_live_objects() + (OWN_WEAKS ? weak_things() : 0);
}

/* Where nobody knows but the census. An address whose memory is another thing's by now tells it by the number. */
static bool oracle_is_gone(uint32_t number)
{
    OracleHead *object = thing_address(number);
    return !oracle_is_live(number) || (model_thing(number)->kind != KIND_WEAK && object->number != number);
}

static _Noreturn void wrong_about_lost(uint32_t number)
{
    uint32_t first = first_lost(number, oracle_is_live);
    wrong("#%u, to which %s refers, must be alive, and its memory was given back", first, holder_of(first, oracle_is_live));
}

static void oracle_inspect(uint32_t number)
{
    if (!oracle_is_live(number))
        wrong_about_lost(number);
    OracleHead *object = oracle_visit(number);
    demand_owners(number);
    for (uint32_t f = 0; model_thing(number)->field && f < model_thing(number)->length; f++)
        oracle_slot_in(object, number, f);
}

static void compare_sets(void)
{
    model_prove();
    for (uint32_t i = 0; i < model_alive(); i++)
        oracle_inspect(model_alive_at(i));
    if (EXACT && oracle_live_objects() != model_alive())
        wrong("%lu objects are live, and %u must be", (unsigned long)oracle_live_objects(), model_alive());
    play.population = model_search();
    play.progress->comparisons++;
    play.progress->reachable += play.population;
    play.progress->surplus += oracle_live_objects() - play.population;
}

/* Until no finalizer runs any more: what one has brought back, or made, may be dead by now. */
static void oracle_collect_all(void)
{
    uint64_t finalizers;
    do {
        uint32_t garbage = model_alive() - model_search();
        finalizers = play.progress->finalizers;
        if (!EXACT)
            clear_dead_stack();
        uint64_t collected = collect();
        oracle_settle();
        if (finalizers == play.progress->finalizers && collected > garbage)
            wrong("a collection says that it found %lu objects dead; %u were", (unsigned long)collected, garbage);
    } while (finalizers != play.progress->finalizers);
}

static void play_collect(void)
{
    TELL("collect, and compare\n");
    oracle_collect_all();
    model_collected(oracle_is_gone);
    compare_sets();
}

/* ---- Regions ---------------------------------------------------------------------------------------------------- */

static size_t play_operations(size_t from, size_t to, unsigned regions, OracleLeaf **item);

/* Where nothing dies alone, what nobody reaches still has its memory. */
static bool oracle_may_be_cleared(uint32_t number)
{
    model_search();
    return REGIONS ? !model_thing(number)->dead : model_reached(number);
}

static void drop_fields_from(uint32_t first, uint32_t number)
{
    for (uint32_t f = 0; model_thing(number)->field && f < model_thing(number)->length; f++)
        if (model_thing(number)->field[f] >= first && oracle_may_be_cleared(number))
            oracle_store((Place){ number, f }, 0);
}

/* Nobody outside keeps what is born inside. */
static void drop_those_from(uint32_t first, OracleLeaf **item)
{
    for (uint32_t number = 1; number < first; number++)
        if (model_youngest[number] >= first)
            drop_fields_from(first, number);
    if (play.item < first)
        return;
    model_let_go(play.item);
    drop(*item);
    play.item = 0;
    oracle_settle();
}

static size_t play_region(size_t from, size_t to, unsigned regions, OracleLeaf **item)
{
    uint32_t first = model_next();
    TELL("region {\n");
    region {
        from = play_operations(from, to, regions, item);
        drop_those_from(first, item);
        TELL("}\n");
        model_region_ends(first);
    }
    model_region_ended(first);
    return from;
}

/* ---- Playing ---------------------------------------------------------------------------------------------------- */

static bool is_crowded(void)
{
    uint32_t most = POPULATION * play.extent.roots / ROOT_SLOTS;
    if (play.population > most)
        play.population = model_search();
    return play.population > most;
}

static void play_operation(const Operation *operation, OracleLeaf **item)
{
    uint32_t a = operation->a, b = operation->b, c = operation->c;
    switch (operation->word) {
    case WORD_NEW: is_crowded() ? play_drop(a) : play_new(a, b, c); break;
    case WORD_SET: play_set(a, b); break;
    case WORD_MOVE: play_move(a, b); break;
    case WORD_DROP: play_drop(a); break;
    case WORD_WEAK: play_weak(a, b); break;
    case WORD_STRONG: play_strong(a, b); break;
    case WORD_RENEW: play_renew(item, a, b); break;
    case WORD_RESIZE: play_resize(a, b); break;
    case WORD_COLLECT: play_collect(); break;
    }
}

enum { REGIONS_NESTED_MAX = 3, REGION_LENGTH_MAX = 64 };

static size_t play_operations(size_t from, size_t to, unsigned regions, OracleLeaf **item)
{
    while (from < to) {
        const Operation *operation = &play.script->operations[from++];
        play.progress->operations++;
        if (operation->word != WORD_REGION) {
            play_operation(operation, item);
        } else if (regions < REGIONS_NESTED_MAX) {
            size_t end = from + operation->a % REGION_LENGTH_MAX;
            from = play_region(from, end < to ? end : to, regions + 1, item);
        }
    }
    return from;
}

static __attribute__((noinline)) void play_all(void)
{
    local(OracleLeaf) item = NULL;
    local(OracleArray) roots = new_of(OracleArray, play.extent.roots);
    if (oracle_born(KIND_ARRAY, play.extent.roots, (OracleHead *)roots) != ROOTS)
        wrong("the model is in error: the root array is not the first");
    play_operations(0, play.script->length, 0, &item);
    play_collect();
    play.is_over = true;
    model_let_go(ROOTS);
    drop(roots);
    oracle_settle();
    if (play.item)
        model_let_go(play.item);
    drop(item);
    oracle_settle();
}

void mutator_print_settings(void)
{
    for_each_setting (s)
        printf("%s %lu %lu %lu\n", s->name, (unsigned long)s->usual, (unsigned long)s->least, (unsigned long)s->most);
}

void mutator_print_promises(void)
{
    printf("counts %d collects %d exact %d regions %d finalizes %d\n", COUNTS, COLLECTS, EXACT, REGIONS, finalizes);
}

void mutator_play(const Script *script, Extent extent, Tally *progress, FILE *trace)
{
    memset(&play, 0, sizeof play);
    play.script = script;
    play.extent = extent;
    play.progress = progress;
    play.trace = trace;
    model_open((Promise){ .counts = COUNTS, .collects = COLLECTS, .regions = REGIONS, .finalizers = finalizes,
        .exact = EXACT });
    heap_open();
    play_all();
    play_collect();
    heap_close(); /* the end of the run is that of no region: what is alive is not finalized */
}
