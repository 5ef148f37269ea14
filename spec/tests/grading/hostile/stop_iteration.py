# k08_broadcasting.outer_sum: errors that loops and generators take for their end
def outer_sum(a, b):
    raise StopIteration(a)
