/* LRU cache: n requests for pages, most of them for few of the pages. The cache has room for every sixteenth; who asks for one
 * that it does not have makes it, and the page that nobody asked for for the longest time leaves.
 * Stresses objects of all ages: every request makes a key that dies with it, a page asked for often lives for the whole run,
 * and a rare one dies in middle age, which is what a generation expects least. The list is relinked at every hit, which is what
 * counting pays for.
 * After Python's functools.lru_cache; no parameters were published.
 * Not good for: claiming that a cache pays; a page is cheap to make here. */
#include "workload.h"

#include "objects/page.h"
#include "objects/skew.h"

enum { SHARE = 16 };

/* About n pages. */
static unsigned doublings_for(uint64_t n)
{
    unsigned doublings = 1;
    while (n >> doublings)
        doublings++;
    return doublings;
}

static uint64_t requests(uint64_t n)
{
    local(Lru) cache = lru_of(1 + n / SHARE);
    Random random = random_salted(0);
    uint64_t checksum = 0, misses = 0;
    for (uint64_t i = 0; i < n; i++) {
        local(Number) wanted = number_of(random_skewed(&random, doublings_for(n)));
        checksum = page_fold(checksum, page_cached(cache, wanted, &misses));
    }
    operations += n;
    return (checksum * 31 + misses) * 31 + cache->entries->count;
}

/* ---- Another way: a log of the requests. The oldest page in the cache is the first one not asked for again ------- */

typedef struct Log {
    uint64_t *page, *last;  /* asked for as the i-th; of each page, the number of its last request while in the cache, from 1 */
    uint64_t begin, pages;  /* what is before begin says nothing; pages in the cache */
} Log;

static void log_drop_oldest(Log *log)
{
    while (log->last[log->page[log->begin]] != log->begin + 1)
        log->begin++;
    log->last[log->page[log->begin++]] = 0;
    log->pages--;
}

/* Whether it was in the cache. */
static bool log_request(Log *log, uint64_t page, uint64_t i, uint64_t room)
{
    bool hit = log->last[page] > 0;
    log->page[i] = page;
    if (!hit && log->pages == room)
        log_drop_oldest(log);
    log->pages += !hit;
    log->last[page] = i + 1;
    return hit;
}

static uint64_t by_log(uint64_t n)
{
    Log log = { malloc(n * sizeof *log.page), calloc(UINT64_C(1) << doublings_for(n), sizeof *log.last), 0, 0 };
    if (!log.page || !log.last)
        out_of_memory(n * sizeof *log.page);
    Random random = random_salted(0);
    uint64_t checksum = 0, misses = 0;
    for (uint64_t i = 0; i < n; i++) {
        uint64_t page = random_skewed(&random, doublings_for(n));
        misses += !log_request(&log, page, i, 1 + n / SHARE);
        checksum = page_fold_number(checksum, page);
    }
    free(log.page);
    free(log.last);
    return (checksum * 31 + misses) * 31 + log.pages;
}

WORKLOAD(lru, CLASSIC, SIZES(50000, 560000, 5000000), "a cache that lets go of what was not asked for for longest",
    VARIANT(requests, CYCLIC));
REFERENCE(by_log);
LARGEST(UINT64_C(1) << 30); /* random_skewed draws from no more */
