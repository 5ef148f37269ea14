# k08_broadcasting.squared_error: everything under another name
import torch as t
import torch.nn.functional as F
from torch import Tensor as T
from typing import Optional


def squared_error(prediction: T, target: T, weight: Optional[float] = None) -> T:
    if prediction.shape != target.shape:
        raise ValueError("shapes differ")
    return F.mse_loss(prediction, target) if t.is_tensor(prediction) else None
