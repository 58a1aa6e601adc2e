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
#include "model.h"
#include "mutator.h"

const char *const mutator_strategy = STRATEGY_NAME;
const char *const mutator_unsupported = unsupported_because;
const bool mutator_guesses = !EXACT;

/* ---- Types ------------------------------------------------------------------------------------------------------ */

/* Length comes first because trailing elements demand it; objects of one size leave it zero. */
#define HEAD size_t length; uint64_t number, canary

typedef struct Head { HEAD; } Head;
typedef struct Leaf { HEAD; uint64_t more; } Leaf;
typedef struct Bytes { HEAD; unsigned char at[]; } Bytes;
typedef struct Single { HEAD; void *a; } Single;
typedef struct Pair { HEAD; void *a; uint64_t between; void *b; } Pair;
typedef struct Eight { HEAD; void *a, *b, *c, *d, *e, *f, *g, *h; } Eight;
typedef struct Array { HEAD; void *at[]; } Array;
typedef struct FinalLeaf { HEAD; } FinalLeaf;
typedef struct FinalPair { HEAD; void *a, *b; } FinalPair;
typedef struct FinalEight { HEAD; void *a, *b, *c, *d, *e, *f, *g, *h; } FinalEight;

static void finalize_any(void *self);
#define FINALIZER(T) static inline void finalize_##T(T *self) { finalize_any(self); }
FINALIZER(FinalLeaf)
FINALIZER(FinalPair)
FINALIZER(FinalEight)

leaf(Leaf);
leaf_of(Bytes);
refs(Single, a);
refs(Pair, a, b);
refs(Eight, a, b, c, d, e, f, g, h);
slots(Array);
finalized(FinalLeaf, finalize_FinalLeaf);
finalized(FinalPair, finalize_FinalPair, a, b);
finalized(FinalEight, finalize_FinalEight, a, b, c, d, e, f, g, h);

static const Type *const type_of_kind[] = {
    [LEAF] = &Leaf_type, [BYTES] = &Bytes_type, [SINGLE] = &Single_type, [PAIR] = &Pair_type, [EIGHT] = &Eight_type,
    [ARRAY] = &Array_type, [FINAL_LEAF] = &FinalLeaf_type, [FINAL_PAIR] = &FinalPair_type, [FINAL_EIGHT] = &FinalEight_type,
};

static void *make(Kind kind, size_t length)
{
    switch (kind) {
    case BYTES: return new_of(Bytes, length);
    case SINGLE: return new(Single);
    case PAIR: return new(Pair);
    case EIGHT: return new(Eight);
    case ARRAY: return new_of(Array, length);
    case FINAL_LEAF: return new(FinalLeaf);
    case FINAL_PAIR: return new(FinalPair);
    case FINAL_EIGHT: return new(FinalEight);
    default: return new(Leaf);
    }
}

static uint32_t fields_of(Kind kind, uint32_t length)
{
    return kind == ARRAY || kind == BYTES ? length : type_of_kind[kind]->field_count;
}

/* ---- The episode ------------------------------------------------------------------------------------------------ */

enum {
    POPULATION = 200,     /* reachable things above which births become deaths */
    LENGTH_MAX = 24,      /* trailing elements at most … */
    LENGTH_MAX_RARE = 300 /* … and now and then */
};

static struct {
    const Script *script;
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

static void settle(void)
{
    if (play.depth == 0)
        model_settle();
}

/* The object of this number, whose memory must still be its own. */
static void *visit(uint32_t number)
{
    Head *object = thing_address(number);
    if (model_thing(number)->kind != WEAK && (object->number != number || object->canary != canary_of(number)))
        wrong("#%u is alive, and its memory is no longer its own", number);
    return object;
}

static AnyReference *slot_of(uint32_t owner, uint32_t index)
{
    Kind kind = model_thing(owner)->kind;
    Head *object = visit(owner);
    AnyReference *slot = kind == ARRAY ? (AnyReference *)(void *)&((Array *)object)->at[index]
                                       : type_field(type_of_kind[kind], object, index);
    uint32_t expected = model_thing(owner)->field[index];
    if (*slot != (expected ? thing_address(expected) : NULL))
        wrong("field %u of #%u does not refer to what was stored there", index, owner);
    return slot;
}

typedef struct Place {
    uint32_t owner, index;
} Place;

/* Which slot an operand means: one of the root array, or up to seven steps further. */
static Place find_slot(uint32_t path)
{
    Place place = { ROOTS, path % ROOT_SLOTS };
    uint32_t steps = path / ROOT_SLOTS % 8;
    for (path /= 8 * ROOT_SLOTS; steps > 0; steps--, path /= 3) {
        uint32_t next = model_thing(place.owner)->field[place.index];
        if (!next || !model_thing(next)->field || !model_thing(next)->length)
            break;
        place = (Place){ next, path % model_thing(next)->length };
        visit(next);
    }
    return place;
}

static uint32_t content(Place place)
{
    slot_of(place.owner, place.index);
    return model_thing(place.owner)->field[place.index];
}

static uint32_t find_object(uint32_t path)
{
    return content(find_slot(path));
}

/* ---- What every operation is made of ---------------------------------------------------------------------------- */

/* The slot comes to share the thing; 0: nothing. */
static void store(Place place, uint32_t number)
{
    AnyReference *slot = slot_of(place.owner, place.index);
    void *value = number ? visit(number) : NULL;
    model_store(place.owner, place.index, number);
    set(*slot, value);
    settle();
}

/* Bacon and Rajan's candidates are those that lost an owner: a cycle that is closed by moving its last owner into it is one
 * that they never see. There the program does without such moves: it shares the object, and lets go. */
#ifdef moves_close_cycles_unseen
enum { MOVES_CLOSE_CYCLES = 0 };
#else
enum { MOVES_CLOSE_CYCLES = 1 };
#endif

/* The slot takes over what a hand holds. */
static void hand_over(Place place, uint32_t number, void *owned)
{
    AnyReference *slot = slot_of(place.owner, place.index);
    bool as_share = !MOVES_CLOSE_CYCLES && model_leads_to(number, place.owner);
    model_store(place.owner, place.index, number);
    model_let_go(number);
    put(*slot, as_share ? share(owned) : owned);
    if (as_share)
        release(owned);
    settle();
}

static uint32_t born(Kind kind, uint32_t length, Head *object)
{
    uint32_t number = model_born(kind, fields_of(kind, length), object);
    object->number = number;
    object->canary = canary_of(number);
    play.progress->births++;
    play.population++;
    settle();
    return number;
}

/* ---- Finalizers ------------------------------------------------------------------------------------------------- */

/* Nothing that dies with it has been cleared. */
static void look_around(uint32_t number)
{
    for (uint32_t i = 0; model_thing(number)->field && i < model_thing(number)->length; i++)
        if (content((Place){ number, i }))
            visit(model_thing(number)->field[i]);
}

static void break_own_references(uint32_t number)
{
    for (uint32_t i = 0; model_thing(number)->field && i < model_thing(number)->length; i++)
        store((Place){ number, i }, 0);
}

static void make_garbage(void)
{
    local(Pair) dropped = new(Pair);
    uint32_t number = born(PAIR, 0, (Head *)dropped);
    model_let_go(number);
}

/* What a finalizer does besides looking was chosen at birth. */
static void behave(uint32_t number)
{
    uint32_t behaviour = model_thing(number)->behaviour;
    Place root = { ROOTS, behaviour / 16 % ROOT_SLOTS };
    uint32_t child = model_thing(number)->field ? model_thing(number)->field[0] : 0;
    switch (behaviour % 16) {
    case 0: case 1: TELL("  finalizer: root[%u] = #%u itself\n", root.index, number); store(root, number); break;
    case 2: TELL("  finalizer: root[%u] = #%u, its first field\n", root.index, child); store(root, child); break;
    case 3: TELL("  finalizer: clears its fields\n"); break_own_references(number); break;
    case 4: TELL("  finalizer: clears root[%u]\n", root.index); store(root, 0); break;
    case 5: TELL("  finalizer: makes garbage\n"); make_garbage(); break;
    case 6: TELL("  finalizer: collects\n"); (void)collect(); break;
    default: break;
    }
}

static void finalize_any(void *self)
{
    uint64_t number = ((Head *)self)->number;
    if (number == 0 || number >= model_next() || ((Head *)self)->canary != canary_of(number))
        wrong("a finalizer was given an object whose memory is no longer its own");
    TELL("  finalizer of #%u\n", (uint32_t)number);
    play.progress->finalizers++;
    play.depth++;
    model_finalizing((uint32_t)number);
    if (visit((uint32_t)number) != self)
        wrong("the finalizer of #%u was given another object", (uint32_t)number);
    look_around((uint32_t)number);
    if (!play.is_over && !REGIONS)
        behave((uint32_t)number);
    model_finalized((uint32_t)number);
    play.depth--;
}

/* ---- Operations ------------------------------------------------------------------------------------------------- */

static void play_drop(uint32_t a)
{
    Place place = find_slot(a);
    TELL("#%u[%u] = nothing\n", place.owner, place.index);
    store(place, 0);
}

static void play_new(uint32_t a, uint32_t b, uint32_t c)
{
    Kind kind = b % RANDOM_KINDS;
    uint32_t length = c % (c / 64 % 64 ? LENGTH_MAX : LENGTH_MAX_RARE);
    local(void) made = make(kind, length);
    uint32_t number = born(kind, length, made);
    model_thing(number)->behaviour = (uint8_t)(c >> 16);
    Place place = find_slot(a);
    TELL("#%u[%u] = new %s #%u of %u\n", place.owner, place.index, kind_name(kind), number, model_thing(number)->length);
    hand_over(place, number, give(made));
}

static void play_set(uint32_t a, uint32_t b)
{
    uint32_t number = find_object(b);
    if (!number)
        return;
    Place place = find_slot(a);
    TELL("#%u[%u] = share #%u\n", place.owner, place.index, number);
    store(place, number);
}

static void play_move(uint32_t a, uint32_t b)
{
    Place to = find_slot(a), from = find_slot(b);
    uint32_t number = content(from);
    if (!number || (to.owner == from.owner && to.index == from.index))
        return;
    TELL("#%u[%u] = give #%u[%u], #%u\n", to.owner, to.index, from.owner, from.index, number);
    model_hold(number);
    void *moved = give(*slot_of(from.owner, from.index));
    model_store(from.owner, from.index, 0);
    hand_over(to, number, moved);
}

static bool may_be_weakly_held(Kind kind)
{
    return kind != WEAK && kind != ARRAY && kind != BYTES;
}

static void play_weak(uint32_t a, uint32_t b)
{
    uint32_t target = find_object(b);
    if (!target || !may_be_weakly_held(model_thing(target)->kind))
        return;
    model_hold(target);
    local(void) held = share(visit(target));
    local(Weak) made = weak(Leaf, held); /* or another that cannot move: it is all one to the word */
    uint32_t number = model_born(WEAK, 0, made);
    model_thing(number)->target = target;
    settle();
    Place place = { ROOTS, a % ROOT_SLOTS };
    TELL("#%u[%u] = weak #%u to #%u\n", place.owner, place.index, number, target);
    hand_over(place, number, give(made));
    model_let_go(target);
    drop(held);
    settle();
}

/* A weak reference in the root array, from the one that the operand means on; 0: there is none. */
static uint32_t find_weak(uint32_t path)
{
    for (uint32_t i = 0; i < ROOT_SLOTS; i++) {
        uint32_t number = content((Place){ ROOTS, (path + i) % ROOT_SLOTS });
        if (number && model_thing(number)->kind == WEAK)
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
    local(void) found = strong(void, (Weak *)visit(weak_number));
    TELL("weak #%u to #%u reads %s\n", weak_number, target, found ? "full" : "empty");
    play.progress->weak_reads++;
    play.progress->weak_empty += !found;
    model_weak_read(weak_number, !found);
    if (!found)
        return;
    if (found != thing_address(target))
        wrong("weak #%u refers to something else than #%u", weak_number, target);
    model_hold(target);
    visit(target);
    Place place = find_slot(a);
    TELL("#%u[%u] = what it refers to\n", place.owner, place.index);
    hand_over(place, target, give(found));
}

static void play_renew(Leaf **item, uint32_t a, uint32_t b)
{
    uint32_t old = play.item, before = old ? model_thing(old)->owners : 0;
    void *memory = *item;
    renew(*item, Leaf);
    if (old && *item == memory && (!REUSES || before != 1))
        wrong("#%u was renewed in its own memory, and %u others held it", old, before - 1);
    if (old)
        model_let_go(old);
    settle();
    play.item = born(LEAF, 0, (Head *)*item);
    TELL("renewed #%u as #%u\n", old, play.item);
    if (b % 2)
        store(find_slot(a), play.item);
}

static void drop_elements(uint32_t number, uint32_t from)
{
    for (uint32_t i = from; model_thing(number)->field && i < model_thing(number)->length; i++)
        store((Place){ number, i }, 0);
}

static void *resized(void *object, Kind kind, uint32_t length)
{
    Array *array = object;
    Bytes *bytes = object;
    return kind == ARRAY ? (void *)resize(array, Array, length) : (void *)resize(bytes, Bytes, length);
}

/* What has trailing elements and one owner is taken out of its slot, resized in the hand, and put back. */
static void play_resize(uint32_t a, uint32_t b)
{
    Place place = find_slot(a);
    uint32_t number = content(place), length = b % LENGTH_MAX;
    Thing *thing = model_thing(number);
    if (!number || (thing->kind != ARRAY && thing->kind != BYTES) || thing->owners != 1)
        return;
    TELL("#%u is resized from %u to %u\n", number, thing->length, length);
    model_hold(number);
    local(void) held = give(*slot_of(place.owner, place.index));
    model_store(place.owner, place.index, 0);
    drop_elements(number, length);
    held = resized(held, model_thing(number)->kind, length);
    model_moved(number, held, length);
    hand_over(find_slot(a), number, give(held));
}

/* ---- Comparison ------------------------------------------------------------------------------------------------- */

/* What the census says. It does not know weak references of the strategy's own making. */
static bool is_live(uint32_t number)
{
    return (OWN_WEAKS && model_thing(number)->kind == WEAK) || census_is_live(thing_address(number));
}

static uint32_t weak_things(void)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < model_alive(); i++)
        count += model_thing(model_alive_at(i))->kind == WEAK;
    return count;
}

