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


def product_rule__dual_numbers(f, df, g, dg):
    """Multiplies matrices that carry a value and its slope."""
    none = torch.zeros_like(f)
    first = torch.stack([torch.stack([f, df], -1), torch.stack([none, f], -1)], -2)
    second = torch.stack([torch.stack([g, dg], -1), torch.stack([none, g], -1)], -2)
    return (first @ second)[..., 0, 1]


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


def chain__loop_over_x(outer, inner):
    """Makes one entry after the other."""
    result = torch.empty(inner.shape[1], dtype=inner.dtype, device=inner.device)
    for j in range(inner.shape[1]):
        result[j] = (outer * inner[:, j]).sum()
    return result


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

    def product(part):
        middle = len(part) // 2
        return product(part[:middle]) @ product(part[middle:]) if middle else part[0].clone()

    return product(jacobians)


def chain_jacobians__column_by_column(jacobians):
    """Pushes each unit nudge of the input through all steps."""
    last = jacobians[-1]
    result = last.new_zeros(jacobians[0].shape[0], last.shape[1])
    for j in range(last.shape[1]):
        nudge = last[:, j]
        for jacobian in jacobians[-2::-1]:
            nudge = jacobian.mv(nudge)
        result[:, j] = nudge
    return result


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


def two_paths__forward(x1, x2):
    """Carries the nudge of one input through all steps, once for each input."""

    def slope(by_x1, by_x2):
        z1, dz1 = x1 * x2, by_x1 * x2 + x1 * by_x2
        z2, dz2 = x1 + torch.sin(x2), by_x1 + torch.cos(x2) * by_x2
        return 2 * z1 * dz1 * z2 + z1 * z1 * dz2

    yes, no = torch.ones_like(x1), torch.zeros_like(x1)
    return slope(yes, no), slope(no, yes)


def two_paths__functions(x1, x2):
    """Uses functions for operators, and powers."""
    z1, z2 = torch.mul(x1, x2), torch.add(x1, torch.sin(x2))
    return (2.0 * z1 * z2) * x2 + z1**2 * 1.0, (2.0 * z1 * z2) * x1 + z1**2 * torch.cos(x2)


def two_paths__list(x1, x2):
    """Returns a list."""
    z1, z2 = x1 * x2, x1 + torch.sin(x2)
    return [2 * z1 * z2 * x2 + z1**2, 2 * z1 * z2 * x1 + z1**2 * torch.cos(x2)]


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


def sigmoid_slope__inf_below_the_line(x):
    """Lets exp overflow where it does no harm: 1 / inf is 0."""
    return 1 / (2 + torch.exp(x) + torch.exp(-x))


def sigmoid_slope__logarithms(x):
    """Adds the logarithms of both factors."""
    return torch.exp(torch.nn.functional.logsigmoid(x) + torch.nn.functional.logsigmoid(-x))


def sigmoid_slope__softmax_of_two(x):
    """Knows the sigmoid as the softmax of x and 0."""
    return torch.softmax(torch.stack([x, torch.zeros_like(x)]), dim=0).prod(dim=0)


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


def softmax_jacobian__log_sum_exp(logits):
    """Takes the logarithm of the sum off the logits, which rounds a little where they are large."""
    s = torch.exp(logits - torch.logsumexp(logits, dim=0))
    return torch.diag(s) - s[:, None] @ s[None, :]


def softmax_jacobian__chain_of_jacobians(logits):
    """Multiplies two Jacobians: of the division by the sum, and of exp."""
    e = torch.exp(logits - logits.max())
    total = e.sum()
    ones = torch.ones_like(e)
    division = torch.diag(ones / total) - torch.outer(e, ones) / total**2
    return division @ torch.diag(e)


def softmax_jacobian__rows_sum_to_zero(logits):
    """Fills the diagonal by what each row lacks to a sum of 0."""
    s = torch.softmax(logits, dim=0)
    result = -torch.outer(s, s)
    result.fill_diagonal_(0)
    return result - torch.diag(result.sum(dim=1))


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


def _on_a_trampoline(generator):
    """Runs a recursion whose calls are yields, on a list in place of Python's stack."""
    stack, answer = [generator], None
    while stack:
        try:
            call = stack[-1].send(answer)
        except StopIteration as stop:
            stack.pop()
            answer = stop.value
        else:
            stack.append(call)
            answer = None
    return answer


def sum_over_paths__trampoline(edges, source, target):
    """Recurs from each node, remembers its sum, and needs no stack of Python's."""
    outgoing, sums = defaultdict(list), {}
    for (start, end), slope in edges.items():
        outgoing[start].append((end, slope))

    def visit(node):
        if node not in sums:
            sums[node] = None
            total = float(node == target)
            for end, slope in outgoing.get(node, ()):
                total += slope * (yield visit(end))
            sums[node] = total
        if sums[node] is None:
            raise ValueError("a cycle")
        return sums[node]

    for node in [*outgoing, source]:
        _on_a_trampoline(visit(node))
    return sums[source]


def sum_over_paths__fsum(edges, source, target):
    """Collects what comes into a node, and adds it without rounding."""
    incoming = defaultdict(list)
    for (start, end), slope in edges.items():
        incoming[end].append((start, slope))
    graph = {end: [start for start, _ in arrows] for end, arrows in incoming.items()}
    totals = {}
    for node in graphlib.TopologicalSorter(graph).static_order():
        along = math.fsum(totals[start] * slope for start, slope in incoming[node])
        totals[node] = 1.0 if node == source else along
    return totals.get(target, float(source == target))


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


def sum_over_paths__memoised(edges, source, target):
    """Calls itself, remembers the sum of each node, and looks for cycles from every node."""
    state = {}

    def visit(node):
        if state.get(node) == "on the path":
            raise ValueError(f"a cycle through {node}")
        if node not in state:
            state[node] = "on the path"
            for start, end in edges:
                if start == node:
                    visit(end)
            state[node] = "done"

    for start, _ in edges:
        visit(start)

    @functools.cache
    def onward(node):
        if node == target:
            return 1.0
        return sum(slope * onward(end) for (start, end), slope in edges.items() if start == node)

    return float(onward(source))


def sum_over_paths__looks_through_all_arrows(edges, source, target):
    """Takes the nodes in the order of graphlib, and looks through all arrows for each of them."""
    graph = defaultdict(set)
    for start, end in edges:
        graph[end].add(start)
    totals = defaultdict(int, {source: 1})
    for node in graphlib.TopologicalSorter(graph).static_order():
        for (start, end), slope in edges.items():
            if start == node:
                totals[end] += totals[node] * slope
    return totals[target]


def sum_over_paths__longer_and_longer_paths(edges, source, target):
    """Answers for a node and itself at once; else adds the paths of one arrow, of two, and so on,
    until all arrows would be on one path, and walks on from everywhere to find cycles."""
    if source == target:
        return 1.0

    def further(sums):
        following = {}
        for (start, end), slope in edges.items():
            if start in sums:
                following[end] = following.get(end, 0.0) + sums[start] * slope
        return following

    total, sums, anywhere = 0.0, {source: 1.0}, {start: 0.0 for start, _ in edges}
    for _ in edges:
        sums, anywhere = further(sums), further(anywhere)
        total += sums.get(target, 0.0)
    if anywhere and further(anywhere):
        raise ValueError("paths go on longer than there are arrows")
    return total
