"""What the spec of k16_autograd must reject too, though no learner would write it."""

import torch

from ..wrong.k16_autograd import _answer, _gradient, _known, _slope_or_zeros


def gradient_at__grad_left_behind_all_the_same(function, x):
    """You put requires_grad back, but your backward() has filled the caller's x.grad. Detach x."""
    before = x.requires_grad
    x.requires_grad_()
    function(x).backward()
    gradient = x.grad
    if x.is_leaf:
        x.requires_grad_(before)
    return gradient


def gradient_at__clears_grad(function, x):
    """You cleared the .grad that the caller had. Let a detached copy collect the gradient."""
    before = x.requires_grad
    x = x if x.is_leaf else x.detach()
    x.grad = None
    x.requires_grad_()
    function(x).backward()
    gradient, x.grad = x.grad, None
    x.requires_grad_(before)
    return gradient


def gradient_at__float32(function, x):
    """You went through float32. The gradient of a float64 tensor is asked for in float64."""
    point = x.detach().float().requires_grad_()
    return torch.autograd.grad(function(point.to(x.dtype)), point)[0].to(x.dtype)


def accumulate__duplicates_dropped(function, points):
    """You dropped points that come twice. They count twice."""
    return sum(_gradient(function, point) for point in {id(p): p for p in points}.values())


def accumulate__duplicates_dropped_by_value(function, points):
    """You skipped points with equal values. Each one counts."""
    seen = []
    for point in points:
        if not any(torch.equal(point, other) for other in seen):
            seen.append(point)
    return sum(_gradient(function, point) for point in seen)


def accumulate__points_cleared(function, points):
    """You cleared the .grad of the caller's points. Let detached copies collect the gradients."""
    total = sum(_gradient(function, point) for point in points)
    for point in points:
        if point.is_leaf:
            point.grad = None
    return total


def accumulate__old_gradient_counted(function, points):
    """You began with what the first point's .grad held. Begin with nothing."""
    total = sum(_gradient(function, point) for point in points)
    first = points[0]
    return total if not first.is_leaf or first.grad is None else total + first.grad


def accumulate__takes_points_out(function, points):
    """You emptied the caller's list. Walk it with for."""
    total = _gradient(function, points.pop())
    while points:
        total = total + _gradient(function, points.pop())
    return total


def accumulate__list_rewritten(function, points):
    """You put your own tensors into the caller's list. Keep them in a list of yours."""
    for i, point in enumerate(points):
        points[i] = point.detach().clone().requires_grad_()
    return sum(torch.autograd.grad(function(leaf), leaf)[0] for leaf in points)


def second_derivative__third(function, x):
    """You differentiated three times. Two are asked for."""
    point = x.detach().requires_grad_()
    slope = _slope_or_zeros(_slope_or_zeros(function(point), point), point)
    return _slope_or_zeros(slope, point).detach()


def second_derivative__differences_of_slopes(function, x):
    """You took differences of slopes, which are right to a few digits. Ask autograd twice."""
    step = 1e-5 if x.dtype == torch.float64 else 1e-2
    sides = [(x.detach() + shift).requires_grad_() for shift in (step, -step)]
    up, down = (_slope_or_zeros(function(side), side) for side in sides)
    return ((up - down) / (2 * step)).detach()


def second_derivative__clone_stays_in_the_graph(function, x):
    """A clone stays in x's graph, and your backward() goes on to what lies behind. Detach x."""
    point = x.clone().requires_grad_()
    point.retain_grad()
    first = _slope_or_zeros(function(point), point)
    if first.requires_grad:
        first.sum().backward()
    return torch.zeros_like(x).detach() if point.grad is None else point.grad


def stop_gradient__requires_grad_again(x):
    """You switched requires_grad on again; the result should be outside of every graph."""
    return x.detach().requires_grad_(x.is_floating_point())


def stop_gradient__zeros(x):
    """You stopped the values with the gradient. They stay as they are."""
    return torch.zeros_like(x)


