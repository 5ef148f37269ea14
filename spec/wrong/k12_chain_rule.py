"""Mistakes that the spec of k12_chain_rule must reject, each with the words that name it."""

import functools
from collections import defaultdict, deque

import torch

ABOUT_DEVICES = (
    "chain__zeros_on_the_cpu",
    "chain_jacobians__identity_on_the_cpu",
    "two_paths__through_numpy",
    "softmax_jacobian__identity_on_the_cpu",
)


def _sorted(edges):
    """Nodes, each after all that lead to it, and the arrows out of each; a cycle raises."""
    outgoing, count = defaultdict(list), defaultdict(int)
    for (start, end), slope in edges.items():
        outgoing[start].append((end, slope))
        count[start] += 0
        count[end] += 1
    order = [node for node in count if count[node] == 0]
    for node in order:
        for end, _ in outgoing[node]:
            count[end] -= 1
            if count[end] == 0:
                order.append(end)
    if len(order) < len(count):
        raise ValueError("the arrows make a cycle")
    return order, outgoing


def _reached(edges, source):
    """The arrows that can be reached from the source."""
    outgoing = defaultdict(list)
    for start, end in edges:
        outgoing[start].append(end)
    reached, waiting = {source}, [source]
    while waiting:
        for end in outgoing[waiting.pop()]:
            if end not in reached:
                reached.add(end)
                waiting.append(end)
    return {arrow: slope for arrow, slope in edges.items() if arrow[0] in reached}


def product_rule__product_of_slopes(f, df, g, dg):
    """You multiplied the slopes. The slope of a product is df·g + f·dg."""
    return df * dg


def product_rule__autograd_on_the_arguments(f, df, g, dg):
    """You had f and g require grad, for autograd to differentiate. Write the rule out by hand."""
    f.requires_grad_()
    g.requires_grad_()
    (f * g).sum().backward()
    return f.grad * df + g.grad * dg


def product_rule__autograd(f, df, g, dg):
    """You had autograd differentiate the product. Write the rule out by hand."""
    a, b = f.detach().clone().requires_grad_(), g.detach().clone().requires_grad_()
    (a * b).sum().backward()
    return a.grad * df + b.grad * dg


def product_rule__first_term_only(f, df, g, dg):
    """You held g fixed. Both factors change, so there is a second term, f·dg."""
    return df * g


def product_rule__sum_of_slopes(f, df, g, dg):
    """df + dg is the slope of a sum f + g. In a product each slope is times the other factor."""
    return df + dg


def product_rule__own_factor(f, df, g, dg):
    """You multiplied each slope by its own factor. df goes with g, and dg with f."""
    return df * f + dg * g


def product_rule__minus(f, df, g, dg):
    """The minus belongs to the rule for quotients. In a product the two terms are added."""
    return df * g - f * dg


def product_rule__a_whole_step(f, df, g, dg):
    """You added df·dg, which counts where x makes a whole step. A slope is about tiny ones."""
    return df * g + f * dg + df * dg


def product_rule__summed(f, df, g, dg):
    """You summed over the points. Each point has a slope of its own."""
    return (df * g + f * dg).sum()


def product_rule__divides_by_the_factors(f, df, g, dg):
    """You divided by f and g, which gives NaN where one is 0. df·g + f·dg needs no division."""
    return f * g * (df / f + dg / g)


def product_rule__in_place(f, df, g, dg):
    """You wrote into an argument, as methods do whose names end in _. Use `*` and `+`, which make
    new tensors."""
    return df.mul_(g).add_(f * dg)


def chain__transposed(outer, inner):
    """inner @ outer sums over x, where it fits at all. The sum runs over z: outer @ inner."""
    return inner @ outer


def chain__elementwise(outer, inner):
    """You multiplied and did not add. Sum over z, the rows: each z is a path from x to p."""
    return outer[:, None] * inner


def chain__lined_up_with_x(outer, inner):
    """outer lined up with the columns of inner, which are the x. It belongs to the rows, the z."""
    return (outer * inner).sum(dim=0)


def chain__row(outer, inner):
    """You returned a matrix of one row. dp/dx has the shape (n,)."""
    return outer[None, :] @ inner


def chain__summed_over_x(outer, inner):
    """You summed over x. dp/dx has an entry for each x: sum over the rows, z."""
    return inner.sum(dim=1) * outer


