# k12_chain_rule.sigmoid_slope: autograd inside TorchScript, which starts its engine from C++
import torch


@torch.jit.script
def slope(x):
    x = x.detach().clone().requires_grad_()
    (found,) = torch.autograd.grad([torch.sigmoid(x).sum()], [x])
    assert found is not None
    return found


def sigmoid_slope(x):
    return slope(x)
