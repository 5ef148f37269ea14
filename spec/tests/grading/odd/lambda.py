# k08_broadcasting.outer_sum: a lambda
outer_sum = lambda a, b: a[:, None] + b