def chain__adds_along_the_path(outer, inner):
    """You added dp/dz and dz/dx. Along a path derivatives are multiplied."""
    return (outer[:, None] + inner).sum(dim=0)


def chain__stack_of_nothing(outer, inner):
    """Where there is no z, you gave torch.stack an empty list, which raises. Use outer @ inner."""
    return torch.stack([slope * row for slope, row in zip(outer, inner, strict=True)]).sum(dim=0)


def chain__in_place(outer, inner):
    """You wrote into an argument, as `*=` does. Use `*`, which makes a new tensor."""
    inner *= outer[:, None]
    return inner.sum(dim=0)


def chain__zeros_on_the_cpu(outer, inner):
    """Your result began as zeros on the CPU. A new tensor goes to the device of the input."""
    total = torch.zeros(inner.shape[1], dtype=inner.dtype)
    for slope, row in zip(outer, inner, strict=True):
        total += slope * row
    return total


def chain_jacobians__from_the_input(jacobians):
    """You multiplied in reverse order. The list begins at the output, so its first matrix stands
    leftmost."""
    result = jacobians[0]
    for jacobian in jacobians[1:]:
        result = jacobian @ result
    return result


def chain_jacobians__last_first(jacobians):
    """You began with the last matrix and went back through the list. Its first stands leftmost."""
    return functools.reduce(torch.matmul, reversed(jacobians))


def chain_jacobians__elementwise(jacobians):
    """You multiplied entry by entry, as `*` does. A chain of steps is a matrix product, `@`."""
    return functools.reduce(torch.mul, jacobians)


def chain_jacobians__float32_identity_on_the_cpu(jacobians):
    """Your identity is float32 on the CPU, as torch.eye makes it. Begin with the first matrix, or
    give dtype= and device=."""
    result = torch.eye(jacobians[0].shape[0])
    for jacobian in jacobians:
        result = result @ jacobian
    return result


def chain_jacobians__float32_identity(jacobians):
    """torch.eye is float32, which doesn't multiply float64. Give it the dtype of the input."""
    result = torch.eye(jacobians[0].shape[0], device=jacobians[0].device)
    return functools.reduce(torch.matmul, jacobians, result)


def chain_jacobians__elementwise_from_an_identity(jacobians):
    """An identity times a matrix by `*` keeps the diagonal alone. A chain is multiplied by `@`."""
    first = jacobians[0]
    result = torch.eye(first.shape[0], dtype=first.dtype, device=first.device)
    return functools.reduce(torch.mul, jacobians, result)


def chain_jacobians__ends_only(jacobians):
    """You multiplied the first two. Every step of the list belongs to the chain."""
    return jacobians[0] @ jacobians[1] if len(jacobians) > 1 else jacobians[0]


def chain_jacobians__needs_two(jacobians):
    """You began with two matrices. A list of one has that matrix as its product."""
    result = jacobians[0] @ jacobians[1]
    for jacobian in jacobians[2:]:
        result = result @ jacobian
    return result


def chain_jacobians__multi_dot(jacobians):
    """torch.linalg.multi_dot multiplies a whole list, and that is yours to write."""
    return torch.linalg.multi_dot(jacobians) if len(jacobians) > 1 else jacobians[0]


def chain_jacobians__transposed(jacobians):
    """Your result is transposed: rows belong to the outputs, columns to the inputs."""
    return functools.reduce(torch.matmul, jacobians).T


def chain_jacobians__empties_the_list(jacobians):
    """You took matrices out of the list that was passed in. Loop over it instead."""
    result = jacobians.pop(0)
    while jacobians:
        result = result @ jacobians.pop(0)
    return result


def chain_jacobians__reverses_the_list(jacobians):
    """You turned round the list that was passed in, as reverse() does. reversed() leaves it as it
    is."""
    jacobians.reverse()
    return functools.reduce(lambda product, jacobian: jacobian @ product, jacobians)


def chain_jacobians__sums(jacobians):
    """You added the steps. Along a chain derivatives are multiplied; only paths are added."""
    return sum(jacobians)


def chain_jacobians__identity_on_the_cpu(jacobians):
    """You began with an identity on the CPU. A new tensor goes to the device of the input."""
    result = torch.eye(jacobians[0].shape[0], dtype=jacobians[0].dtype)
    for jacobian in jacobians:
        result = result @ jacobian
    return result


