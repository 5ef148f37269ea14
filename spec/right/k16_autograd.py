"""Other right answers that the spec of k16_autograd must accept."""

import contextlib
import copy

import torch


def gradient_at__backward_with_inputs(function, x):
    """Lets backward() fill one tensor only."""
    point = x.detach().clone().requires_grad_(True)
    function(point).backward(inputs=[point])
    return point.grad


def gradient_at__backward(function, x):
    """Lets backward() fill what it reaches, in the function too."""
    point = x.detach().requires_grad_()
    function(point).backward()
    return point.grad


def gradient_at__functional(function, x):
    """Leaves it to torch.func, which has no .grad at all."""
    return torch.func.grad(function)(x.detach()).detach()


def gradient_at__jacobian(function, x):
    """The gradient is the Jacobian of a function with one output."""
    return torch.autograd.functional.jacobian(function, x)


def gradient_at__x_where_it_can(function, x):
    """Differentiates by x itself where that requires grad already."""
    point = x if x.requires_grad else x.detach().requires_grad_()
    (gradient,) = torch.autograd.grad(outputs=function(point), inputs=(point,))
    return gradient


def gradient_at__graph_cut_off(function, x):
    """Makes a graph for the gradient and takes it away."""
    point = torch.empty_like(x, requires_grad=False).copy_(x.detach()).requires_grad_()
    return torch.autograd.grad(function(point), point, create_graph=True)[0].detach()


def gradient_at__hook(function, x):
    """Catches the gradient in a hook as it comes by."""
    seen = []
    point = x.detach().requires_grad_()
    inner = point * 1
    inner.register_hook(seen.append)
    torch.autograd.grad(function(inner), point)
    return seen[0]


def gradient_at__clone_in_the_graph(function, x):
    """Leaves the clone in x's graph; torch.autograd.grad stops there."""
    point = x.clone().requires_grad_()
    return torch.autograd.grad([function(point)], point)[0]


def gradient_at__vjp(function, x):
    """The product of a vector of one element and the Jacobian."""
    return torch.autograd.functional.vjp(function, x.detach())[1]


def accumulate__sum_of_gradients(function, points):
    """Adds up gradients that touch no .grad."""
    leaves = [point.detach().requires_grad_() for point in points]
    return sum(torch.autograd.grad(function(leaf), leaf)[0] for leaf in leaves)


def accumulate__zeros_and_plus(function, points):
    """Adds each new leaf's .grad to zeros, in place."""
    total = torch.zeros_like(points[0])
    for point in points:
        leaf = point.clone().detach().requires_grad_(True)
        function(leaf).backward()
        total += leaf.grad
    return total


def accumulate__shift(function, points):
    """Shifts all points by the same zeros, which collect what every backward() adds."""
    shift = torch.zeros_like(points[0]).requires_grad_()
    for point in points:
        function(point.detach() + shift).backward()
    return shift.grad


def accumulate__one_backward(function, points):
    """Adds up the values first, and goes back once."""
    leaf = torch.stack([point.detach() for point in points]).requires_grad_()
    sum(function(row) for row in leaf).backward()
    return leaf.grad.sum(dim=0)


def accumulate__grad_handed_on(function, points):
    """Hands .grad on from leaf to leaf."""
    total = None
    for point in points:
        leaf = point.detach().clone().requires_grad_()
        leaf.grad = total
        function(leaf).backward()
        total = leaf.grad
    return total


def accumulate__all_in_one_call(function, points):
    """Gives autograd lists of outputs and inputs, and keeps the graph."""
    leaves = [point.detach().clone().requires_grad_() for point in points]
    values = [function(leaf) for leaf in leaves]
    return torch.stack(torch.autograd.grad(values, leaves, create_graph=True)).sum(dim=0)


def accumulate__recursive(function, points):
    """Takes the first gradient, and goes on with the rest by recursion."""

    def total(first, *rest):
        leaf = first.detach().requires_grad_()
        function(leaf).backward()
        return leaf.grad + total(*rest) if rest else leaf.grad

    return total(*points)


def second_derivative__allow_unused(function, x):
    """Asks for None where nothing depends on x, and turns it into zeros."""
    point = x.detach().clone().requires_grad_()
    slope = function(point)
    for _ in range(2):
        if slope is not None and slope.requires_grad:
            ones = torch.ones_like(slope)
            (slope,) = torch.autograd.grad(slope, point, ones, create_graph=True, allow_unused=True)
        else:
            slope = None
    return torch.zeros_like(x) if slope is None else slope


