# k08_broadcasting.outer_sum: a program is started
import subprocess

subprocess.run(["touch", "trace"])


def outer_sum(a, b):
    return a
