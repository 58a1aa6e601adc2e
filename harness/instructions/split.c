#include "split.h"

#include "inlined.h"
#include "memory.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_ROUNDS = 10000 };
static const double SETTLED = 1e-12; /* a change of a proportion that changes no count */

typedef double Shares[STATES];

typedef struct Splitting {
    const Profile *profile;
    const Roles *roles;
    Inlined inlined;
    bool *is_ours;     /* of each function: it is the cell's */
    bool *collects;    /* of a library's: it calls back what only a collection does */
    bool *calls;       /* it calls another */
    Shares *role;      /* of each function: in which states it is called, in proportion */
    State *inside;     /* of each place and state of the outermost function's caller: the instruction's state */
} Splitting;

/* ---- One instruction ------------------------------------------------------------------------------------------------ */

static State step_through(const Splitting *splitting, size_t place, State state)
{
    const Inlined *inlined = &splitting->inlined;
    for (size_t f = inlined_end(inlined, place); f > inlined->first[place]; f--)
        state = roles_step(splitting->roles, state, &inlined->frame[f - 1]);
    return state;
}

static void find_states(Splitting *splitting)
{
    size_t places = splitting->inlined.addresses;
    splitting->inside = memory_new(places * STATES + 1, sizeof *splitting->inside);
    for (size_t i = 0; i < places * STATES; i++)
        splitting->inside[i] = step_through(splitting, i / STATES, (State)(i % STATES));
}

/* The state of an instruction of a function that was called in this one. */
static State state_at(const Splitting *splitting, uint32_t function, uint64_t address, State state)
{
    if (splitting->is_ours[function])
        return splitting->inside[inlined_place(&splitting->inlined, address) * STATES + state];
    bool is_within_work = state != STARTUP && state != CALLING && state != TEARDOWN;
    return splitting->collects[function] && is_within_work ? COLLECT : state;
}

/* ---- Which functions ------------------------------------------------------------------------------------------------ */

static void want_addresses(Splitting *splitting)
{
    const Profile *profile = splitting->profile;
    for (const Spent *spent = profile->spent; spent < profile->spent + profile->spents; spent++)
        if (splitting->is_ours[spent->function])
            inlined_want(&splitting->inlined, spent->address);
    for (const Call *call = profile->call; call < profile->call + profile->calls; call++)
        if (splitting->is_ours[call->caller])
            inlined_want(&splitting->inlined, call->address);
}

/* What is inlined into a finalizer is not the collection's, though a finalizer may collect. */
static bool is_of_collection(const Splitting *splitting, size_t place)
{
    const Inlined *inlined = &splitting->inlined;
    for (size_t f = inlined_end(inlined, place); f > inlined->first[place]; f--) {
        const Frame *frame = &inlined->frame[f - 1];
        if (roles_is_work(splitting->roles, frame))
            return false;
        if (roles_of(splitting->roles, frame->function) == COLLECT)
            return true;
    }
    return false;
}

static void find_collectors(Splitting *splitting)
{
    const Profile *profile = splitting->profile;
    bool *is_told = memory_new(profile->functions, sizeof *is_told);
    for (const Spent *spent = profile->spent; spent < profile->spent + profile->spents; spent++)
        if (splitting->is_ours[spent->function])
            is_told[spent->function] |= is_of_collection(splitting, inlined_place(&splitting->inlined, spent->address));
    for (const Call *call = profile->call; call < profile->call + profile->calls; call++) {
        splitting->collects[call->caller] |= !splitting->is_ours[call->caller] && is_told[call->callee];
        splitting->calls[call->caller] = true;
    }
    free(is_told);
}

/* ---- How roles flow along the calls --------------------------------------------------------------------------------- */

/* Nobody calls the process's first function. */
static void begin_flow(Splitting *splitting)
{
    const Profile *profile = splitting->profile;
    for (size_t f = 0; f < profile->functions; f++)
        splitting->role[f][STARTUP] = 1;
    for (const Call *call = profile->call; call < profile->call + profile->calls; call++)
        if (call->caller != call->callee)
            splitting->role[call->callee][STARTUP] = 0;
}

static void flow_through(const Splitting *splitting, const Call *call, Shares *next)
{
    double weight = call->instructions > 0 ? (double)call->instructions : 1;
    for (State s = 0; s < STATES; s++) {
        double share = splitting->role[call->caller][s];
        if (share > 0)
            next[call->callee][state_at(splitting, call->caller, call->address, s)] += weight * share;
    }
}

