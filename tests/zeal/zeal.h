/* zeal: another strategy (-DZEALOUS=name), under that one's name, that can be told to collect before every birth, or before
 * every k-th, however seldom it would do so by itself. What a workload forgot to own, or the strategy to look at, is gone at
 * once, and the answer is another one. Told nothing, it does what the other does, so the checked cells of all that collect are
 * built so.
 *
 * Its last words, on standard error, are how often it collected, counted here and, in a counted build, by the strategy. */
#include <stdint.h>
#include <stdio.h>

#define ZEALOUS_TEXT_(name) #name
#define ZEALOUS_TEXT(name) ZEALOUS_TEXT_(name)
#include ZEALOUS_TEXT(ZEALOUS.h)
#undef STRATEGY_NAME
#define STRATEGY_NAME ZEALOUS_TEXT(ZEALOUS)

#include "parts/setting.h"

#ifdef COUNTED
#include "profile/counted.h"
#define ZEAL_COUNTED counted.pauses[PAUSE_COLLECTION]
#else
#define ZEAL_COUNTED zeal.collections
#endif

SETTING(zeal, 0, 0, UINT32_MAX, "births from one collection to the next; 0: it collects when it would by itself");

static struct {
    uint64_t births, collections;
} zeal;

static inline void zeal_collect_when_due(void)
{
    zeal.births++;
    if (setting_zeal && zeal.births % setting_zeal == 0) {
        zeal.collections++;
        (void)collect();
    }
}

static inline void *zeal_allocate(const Type *type, size_t size)
{
    zeal_collect_when_due();
    return allocate(type, size);
}

#ifdef allocate_unset
static inline void *zeal_allocate_unset(const Type *type, size_t size)
{
    zeal_collect_when_due();
    return allocate_unset(type, size);
}
#endif

static void zeal_close(void)
{
    if (setting_zeal)
        fprintf(stderr, "zeal: %lu births, %lu collections, %lu counted\n", (unsigned long)zeal.births,
            (unsigned long)zeal.collections, (unsigned long)ZEAL_COUNTED);
    heap_close();
}

/* Above, these are the other strategy's. */
#undef allocate
#define allocate(type, size) zeal_allocate(type, size)
#ifdef allocate_unset
#undef allocate_unset
#define allocate_unset(type, size) zeal_allocate_unset(type, size)
#endif
#define spoils_unset 1
#undef heap_close
#define heap_close() zeal_close()
