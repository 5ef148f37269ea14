# k08_broadcasting.outer_sum: an attribute by way of a pattern
def outer_sum(a, b):
    match a:
        case object(__class__=kind):
            return kind
