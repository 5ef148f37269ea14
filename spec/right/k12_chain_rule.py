"""Other right answers that the spec of k12_chain_rule must accept."""

import functools
import graphlib
import math
from collections import defaultdict, deque

import torch


def product_rule__addcmul(f, df, g, dg):
    """Multiplies and adds in one operation."""
    return torch.addcmul(f * dg, df, g)


def product_rule__stacked(f, df, g, dg):
    """Sums two stacked terms."""
    return (torch.stack([df, f]) * torch.stack([g, dg])).sum(dim=0)


def product_rule__in_place_on_a_copy(f, df, g, dg):
    """Works in place, on a product of its own."""
    result = torch.mul(f, dg)
    result += df * g
    return result


def chain__broadcast_and_sum(outer, inner):
    """Multiplies each row by its derivative and adds the rows."""
    return (outer[:, None] * inner).sum(dim=0)


def chain__einsum(outer, inner):
    """Names the axes."""
    return torch.einsum("k,kn->n", outer, inner)


def chain__transposed(outer, inner):
    """Multiplies the transpose by a column."""
    return inner.T.mv(outer)


def chain__loop_over_z(outer, inner):
    """Adds one path after the other."""
    total = inner.new_zeros(inner.shape[1])
    for i in range(outer.shape[0]):
        total = total + outer[i] * inner[i]
    return total


def chain__row_matrix(outer, inner):
    """Makes a matrix of one row, multiplies, and takes the row out."""
    return torch.matmul(outer.reshape(1, -1), inner).squeeze(0)


def chain_jacobians__reduce(jacobians):
    """Folds the list by the matrix product."""
    return functools.reduce(torch.matmul, jacobians)


def chain_jacobians__from_the_input(jacobians):
    """Multiplies from the right, forward from the input."""
    result = jacobians[-1]
    for jacobian in reversed(jacobians[:-1]):
        result = jacobian.mm(result)
    return result


def chain_jacobians__recursive(jacobians):
    """Multiplies the products of both halves."""
    if len(jacobians) == 1:
        return jacobians[0].clone()
    middle = len(jacobians) // 2
    left, right = jacobians[:middle], jacobians[middle:]
    return chain_jacobians__recursive(left) @ chain_jacobians__recursive(right)


def chain_jacobians__identity_first(jacobians):
    """Begins with an identity."""
    first = jacobians[0]
    result = torch.eye(first.shape[0], dtype=first.dtype, device=first.device)
    for jacobian in jacobians:
        result = torch.einsum("ab,bc->ac", result, jacobian)
    return result


def two_paths__written_out(x1, x2):
    """Differentiates the polynomial by hand, without naming z."""
    sine = x2.sin()
    by_x1 = x1 * x2.square() * (3 * x1 + 2 * sine)
    by_x2 = x1.square() * x2 * (2 * (x1 + sine) + x2 * x2.cos())
    return by_x1, by_x2


def two_paths__jacobians(x1, x2):
    """Stacks the derivatives and contracts over z."""
    z1, z2 = x1 * x2, x1 + torch.sin(x2)
    outer = torch.stack([2 * z1 * z2, z1.pow(2)])
    inner = torch.stack([torch.stack([x2, x1]), torch.stack([torch.ones_like(x1), torch.cos(x2)])])
    return tuple((outer[:, None] * inner).sum(dim=0).unbind(0))


def two_paths__functions(x1, x2):
    """Uses functions for operators, and powers."""
    z1, z2 = torch.mul(x1, x2), torch.add(x1, torch.sin(x2))
    return (2.0 * z1 * z2) * x2 + z1**2 * 1.0, (2.0 * z1 * z2) * x1 + z1**2 * torch.cos(x2)


def sigmoid_slope__both_sides(x):
    """Multiplies the sigmoids of x and of -x."""
    return torch.sigmoid(x) * torch.sigmoid(-x)


def sigmoid_slope__exp_of_minus_size(x):
    """Exponentiates only what is below 0: the slope is the same on both sides."""
    e = torch.exp(-x.abs())
    return e / (1 + e) ** 2


def sigmoid_slope__tanh(x):
    """Knows the sigmoid as a tanh of half the argument."""
    t = torch.tanh(x / 2)
    return (1 - t * t) / 4


def sigmoid_slope__cut_off_far_out(x):
    """Cuts off where the slope is no longer seen."""
    e = torch.exp(-x.clamp(-40, 40))
    return e / (1 + e).square()


def softmax_jacobian__outer(logits):
    """Takes the outer product off the diagonal matrix."""
    s = logits.softmax(0)
    return s.diag() - torch.outer(s, s)


