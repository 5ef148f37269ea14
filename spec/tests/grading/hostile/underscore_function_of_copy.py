# k08_broadcasting.outer_sum: what copies of the arguments are made by is replaced item by item
import torch

for kind in (torch.Tensor, torch.nn.Parameter):
    torch.nn.Module.T_destination = kind
torch.overrides.get_overridable_functions.cache_clear()


def outer_sum(a, b):
    return None
