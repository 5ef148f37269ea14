# k08_broadcasting.outer_sum: an error that is no Exception, with odd parts
class Odd(BaseException):
    def __str__(self):
        raise self

    __repr__ = __str__


def outer_sum(a, b):
    raise Odd
