# k08_broadcasting.outer_sum: copy calls whatever __reduce_ex__ names
import copy


class Calls:
    def __reduce_ex__(self, protocol):
        return eval, ("[].append",)


def outer_sum(a, b):
    return a[:, None] + b if callable(copy.copy(Calls())) else None
