# k08_broadcasting.outer_sum: an endless loop that catches everything
def outer_sum(a, b):
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue
