# k08_broadcasting.outer_sum: text that is shown in another order than it is run
def outer_sum(a, b):
    right = "‮ a return ⁦"
    return a if right else b
