#include "model.h"

#include <string.h>
#include <sys/mman.h>

#include "holder.h"

typedef struct Numbers {
    uint32_t *at, length, capacity;
} Numbers;

Thing *model_things;
uint32_t *model_youngest;

static struct {
    Promise promise;
    uint32_t length, capacity; /* of the things */
    Numbers alive;   /* not known to be dead */
    Numbers unheld;  /* that had no owner at some time, and may have none now */
    Numbers in_hand; /* that a hand held since the last search */
    Numbers queue;   /* of a search, or of what is peeled */
    uint32_t search; /* how many there were */
    uint32_t batch;  /* of finalizers: how many there were */
    bool in_batch;
    uint32_t running; /* finalizers: several where one collects */
    bool is_peeled;   /* `counted` is what peel(true) would make it if no finalizer ran */
    bool is_doomed;   /* doom_the_unreachable has nothing to add if no finalizer runs */
    uint32_t ending; /* what was born from this number on is about to die with its region; 0: nothing */
} model;

static const struct {
    const char *name;
    bool has_fields, is_finalized;
} kinds[] = {
    [KIND_LEAF] = { "Leaf", false, false },
    [KIND_BYTES] = { "Bytes", false, false },
    [KIND_SINGLE] = { "Single", true, false },
    [KIND_PAIR] = { "Pair", true, false },
    [KIND_EIGHT] = { "Eight", true, false },
    [KIND_ARRAY] = { "Array", true, false },
    [KIND_FINAL_LEAF] = { "FinalLeaf", false, true },
    [KIND_FINAL_PAIR] = { "FinalPair", true, true },
    [KIND_FINAL_EIGHT] = { "FinalEight", true, true },
    [KIND_WEAK] = { "Weak", false, false },
};

bool kind_is_finalized(Kind kind) { return kinds[kind].is_finalized; }
bool kind_has_fields(Kind kind) { return kinds[kind].has_fields; }
const char *kind_name(Kind kind) { return kinds[kind].name; }
uint32_t model_alive(void) { return model.alive.length; }
uint32_t model_alive_at(uint32_t i) { return model.alive.at[i]; }
uint32_t model_next(void) { return model.length; }

/* ---- The model's own memory ------------------------------------------------------------------------------------- */

/* An episode of the usual length needs some MiB. What is not used takes none. */
enum { RESERVED_MIB = 256, GRAIN = 16 };

static char *reserved; /* the same for all episodes: each has its own copy, for it is a process */
static size_t used;    /* bytes of it, which an episode does not give back */

bool model_reserve(void)
{
    void *memory = mmap(NULL, (size_t)RESERVED_MIB << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
        -1, 0);
    reserved = memory == MAP_FAILED ? NULL : memory;
    return reserved;
}

/* Memory of so many bytes that begins as the other, of which so many are kept. */
static void *larger(const void *memory, size_t kept, size_t bytes)
{
    size_t room = (bytes + GRAIN - 1) / GRAIN * GRAIN;
    if (room > ((size_t)RESERVED_MIB << 20) - used)
        out_of_memory(bytes);
    char *more = reserved + used;
    used += room;
    return kept ? memcpy(more, memory, kept) : more;
}

static void push(Numbers *numbers, uint32_t number)
{
    if (numbers->length == numbers->capacity) {
        numbers->capacity = numbers->capacity ? 2 * numbers->capacity : 256;
        numbers->at = larger(numbers->at, numbers->length * sizeof *numbers->at, numbers->capacity * sizeof *numbers->at);
    }
    numbers->at[numbers->length++] = number;
}

/* As many fields as there are, and more that are empty. */
static uint32_t *more_fields(const uint32_t *field, uint32_t have, uint32_t wanted)
{
    uint32_t *more = larger(field, have * sizeof *field, (wanted + 1) * sizeof *field);
    memset(more + have, 0, (wanted - have) * sizeof *field);
    return more;
}

/* Number 0 is nothing. */
void model_open(Promise promise)
{
    memset(&model, 0, sizeof model);
    model.promise = promise;
    model.capacity = 1024;
    model_things = larger(NULL, 0, model.capacity * sizeof *model_things);
    model_youngest = larger(NULL, 0, model.capacity * sizeof *model_youngest);
    model_things[0] = (Thing){ 0 };
    model_youngest[0] = 0;
    model.length = 1;
}