/* Takes over what came to a function, in proportion; returns the greatest change. */
static double settle(Shares role, const Shares came)
{
    double sum = 0, change = 0;
    for (State s = 0; s < STATES; s++)
        sum += came[s];
    for (State s = 0; s < STATES && sum > 0; s++) {
        change = fmax(change, fabs(came[s] / sum - role[s]));
        role[s] = came[s] / sum;
    }
    return change;
}

static double flow_once(Splitting *splitting)
{
    const Profile *profile = splitting->profile;
    Shares *next = memory_new(profile->functions, sizeof *next);
    double change = 0;
    for (const Call *call = profile->call; call < profile->call + profile->calls; call++)
        if (call->caller != call->callee)
            flow_through(splitting, call, next);
    for (size_t f = 0; f < profile->functions; f++)
        change = fmax(change, settle(splitting->role[f], next[f]));
    free(next);
    return change;
}

/* ---- The sums ------------------------------------------------------------------------------------------------------- */

/* Rounds down, and gives what is left to the parts that lost most: together they are what they were. */
static void round_parts(const double part[PARTS], uint64_t total, Split *split)
{
    double lost[PARTS];
    uint64_t sum = 0;
    for (Purpose p = 0; p < PARTS; p++) {
        split->part[p] = (uint64_t)part[p];
        lost[p] = part[p] - (double)split->part[p];
        sum += split->part[p];
    }
    for (; sum < total; sum++) {
        Purpose most = 0;
        for (Purpose p = 1; p < PARTS; p++)
            most = lost[p] > lost[most] ? p : most;
        split->part[most]++;
        lost[most] -= 1;
    }
}

/* Adds what one instruction took; returns whether its parts are estimates. */
static bool add_spent(const Splitting *splitting, const Spent *spent, double part[PARTS])
{
    double largest = 0, of[PARTS] = { 0 };
    for (State s = 0; s < STATES; s++) {
        double share = splitting->role[spent->function][s];
        State state = share > 0 ? state_at(splitting, spent->function, spent->address, s) : STARTUP;
        of[state == CALLING ? STARTUP : (Purpose)state] += share;
    }
    for (Purpose p = 0; p < PARTS; p++) {
        part[p] += of[p] * (double)spent->instructions;
        largest = fmax(largest, of[p]);
    }
    return splitting->calls[spent->function] && largest < 1 - SETTLED;
}

static void add_up(const Splitting *splitting, Split *split)
{
    const Profile *profile = splitting->profile;
    double part[PARTS] = { 0 };
    *split = (Split){ 0 };
    for (const Spent *spent = profile->spent; spent < profile->spent + profile->spents; spent++)
        if (add_spent(splitting, spent, part))
            split->estimated += spent->instructions;
    round_parts(part, profile->instructions, split);
}

/* ---- All of it ------------------------------------------------------------------------------------------------------ */

static void begin(Splitting *splitting, const Profile *profile, const char *program, const Roles *roles)
{
    *splitting = (Splitting){
        .profile = profile, .roles = roles,
        .is_ours = memory_new(profile->functions, sizeof(bool)),
        .collects = memory_new(profile->functions, sizeof(bool)),
        .calls = memory_new(profile->functions, sizeof(bool)),
        .role = memory_new(profile->functions, sizeof(Shares)),
    };
    for (size_t f = 0; f < profile->functions; f++)
        splitting->is_ours[f] = profile->function[f].object && texts_equal(profile->function[f].object, program);
}

static void end(Splitting *splitting)
{
    inlined_free(&splitting->inlined);
    free(splitting->is_ours);
    free(splitting->collects);
    free(splitting->calls);
    free(splitting->role);
    free(splitting->inside);
}

/* False when it does not settle, so that nobody knows the proportions. */
static bool flow(Splitting *splitting)
{
    find_states(splitting);
    find_collectors(splitting);
    begin_flow(splitting);
    for (int round = 0; round < MOST_ROUNDS; round++)
        if (flow_once(splitting) <= SETTLED)
            return true;
    return false;
}

/* Returns what is wrong, or NULL. */
static const char *split_found(Splitting *splitting, Split *split)
{
    if (!flow(splitting))
        return "in whose name its functions call each other did not settle";
    add_up(splitting, split);
    return split->part[WORK] > 0 ? NULL : "the line table of the cell does not name its work";
}

bool split_profile(const Profile *profile, const char *program, const Roles *roles, TextPool *pool, Split *split,
                   const char **complaint)
{
    Splitting splitting;
    begin(&splitting, profile, program, roles);
    want_addresses(&splitting);
    if (inlined_find(&splitting.inlined, program, pool, complaint))
        *complaint = split_found(&splitting, split);
    end(&splitting);
    return *complaint == NULL;
}
