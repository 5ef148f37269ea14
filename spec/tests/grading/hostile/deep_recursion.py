# k08_broadcasting.outer_sum: the stack of the interpreter overflows
import sys


def outer_sum(a, b):
    sys.setrecursionlimit(10**9)
    return outer_sum(a, b)
