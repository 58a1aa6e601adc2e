/* Cache: n requests for pages, each kept for when it is asked for again. What is asked for changes slowly: at any time it is
 * one of 511 pages that follow each other, the first of them far more often than the last; every fourth request moves them on
 * by one.
 * forgotten: in a dict that nobody empties, not even at last. No collector takes what can be reached, so this leaks under all
 * of them: memory grows as the pages do. The profile of a counted cell names the line (leaks.csv).
 * bounded: in a cache that has room for a thousand, and lets go of the one that was not asked for for the longest time.
 * weak: by weak references; a page lives as long as one of the last 256 users holds it, and dead references are cleared away.
 * Figures: pages_made, which is how often a page was not there; entries, what the cache has at last, of weak also the dead.
 * Stresses memory over time.
 * After Python's functools.cache, functools.lru_cache(maxsize=1000) and weakref.WeakValueDictionary.
 * Not good for: the time of a cache; a page is as cheap to make as to find. */
#include "workload.h"

#include "objects/page.h"
#include "objects/skew.h"

enum { ROOM = 1000, USERS = 256, DOUBLINGS = 9, REQUESTS_A_PAGE = 4 };

static uint64_t page_wanted(uint64_t i, Random *random)
{
    return i / REQUESTS_A_PAGE + random_skewed(random, DOUBLINGS);
}

/* The numbers of the pages that are asked for. */
GENERATOR(Requests, Number, uint64_t n, i; Random random)
{
    start;
    self->random = random_salted(0);
    for (self->i = 0; self->i < self->n; self->i++) {
        renew(self->item, Number)->value = page_wanted(self->i, &self->random);
        yield(self->item);
    }
    finish;
}

static void tell(uint64_t requests, uint64_t made, const Dict *entries)
{
    figure(pages_made, made);
    figure(entries, entries->count);
    operations += requests;
}

static Dict *every_page; /* a leak that is planted: alive when the work is over */

static uint64_t forgotten(uint64_t n)
{
    uint64_t checksum = 0, made = 0;
    put(every_page, new(Dict));
    each (Number, wanted, Requests, .n = n) {
        Page *page = dict_get(every_page, wanted, numbers);
        if (!page) {
            page = page_of(wanted->value);
            dict_put(every_page, share(wanted), page, numbers);
            made++;
        }
        checksum = page_fold(checksum, page);
    }
    tell(n, made, every_page);
    return checksum;
}

static uint64_t bounded(uint64_t n)
{
    local(Lru) cache = lru_of(ROOM);
    uint64_t checksum = 0, made = 0;
    each (Number, wanted, Requests, .n = n)
        checksum = page_fold(checksum, page_cached(cache, wanted, &made));
    tell(n, made, cache->entries);
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
static Page *page_from(Dict *pages, Number *wanted, uint64_t *made)
{
    local(Page) page = strong(Page, dict_get(pages, wanted, numbers));
    if (!page) {
        put(page, page_of(wanted->value));
        dict_put(pages, share(wanted), weak(Page, page), numbers);
        ++*made;
    }
    return give(page);
}

static uint64_t (weak)(uint64_t n)
{
    local(Dict) pages = new(Dict);
    local(Array) users = new_of(Array, USERS);
    uint64_t checksum = 0, made = 0, most = ROOM, user = 0;
    each (Number, wanted, Requests, .n = n) {
        Page *page = page_from(pages, wanted, &made);
        put(users->at[user++ % USERS], page);
        checksum = page_fold(checksum, page);
        if (pages->count > most) {
            put(pages, living(pages));
            most = 2 * pages->count > ROOM ? 2 * pages->count : ROOM;
        }
    }
    tell(n, made, pages);
    return checksum;
}

static uint64_t without_a_cache(uint64_t n)
{
    Random random = random_salted(0);
    uint64_t checksum = 0;
    for (uint64_t i = 0; i < n; i++)
        checksum = page_fold_number(checksum, page_wanted(i, &random));
    return checksum;
}

WORKLOAD(cache, TECHNIQUE, SIZES(100000, 1250000, 8000000), "pages kept for ever, up to a thousand, or while they are used",
    VARIANT(forgotten),
    VARIANT(bounded, CYCLIC, REPEATED(4)),
    VARIANT(weak));
REFERENCE(without_a_cache);
