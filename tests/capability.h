/* What a strategy can, told from the hooks that it defines. Included after workload.h, which gives every hook a meaning: one
 * that was left out is known by the text it expands to. */
#ifndef CAPABILITY_H
#define CAPABILITY_H

#define EXPANDS_TO(call, text) (__builtin_strcmp(WORD_TEXT(call), text) == 0)

/* It is told of every owner, and frees what has none. */
#define COUNTS (!EXPANDS_TO(retain(x), "((void)0)"))
/* Weak references become empty; elsewhere they are plain pointers. */
#ifdef weak_of
#define OWN_WEAKS 1
#define WEAKENS 1
#else
#define OWN_WEAKS 0
#define WEAKENS (!EXPANDS_TO(weak_refer(x), "((void)(x))"))
#endif
#define COLLECTS collects_cycles
#ifdef savepoint
#define REGIONS 1
#else
#define REGIONS 0
#endif
#ifdef reuse
#define REUSES 1
#else
#define REUSES 0
#endif
/* It knows who is dead; one that looks for addresses on the stack guesses, and may keep what a dead word there refers to. */
#define EXACT (COUNTS || !COLLECTS)

#endif
