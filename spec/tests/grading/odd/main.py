# k08_broadcasting.outer_sum: what runs only when the file is started
import torch


def outer_sum(a, b):
    return a[:, None] + b


if __name__ == "__main__":
    print(outer_sum(torch.ones(2), torch.ones(3)))