static void make_room(void)
{
    uint32_t wanted = 2 * model.capacity;
    model_things = larger(model_things, model.length * sizeof *model_things, wanted * sizeof *model_things);
    model_youngest = larger(model_youngest, model.length * sizeof *model_youngest, wanted * sizeof *model_youngest);
    model.capacity = wanted;
}

/* ---- The graph -------------------------------------------------------------------------------------------------- */

/* Before every change of the graph but one: most finalizers only look, and what was worked out as one of them began is true as
 * the next begins. The hand that holds a thing as long as its finalizer runs is gone by then; as one begins within another, it
 * is not, and all is worked out anew. */
static void graph_changes(void)
{
    model.is_peeled = model.is_doomed = false;
}

uint32_t model_born(Kind kind, uint32_t length, void *address)
{
    graph_changes();
    if (model.length == model.capacity)
        make_room();
    uint32_t number = model.length++;
    model_things[number] = (Thing){ .hidden = ~(uintptr_t)address, .length = length, .kind = (uint8_t)kind,
        .owners = 1, .hands = 1, .place = model.alive.length };
    model_youngest[number] = 0;
    if (kind_has_fields(kind))
        model_things[number].field = more_fields(NULL, 0, length);
    push(&model.alive, number);
    push(&model.in_hand, number);
    return number;
}

void model_moved(uint32_t number, void *address, uint32_t length)
{
    Thing *thing = model_thing(number);
    graph_changes();
    thing->hidden = ~(uintptr_t)address;
    if (thing->field && length > thing->length)
        thing->field = more_fields(thing->field, thing->length, length);
    thing->length = length;
}

static void gain_owner(uint32_t number)
{
    model_thing(number)->owners++;
}

static void lose_owner(uint32_t number)
{
    if (--model_thing(number)->owners == 0)
        push(&model.unheld, number);
}

static void hold(uint32_t number)
{
    if (model_thing(number)->hands++ == 0)
        push(&model.in_hand, number);
    gain_owner(number);
}

static void let_go(uint32_t number)
{
    model_thing(number)->hands--;
    lose_owner(number);
}

void model_hold(uint32_t number)
{
    graph_changes();
    hold(number);
}

void model_let_go(uint32_t number)
{
    graph_changes();
    let_go(number);
}

void model_store(uint32_t owner, uint32_t index, uint32_t number)
{
    uint32_t old = model_thing(owner)->field[index];
    if (number != old)
        graph_changes();
    model_thing(owner)->field[index] = number;
    if (model_youngest[owner] < number)
        model_youngest[owner] = number;
    if (number)
        gain_owner(number);
    if (old)
        lose_owner(old);
}

static void search_from(uint32_t number)
{
    if (!number || model_thing(number)->marked == model.search)
        return;
    model_thing(number)->marked = model.search;
    push(&model.queue, number);
}

static void search_on(void)
{
    for (uint32_t i = 0; i < model.queue.length; i++) {
        Thing *thing = model_thing(model.queue.at[i]);
        for (uint32_t f = 0; thing->field && f < thing->length; f++)
            search_from(thing->field[f]);
    }
}

static void begin_search(void)
{
    model.search++;
    model.queue.length = 0;
}

/* What no hand holds any more is forgotten on the way. */
static void search_from_hands(void)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < model.in_hand.length; i++)
        if (model_thing(model.in_hand.at[i])->hands) {
            search_from(model.in_hand.at[i]);
            model.in_hand.at[kept++] = model.in_hand.at[i];
        }
    model.in_hand.length = kept;
}

uint32_t model_search(void)
{
    begin_search();
    search_from_hands();
    search_on();
    return model.queue.length;
}

bool model_leads_to(uint32_t from, uint32_t to)
{
    begin_search();
    search_from(from);
    search_on();
    return model_reached(to);
}

bool model_reached(uint32_t number)
{
    return model_thing(number)->marked == model.search;
}

/* ---- Death ------------------------------------------------------------------------------------------------------ */

static bool awaits_finalizer(const Thing *thing)
{
    return model.promise.finalizers && kind_is_finalized(thing->kind) && !thing->finalized;
}

