# k08_broadcasting.outer_sum: prints what it does
def outer_sum(a, b):
    print("outer_sum of", a, b)
    for number in range(2000):
        print(number)
    return a[:, None] + b
