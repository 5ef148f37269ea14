# k08_broadcasting.outer_sum: classes from where they are defined
import torch
from torch.nn.modules.linear import Linear
from torch.optim.sgd import SGD
from torch.utils.data.dataset import TensorDataset
from torch.utils.data.dataloader import DataLoader


def outer_sum(a, b):
    return a[:, None] + b