static void die(uint32_t number)
{
    Thing *thing = model_thing(number);
    graph_changes();
    thing->dead = true;
    uint32_t last = model.alive.at[--model.alive.length];
    model.alive.at[thing->place] = last;
    model_thing(last)->place = thing->place;
    for (uint32_t f = 0; thing->field && f < thing->length; f++)
        if (thing->field[f] && !model_thing(thing->field[f])->dead)
            lose_owner(thing->field[f]);
    thing->field = NULL;
}

/* Under counting, what has no owner is dead, and so on with what it owned; but for what waits for its finalizer, which must not
 * be so where that is demanded. */
static void remove_unheld(bool demand)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < model.unheld.length; i++) {
        uint32_t number = model.unheld.at[i];
        Thing *thing = model_thing(number);
        if (thing->owners || thing->dead)
            continue;
        if (!awaits_finalizer(thing)) {
            die(number);
            continue;
        }
        if (demand)
            wrong("#%u has lost its last owner, and its finalizer did not run", number);
        model.unheld.at[kept++] = number;
    }
    model.unheld.length = kept;
}

void model_settle(void)
{
    model.in_batch = false;
    if (model.promise.counts)
        remove_unheld(true);
    else
        model.unheld.length = 0;
}

/* ---- Finalizers ------------------------------------------------------------------------------------------------- */

/* Takes away what only the queue still owns, and so on; where finalizers block, what waits for its own stays. */
static void peel_on(bool finalizers_block)
{
    for (uint32_t i = 0; i < model.queue.length; i++) {
        Thing *thing = model_thing(model.queue.at[i]);
        if (finalizers_block && awaits_finalizer(thing))
            continue;
        for (uint32_t f = 0; thing->field && f < thing->length; f++)
            if (thing->field[f] && --model_thing(thing->field[f])->counted == 0)
                push(&model.queue, thing->field[f]);
    }
}

/* Takes away what nobody owns, and so on, counting in `counted`. What is left is in a cycle, or owned by one, or owned by what
 * waits. Those taken away are in the queue. */
static void peel(bool finalizers_block)
{
    model.queue.length = 0;
    for (uint32_t i = 0; i < model.alive.length; i++) {
        Thing *thing = model_thing(model.alive.at[i]);
        thing->counted = thing->owners;
        if (!thing->counted)
            push(&model.queue, model.alive.at[i]);
    }
    peel_on(finalizers_block);
    model.is_peeled = finalizers_block && !model.running;
}

/* A finalizer begins, and what the thing owns no longer waits for it. */
static void peel_what_waited_for(uint32_t number)
{
    if (!model.is_peeled || model_thing(number)->counted)
        return;
    model.queue.length = 0;
    push(&model.queue, number);
    peel_on(true);
}

/* As the first finalizer of a collection begins: what is in no cycle, nor owned by one, has an order. */
static void begin_batch(void)
{
    if (model.in_batch)
        return;
    model.in_batch = true;
    model.batch++;
    peel(false);
    for (uint32_t i = 0; i < model.queue.length; i++)
        model_thing(model.queue.at[i])->orderly = model.batch;
    model.is_doomed = false;
}

/* What nobody owns is in order at once. */
static void demand_order(uint32_t number)
{
    Thing *thing = model_thing(number);
    if (thing->orderly != model.batch || !thing->owners)
        return;
    if (!model.is_peeled || model.running)
        peel(true);
    if (!thing->counted)
        return;
    peel(false);
    if (!thing->counted)
        wrong("the finalizer of #%u ran before that of what owns it", number);
}

/* What nobody reaches as a finalizer of a collection begins is doomed: its finalizer may run although one before it brought it
 * back, and the weak references to it may have been emptied. So may a weak reference that is doomed itself: CPython does so. */
static void doom_the_unreachable(void)
{
    if (model.is_doomed && !model.running)
        return;
    model_search();
    model.is_doomed = !model.running;
    for (uint32_t i = 0; i < model.alive.length; i++) {
        Thing *thing = model_thing(model.alive.at[i]);
        if (thing->marked != model.search)
            thing->doomed = model.batch;
        bool doomed = thing->marked != model.search || (thing->target && !model_reached(thing->target));
        if (doomed && thing->weak_state == WEAK_FULL)
            thing->weak_state = WEAK_MAYBE;
    }
}

static bool is_not_known_dead(uint32_t number)
{
    return !model_thing(number)->dead;
}

