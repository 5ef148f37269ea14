"""What the spec of k12_chain_rule must reject too, though no learner would write it."""

import functools
from collections import defaultdict

import torch

from ..wrong.k12_chain_rule import _sorted


def product_rule__from_one_large_product(f, df, g, dg):
    """You took f·df and g·dg off a larger product. Where they are large, the digits get lost."""
    return (f + g) * (df + dg) - f * df - g * dg


def product_rule__through_float32(f, df, g, dg):
    """You computed in float32, so float64 values lost their precision. Keep their dtype."""
    return (df.float() * g.float() + f.float() * dg.float()).to(f.dtype)


def chain__first_path_only(outer, inner):
    """You followed a single z. Every z is a path from x to p, and all of them add up."""
    return outer[0] * inner[0] if len(outer) else inner.new_zeros(inner.shape[1])


def chain__mean(outer, inner):
    """You took the mean over the paths. Paths add up."""
    return (outer[:, None] * inner).mean(dim=0)


def chain_jacobians__writes_into_the_list(jacobians):
    """You kept the product in the list that was passed in. Keep it in a variable."""
    for i in range(1, len(jacobians)):
        jacobians[i] = jacobians[i - 1] @ jacobians[i]
    return jacobians[-1]


def chain_jacobians__into_the_first_matrix(jacobians):
    """copy_ writes the product into the first matrix that was passed in. Keep it in a variable."""
    result = jacobians[0]
    for jacobian in jacobians[1:]:
        if jacobian.shape[0] == jacobian.shape[1]:
            result.copy_(result @ jacobian)
        else:
            result = result @ jacobian
    return result


def chain_jacobians__squeezed(jacobians):
    """squeeze() drops every axis of length 1. The product is always a matrix."""
    return functools.reduce(torch.matmul, jacobians).squeeze()


def chain_jacobians__through_float32(jacobians):
    """You computed in float32, so float64 matrices lost their precision. Keep their dtype."""
    product = functools.reduce(torch.matmul, [jacobian.float() for jacobian in jacobians])
    return product.to(jacobians[0].dtype)


def two_paths__in_place(x1, x2):
    """torch.sin_ writes into x2, which was passed in. torch.sin makes a new tensor."""
    cosine = torch.cos(x2)
    z1 = x1 * x2
    kept = x2.clone()
    z2 = x1 + x2.sin_()
    return 2 * z1 * z2 * kept + z1**2, 2 * z1 * z2 * x1 + z1**2 * cosine


def two_paths__through_float32(x1, x2):
    """You computed in float32, so float64 values lost their precision. Keep their dtype."""
    a, b = x1.float(), x2.float()
    z1, z2 = a * b, a + torch.sin(b)
    slopes = (2 * z1 * z2 * b + z1**2, 2 * z1 * z2 * a + z1**2 * torch.cos(b))
    return tuple(slope.to(x1.dtype) for slope in slopes)


def sigmoid_slope__cut_off(x):
    """You cut x off too early: beyond the cut your slope stays, where the true one goes to 0."""
    s = torch.sigmoid(x.clamp(-8, 8))
    return s * (1 - s)


def sigmoid_slope__through_float32(x):
    """You computed in float32, so a float64 tensor lost its precision. Keep its dtype."""
    s = torch.sigmoid(x.float())
    return (s * (1 - s)).to(x.dtype)


def softmax_jacobian__mean_taken_off(logits):
    """Taking off the mean does not stop exp from overflowing. Take off the largest logit."""
    e = torch.exp(logits - logits.mean())
    s = e / e.sum()
    return torch.diag(s) - torch.outer(s, s)


def softmax_jacobian__fixed_shift(logits):
    """Taking off a fixed number moves the overflow elsewhere. Take off the largest logit."""
    e = torch.exp(logits - 1000)
    s = e / e.sum()
    return torch.diag(s) - torch.outer(s, s)


def softmax_jacobian__cut_off(logits):
    """You cut the logits off, which makes 1000 and 999 alike. Take off the largest logit."""
    s = torch.softmax(logits.clamp(-80, 80), dim=0)
    return torch.diag(s) - torch.outer(s, s)


def softmax_jacobian__squeezed(logits):
    """squeeze() drops axes of length 1. A single logit has a Jacobian too, of shape (1, 1)."""
    s = torch.softmax(logits, dim=0)
    return (torch.diag(s) - torch.outer(s, s)).squeeze()


def softmax_jacobian__through_float32(logits):
    """You computed in float32, so float64 logits lost their precision. Keep their dtype."""
    s = torch.softmax(logits.float(), dim=0)
    return (torch.diag(s) - torch.outer(s, s)).to(logits.dtype)


def sum_over_paths__ignores_direction(edges, source, target):
    """You walked arrows backward too. A path follows each arrow from its start to its end."""
    both = defaultdict(list)
    for (start, end), slope in edges.items():
        both[start].append((end, slope))
        both[end].append((start, slope))

    def walk(node, seen):
        if node == target:
            return 1.0
        return float(sum(s * walk(e, seen | {e}) for e, s in both[node] if e not in seen))

    return walk(source, {source})


def sum_over_paths__from_all_roots(edges, source, target):
    """You began at every node that nothing leads to. Paths begin at the source alone."""
    order, outgoing = _sorted(edges)
    ends = {end for _, end in edges}
    totals = {node: float(node not in ends) for node in order} | {source: 1.0}
    for node in order:
        for end, slope in outgoing[node]:
            totals[end] += totals[node] * slope
    return totals.get(target, 0.0) if source != target else 1.0


def sum_over_paths__own_arrows_dropped(edges, source, target):
    """You left out arrows from a node to itself. Such an arrow is a cycle: ValueError."""
    order, outgoing = _sorted({arrow: s for arrow, s in edges.items() if arrow[0] != arrow[1]})
    totals = defaultdict(float, {source: 1.0})
    for node in order:
        for end, slope in outgoing[node]:
            totals[end] += totals[node] * slope
    return totals[target]


def sum_over_paths__zero_arrows_dropped(edges, source, target):
    """You left out arrows with derivative 0.0. They are arrows, and may make a cycle."""
    order, outgoing = _sorted({arrow: slope for arrow, slope in edges.items() if slope})
    totals = defaultdict(float, {source: 1.0})
    for node in order:
        for end, slope in outgoing[node]:
            totals[end] += totals[node] * slope
    return totals[target]


def sum_over_paths__uses_up_the_arrows(edges, source, target):
    """You took arrows out of the dict that was passed in. Work on a copy."""
    order, outgoing = _sorted(edges)
    totals = defaultdict(float, {source: 1.0})
    for node in order:
        for end, _ in outgoing[node]:
            totals[end] += totals[node] * edges.pop((node, end))
    return totals[target]
