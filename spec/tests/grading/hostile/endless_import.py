# k08_broadcasting.outer_sum: an endless loop at the top
def outer_sum(a, b):
    return a


while True:
    pass