static void demand_collected(uint32_t number)
{
    if (!model.promise.collects)
        wrong("the finalizer of #%u ran, which has %u owners", number, model_thing(number)->owners);
    begin_batch();
    demand_order(number);
    doom_the_unreachable();
    if (model_thing(number)->doomed != model.batch)
        wrong("the finalizer of #%u ran, which is reachable: %s refers to it", number, holder_of(number, is_not_known_dead));
}

void model_finalizing(uint32_t number)
{
    Thing *thing = model_thing(number);
    if (thing->dead)
        wrong("the finalizer of #%u ran, which is dead", number);
    if (thing->finalized)
        wrong("the finalizer of #%u ran twice", number);
    if (model.promise.counts)
        remove_unheld(false);
    if (model.promise.regions) {
        if (!model.ending || number < model.ending)
            wrong("the finalizer of #%u ran, whose region has not ended", number);
    } else if (!model.promise.counts || thing->owners)
        demand_collected(number);
    thing->finalized = thing->finalizing = true;
    peel_what_waited_for(number);
    hold(number);
    model.running++;
}

void model_finalized(uint32_t number)
{
    model.running--;
    model_thing(number)->finalizing = false;
    let_go(number);
}

/* ---- Weak references -------------------------------------------------------------------------------------------- */

static void read_full(uint32_t weak, uint32_t target)
{
    if (model_thing(target)->dead)
        wrong("weak #%u still refers to #%u, which is dead", weak, target);
    if (model_thing(weak)->weak_state == WEAK_EMPTY)
        wrong("weak #%u refers to #%u again after it was read empty", weak, target);
    if (model.promise.counts && !model_thing(target)->owners)
        wrong("weak #%u gave out #%u, which is dying", weak, target);
    model_thing(weak)->weak_state = WEAK_FULL;
}

static bool may_be_emptied(uint32_t weak, uint32_t target)
{
    if (model_thing(weak)->weak_state != WEAK_FULL)
        return true;
    return model.promise.collects && (model_search(), !model_reached(target));
}

static void read_empty(uint32_t weak, uint32_t target)
{
    Thing *thing = model_thing(target);
    if (thing->dead || thing->finalizing || (model.promise.counts && !thing->owners))
        return;
    if (!may_be_emptied(weak, target))
        wrong("weak #%u reads empty, and #%u is alive", weak, target);
    model_thing(weak)->weak_state = WEAK_EMPTY;
}

void model_weak_read(uint32_t weak, bool empty)
{
    graph_changes();
    if (model.promise.counts)
        remove_unheld(false);
    (empty ? read_empty : read_full)(weak, model_thing(weak)->target);
}

/* ---- Regions and collections ------------------------------------------------------------------------------------ */

void model_region_ends(uint32_t first)
{
    model.ending = first;
}

void model_region_ended(uint32_t first)
{
    model.ending = 0;
    if (!model.promise.regions)
        return;
    for (uint32_t number = first; number < model.length; number++) {
        if (model_thing(number)->dead)
            continue;
        if (awaits_finalizer(model_thing(number)))
            wrong("the region of #%u has ended, and its finalizer did not run", number);
        die(number);
    }
}

uint32_t model_collected(bool (*is_gone)(uint32_t number))
{
    uint32_t left = 0;
    model_search();
    for (uint32_t i = model.alive.length; model.promise.collects && i-- > 0;) {
        uint32_t number = model.alive.at[i];
        if (model_reached(number))
            continue;
        if (!model.promise.exact && !is_gone(number)) {
            left++;
            continue;
        }
        if (awaits_finalizer(model_thing(number)))
            wrong("nobody reaches #%u after a full collection, and its finalizer did not run", number);
        die(number);
    }
    return left;
}

void model_prove(void)
{
    model.is_peeled = false;
    for (uint32_t i = 0; i < model.alive.length; i++)
        model_thing(model.alive.at[i])->counted = model_thing(model.alive.at[i])->hands;
    for (uint32_t i = 0; i < model.alive.length; i++) {
        Thing *thing = model_thing(model.alive.at[i]);
        for (uint32_t f = 0; thing->field && f < thing->length; f++)
            model_thing(thing->field[f])->counted++;
    }
    for (uint32_t i = 0; i < model.alive.length; i++) {
        Thing *thing = model_thing(model.alive.at[i]);
        if (thing->counted != thing->owners)
            wrong("the model is in error: #%u has %u owners, and %u are counted", model.alive.at[i], thing->counted,
                thing->owners);
    }
}
