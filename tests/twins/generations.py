"""How often CPython collects each generation while it builds a list of n lists: generations.py n threshold"""
import gc
import sys


def collections():
    return [generation['collections'] for generation in gc.get_stats()]


n, threshold = map(int, sys.argv[1:])
gc.set_threshold(threshold, 10, 10)
gc.collect()
gc.freeze()
before = collections()
lists = [[] for _ in range(n)]
print(*(b - a for a, b in zip(before, collections())), '%d.%d' % sys.version_info[:2])