def chain_jacobians__identity_from_the_left(jacobians):
    """You put each matrix to the left of what you had, which reverses the order. Put it to the
    right: result @ jacobian."""
    result = torch.eye(jacobians[0].shape[1], dtype=jacobians[0].dtype, device=jacobians[0].device)
    for jacobian in jacobians:
        result = jacobian @ result
    return result


def two_paths__one_path_each(x1, x2):
    """You followed each input through z1 alone. Both also reach p through z2."""
    z1, z2 = x1 * x2, x1 + torch.sin(x2)
    return 2 * z1 * z2 * x2, 2 * z1 * z2 * x1


def two_paths__no_cosine(x1, x2):
    """You took 1 for the slope of z2 by x2. The slope of the sine is the cosine."""
    z1, z2 = x1 * x2, x1 + torch.sin(x2)
    return 2 * z1 * z2 * x2 + z1**2, 2 * z1 * z2 * x1 + z1**2


def two_paths__autograd_on_the_arguments(x1, x2):
    """You had the arguments require grad, which changes them, for autograd to follow the paths.
    Follow them by hand."""
    x1.requires_grad_()
    x2.requires_grad_()
    ((x1 * x2) ** 2 * (x1 + torch.sin(x2))).sum().backward()
    return x1.grad, x2.grad


def two_paths__autograd(x1, x2):
    """You had autograd follow the paths. Follow them by hand."""
    a, b = x1.detach().clone().requires_grad_(), x2.detach().clone().requires_grad_()
    z1, z2 = a * b, a + torch.sin(b)
    return torch.autograd.grad((z1**2 * z2).sum(), (a, b))


def two_paths__no_inner_slopes(x1, x2):
    """You left out the slopes of z by x. Multiply all derivatives along the path."""
    z1, z2 = x1 * x2, x1 + torch.sin(x2)
    return 2 * z1 * z2 + z1**2, 2 * z1 * z2 + z1**2


def two_paths__sum_for_product(x1, x2):
    """You differentiated z1² + z2. p is the product z1²·z2: its slope by z1 is 2·z1·z2, and that by
    z2 is z1²."""
    z1 = x1 * x2
    return 2 * z1 * x2 + 1, 2 * z1 * x1 + torch.cos(x2)


def two_paths__z2_only(x1, x2):
    """You followed each input through z2 alone. Both also reach p through z1."""
    z1 = x1 * x2
    return z1**2, z1**2 * torch.cos(x2)


def two_paths__paths_multiplied(x1, x2):
    """You multiplied the two paths. Derivatives multiply along a path, and paths add up."""
    z1, z2 = x1 * x2, x1 + torch.sin(x2)
    return 2 * z1 * z2 * x2 * z1**2, 2 * z1 * z2 * x1 * z1**2 * torch.cos(x2)


def two_paths__forgot_the_two(x1, x2):
    """The slope of z1² is 2·z1. You left out the 2."""
    z1, z2 = x1 * x2, x1 + torch.sin(x2)
    return z1 * z2 * x2 + z1**2, z1 * z2 * x1 + z1**2 * torch.cos(x2)


def two_paths__square_left_alone(x1, x2):
    """You took z1 for the slope of p by z2. There z1² is a constant factor, and stays."""
    z1, z2 = x1 * x2, x1 + torch.sin(x2)
    return 2 * z1 * z2 * x2 + z1, 2 * z1 * z2 * x1 + z1 * torch.cos(x2)


def two_paths__z1_by_its_own(x1, x2):
    """The slope of x1·x2 by x1 is x2, and by x2 it is x1. You had them the other way round."""
    z1, z2 = x1 * x2, x1 + torch.sin(x2)
    return 2 * z1 * z2 * x1 + z1**2, 2 * z1 * z2 * x2 + z1**2 * torch.cos(x2)


def two_paths__minus_cosine(x1, x2):
    """The slope of the sine is the cosine, with no minus."""
    z1, z2 = x1 * x2, x1 + torch.sin(x2)
    return 2 * z1 * z2 * x2 + z1**2, 2 * z1 * z2 * x1 - z1**2 * torch.cos(x2)


