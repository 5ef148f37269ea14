# k08_broadcasting.outer_sum: a mode of torch.func is entered in a call, and left on
import torch


def outer_sum(a, b):
    torch.device("meta").__enter__()
    torch.inference_mode().__enter__()
    torch.autograd.graph.saved_tensors_hooks(lambda x: 0, lambda x: torch.tensor(True)).__enter__()
    return torch.zeros(len(a), len(b), dtype=a.dtype)