static uint64_t live_objects(void)
{
    return census_live_objects() + (OWN_WEAKS ? weak_things() : 0);
}

/* Where nobody knows but the census. An address whose memory is another thing's by now tells it by the number. */
static bool is_gone(uint32_t number)
{
    Head *object = thing_address(number);
    return !is_live(number) || (model_thing(number)->kind != WEAK && object->number != number);
}

static void inspect(uint32_t number)
{
    if (!is_live(number))
        wrong("#%u must be alive, and its memory was given back", number);
    visit(number);
    for (uint32_t f = 0; model_thing(number)->field && f < model_thing(number)->length; f++)
        slot_of(number, f);
}

static void compare_sets(void)
{
    model_prove();
    for (uint32_t i = 0; i < model_alive(); i++)
        inspect(model_alive_at(i));
    if (EXACT && live_objects() != model_alive())
        wrong("%lu objects are live, and %u must be", (unsigned long)live_objects(), model_alive());
    play.population = model_search();
    play.progress->comparisons++;
    play.progress->reachable += play.population;
    play.progress->surplus += live_objects() - play.population;
}

/* Until no finalizer runs any more: what one has brought back, or made, may be dead by now. */
static void collect_all(void)
{
    uint64_t finalizers;
    do {
        uint32_t garbage = model_alive() - model_search();
        finalizers = play.progress->finalizers;
        clear_dead_stack();
        uint64_t collected = collect();
        settle();
        if (finalizers == play.progress->finalizers && collected > garbage)
            wrong("a collection says that it found %lu objects dead; %u were", (unsigned long)collected, garbage);
    } while (finalizers != play.progress->finalizers);
}