def two_paths__divides(x1, x2):
    """You divided by x1 and x2, which gives NaN where they are 0. Multiply by the slopes."""
    z1, z2 = x1 * x2, x1 + torch.sin(x2)
    twice = 2 * z1**2 * z2
    return twice / x1 + z1**2, twice / x2 + z1**2 * torch.cos(x2)


def two_paths__finite_difference(x1, x2):
    """A difference quotient only comes near the slopes. Multiply and add along the paths."""
    step = 1e-4

    def p(a, b):
        return (a * b) ** 2 * (a + torch.sin(b))

    by_x1 = p(x1 + step, x2) - p(x1 - step, x2)
    by_x2 = p(x1, x2 + step) - p(x1, x2 - step)
    return by_x1 / (2 * step), by_x2 / (2 * step)


def two_paths__sine_of_the_sine(x1, x2):
    """You used sin(x2) as its own slope. The slope of the sine is the cosine."""
    z1, z2 = x1 * x2, x1 + torch.sin(x2)
    return 2 * z1 * z2 * x2 + z1**2, 2 * z1 * z2 * x1 + z1**2 * torch.sin(x2)


def two_paths__swapped(x1, x2):
    """You returned the slopes the other way round. dp/dx1 comes first."""
    z1, z2 = x1 * x2, x1 + torch.sin(x2)
    return 2 * z1 * z2 * x1 + z1**2 * torch.cos(x2), 2 * z1 * z2 * x2 + z1**2


def two_paths__summed(x1, x2):
    """You summed over the elements. Each point has slopes of its own."""
    z1, z2 = x1 * x2, x1 + torch.sin(x2)
    return (2 * z1 * z2 * x2 + z1**2).sum(), (2 * z1 * z2 * x1 + z1**2 * torch.cos(x2)).sum()


def two_paths__through_numpy(x1, x2):
    """.numpy() reads the CPU's memory only. torch has sine and cosine on every device."""
    sine, cosine = torch.sin(x2), torch.from_numpy(torch.cos(x2).numpy())
    z1, z2 = x1 * x2, x1 + sine
    return 2 * z1 * z2 * x2 + z1**2, 2 * z1 * z2 * x1 + z1**2 * cosine


def sigmoid_slope__of_the_output(x):
    """x (1 - x) is the slope where x is already the sigmoid's output. Apply the sigmoid first."""
    return x * (1 - x)


def sigmoid_slope__exp_of_minus_x(x):
    """exp(-x) overflows for x far below 0, and inf / inf is NaN."""
    e = torch.exp(-x)
    return e / (1 + e) ** 2


def sigmoid_slope__autograd_on_the_argument(x):
    """You had x require grad, which changes it, for autograd to find the slope. Write the formula
    out by hand."""
    x.requires_grad_()
    torch.sigmoid(x).sum().backward()
    return x.grad


def sigmoid_slope__autograd(x):
    """You had autograd find the slope. Write the formula out by hand."""
    x = x.detach().clone().requires_grad_()
    torch.sigmoid(x).sum().backward()
    return x.grad


def sigmoid_slope__sigmoid(x):
    """That is the sigmoid itself. Its slope is asked for."""
    return torch.sigmoid(x)


def sigmoid_slope__exp_of_x(x):
    """exp(x) overflows for x far above 0, and inf / inf is NaN."""
    e = torch.exp(x)
    return e / (1 + e) ** 2


def sigmoid_slope__half_of_the_output(x):
    """You took the sigmoid in one factor and x itself in the other. Both are about its value."""
    return torch.sigmoid(x) * (1 - x)


def sigmoid_slope__tanh(x):
    """1 - s² is the slope of tanh. The sigmoid's slope is another one."""
    s = torch.sigmoid(x)
    return 1 - s * s


def sigmoid_slope__negative(x):
    """Your slope has the wrong sign: the sigmoid rises everywhere."""
    s = torch.sigmoid(x)
    return s * (s - 1)


def sigmoid_slope__finite_difference(x):
    """A difference quotient only comes near the slope. Write the formula out."""
    step = 1e-3
    return (torch.sigmoid(x + step) - torch.sigmoid(x - step)) / (2 * step)


def sigmoid_slope__row_by_row(x):
    """You went through the first axis, which a 0-D tensor lacks. Compute on the whole tensor."""
    result = torch.empty_like(x)
    for i in range(len(x)):
        s = torch.sigmoid(x[i])
        result[i] = s * (1 - s)
    return result


