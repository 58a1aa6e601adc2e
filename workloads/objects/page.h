/* page: what a cache keeps, 256 bytes, told by its number; and a cache of pages that makes those it does not have. */
#ifndef PAGE_H
#define PAGE_H

#include "objects/lru.h"
#include "objects/number.h"

enum { PAGE_WORDS = 32 };

typedef struct Page {
    uint64_t words[PAGE_WORDS];
} Page;
leaf(Page);

static inline uint64_t page_word(uint64_t number, uint64_t i)
{
    return number * 31 + i;
}

static inline Page *page_of(uint64_t number)
{
    Page *page = new(Page);
    for (uint64_t i = 0; i < PAGE_WORDS; i++)
        page->words[i] = page_word(number, i);
    return page;
}

static inline uint64_t page_fold_words(uint64_t checksum, uint64_t first, uint64_t last)
{
    return (checksum * 31 + first) * 31 + last;
}

static inline uint64_t page_fold(uint64_t checksum, const Page *page)
{
    return page_fold_words(checksum, page->words[0], page->words[PAGE_WORDS - 1]);
}

/* The same for the page of this number, without making it. */
static inline uint64_t page_fold_number(uint64_t checksum, uint64_t number)
{
    return page_fold_words(checksum, page_word(number, 0), page_word(number, PAGE_WORDS - 1));
}

/* The page, borrowed from the cache; made counts those that had to be made. */
static inline Page *page_cached(Lru *cache, Number *wanted, uint64_t *made)
{
    Page *page = lru_get(cache, wanted, numbers);
    if (!page) {
        page = page_of(wanted->value);
        lru_put(cache, share(wanted), page, numbers);
        ++*made;
    }
    return page;
}

#endif
