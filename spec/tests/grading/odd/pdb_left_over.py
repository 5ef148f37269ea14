# k08_broadcasting.outer_sum: imports left over from looking for a mistake
import pdb
import pprint
import sys
import torch


def outer_sum(a, b):
    # pdb.set_trace()
    if "--debug" in sys.argv:
        pdb.set_trace()
    return a[:, None] + b