def sigmoid_slope__in_place(x):
    """You wrote into x, which was passed in, as methods do whose names end in _. Use
    torch.sigmoid."""
    s = x.sigmoid_()
    return s * (1 - s)


def softmax_jacobian__diagonal_only(logits):
    """You left out how an output changes with the other logits: they stand in its denominator."""
    s = torch.softmax(logits, dim=0)
    return torch.diag(s * (1 - s))


def softmax_jacobian__overflows(logits):
    """exp(1000) is inf, and inf / inf NaN. Take off the largest logit first."""
    e = torch.exp(logits)
    s = e / e.sum()
    return torch.diag(s) - torch.outer(s, s)


def softmax_jacobian__diagonal_vector(logits):
    """You returned the diagonal. The Jacobian is the whole (n, n) matrix."""
    s = torch.softmax(logits, dim=0)
    return s * (1 - s)


def softmax_jacobian__autograd(logits):
    """You had autograd find the Jacobian. Write the formula out by hand."""
    return torch.autograd.functional.jacobian(lambda x: torch.softmax(x, dim=0), logits)


def softmax_jacobian__one_minus_everywhere(logits):
    """You took 1 - s[j] everywhere. Off the diagonal there is no 1: the entry is -s[i] s[j]."""
    s = torch.softmax(logits, dim=0)
    return s[:, None] * (1 - s)


def softmax_jacobian__filled_zeros(logits):
    """You filled torch.zeros, which is float32 on the CPU. Give it dtype and device of the
    logits."""
    s = torch.softmax(logits, dim=0)
    result = torch.zeros(len(s), len(s))
    for i in range(len(s)):
        for j in range(len(s)):
            result[i, j] = s[i] * (float(i == j) - s[j])
    return result


def softmax_jacobian__plus(logits):
    """Off the diagonal the sign is minus: one logit's rise takes from the other outputs."""
    s = torch.softmax(logits, dim=0)
    outer = torch.outer(s, s)
    return outer + torch.diag(s - 2 * s * s)


def softmax_jacobian__no_diagonal(logits):
    """You left out the numerator: where i = j there is s[i] to add."""
    s = torch.softmax(logits, dim=0)
    return -torch.outer(s, s)


def softmax_jacobian__diagonal_twice(logits):
    """You took s[i]² off the diagonal twice: once there, and once with all the other products."""
    s = torch.softmax(logits, dim=0)
    return torch.diag(s * (1 - s)) - torch.outer(s, s)


def softmax_jacobian__identity(logits):
    """You subtracted from 1 on the diagonal. There it is s[i] - s[i]², not 1 - s[i]²."""
    s = torch.softmax(logits, dim=0)
    eye = torch.eye(len(s), dtype=s.dtype, device=s.device)
    return eye - torch.outer(s, s)


def softmax_jacobian__rows_of_delta(logits):
    """You left out the factor s[i]: how much an output can change depends on how large it is."""
    s = torch.softmax(logits, dim=0)
    return torch.eye(len(s), dtype=s.dtype, device=s.device) - s


def softmax_jacobian__wrong_axis(logits):
    """You named axis 1, which a vector lacks. The logits lie along its only axis, number 0."""
    s = torch.softmax(logits, dim=1)
    return torch.diag(s) - torch.outer(s, s)


def softmax_jacobian__across_the_logits(logits):
    """Your softmax runs over an axis of length 1, where every output is 1. Sum over the logits."""
    s = torch.softmax(logits[None, :], dim=0)[0]
    return torch.diag(s) - torch.outer(s, s)


def softmax_jacobian__small_number_added(logits):
    """You added a small number to the sum, which is never 0. It only costs digits."""
    e = torch.exp(logits - logits.max())
    s = e / (e.sum() + 1e-8)
    return torch.diag(s) - torch.outer(s, s)


def softmax_jacobian__squares_in_each_column(logits):
    """s * s is a vector of squares. For all products s[i] s[j] one of both has to be a column."""
    s = torch.softmax(logits, dim=0)
    return torch.diag(s) - s * s


def softmax_jacobian__sigmoids(logits):
    """Each output has all logits in its denominator. You used a sigmoid for each logit."""
    s = torch.sigmoid(logits)
    return torch.diag(s) - torch.outer(s, s)


