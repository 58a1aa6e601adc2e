/* Cache: n requests for pages, each kept for when it is asked for again; what is asked for changes slowly.
 * forgotten: in a dict that nobody empties, not even at last. No collector takes what can be reached, so this leaks under
 * all of them: memory grows as the pages do. The profile of a counted cell names the line (leaks.csv).
 * bounded: in a cache that has room for a thousand, and lets go of the one that was not asked for for the longest time.
 * weak: by weak references; a page lives as long as one of the last 256 users holds it, and dead references are cleared away.
 * Stresses memory over time. After Python's functools.cache, functools.lru_cache(maxsize=1000) and
 * weakref.WeakValueDictionary.
 * Not good for: the time of a cache; a page is as cheap to make as to find. */
#include "workload.h"

#include "objects/lru.h"
#include "objects/number.h"
#include "objects/skew.h"

enum { WORDS = 32, ROOM = 1000, USERS = 256, DOUBLINGS = 9, REQUESTS_A_PAGE = 4 };

typedef struct Page {
    uint64_t words[WORDS];
} Page;
leaf(Page);

static Page *page_of(uint64_t number)
{
    Page *page = new(Page);
    for (uint64_t i = 0; i < WORDS; i++)
        page->words[i] = number * 31 + i;
    return page;
}

static uint64_t fold(uint64_t checksum, const Page *page)
{
    return (checksum * 31 + page->words[0]) * 31 + page->words[WORDS - 1];
}

/* The numbers of the pages that are asked for: 511 at a time, every fourth time the first of them not any more. */
GENERATOR(Requests, Number, uint64_t n, i; Random random)
{
    start;
    self->random = random_salted(0);
    for (self->i = 0; self->i < self->n; self->i++) {
        renew(self->item, Number)->value = self->i / REQUESTS_A_PAGE + random_skewed(&self->random, DOUBLINGS);
        yield(self->item);
    }
    finish;
}

static Dict *every_page; /* a leak that is planted: alive when the work is over */

static uint64_t forgotten(uint64_t n)
{
    uint64_t checksum = 0;
    put(every_page, new(Dict));
    each (Number, wanted, Requests, .n = n) {
        Page *page = dict_get(every_page, wanted, numbers);
        if (!page)
            dict_put(every_page, share(wanted), page = page_of(wanted->value), numbers);
        checksum = fold(checksum, page);
    }
    figure(pages_kept, every_page->count);
    operations += n;
    return checksum;
}

static uint64_t bounded(uint64_t n)
{
    local(Lru) cache = lru_of(ROOM);
    uint64_t checksum = 0;
    each (Number, wanted, Requests, .n = n) {
        Page *page = lru_get(cache, wanted, numbers);
        if (!page)
            lru_put(cache, share(wanted), page = page_of(wanted->value), numbers);
        checksum = fold(checksum, page);
    }
    figure(pages_kept, cache->entries->count);
    operations += n;
    return checksum;
}

/* ---- weak ------------------------------------------------------------------------------------------------------- */

/* A dict of what is alive in this one, owned. */
static Dict *living(const Dict *pages)
{
    local(Dict) kept = new(Dict);
    size_t next = 0;
    for (void **entry; (entry = dict_next(pages, &next));) {
        local(Page) page = strong(Page, entry[1]);
        if (page)
            dict_put(kept, share(entry[0]), share(entry[1]), numbers);
    }
    return give(kept);
}

/* The page, owned. */
static Page *page_from(Dict *pages, Number *wanted)
{
    local(Page) page = strong(Page, dict_get(pages, wanted, numbers));
    if (!page) {
        put(page, page_of(wanted->value));
        dict_put(pages, share(wanted), weak(Page, page), numbers);
    }
    return give(page);
}

static uint64_t (weak)(uint64_t n)
{
    local(Dict) pages = new(Dict);
    local(Array) users = new_of(Array, USERS);
    uint64_t checksum = 0, most = ROOM, user = 0;
    each (Number, wanted, Requests, .n = n) {
        Page *page = page_from(pages, wanted);
        put(users->at[user++ % USERS], page);
        checksum = fold(checksum, page);
        if (pages->count > most) {
            put(pages, living(pages));
            most = 2 * pages->count > ROOM ? 2 * pages->count : ROOM;
        }
    }
    figure(pages_kept, pages->count);
    operations += n;
    return checksum;
}

static uint64_t without_a_cache(uint64_t n)
{
    Random random = random_salted(0);
    uint64_t checksum = 0;
    for (uint64_t i = 0; i < n; i++) {
        uint64_t number = i / REQUESTS_A_PAGE + random_skewed(&random, DOUBLINGS);
        checksum = (checksum * 31 + number * 31) * 31 + number * 31 + WORDS - 1;
    }
    return checksum;
}

WORKLOAD(cache, TECHNIQUE, SIZES(100000, 1000000, 8000000), "pages kept for ever, up to a thousand, or while they are used",
    VARIANT(forgotten),
    VARIANT(bounded, CYCLIC),
    VARIANT(weak));
REFERENCE(without_a_cache);
