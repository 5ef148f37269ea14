# k08_broadcasting.outer_sum: an error that is of many kinds at once, in a circle
class Every(ValueError, TypeError, ArithmeticError, LookupError):
    pass


def outer_sum(a, b):
    try:
        raise Every
    except Every as error:
        error.__cause__ = error
        error.__context__ = error
        raise