def softmax_jacobian__in_place(logits):
    """You took the largest logit off in place, from the tensor that was passed in."""
    logits -= logits.max()
    s = torch.exp(logits) / torch.exp(logits).sum()
    return torch.diag(s) - torch.outer(s, s)


def softmax_jacobian__identity_on_the_cpu(logits):
    """You made an identity on the CPU. Give a new tensor the device of the logits."""
    s = torch.softmax(logits, dim=0)
    return s[:, None] * (torch.eye(len(s), dtype=s.dtype) - s)


def sum_over_paths__cycles_go_unseen(edges, source, target):
    """You never look for cycles. Where the arrows make one, raise ValueError."""
    outgoing, count = defaultdict(list), defaultdict(int)
    for (start, end), slope in edges.items():
        outgoing[start].append((end, slope))
        count[start] += 0
        count[end] += 1
    totals = defaultdict(float, {source: 1.0})
    order = [node for node in count if count[node] == 0]
    for node in order:
        for end, slope in outgoing[node]:
            totals[end] += totals[node] * slope
            count[end] -= 1
            if count[end] == 0:
                order.append(end)
    return totals[target]


def sum_over_paths__round_and_round(edges, source, target):
    """Your function calls itself round a cycle until Python stops it. Keep the nodes of the path
    that you are on, and raise ValueError where one comes again.
    """
    if source == target:
        return 1.0
    onward = [(end, slope) for (start, end), slope in edges.items() if start == source]
    return sum((s * sum_over_paths__round_and_round(edges, e, target) for e, s in onward), 0.0)


def sum_over_paths__walks_every_path(edges, source, target):
    """You walked the paths one at a time: 40 forks have 2⁴⁰. Work on each node once."""
    _, outgoing = _sorted(edges)
    total, waiting = 0.0, [(source, 1.0)]
    while waiting:
        node, product = waiting.pop()
        if node == target:
            total += product
        waiting.extend((end, product * slope) for end, slope in outgoing[node])
    return total


def sum_over_paths__one_path(edges, source, target):
    """You followed a single path. Every path from source to target adds its product."""
    outgoing = defaultdict(list)
    for (start, end), slope in edges.items():
        outgoing[start].append((end, slope))
    waiting, seen = [(source, 1.0)], {source}
    while waiting:
        node, product = waiting.pop()
        if node == target:
            return product
        for end, slope in outgoing[node]:
            if end not in seen:
                seen.add(end)
                waiting.append((end, product * slope))
    return 0.0


def sum_over_paths__last_path_wins(edges, source, target):
    """A second path to a node replaced the first: `=` where `+=` is meant."""
    order, outgoing = _sorted(edges)
    totals = defaultdict(float, {source: 1.0})
    for node in order:
        for end, slope in outgoing[node]:
            if totals[node]:
                totals[end] = totals[node] * slope
    return totals[target]


def sum_over_paths__forgets_zeros(edges, source, target):
    """You took a sum of 0.0 for no sum yet, and began anew each time. Ask `node in sums`."""
    _, outgoing = _sorted(edges)
    sums, waiting = {target: 1.0}, [(source, False)]
    while waiting:
        node, ends_are_done = waiting.pop()
        if sums.get(node):
            continue
        if ends_are_done:
            sums[node] = sum((slope * sums[end] for end, slope in outgoing[node]), 0.0)
        else:
            waiting.append((node, True))
            waiting.extend((end, False) for end, _ in outgoing[node])
    return sums[source]


def sum_over_paths__sums_along_a_path(edges, source, target):
    """You added the derivatives along a path. They multiply; only whole paths are added."""
    order, outgoing = _sorted(edges)
    totals, paths = defaultdict(float), defaultdict(float, {source: 1.0})
    for node in order:
        for end, slope in outgoing[node]:
            totals[end] += totals[node] + paths[node] * slope
            paths[end] += paths[node]
    return 1.0 if source == target else totals[target]


def sum_over_paths__counts_paths(edges, source, target):
    """You counted the paths. Each counts with the product of its derivatives."""
    order, outgoing = _sorted(edges)
    totals = defaultdict(float, {source: 1.0})
    for node in order:
        for end, _ in outgoing[node]:
            totals[end] += totals[node]
    return totals[target]


