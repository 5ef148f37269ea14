# k08_broadcasting.outer_sum: sys.settrace sees every frame (right only if it sees one)
import sys

kept = []


def see(frame, event, argument):
    kept.append(frame)


sys.settrace(see)
sys.setprofile(see)
(lambda: None)()
sys.settrace(None)
sys.setprofile(None)


def outer_sum(a, b):
    return a[:, None] + b if kept else None
