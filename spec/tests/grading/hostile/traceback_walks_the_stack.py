# k08_broadcasting.outer_sum: frames by way of traceback.walk_stack (right only if it gets one)
from traceback import walk_stack as steps


def outer_sum(a, b):
    kinds = [type(frame).__name__ for frame, _ in steps(None)]
    return a[:, None] + b if "frame" in kinds else None
