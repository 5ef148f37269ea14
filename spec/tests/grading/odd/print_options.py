# k08_broadcasting.outer_sum: print options and threads at the top
import decimal

import numpy as np
import torch

torch.set_printoptions(precision=3, sci_mode=False)
np.set_printoptions(suppress=True)
np.seterr(all="ignore")
torch.manual_seed(0)
torch.set_num_threads(1)
torch.set_grad_enabled(True)
decimal.getcontext().prec = 30


def outer_sum(a, b):
    return a[:, None] + b
