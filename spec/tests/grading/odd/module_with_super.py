# k18_training_loop.MLP: an old-fashioned module
import torch
import torch.nn as nn


class MLP(nn.Module):
    def __init__(self, sizes):
        super(MLP, self).__init__()
        for number, (into, out) in enumerate(zip(sizes, sizes[1:])):
            setattr(self, f"layer{number}", nn.Linear(into, out))
        self.depth = len(sizes) - 1

    def forward(self, x):
        for number in range(self.depth):
            x = getattr(self, f"layer{number}")(x)
            if number < self.depth - 1:
                x = torch.relu(x)
        return x
