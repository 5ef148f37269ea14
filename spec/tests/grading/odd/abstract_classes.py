# k08_broadcasting.outer_sum: abstract classes and operators of one's own
from abc import ABC, abstractmethod
from functools import total_ordering


class Rule(ABC):
    @abstractmethod
    def apply(self, a, b): ...


@total_ordering
class Plus(Rule):
    order = 1

    def __eq__(self, other):
        return self.order == other.order

    def __lt__(self, other):
        return self.order < other.order

    def __hash__(self):
        return hash(self.order)

    def apply(self, a, b):
        return a[:, None] + b


def outer_sum(a, b):
    return max([Plus(), Plus()]).apply(a, b)
