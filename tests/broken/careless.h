/* careless: naive, which harms one of the living now and then, in a way that breaks nothing but what the program reads: what
 * the answers of workloads are tested with (tests/noticed.sh). It is no strategy of the suite.
 *
 * The environment's EVERY is how many births and releases go by from one harm to the next; its PLANT names the harm:
 *   emptied    all that it holds is zero, but for its references and its length
 *   exchanged  it and another of its type and size hold what the other held, but for the same
 *   reborn     its memory is that of the next birth of its type and size: what a free too early comes to, when the memory is
 *              used again
 * Its last words, on standard error, are how many births and releases there were, and how many were harmed. */
#include "naive.h"

enum { LOOKED_AT = 4096 };

static struct {
    uint64_t every, chance, steps, harmed;
    bool next_is_reborn;
} careless;

/* ---- What an object holds besides references ---------------------------------------------------------------------- */

static bool careless_is_reference(const Type *type, size_t at)
{
    if (type->element_size && (at < sizeof(size_t) || (type->has_slots && at >= type->size)))
        return true; /* or its length, which is as dear */
    for (unsigned f = 0; f < type->field_count; f++)
        if (at >= type->field[f] && at < type->field[f] + sizeof(void *))
            return true;
    return false;
}

static size_t careless_size(const NaiveHead *head)
{
    return type_object_size(head->type, head + 1);
}

/* Exchanges what the two hold; says whether that made a difference. Without another, zero is what the other holds. */
static bool careless_exchange(NaiveHead *one, NaiveHead *other)
{
    unsigned char *bytes = (unsigned char *)(one + 1), *others = other ? (unsigned char *)(other + 1) : NULL;
    bool differed = false;
    for (size_t at = 0; at < careless_size(one); at++) {
        unsigned char held = bytes[at];
        if (careless_is_reference(one->type, at))
            continue;
        bytes[at] = others ? others[at] : 0;
        differed |= bytes[at] != held;
        if (others)
            others[at] = held;
    }
    return differed;
}

/* ---- Harm --------------------------------------------------------------------------------------------------------- */

/* Knuth's linear congruence (The Art of Computer Programming 2, 3.3.4), of which the high bits are the good ones. */
static unsigned careless_below(unsigned bound)
{
    careless.chance = careless.chance * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(careless.chance >> 33) % bound;
}

static bool careless_may_harm(const NaiveHead *head, const Type *type, size_t size)
{
    return head->type != &Weak_type && !head->dying && (!type || (head->type == type && careless_size(head) == size));
}

/* One of those born last, drawn at random, of this type and size where one is asked for; or NULL. */
static NaiveHead *careless_victim(const Type *type, size_t size)
{
    NaiveHead *found = NULL, *head = naive.all.next;
    unsigned suitable = 0;
    for (unsigned i = 0; i < LOOKED_AT && head != &naive.all; i++, head = head->next)
        if (careless_may_harm(head, type, size) && careless_below(++suitable) == 0)
            found = head;
    return found;
}

static void careless_harm(void)
{
    careless.next_is_reborn = planted("reborn");
    NaiveHead *victim = careless_victim(NULL, 0);
    if (!victim)
        return;
    if (planted("emptied"))
        careless.harmed += careless_exchange(victim, NULL);
    NaiveHead *other = planted("exchanged") ? careless_victim(victim->type, careless_size(victim)) : NULL;
    if (other && other != victim)
        careless.harmed += careless_exchange(victim, other);
}

static void careless_step(void)
{
    if (++careless.steps % careless.every == 0)
        careless_harm();
}

/* A living one that has one owner more, and whatever it referred to is lost; or NULL. */
static void *careless_reborn(const Type *type, size_t size)
{
    NaiveHead *victim = careless.next_is_reborn && !type->finalize ? careless_victim(type, size) : NULL;
    if (!victim)
        return NULL;
    careless.next_is_reborn = false;
    careless.harmed++;
    victim->count++;
    return memset(victim + 1, 0, size);
}

static void *careless_allocate(const Type *type, size_t size)
{
    careless_step();
    void *object = careless_reborn(type, size);
    return object ? object : naive_allocate(type, size);
}

static void careless_release(void *object)
{
    careless_step();
    naive_release(object);
}

static void careless_open(void)
{
    const char *every = getenv("EVERY");
    careless.every = every ? strtoull(every, NULL, 10) : UINT64_MAX;
    heap_open();
}

static void careless_close(void)
{
    fprintf(stderr, "careless: %lu steps, %lu harmed\n", (unsigned long)careless.steps, (unsigned long)careless.harmed);
}

/* Above, these are naive's. */
#undef allocate
#define allocate(type, size) careless_allocate(type, size)
#undef release
#define release(object) careless_release(object)
#undef heap_open
#define heap_open() careless_open()
#define heap_close() careless_close()
