# k08_broadcasting.outer_sum: an endless loop
def outer_sum(a, b):
    while True:
        pass
