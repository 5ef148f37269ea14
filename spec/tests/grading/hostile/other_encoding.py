# k08_broadcasting.outer_sum: code that shows itself in another encoding
# -*- coding: utf-7 -*-
def outer_sum(a, b):
    return a
