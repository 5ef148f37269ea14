# k08_broadcasting.outer_sum: an attribute by way of operator
from operator import attrgetter


def outer_sum(a, b):
    return attrgetter("__class__")(a)
