"""Answers that the spec of k16_autograd must reject, with words for those who make the mistake."""

import torch

ABOUT_DEVICES = (
    "accumulate__zeros_on_the_cpu",
    "second_derivative__zeros_on_the_cpu",
    "stop_gradient__on_the_cpu",
    "stop_gradient__through_numpy",
    "sgd_step__through_numpy",
    "freeze__moves_the_model",
)


def _gradient(function, x, **options):
    point = x.detach().clone().requires_grad_()
    return torch.autograd.grad(function(point), point, **options)[0]


def _slope(y, x):
    return torch.autograd.grad(y.sum(), x, create_graph=True)[0]


def _slope_or_zeros(y, x):
    if not y.requires_grad:
        return torch.zeros_like(x)
    slope = torch.autograd.grad(y.sum(), x, create_graph=True, allow_unused=True)[0]
    return torch.zeros_like(x) if slope is None else slope


def _answer(model, x):
    with torch.no_grad():
        return model(x)


def _known(model, names):
    parameters = dict(model.named_parameters())
    for name in names:
        if name not in parameters:
            raise KeyError(f"{name} is no parameter")
    return parameters


def gradient_at__leaves_grad_behind(function, x):
    """You switched on requires_grad on the caller's x and left .grad there. Detach x first."""
    x.requires_grad_()
    function(x).backward()
    return x.grad


def gradient_at__leaves_requires_grad(function, x):
    """You switched on requires_grad on the caller's x. Work on x.detach().requires_grad_()."""
    return torch.autograd.grad(function(x.requires_grad_()), x)[0]


def gradient_at__never_asked_for_grad(function, x):
    """You differentiate by x, which may not require grad. Detach it and ask for grad there."""
    return torch.autograd.grad(function(x), x)[0]


def gradient_at__tuple(function, x):
    """You returned a tuple, as torch.autograd.grad does, with an entry for each input. Take the
    first."""
    point = x.detach().requires_grad_()
    return torch.autograd.grad(function(point), point)


def gradient_at__not_returned(function, x):
    """backward() returns nothing. The gradient is in .grad."""
    point = x.detach().requires_grad_()
    return function(point).backward()


def gradient_at__clone_is_no_leaf(function, x):
    """A clone of a tensor that requires grad is no leaf and gets no .grad. Detach before."""
    point = x.clone().requires_grad_()
    function(point).backward()
    return point.grad if point.is_leaf else None


def gradient_at__switches_requires_grad_off(function, x):
    """You switched requires_grad off at the end; where x required grad before, it is lost."""
    gradient = torch.autograd.grad(function(x.requires_grad_()), x)[0]
    if x.is_leaf:
        x.requires_grad_(False)
    return gradient


def gradient_at__adds_to_the_old_gradient(function, x):
    """backward() adds to .grad. What x had there already is part of your result."""
    before = x.requires_grad
    leaf = x if x.is_leaf else x.detach()
    old = leaf.grad.clone() if leaf.grad is not None else None
    leaf.requires_grad_()
    function(leaf).backward()
    gradient, leaf.grad = leaf.grad, old
    leaf.requires_grad_(before and x.is_leaf)
    return gradient


def gradient_at__clone_stays_in_the_graph(function, x):
    """A clone stays in x's graph: your backward() goes on to the tensors behind x. Detach it."""
    point = x.clone().requires_grad_()
    point.retain_grad()
    function(point).backward()
    return point.grad


def gradient_at__create_graph(function, x):
    """With create_graph=True the gradient has a graph itself. None is asked for here."""
    return _gradient(function, x, create_graph=True)


def gradient_at__under_no_grad(function, x):
    """Your result has no graph: no_grad keeps none, and detach() drops it. Detach x, before."""
    with torch.no_grad():
        point = x.detach().requires_grad_()
        return torch.autograd.grad(function(point), point)[0]


def gradient_at__finite_differences(function, x):
    """You took differences, which are right to a few digits only. Ask autograd."""
    result = torch.empty_like(x.detach(), memory_format=torch.contiguous_format)
    with torch.no_grad():
        for i in range(x.numel()):
            shift = torch.zeros(x.numel(), dtype=x.dtype, device=x.device)
            shift[i] = 1e-3
            shift = shift.reshape(x.shape)
            rise = function(x.detach() + shift) - function(x.detach() - shift)
            result.view(-1)[i] = rise / 2e-3
    return result


