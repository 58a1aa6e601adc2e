"""The pages of workloads/objects/page.h: arrays, which have no references and can be referred to weakly."""

from array import array

from chance import MASK

WORDS = range(32)


def page_of(number):
    return array("Q", [number * 31 + i for i in WORDS])


def page_fold(checksum, page):
    return ((checksum * 31 + page[0]) * 31 + page[-1]) & MASK