def stop_gradient__hook(x):
    """A hook that makes the gradient zero leaves the result in the graph. Use detach()."""
    result = x.view_as(x)
    if result.requires_grad:
        result.register_hook(torch.zeros_like)
    return result


def stop_gradient__flattened(x):
    """You changed the shape. The result has that of x."""
    return x.detach().reshape(-1)


def predict__layers_without_the_model(model, x):
    """You switched the submodules, and not the model itself. It has a mode too."""
    modes = [(module, module.training) for module in model.modules()]
    for child in model.children():
        child.eval()
    try:
        return _answer(model, x)
    finally:
        for module, mode in modes:
            module.training = mode


def predict__error_replaced(model, x):
    """You raised another error in place of the model's. Let that one through."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    try:
        return _answer(model, x)
    except Exception as error:
        raise RuntimeError("the model failed") from error
    finally:
        for module, mode in modes:
            module.training = mode


def predict__warm_up_in_train_mode(model, x):
    """You called the model in train mode first, and BatchNorm's statistics moved."""
    modes = [(module, module.training) for module in model.modules()]
    try:
        _answer(model.train(), x)
        return _answer(model.eval(), x)
    finally:
        for module, mode in modes:
            module.training = mode


def predict__grad_switched_on_too_late(model, x):
    """Leaves grad mode off only when the model raises."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    try:
        torch.set_grad_enabled(False)
        result = model(x)
        torch.set_grad_enabled(True)
        return result
    finally:
        for module, mode in modes:
            module.training = mode


def sgd_step__sign_only(parameters, learning_rate):
    """You used the gradient's sign. Its size counts too."""
    with torch.no_grad():
        for p in parameters:
            if p.grad is not None:
                p -= learning_rate * p.grad.sign()
                p.grad = None


def sgd_step__shrinks_the_parameters(parameters, learning_rate):
    """You let the parameters decay as well. Only the gradient moves them."""
    with torch.no_grad():
        for p in parameters:
            if p.grad is not None:
                p -= learning_rate * (p.grad + 0.01 * p)
                p.grad = None


def sgd_step__requires_grad_everywhere(parameters, learning_rate):
    """You switched requires_grad on for all. A frozen parameter is left alone."""
    for p in parameters:
        gradient = p.grad
        p.requires_grad_(False)
        if gradient is not None:
            p -= learning_rate * gradient
            p.grad = None
        p.requires_grad_(True)


def sgd_step__multiplied_by_zero(parameters, learning_rate):
    """Infinity times zero is NaN, which stays for ever. Use zero_() or None."""
    with torch.no_grad():
        for p in parameters:
            if p.grad is not None:
                p -= learning_rate * p.grad
                p.grad *= 0


def sgd_step__rate_in_a_tensor(parameters, learning_rate):
    """You went through float32, as torch.tensor(learning_rate) does. Leave the rate a float."""
    rate = torch.tensor(learning_rate)
    with torch.no_grad():
        for p in parameters:
            if p.grad is not None:
                p -= rate * p.grad
                p.grad = None


def freeze__zero_gradient(model, names):
    """Your hook makes the gradient zeros, but there still is one. Switch requires_grad off."""
    parameters = _known(model, names)
    for name in names:
        parameters[name].register_hook(torch.zeros_like)


def freeze__turned_into_buffers(model, names):
    """You took the parameters out of the model. They stay its parameters, with no gradient."""
    _known(model, names)
    for name in set(names):
        path, _, last = name.rpartition(".")
        owner = model.get_submodule(path)
        value = getattr(owner, last).detach()
        delattr(owner, last)
        owner.register_buffer(last, value)


def freeze__toggles(model, names):
    """You turned the flag round, and what was frozen already thaws. Set it to False."""
    parameters = _known(model, names)
    for name in names:
        parameters[name].requires_grad = not parameters[name].requires_grad


def freeze__zeroed(model, names):
    """You set the frozen parameters to zero. They keep their values."""
    parameters = _known(model, names)
    for name in names:
        parameters[name].requires_grad_(False).zero_()