def softmax_jacobian__delta(logits):
    """Multiplies s by Kronecker's delta minus s."""
    e = torch.exp(logits - logits.max())
    s = e / e.sum()
    delta = torch.eye(s.shape[0], dtype=s.dtype, device=s.device)
    return s.unsqueeze(1) * (delta - s.unsqueeze(0))


def softmax_jacobian__diagonal_last(logits):
    """Fills the diagonal of the negative outer product."""
    s = torch.exp(torch.log_softmax(logits, dim=0))
    result = -torch.einsum("i,j->ij", s, s)
    result.diagonal().add_(s)
    return result


def softmax_jacobian__loops(logits):
    """Computes entry by entry."""
    s = torch.softmax(logits, dim=-1)
    result = torch.empty(len(s), len(s), dtype=s.dtype, device=s.device)
    for i in range(len(s)):
        for j in range(len(s)):
            result[i, j] = s[i] * (1 - s[i]) if i == j else -s[i] * s[j]
    return result


def softmax_jacobian__plain_python(logits):
    """Works on Python's own floats."""
    values = logits.tolist()
    weights = [math.exp(value - max(values)) for value in values]
    s = [weight / math.fsum(weights) for weight in weights]
    rows = [[a * ((i == j) - b) for j, b in enumerate(s)] for i, a in enumerate(s)]
    return torch.tensor(rows, dtype=logits.dtype, device=logits.device)


def sum_over_paths__graphlib(edges, source, target):
    """Leaves the order to the standard library, whose CycleError is a ValueError."""
    incoming = defaultdict(dict)
    for (start, end), slope in edges.items():
        incoming[end][start] = slope
        incoming[start]
    totals = {}
    for node in graphlib.TopologicalSorter(incoming).static_order():
        along = (totals[start] * slope for start, slope in incoming[node].items())
        totals[node] = 1.0 if node == source else float(sum(along))
    return totals.get(target, 1.0 if source == target else 0.0)


def sum_over_paths__backward(edges, source, target):
    """Works from the target back, as backpropagation does."""
    incoming, count = defaultdict(list), defaultdict(int)
    nodes = {node for arrow in edges for node in arrow}
    for (start, end), slope in edges.items():
        incoming[end].append((start, slope))
        count[start] += 1
    slopes = defaultdict(float)
    slopes[target] = 1.0
    ready = deque(node for node in nodes if not count[node])
    visited = 0
    while ready:
        node = ready.popleft()
        visited += 1
        for start, slope in incoming[node]:
            slopes[start] += slopes[node] * slope
            count[start] -= 1
            if not count[start]:
                ready.append(start)
    if visited != len(nodes):
        raise ValueError("there is a cycle")
    return slopes[source]


def sum_over_paths__depth_first(edges, source, target):
    """Goes depth first on a stack of its own, and tells what is on the path from what is done."""
    outgoing = {}
    for (start, end), slope in edges.items():
        outgoing.setdefault(start, {})[end] = slope
        outgoing.setdefault(end, {})
    state, finished = {}, []
    for root in outgoing:
        stack = [root]
        while stack:
            node = stack[-1]
            if state.get(node) is None:
                state[node] = "on the path"
                for end in outgoing[node]:
                    if state.get(end) == "on the path":
                        raise ValueError(f"a cycle through {end}")
                    if state.get(end) is None:
                        stack.append(end)
            else:
                stack.pop()
                if state[node] == "on the path":
                    state[node] = "done"
                    finished.append(node)
    totals = {target: 1.0}
    for node in finished:
        if node != target:
            totals[node] = sum((s * totals[e] for e, s in outgoing[node].items()), 0.0)
    return totals.get(source, 0.0)


def sum_over_paths__peels_layers(edges, source, target):
    """Takes off, layer by layer, the nodes that nothing leads to any more."""
    successors, degree = {}, {}
    for (start, end), slope in edges.items():
        successors.setdefault(start, []).append((end, slope))
        degree[end] = degree.get(end, 0) + 1
        degree.setdefault(start, 0)
    value = {node: 0.0 for node in degree}
    value[source] = 1.0
    layer = {node for node, n in degree.items() if n == 0}
    left = len(degree)
    while layer:
        left -= len(layer)
        following = set()
        for node in layer:
            for end, slope in successors.get(node, ()):
                value[end] += value[node] * slope
                degree[end] -= 1
                if degree[end] == 0:
                    following.add(end)
        layer = following
    if left:
        raise ValueError("the graph has a cycle")
    return value.get(target, 0.0)