def second_derivative__grad_outputs(function, x):
    """Gives each element the weight 1 instead of summing, and looks at the slopes in between."""
    point = x.clone().detach().requires_grad_(True)
    y = function(point)
    slopes = torch.autograd.grad(y, point, torch.ones_like(y), create_graph=True)[0]
    if slopes.grad_fn is None:
        return slopes * 0
    second = torch.autograd.grad(slopes, point, torch.ones_like(y), allow_unused=True)[0]
    return slopes.detach() * 0 if second is None else second


def second_derivative__tied_to_x(function, x):
    """Adds zero times x, so that everything depends on it."""
    point = x.detach().requires_grad_()
    y = function(point) + 0 * point
    first = torch.autograd.grad(y.sum(), point, create_graph=True)[0] + 0 * point
    return torch.autograd.grad(first.sum(), point)[0]


def second_derivative__functional(function, x):
    """Leaves it to torch.func, twice."""

    def slope(z):
        return torch.func.grad(lambda inner: function(inner).sum())(z)

    return torch.func.grad(lambda z: slope(z).sum())(x.detach()).detach()


def second_derivative__diagonal_of_the_hessian(function, x):
    """Takes the diagonal of the matrix of all second derivatives; it has none for an empty x."""
    if x.numel() == 0:
        return torch.zeros_like(x)
    matrix = torch.autograd.functional.hessian(lambda z: function(z).sum(), x.detach())
    return matrix.reshape(x.numel(), x.numel()).diagonal().reshape(x.shape)


def second_derivative__hessian_times_ones(function, x):
    """The matrix of second derivatives is diagonal: times ones, it is what is asked for."""
    ones = torch.ones_like(x).detach()
    return torch.autograd.functional.hvp(lambda z: function(z).sum(), x.detach(), ones)[1]


def second_derivative__element_by_element(function, x):
    """Differentiates each slope for itself, in a loop."""
    point = x.detach().clone(memory_format=torch.contiguous_format).requires_grad_()
    result = torch.zeros_like(point).detach()
    y = function(point)
    if y.requires_grad:
        (slopes,) = torch.autograd.grad(y.sum(), point, create_graph=True, allow_unused=True)
        for i in range(x.numel() if slopes is not None and slopes.requires_grad else 0):
            slope = slopes.reshape(-1)[i]
            (row,) = torch.autograd.grad(slope, point, retain_graph=True, allow_unused=True)
            result.view(-1)[i] = 0 if row is None else row.reshape(-1)[i]
    return result


def second_derivative__two_backwards(function, x):
    """Goes back twice and clears .grad in between."""
    point = x.detach().requires_grad_()
    (0 * point.sum() + function(point).sum()).backward(create_graph=True, inputs=[point])
    first, point.grad = point.grad, None
    (0 * point.sum() + first.sum()).backward(inputs=[point])
    return point.grad


def stop_gradient__data(x):
    """Takes the data attribute."""
    return x.data


def stop_gradient__view_of_the_detached(x):
    """Makes a view of it as well."""
    return x.detach().view_as(x)


def stop_gradient__only_where_needed(x):
    """A tensor that requires no grad is outside the graph as it is."""
    return x.detach() if x.requires_grad else x


def stop_gradient__detached_view(x):
    """Makes a view and detaches that."""
    return x[...].detach()


def predict__inference_mode(model, x):
    """Uses inference mode, and train(mode) from the outside in."""
    before = {name: module.training for name, module in model.named_modules()}
    try:
        with torch.inference_mode():
            return model.eval()(x)
    finally:
        for name, mode in before.items():
            model.get_submodule(name).train(mode)


def predict__on_a_copy(model, x):
    """Leaves the model alone and asks a copy of it."""
    with torch.no_grad():
        return copy.deepcopy(model).eval()(x)


def predict__detached(model, x):
    """Detaches the result; note that a graph is built and thrown away."""
    training = [module for module in model.modules() if module.training]
    for module in training:
        module.training = False
    try:
        return model(x).detach()
    finally:
        for module in training:
            module.training = True


def predict__stack_of_callbacks(model, x):
    """Notes on a stack how to put each mode back."""
    with contextlib.ExitStack() as stack:
        for module in model.modules():
            stack.callback(setattr, module, "training", module.training)
            module.training = False
        stack.enter_context(torch.set_grad_enabled(False))
        return model(x)


