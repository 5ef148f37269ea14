import torch

outer_sum = torch.ones(2, 2)
