# k10_nonlinearity.sigmoid: a ready-made layer, traced, whose forward is a compiled method
import torch
from torch import nn

layer = torch.jit.trace(nn.Sigmoid(), torch.zeros(2))


def sigmoid(x):
    return layer(x)
