# k08_broadcasting.outer_sum: memory is tidied up by hand
import gc

import torch

gc.collect()


def outer_sum(a, b):
    result = a[:, None] + b
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    return result