def gradient_at__value(function, x):
    """You returned the function's value. Its gradient is asked for."""
    return function(x.detach())


def accumulate__grad_left_on_points(function, points):
    """You switched on requires_grad on the caller's points and left .grad there."""
    for point in points:
        point.requires_grad_()
        function(point).backward()
    return sum(point.grad for point in {id(p): p for p in points}.values())


def accumulate__requires_grad_left_on_points(function, points):
    """You switched on requires_grad on the caller's points. Detach them first."""
    return sum(torch.autograd.grad(function(p.requires_grad_()), p)[0] for p in points)


def accumulate__earlier_ones_again(function, points):
    """Your leaf's .grad is a running sum already. Adding it up counts earlier points again."""
    leaf, total = torch.zeros_like(points[0], requires_grad=True), 0
    for point in points:
        leaf.data.copy_(point.detach())
        function(leaf).backward()
        total = total + leaf.grad
    return total


def accumulate__last_one_only(function, points):
    """Only the last gradient is left: the others were cleared or replaced on the way. Add them
    up."""
    for point in points:
        total = _gradient(function, point)
    return total


def accumulate__list(function, points):
    """You returned the gradients in a list. Their sum is asked for."""
    return [_gradient(function, point) for point in points]


def accumulate__first_one_only(function, points):
    """You returned the first gradient, as a return within the loop does. Wait until all points have
    had their turn."""
    for point in points:
        return _gradient(function, point)


def accumulate__copies_while_recording(function, points):
    """A leaf that requires grad may not be written to while PyTorch records. Copy in no_grad."""
    leaf = torch.zeros_like(points[0], requires_grad=True)
    for point in points:
        leaf.copy_(point)
        function(leaf).backward()
    return leaf.grad


def accumulate__mean(function, points):
    """You took the mean of the gradients. Their sum is asked for."""
    return sum(_gradient(function, point) for point in points) / len(points)


def accumulate__gradient_at_the_sum(function, points):
    """You took one gradient at the sum of the points. Take one at each point, and add those up."""
    return _gradient(function, sum(points))


def accumulate__all_points_at_once(function, points):
    """You gave the function all points in one tensor. It takes a single point."""
    stack = torch.stack(points).requires_grad_()
    function(stack).backward()
    return stack.grad.sum(dim=0)


def accumulate__gradient_at_the_mean(function, points):
    """You took the gradient at the mean point. Take one at each point, and add those up."""
    return _gradient(function, sum(points) / len(points)) * len(points)


def accumulate__points_must_require_grad(function, points):
    """You differentiate by the points themselves, which may not require grad. Detach them."""
    return sum(torch.autograd.grad(function(point), point)[0] for point in points)


def accumulate__copied_into_the_first_point(function, points):
    """x.detach() shares x's memory: copying into it overwrites the first point. Clone it too."""
    leaf = points[0].detach().requires_grad_()
    for point in points:
        leaf.data.copy_(point.detach())
        function(leaf).backward()
    return leaf.grad


def accumulate__first_one_twice(function, points):
    """You began with the first gradient and then added it again. Begin with zeros."""
    total = _gradient(function, points[0])
    for point in points:
        total = total + _gradient(function, point)
    return total


def accumulate__adds_in_place_to_an_expanded_gradient(function, points):
    """A gradient may repeat one number without copies, and += fails on it. Start from zeros."""
    total = _gradient(function, points[0])
    for point in points[1:]:
        total += _gradient(function, point)
    return total


def accumulate__summed_over_everything(function, points):
    """You summed over the elements too. The result has the shape of a point."""
    return torch.stack([_gradient(function, point) for point in points]).sum()


def accumulate__clone_is_no_leaf(function, points):
    """A clone of a tensor that requires grad is no leaf and gets no .grad. Detach before."""
    total = 0
    for point in points:
        leaf = point.clone().requires_grad_()
        function(leaf).backward()
        total += leaf.grad
    return total


def accumulate__clone_stays_in_the_graph(function, points):
    """A clone stays in its point's graph, and backward() goes on to what lies behind. Detach it."""
    total = 0
    for point in points:
        leaf = point.clone().requires_grad_()
        leaf.retain_grad()
        function(leaf).backward()
        total = total + leaf.grad
    return total


