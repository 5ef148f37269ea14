# k08_broadcasting.outer_sum: raise KeyboardInterrupt
def outer_sum(a, b):
    raise KeyboardInterrupt
