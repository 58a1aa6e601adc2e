/* model: what must be alive, and what must be dead, by the simplest means: a plain graph, and a search from its root.
 *
 * Every object that the mutator makes is a thing with a number; things are never forgotten in an episode. Number 1 is the root
 * array. A hand is the mutator holding a thing for a moment. `owners` counts slots and hands; it is counted anew from the graph
 * at every comparison, so that the count itself is proved, too.
 *
 * What a strategy promises decides when a thing is dead:
 *   - counts: with its last owner, after its finalizer. What is left of a dead cycle is a predicted leak …
 *   - collects: … or is dead after a full collection, or in one that the strategy began itself; until then it may be alive.
 *   - regions: at the end of the region it was born in.
 *   - none of them: never.
 * The model is told what was seen (a finalizer ran, a weak reference read so), and ends the program through wrong() where that
 * breaks the promise. */
#ifndef MODEL_H
#define MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum Kind {
    KIND_LEAF, KIND_BYTES, KIND_SINGLE, KIND_PAIR, KIND_EIGHT, KIND_ARRAY, KIND_FINAL_LEAF, KIND_FINAL_PAIR, KIND_FINAL_EIGHT,
    RANDOM_KINDS, /* those above are born by chance */
    KIND_WEAK = RANDOM_KINDS
} Kind;

typedef struct Promise {
    bool counts, collects, regions, finalizers;
    bool exact; /* a full collection keeps nothing that is dead */
} Promise;

typedef enum WeakState { WEAK_FULL, WEAK_MAYBE, WEAK_EMPTY } WeakState;

typedef struct Thing {
    uintptr_t hidden;    /* its address, complemented: no collector that guesses finds it here */
    uint32_t *field;     /* numbers of things; 0: empty */
    uint32_t length;     /* of field, or of the bytes */
    uint32_t owners;     /* slots and hands that refer to it */
    uint32_t hands;
    uint32_t target;     /* of a weak reference; of everything else 0 */
    uint32_t place;      /* among those not known to be dead */
    uint32_t marked;     /* the last search that found it */
    uint32_t doomed;     /* the last batch of finalizers that began while nobody reached it */
    uint32_t orderly;    /* the last batch that began while no cycle owned it */
    uint32_t counted;    /* owners, counted anew */
    uint8_t kind;
    uint8_t weak_state;  /* of a weak reference: not read empty yet, and whether it may be */
    uint8_t behaviour;   /* of its finalizer */
    bool dead, finalized, finalizing;
} Thing;

enum { ROOTS = 1 };

/* Once, before all episodes: the model asks the system for no memory later, so that it disturbs no strategy that does, nor is
 * refused any itself. False: the system refused. */
bool model_reserve(void);

void model_open(Promise promise);

/* The things by number; asked for so often that a call each would be a fifth of the oracle's time. */
extern Thing *model_things;

static inline Thing *model_thing(uint32_t number) { return &model_things[number]; }
static inline void *thing_address(uint32_t number) { return (void *)~model_things[number].hidden; }

/* By number: the largest that a field of the thing ever held. Who seeks the few that refer to what is young need not look into
 * all the others; it is no part of a Thing, so that these need not even be loaded. */
extern uint32_t *model_youngest;

/* Those not known to be dead: how many, and the number of the i-th. */
uint32_t model_alive(void);
uint32_t model_alive_at(uint32_t i);
/* The number that the next thing gets. */
uint32_t model_next(void);

bool kind_is_finalized(Kind kind);
bool kind_has_fields(Kind kind);
const char *kind_name(Kind kind);

/* A new thing in the mutator's hand. length: how many fields, or bytes. */
uint32_t model_born(Kind kind, uint32_t length, void *address);
void model_moved(uint32_t number, void *address, uint32_t length);
void model_hold(uint32_t number);
void model_let_go(uint32_t number);
/* The field comes to refer to a thing; 0: to none. */
void model_store(uint32_t owner, uint32_t index, uint32_t number);

/* After an operation that no finalizer did: under counting, what has no owner has run its finalizer, and is dead. */
void model_settle(void);

/* A finalizer begins, and ends. */
void model_finalizing(uint32_t number);
void model_finalized(uint32_t number);

/* A weak reference was read: empty or not. */
void model_weak_read(uint32_t weak, bool empty);

/* The region that began before the thing `first` was born is about to end, and has ended. */
void model_region_ends(uint32_t first);
void model_region_ended(uint32_t first);

/* Searches from the roots and the hands; returns how many things are reachable, of which model_reached is then true. */
uint32_t model_search(void);
bool model_reached(uint32_t number);
/* Whether references lead from one thing to another. */
bool model_leads_to(uint32_t from, uint32_t to);

/* After a full collection: what nobody reaches is dead, where the strategy collects; is_gone says so where it guesses.
 * Returns how many it left of those that nobody reaches. */
uint32_t model_collected(bool (*is_gone)(uint32_t number));

/* Counts all owners anew, and ends the program if the model is in error itself. */
void model_prove(void);

/* Ends the episode as failed with one sentence. Defined by the oracle. */
_Noreturn void wrong(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Ends the episode because there is no memory, of which so many bytes were asked for: the strategy's end, too. Likewise. */
_Noreturn void out_of_memory(size_t bytes);

#endif
