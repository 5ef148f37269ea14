# k08_broadcasting.outer_sum: semicolons, line breaks of Windows, and a star for everything
import torch; from math import *; import math as m
def outer_sum(a, b): r = a[:, None]; return r + b