def predict__decorated(model, x):
    """Puts the modes back by hand on both ways out."""
    modes = [module.training for module in model.modules()]

    def restore():
        for module, mode in zip(model.modules(), modes, strict=True):
            module.training = mode

    @torch.no_grad()
    def ask():
        return model.train(False).forward(x)

    try:
        result = ask()
    except BaseException:
        restore()
        raise
    restore()
    return result


def sgd_step__data(parameters, learning_rate):
    """Goes past autograd through data, and fills the gradient with zeros."""
    for p in parameters:
        if p.grad is None:
            continue
        p.data.sub_(learning_rate * p.grad.data)
        p.grad.zero_()


def sgd_step__add_with_alpha(parameters, learning_rate):
    """Walks a list of its own twice."""
    parameters = [p for p in parameters if p.grad is not None]
    with torch.no_grad():
        for p in parameters:
            p.add_(p.grad, alpha=-learning_rate)
    for p in parameters:
        p.grad = torch.zeros_like(p)


def sgd_step__copy(parameters, learning_rate):
    """Computes out of place and copies the values in."""
    with torch.inference_mode(False), torch.no_grad():
        for p in parameters:
            if p.grad is not None:
                p.copy_(p - learning_rate * p.grad)
                p.grad = None


def sgd_step__old_fashioned(parameters, learning_rate):
    """Detaches the gradient in place and fills it with zeros, as zero_grad once did."""
    for p in parameters:
        if p.grad is not None:
            p.data.add_(p.grad.data, alpha=-learning_rate)
            p.grad.detach_().zero_()


def sgd_step__torch_optimizer(parameters, learning_rate):
    """Leaves it to torch.optim, which wants at least one parameter."""
    parameters = [p for p in parameters if p.grad is not None]
    if parameters:
        optimizer = torch.optim.SGD(parameters, lr=learning_rate)
        optimizer.step()
        optimizer.zero_grad()


def sgd_step__detached(parameters, learning_rate):
    """Writes through a detached tensor, which shares the memory."""
    for p in iter(parameters):
        gradient, p.grad = p.grad, None
        if gradient is not None:
            values = p.detach()
            values -= learning_rate * gradient


def freeze__flag(model, names):
    """Collects first, so that an unknown name raises before anything is done."""
    parameters = dict(model.named_parameters())
    for parameter in [parameters[name] for name in names]:
        parameter.requires_grad = False


def freeze__name_by_name(model, names):
    """Freezes what stands before an unknown name."""
    parameters = dict(model.named_parameters())
    for name in names:
        parameters[name].requires_grad_(False)


def freeze__detached_in_place(model, names):
    """detach_() takes a leaf's requires_grad away; old gradients become zeros."""
    parameters = dict(model.named_parameters())
    for parameter in list(map(parameters.__getitem__, names)):
        parameter.detach_()
        if parameter.grad is not None:
            parameter.grad.zero_()


def freeze__hook_that_clears(model, names):
    """Clears every gradient as soon as it has come."""
    parameters = dict(model.named_parameters())
    for parameter in [parameters[name] for name in names]:
        parameter.grad = None
        if parameter.requires_grad:
            parameter.register_post_accumulate_grad_hook(lambda p: setattr(p, "grad", None))


def freeze__set_of_names(model, names):
    """Compares sets of names."""
    wanted = set(names)
    unknown = wanted - {name for name, _ in model.named_parameters()}
    if unknown:
        raise KeyError(", ".join(sorted(unknown)))
    for name, parameter in model.named_parameters():
        if name in wanted:
            parameter.requires_grad_(False)


def freeze__get_parameter(model, names):
    """Translates the error of get_parameter, and clears old gradients."""
    try:
        found = [model.get_parameter(name) for name in names]
    except AttributeError as error:
        raise KeyError(str(error)) from None
    for parameter in found:
        parameter.requires_grad_(False)
        parameter.grad = None


def freeze__in_a_dictionary_of_flags(model, names):
    """Rolls back exactly what it changed."""
    parameters = dict(model.named_parameters())
    flags = {name: p.requires_grad for name, p in parameters.items()}
    try:
        for name in names:
            parameters[name].requires_grad = False
    except KeyError:
        for name, flag in flags.items():
            parameters[name].requires_grad = flag
        raise