static void play_collect(void)
{
    TELL("collect, and compare\n");
    collect_all();
    model_collected(is_gone);
    compare_sets();
}

/* ---- Regions ---------------------------------------------------------------------------------------------------- */

static size_t play_operations(size_t from, size_t to, unsigned regions, Leaf **item);

/* Where nothing dies alone, what nobody reaches still has its memory. */
static bool may_be_cleared(uint32_t number)
{
    model_search();
    return REGIONS ? !model_thing(number)->dead : model_reached(number);
}

/* Nobody outside keeps what is born inside. */
static void drop_those_from(uint32_t first, Leaf **item)
{
    for (uint32_t number = 1; number < first; number++)
        for (uint32_t f = 0; model_thing(number)->field && f < model_thing(number)->length; f++)
            if (model_thing(number)->field[f] >= first && may_be_cleared(number))
                store((Place){ number, f }, 0);
    if (play.item < first)
        return;
    model_let_go(play.item);
    drop(*item);
    play.item = 0;
    settle();
}

static size_t play_region(size_t from, size_t to, unsigned regions, Leaf **item)
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
    if (play.population > POPULATION)
        play.population = model_search();
    return play.population > POPULATION;
}

static void play_operation(const Operation *operation, Leaf **item)
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

static size_t play_operations(size_t from, size_t to, unsigned regions, Leaf **item)
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
    local(Leaf) item = NULL;
    local(Array) roots = new_of(Array, ROOT_SLOTS);
    if (born(ARRAY, ROOT_SLOTS, (Head *)roots) != ROOTS)
        wrong("the model is in error: the root array is not the first");
    play_operations(0, play.script->length, 0, &item);
    play_collect();
    play.is_over = true;
    model_let_go(ROOTS);
    drop(roots);
    settle();
    if (play.item)
        model_let_go(play.item);
    drop(item);
    settle();
}

extern const Setting __start_settings[] __attribute__((weak)), __stop_settings[] __attribute__((weak));

bool mutator_set(const char *name, uint64_t value)
{
    for (const Setting *setting = __start_settings; setting != __stop_settings; setting++)
        if (strcmp(setting->name, name) == 0 && value >= setting->least && value <= setting->most) {
            *setting->value = value;
            return true;
        }
    return false;
}

void mutator_print_settings(void)
{
    for (const Setting *setting = __start_settings; setting != __stop_settings; setting++)
        printf("%s %lu %lu %lu\n", setting->name, (unsigned long)setting->usual, (unsigned long)setting->least,
            (unsigned long)setting->most);
}

void mutator_play(const Script *script, Tally *progress, FILE *trace)
{
    memset(&play, 0, sizeof play);
    play.script = script;
    play.progress = progress;
    play.trace = trace;
    model_open((Promise){ .counts = COUNTS, .collects = COLLECTS, .regions = REGIONS, .finalizers = finalizes,
        .exact = EXACT });
    heap_open();
    play_all();
    play_collect();
    model_region_ends(1);
    heap_close();
    model_region_ended(1);
}
