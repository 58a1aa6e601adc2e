"""The random numbers of harness/words/chance.h, in Python: splitmix64 (Steele, Lea and Flood, OOPSLA 2014)."""

MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15


class Random:
    def __init__(self, seed, salt):
        self.state = seed
        self.state = self.next() ^ salt

    def next(self):
        self.state = (self.state + GOLDEN) & MASK
        z = self.state
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
        return z ^ (z >> 31)

    def below(self, bound):
        return (self.next() >> 32) * bound >> 32

    def skewed(self, doublings):
        """random_skewed of workloads/objects/skew.h."""
        numbers = 1 << self.below(doublings)
        return numbers - 1 + self.below(numbers)