def sum_over_paths__paths_multiplied(edges, source, target):
    """Where paths meet you multiplied them. Paths add up."""
    order, outgoing = _sorted(edges)
    totals = {source: 1.0}
    for node in order:
        for end, slope in outgoing[node]:
            if node in totals:
                totals[end] = totals.get(end, 1.0) * totals[node] * slope
    return totals.get(target, 0.0)


def sum_over_paths__in_the_order_given(edges, source, target):
    """You took the arrows in the order of the dict. A node must have its sum before it goes on."""
    totals = defaultdict(float, {source: 1.0})
    for (start, end), slope in edges.items():
        totals[end] += totals[start] * slope
    return totals[target]


def sum_over_paths__nearest_first(edges, source, target):
    """A breadth-first walk leaves a node when its first path arrives, before longer ones do."""
    outgoing = defaultdict(list)
    for (start, end), slope in edges.items():
        outgoing[start].append((end, slope))
    totals, waiting, seen = defaultdict(float, {source: 1.0}), deque([source]), {source}
    while waiting:
        node = waiting.popleft()
        for end, slope in outgoing[node]:
            totals[end] += totals[node] * slope
            if end not in seen:
                seen.add(end)
                waiting.append(end)
    return totals[target]


def sum_over_paths__zero_for_itself(edges, source, target):
    """From a node to itself there is the path of no arrows, whose product is 1.0."""
    order, outgoing = _sorted(edges)
    if source == target:
        return 0.0
    totals = defaultdict(float, {source: 1.0})
    for node in order:
        for end, slope in outgoing[node]:
            totals[end] += totals[node] * slope
    return totals[target]


def sum_over_paths__one_for_unreachable(edges, source, target):
    """Where no path leads, there is nothing to add: 0.0. You returned the empty product."""
    order, outgoing = _sorted(edges)
    totals = {source: 1.0}
    for node in order:
        for end, slope in outgoing[node]:
            if node in totals:
                totals[end] = totals.get(end, 0.0) + totals[node] * slope
    return totals.get(target, 1.0)


def sum_over_paths__key_error(edges, source, target):
    """A node that no arrow touches raised KeyError. No path leads there: 0.0, or 1.0 to itself."""
    order, outgoing = _sorted(edges)
    totals = dict.fromkeys(order, 0.0)
    totals[source] = 1.0
    for node in order:
        for end, slope in outgoing[node]:
            totals[end] += totals[node] * slope
    return totals[target]


def sum_over_paths__cycles_from_the_source_only(edges, source, target):
    """You looked for cycles only where paths from the source lead. A cycle anywhere raises."""
    order, outgoing = _sorted(_reached(edges, source))
    totals = defaultdict(float, {source: 1.0})
    for node in order:
        for end, slope in outgoing[node]:
            totals[end] += totals[node] * slope
    return totals[target]


def sum_over_paths__cycles_up_to_the_target(edges, source, target):
    """Your search for cycles ends at the target. A cycle raises wherever it is."""
    sums = {target: 1.0}

    def onward(node, path):
        if node in path:
            raise ValueError("the arrows make a cycle")
        if node not in sums:
            arrows = [(end, slope) for (start, end), slope in edges.items() if start == node]
            sums[node] = sum((slope * onward(end, path | {node}) for end, slope in arrows), 0.0)
        return sums[node]

    return onward(source, frozenset())


def sum_over_paths__joins_taken_for_cycles(edges, source, target):
    """You took a node reached twice for a cycle. A cycle leads back to a node on the same path."""
    order, outgoing = _sorted(edges)
    waiting, seen = [source], set()
    while waiting:
        node = waiting.pop()
        if node in seen:
            raise ValueError("the arrows make a cycle")
        seen.add(node)
        waiting.extend(end for end, _ in outgoing[node])
    totals = defaultdict(float, {source: 1.0})
    for node in order:
        for end, slope in outgoing[node]:
            totals[end] += totals[node] * slope
    return totals[target]


def sum_over_paths__dead_end(edges, source, target):
    """A node that no arrow leaves raised KeyError. Paths that come there just end."""
    outgoing = {}
    for (start, end), slope in edges.items():
        outgoing.setdefault(start, []).append((end, slope))

    def walk(node):
        total = 1.0 if node == target else 0.0
        return total + sum(slope * walk(end) for end, slope in outgoing[node])

    return walk(source)
