# k08_broadcasting.outer_sum: a coding line as people write it, and a type's name in an error
# -*- coding: utf8 -*-
import torch


def outer_sum(a, b):
    if not isinstance(a, torch.Tensor):
        raise TypeError(f"a is a {type(a).__name__}")
    return a[:, None] + b
