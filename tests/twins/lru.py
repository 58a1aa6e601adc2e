"""Twin of workloads/lru.c: functools.lru_cache itself."""

from functools import lru_cache

from chance import MASK, Random
from command import answer
from page import page_fold, page_of

SHARE = 16


def requests(n, seed, given):
    page = lru_cache(maxsize=1 + n // SHARE)(page_of)
    random, doublings = Random(seed, 0), max(1, n.bit_length())
    checksum = 0
    for _ in range(n):
        checksum = page_fold(checksum, page(random.skewed(doublings)))
    kept = page.cache_info()
    return ((checksum * 31 + kept.misses) * 31 + kept.currsize) & MASK


answer({"requests": requests})