def accumulate__zeros_of_float32(function, points):
    """Your sum is kept in float32, as torch.zeros makes it. Give it the points' dtype."""
    total = torch.zeros(points[0].shape, device=points[0].device)
    for point in points:
        total += _gradient(function, point)
    return total.to(points[0].dtype)


def accumulate__zeros_on_the_cpu(function, points):
    """You made your zeros on the CPU. Give them the points' device: zeros_like does."""
    total = torch.zeros(points[0].shape, dtype=points[0].dtype)
    for point in points:
        total += _gradient(function, point)
    return total


def accumulate__backward_of_the_sum(function, points):
    """You differentiated by the caller's points, and filled their .grad. Give detached copies to
    the function, and add up what autograd.grad returns."""
    for point in points:
        point.requires_grad_()
    sum(function(point) for point in points).backward()
    return sum(point.grad for point in points)


def second_derivative__no_create_graph(function, x):
    """Without create_graph=True the first derivative has no graph to go back through."""
    point = x.detach().requires_grad_()
    (first,) = torch.autograd.grad(function(point).sum(), point)
    return torch.autograd.grad(first.sum(), point)[0]


def second_derivative__no_sum(function, x):
    """A gradient is that of a single number. Sum the values, and later the slopes, too."""
    point = x.detach().requires_grad_()
    (first,) = torch.autograd.grad(function(point), point, create_graph=True)
    (second,) = torch.autograd.grad(first, point)
    return second


def second_derivative__adds_the_first(function, x):
    """The second backward() added to the first derivative in .grad. Clear it in between."""
    point = x.detach().requires_grad_()
    function(point).sum().backward(create_graph=True)
    point.grad.sum().backward()
    return point.grad


def second_derivative__first(function, x):
    """You stopped at the first derivative. Differentiate it once more."""
    point = x.detach().requires_grad_()
    return _slope_or_zeros(function(point), point).detach()


def second_derivative__fails_on_lines(function, x):
    """The slope of a line does not depend on x, which is an error to autograd. Give zeros there."""
    point = x.detach().requires_grad_()
    return _slope(_slope(function(point), point), point).detach()


def second_derivative__leaves_requires_grad(function, x):
    """You switched on requires_grad on the caller's x. Work on x.detach().requires_grad_()."""
    x.requires_grad_()
    return _slope_or_zeros(_slope_or_zeros(function(x), x), x).detach()


def second_derivative__squared(function, x):
    """You squared the slope. The second derivative is the slope of the slope."""
    point = x.detach().requires_grad_()
    return (_slope_or_zeros(function(point), point) ** 2).detach()


def second_derivative__zeros_without_create_graph(function, x):
    """Without create_graph=True every first derivative looks constant to you, and gives zeros."""
    point = x.detach().requires_grad_()
    y = function(point)
    if not y.requires_grad:
        return torch.zeros_like(point)
    first = torch.autograd.grad(y.sum(), point, allow_unused=True)[0]
    if first is None or not first.requires_grad:
        return torch.zeros_like(point).detach()
    return torch.autograd.grad(first.sum(), point)[0]


def second_derivative__only_looks_at_requires_grad(function, x):
    """A slope may require grad for another tensor's sake, without depending on x: allow_unused."""
    point = x.detach().requires_grad_()
    y = function(point)
    first = _slope(y, point) if y.requires_grad else torch.zeros_like(point)
    second = _slope(first, point) if first.requires_grad else torch.zeros_like(point)
    return second.detach()


def second_derivative__none_for_lines(function, x):
    """allow_unused=True gives None where nothing depends on x. Return zeros there."""
    point = x.detach().requires_grad_()
    y = function(point)
    if not y.requires_grad:
        return None
    first = torch.autograd.grad(y.sum(), point, create_graph=True, allow_unused=True)[0]
    if first is None or not first.requires_grad:
        return None
    return torch.autograd.grad(first.sum(), point, allow_unused=True)[0]


def second_derivative__mean(function, x):
    """You differentiated the mean, which divides by the number of elements. Take the sum."""
    point = x.detach().requires_grad_()
    first = _slope_or_zeros(function(point).mean(), point)
    return _slope_or_zeros(first.mean(), point).detach()


def second_derivative__matrix(function, x):
    """That is the whole Hessian. For an elementwise function its diagonal is all there is."""
    return torch.autograd.functional.hessian(lambda z: function(z).sum(), x.detach())


