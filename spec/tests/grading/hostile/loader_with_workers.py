# k08_broadcasting.outer_sum: a DataLoader with workers, which are processes
import torch
from torch.utils.data import DataLoader, TensorDataset


def outer_sum(a, b):
    rows = DataLoader(TensorDataset(a), num_workers=2)
    for row in rows:
        return None
