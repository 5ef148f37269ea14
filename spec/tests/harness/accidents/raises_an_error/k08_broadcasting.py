import torch


def outer_sum(a, b):
    rows = torch.cat([a, b])
    return rows.view(len(a), 7) + b