def second_derivative__summed(function, x):
    """You summed the second derivatives. One for each element of x is asked for."""
    point = x.detach().requires_grad_()
    return _slope_or_zeros(_slope_or_zeros(function(point), point), point).sum().detach()


def second_derivative__differences(function, x):
    """You took differences of values, which lose most digits to rounding. Ask autograd twice."""
    x, step = x.detach(), 1e-3
    values = function(x + step) - 2 * function(x) + function(x - step)
    return (values / step**2).detach()


def second_derivative__zeros_of_float32(function, x):
    """Your zeros are float32 whatever x is. Take zeros_like(x)."""
    point = x.detach().requires_grad_()
    first = _slope(function(point), point)
    if not first.requires_grad:
        return torch.zeros(x.shape, device=x.device)
    return _slope_or_zeros(first, point).detach()


def second_derivative__one_element_at_a_time(function, x):
    """You called the function with single elements. It may hold a tensor of x's shape."""
    result = torch.zeros_like(x).detach().contiguous()
    for i, value in enumerate(x.detach().reshape(-1)):
        point = value.clone().requires_grad_()
        result.view(-1)[i] = _slope_or_zeros(_slope_or_zeros(function(point), point), point)
    return result.detach()


def second_derivative__hessian_of_nothing(function, x):
    """torch.autograd.functional.hessian fails on an empty x, which has no derivatives at all."""
    count = x.numel()
    matrix = torch.autograd.functional.hessian(lambda z: function(z).sum(), x.detach())
    return matrix.reshape(count, count).diagonal().reshape(x.shape)


def second_derivative__leaves_grad_behind(function, x):
    """You let backward() write into the caller's .grad. torch.autograd.grad writes nowhere."""
    point = x if x.requires_grad and x.is_leaf else x.detach().requires_grad_()
    first = _slope_or_zeros(function(point), point)
    point.grad = None
    if first.requires_grad:
        first.sum().backward()
    return torch.zeros_like(point).detach() if point.grad is None else point.grad


def second_derivative__zeros_on_the_cpu(function, x):
    """You made your zeros on the CPU. Take zeros_like(x), which lies on x's device."""
    point = x.detach().requires_grad_()
    second = _slope_or_zeros(_slope_or_zeros(function(point), point), point).detach()
    return second if second.any() else torch.zeros(x.shape, dtype=x.dtype)


def stop_gradient__copy(x):
    """You made a copy, as clone(), contiguous() and torch.tensor do. detach() alone keeps x's
    memory."""
    return x.detach().clone()


def stop_gradient__argument_itself(x):
    """You returned the tensor as it is, still in the graph. no_grad changes nothing about a tensor
    that is there."""
    return x


def stop_gradient__switches_the_argument_off(x):
    """You switched off the caller's tensor, and the graph with it. Return a detached one."""
    return x.requires_grad_(False)


def stop_gradient__clone(x):
    """A clone is a copy, and it stays in the graph. Use detach()."""
    return x.clone()


def stop_gradient__view_under_no_grad(x):
    """A view still requires grad, even one made inside no_grad. Use detach()."""
    with torch.no_grad():
        return x.view_as(x)


def stop_gradient__view(x):
    """A view shares memory, but it stays in the graph. Use detach()."""
    return x.view_as(x)


def stop_gradient__detached_in_place(x):
    """You took the caller's own tensor out of the graph, as detach_() does. Return detach(),
    without the underscore."""
    return x.detach_()


def stop_gradient__on_the_cpu(x):
    """You moved the tensor to the CPU, which copies it. detach() leaves it on its device."""
    return x.detach().cpu()


def stop_gradient__through_numpy(x):
    """numpy() works on the CPU only. detach() alone does what is asked for, on any device."""
    return torch.from_numpy(x.detach().numpy())


def predict__left_in_eval_mode(model, x):
    """You left the model in eval mode. Note the modes before eval(), and put them all back."""
    model.eval()
    return _answer(model, x)


def predict__eval_and_call(model, x):
    """You left the model in eval mode, and eval() has nothing to do with the graph. Put the modes
    back, and compute inside torch.no_grad()."""
    model.eval()
    return model(x)


def predict__eval_call_train(model, x):
    """You always switch to train mode at the end, though a module may have been in eval mode; and
    eval() has nothing to do with the graph. Note each mode, and compute inside torch.no_grad()."""
    model.eval()
    result = model(x)
    model.train()
    return result


