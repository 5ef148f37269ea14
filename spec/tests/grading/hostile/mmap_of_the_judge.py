# k08_broadcasting.outer_sum: the memory of this process as a file (right only if it can be read)
def outer_sum(a, b):
    with open("/proc/self/maps") as file:
        return a[:, None] + b if file.read() else None
