"""Twin of workloads/cache.c: the three caches that it is about."""

import functools
from weakref import WeakValueDictionary

from chance import Random
from command import answer, figure
from page import page_fold, page_of

ROOM, USERS, DOUBLINGS, REQUESTS_A_PAGE = 1000, 256, 9, 4


def numbers_wanted(n, seed):
    random = Random(seed, 0)
    for i in range(n):
        yield i // REQUESTS_A_PAGE + random.skewed(DOUBLINGS)


def of_functools(cache):
    def variant(n, seed, given):
        page = cache(page_of)
        checksum = 0
        for number in numbers_wanted(n, seed):
            checksum = page_fold(checksum, page(number))
        figure("pages_made", page.cache_info().misses)
        figure("entries", page.cache_info().currsize)
        return checksum
    return variant


def weak(n, seed, given):
    pages, users = WeakValueDictionary(), [None] * USERS
    checksum = made = 0
    for i, number in enumerate(numbers_wanted(n, seed)):
        page = pages.get(number)
        if page is None:
            page = pages[number] = page_of(number)
            made += 1
        users[i % USERS] = page
        checksum = page_fold(checksum, page)
    figure("pages_made", made)
    figure("entries", len(pages))
    return checksum


answer({
    "forgotten": of_functools(functools.cache),
    "bounded": of_functools(functools.lru_cache(maxsize=ROOM)),
    "weak": weak,
})