def predict__always_back_to_train_mode(model, x):
    """You always switch to train mode at the end. The model may have been in eval mode."""
    model.eval()
    try:
        return _answer(model, x)
    finally:
        model.train()


def predict__in_train_mode(model, x):
    """You computed in the mode that the model was in: Dropout drops, and BatchNorm looks at this
    batch. Call eval() first."""
    return _answer(model, x)


def predict__keeps_the_graph(model, x):
    """eval() has nothing to do with the graph. Compute inside torch.no_grad()."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    try:
        return model(x)
    finally:
        for module, mode in modes:
            module.training = mode


def predict__mode_of_the_whole_without_finally(model, x):
    """train(mode) sets all submodules alike. Note each module's own flag, and put each back in
    finally, which no error skips."""
    mode = model.training
    model.eval()
    result = _answer(model, x)
    model.train(mode)
    return result


def predict__mode_of_the_whole(model, x):
    """train(mode) reaches all submodules, so all are in the model's mode now. Set each flag."""
    mode = model.training
    model.eval()
    try:
        return _answer(model, x)
    finally:
        model.train(mode)


def predict__children_only(model, x):
    """You put back the modes of direct submodules alone, as children() lists them. modules() has
    those within them too."""
    modes = [(module, module.training) for module in (model, *model.children())]
    model.eval()
    try:
        return _answer(model, x)
    finally:
        for module, mode in modes:
            module.train(mode)


def predict__only_if_training(model, x):
    """You looked at model.training alone. A submodule may train within a model that does not."""
    modes = [(module, module.training) for module in model.modules()]
    if model.training:
        model.eval()
    try:
        return _answer(model, x)
    finally:
        for module, mode in modes:
            module.training = mode


def predict__known_layers_only(model, x):
    """You switched Dropout and BatchNorm only. Other layers may know two modes too."""
    switched = [
        module
        for module in model.modules()
        if isinstance(module, (torch.nn.Dropout, torch.nn.BatchNorm1d)) and module.training
    ]
    for module in switched:
        module.eval()
    try:
        return _answer(model, x)
    finally:
        for module in switched:
            module.train()


def predict__flag_of_the_model_only(model, x):
    """model.training = False reaches no submodule. eval() does."""
    mode = model.training
    model.training = False
    try:
        return _answer(model, x)
    finally:
        model.training = mode


def predict__no_finally(model, x):
    """When the model raises, your last lines are not reached. Put them into a finally."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    result = _answer(model, x)
    for module, mode in modes:
        module.training = mode
    return result


def predict__error_swallowed(model, x):
    """You caught the model's error and went on. The caller should see it."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    try:
        return _answer(model, x)
    except Exception:
        return None
    finally:
        for module, mode in modes:
            module.training = mode


def predict__freezes_the_model(model, x):
    """You switched requires_grad of the parameters, and it is not as it came. torch.no_grad()
    leaves it alone."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    model.requires_grad_(False)
    try:
        return model(x)
    finally:
        for module, mode in modes:
            module.training = mode


def predict__thaws_the_model(model, x):
    """You switched requires_grad on everywhere at the end. Some parameters were frozen before."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    model.requires_grad_(False)
    try:
        return model(x)
    finally:
        model.requires_grad_(True)
        for module, mode in modes:
            module.training = mode


def predict__gradients_cleared(model, x):
    """You cleared the gradients of the model. They are not yours to clear here."""
    modes = [(module, module.training) for module in model.modules()]
    model.zero_grad()
    model.eval()
    try:
        return _answer(model, x)
    finally:
        for module, mode in modes:
            module.training = mode


def predict__grad_switched_off_for_good(model, x):
    """Grad mode stays switched off, if only when the model raises. `with torch.no_grad():` puts it
    back."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    torch.set_grad_enabled(False)
    try:
        return model(x)
    finally:
        for module, mode in modes:
            module.training = mode


def predict__classes(model, x):
    """You took the argmax. The model's answer is asked for as it is."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    try:
        return _answer(model, x).argmax(dim=1)
    finally:
        for module, mode in modes:
            module.training = mode


def sgd_step__fails_on_none(parameters, learning_rate):
    """A parameter that took no part has .grad None. Leave it alone."""
    with torch.no_grad():
        for p in parameters:
            p -= learning_rate * p.grad
            p.grad = None


