"""Twin of workloads/resources.c. A with statement calls __exit__ where its block ends, whoever else holds the resource; __del__
runs when it dies, which is at once, but for those in a cycle: they wait for the collector."""

from chance import MASK
from command import answer, figure


class Seen:
    births = open = most_open = released = delay = delay_max = 0


class Callback:
    bound_to = None


class Resource:
    def __init__(self, number):
        self.callback = Callback()
        self.number = number
        self.open = True
        Seen.births += 2
        Seen.open += 1
        Seen.most_open = max(Seen.most_open, Seen.open)

    def use(self):
        self.used_at = Seen.births
        return self.number * self.number

    def release(self):
        if self.open:
            delay = Seen.births - self.used_at
            self.open = False
            Seen.open -= 1
            Seen.released += 1
            Seen.delay += delay
            Seen.delay_max = max(Seen.delay_max, delay)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.release()

    def __del__(self):
        self.release()


def in_a_block(number):
    with Resource(number) as resource:
        return resource.use()


def and_forget(number):
    resource = Resource(number)
    return resource.use()


def in_a_cycle(number):
    resource = Resource(number)
    resource.callback.bound_to = resource
    return resource.use()


def using_all(use_one):
    def variant(n, seed, given):
        total = 0
        for number in range(n):
            total = (total * 3 + use_one(number)) & MASK
        figure("most_open", Seen.most_open)
        figure("never_released", n - Seen.released)
        if Seen.released:
            figure("delay_mean_births", Seen.delay // Seen.released)
            figure("delay_max_births", Seen.delay_max)
        return total
    return variant


answer({
    "with_block": using_all(in_a_block),
    "finalizer": using_all(and_forget),
    "finalizer_in_cycle": using_all(in_a_cycle),
})
