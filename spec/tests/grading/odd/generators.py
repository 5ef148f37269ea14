# k08_broadcasting.broadcast_shape: generators and itertools
import itertools


def broadcast_shape(a_shape, b_shape):
    def lengths():
        for x, y in itertools.zip_longest(reversed(a_shape), reversed(b_shape), fillvalue=1):
            if x != y and 1 not in (x, y):
                raise ValueError(f"{x} against {y}")
            yield y if x == 1 else x

    return tuple(reversed(list(lengths())))