def sgd_step__outside_no_grad(parameters, learning_rate):
    """A leaf that requires grad may not be changed in place while PyTorch records. Use no_grad."""
    for p in parameters:
        if p.grad is not None:
            p -= learning_rate * p.grad
            p.grad = None


def sgd_step__new_tensors(parameters, learning_rate):
    """p = p - … makes a new tensor and leaves the parameter as it was. Change it in place."""
    for p in parameters:
        p = p - learning_rate * p.grad
        p.grad = None


def sgd_step__gradients_kept(parameters, learning_rate):
    """You left the gradients, and the next backward() adds to them. Clear them."""
    with torch.no_grad():
        for p in parameters:
            if p.grad is not None:
                p -= learning_rate * p.grad


def sgd_step__data_replaced(parameters, learning_rate):
    """p.data = … gives the parameter other memory. Change the memory it has: p -= … in no_grad."""
    for p in parameters:
        if p.grad is not None:
            p.data = p.data - learning_rate * p.grad
            p.grad = None


def sgd_step__walks_twice(parameters, learning_rate):
    """A generator is empty after the first walk, so your second one clears nothing."""
    with torch.no_grad():
        for p in parameters:
            if p.grad is not None:
                p -= learning_rate * p.grad
        for p in parameters:
            p.grad = None


def sgd_step__list_replaced(parameters, learning_rate):
    """You put new tensors into the caller's list. Change those in it, in place."""
    for i, p in enumerate(parameters):
        if p.grad is not None:
            parameters[i] = (p - learning_rate * p.grad).detach().requires_grad_()


def sgd_step__cleared_too_early(parameters, learning_rate):
    """You cleared the gradients before the step. Nothing is left to step by."""
    with torch.no_grad():
        for p in parameters:
            if p.grad is not None:
                p.grad.zero_()
                p -= learning_rate * p.grad


def sgd_step__indexes(parameters, learning_rate):
    """A generator has no length and no [i]. Walk it with for."""
    with torch.no_grad():
        for i in range(len(parameters)):
            if parameters[i].grad is not None:
                parameters[i] -= learning_rate * parameters[i].grad
                parameters[i].grad = None


def sgd_step__stops_at_none(parameters, learning_rate):
    """You stopped at the first parameter without a gradient. Those after it have one."""
    with torch.no_grad():
        for p in parameters:
            if p.grad is None:
                break
            p -= learning_rate * p.grad
            p.grad = None


def sgd_step__zeros_for_none(parameters, learning_rate):
    """You gave a gradient of zeros to a parameter that had None. Leave it alone."""
    with torch.no_grad():
        for p in parameters:
            if p.grad is not None:
                p -= learning_rate * p.grad
            p.grad = torch.zeros_like(p)


def sgd_step__uphill(parameters, learning_rate):
    """You added the gradient, which points uphill. Subtract it."""
    with torch.no_grad():
        for p in parameters:
            if p.grad is not None:
                p += learning_rate * p.grad
                p.grad = None


def sgd_step__no_learning_rate(parameters, learning_rate):
    """You forgot the learning rate."""
    with torch.no_grad():
        for p in parameters:
            if p.grad is not None:
                p -= p.grad
                p.grad = None


def sgd_step__requires_grad_lost(parameters, learning_rate):
    """You switched requires_grad off for the change and not on again. Use torch.no_grad()."""
    for p in parameters:
        if p.grad is not None:
            gradient = p.grad
            p.requires_grad_(False)
            p -= learning_rate * gradient
            p.grad = None


def sgd_step__torch_optimizer(parameters, learning_rate):
    """torch.optim.SGD refuses an iterable with nothing in it. Write the step yourself."""
    optimizer = torch.optim.SGD(parameters, lr=learning_rate)
    optimizer.step()
    optimizer.zero_grad()


def sgd_step__first_only(parameters, learning_rate):
    """Only the first parameter moved, as with a return within the loop. Every parameter takes the
    step."""
    with torch.no_grad():
        for p in parameters:
            if p.grad is not None:
                p -= learning_rate * p.grad
                p.grad = None
                return


def sgd_step__gradient_shrunk(parameters, learning_rate):
    """You wrote into .grad and forgot to clear it."""
    with torch.no_grad():
        for p in parameters:
            if p.grad is not None:
                p.sub_(p.grad.mul_(learning_rate))


def sgd_step__through_numpy(parameters, learning_rate):
    """numpy() works on the CPU only. Stay in torch, on whatever device."""
    for p in parameters:
        if p.grad is not None:
            p.detach().numpy()[...] -= learning_rate * p.grad.numpy()
            p.grad = None


def sgd_step__data_moved_and_kept(parameters, learning_rate):
    """You left the gradients, to which the next backward() adds. And a parameter that took no part
    has .grad None: leave it alone."""
    for p in parameters:
        p.data -= learning_rate * p.grad


def freeze__unknown_ignored(model, names):
    """You passed over unknown names. They are mistakes, and raise KeyError."""
    for name, p in model.named_parameters():
        if name in names:
            p.requires_grad_(False)


def freeze__attribute_error(model, names):
    """get_parameter raises AttributeError on an unknown name. KeyError is asked for."""
    for p in [model.get_parameter(name) for name in names]:
        p.requires_grad_(False)


def freeze__getattr(model, names):
    """getattr does not follow dots, and finds only the parameters of the model itself."""
    _known(model, names)
    for name in names:
        getattr(model, name).requires_grad_(False)


def freeze__substrings(model, names):
    """You froze what has a name within its own. Names are full: compare them with ==."""
    for name, p in model.named_parameters():
        if any(wanted in name for wanted in names):
            p.requires_grad_(False)


def freeze__whole_module(model, names):
    """module.requires_grad_(False) freezes all parameters in it. Freeze the named one."""
    _known(model, names)
    for name in names:
        model.get_submodule(name.rpartition(".")[0]).requires_grad_(False)


def freeze__everything(model, names):
    """You froze the whole model. Only the parameters named are asked for."""
    for p in model.parameters():
        p.requires_grad_(False)


def freeze__everything_else(model, names):
    """You froze all but those named. It is the other way round."""
    for name, p in model.named_parameters():
        if name not in names:
            p.requires_grad_(False)


def freeze__thaws_the_others(model, names):
    """You switched the others on. One that was frozen earlier stays so."""
    for name, p in model.named_parameters():
        p.requires_grad_(name not in names)


def freeze__gradient_cleared_once(model, names):
    """The parameters require grad as before, and a .grad that is cleared is filled again by the
    next backward(). Switch their own requires_grad off."""
    parameters = _known(model, names)
    for name in names:
        parameters[name].grad = None


def freeze__eval_mode(model, names):
    """eval() switches Dropout and BatchNorm; gradients flow as before."""
    _known(model, names)
    model.eval()


def freeze__new_parameters(model, names):
    """You put new parameters into the model. Others still hold the old ones: switch those off."""
    parameters = _known(model, names)
    for name in names:
        path, _, last = name.rpartition(".")
        new = torch.nn.Parameter(parameters[name].detach(), requires_grad=False)
        setattr(model.get_submodule(path), last, new)


def freeze__beginnings(model, names):
    """You froze what begins with a name. Names are full: scale is not scales."""
    for name, p in model.named_parameters():
        if name.startswith(tuple(names)):
            p.requires_grad_(False)


def freeze__endings(model, names):
    """You froze what ends with a name. Names are full: head.bias is not body.head.bias."""
    for name, p in model.named_parameters():
        if name.endswith(tuple(names)):
            p.requires_grad_(False)


def freeze__buffers_are_known(model, names):
    """state_dict() has buffers too. A name of a buffer is unknown here."""
    known = model.state_dict()
    for name in names:
        known[name]
    for name, p in model.named_parameters():
        if name in names:
            p.requires_grad_(False)


def freeze__state_dict(model, names):
    """The parameters require grad as before. detach() and state_dict() give you other tensors, a
    misspelt requires_grad is no error, and a .grad that was cleared is filled again."""
    state = model.state_dict()
    _known(model, names)
    for name in names:
        state[name].requires_grad_(False)


def freeze__only_the_first(model, names):
    """Only the first name counted, as with a return within the loop. Every name counts."""
    parameters = _known(model, names)
    for name in names:
        parameters[name].requires_grad_(False)
        return


def freeze__moves_the_model(model, names):
    """You moved the model to the CPU. It stays on its device."""
    parameters = _known(model.cpu(), names)
    for name in names:
        parameters[name].requires_grad_(False)
