"""Mistakes that the spec of k17_module must reject, each with the words that name it."""

import copy

import torch
from torch import nn


class _Affine(nn.Module):
    """A right layer, of which the classes below change one thing."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs))
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, x):
        return x @ self.weight.T + self.bias


class _Stack(nn.Module):
    """A right stack, of which the classes below change one thing."""

    def __init__(self, layers):
        super().__init__()
        self.layers = nn.ModuleList(layers)


class Affine__plain_tensor(nn.Module):
    """A plain tensor on self is no parameter, so no optimizer finds it. Wrap it in nn.Parameter."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = torch.randn(outputs, inputs)
        self.bias = torch.zeros(outputs)

    def forward(self, x):
        return x @ self.weight.T + self.bias


class Affine__plain_and_turned(nn.Module):
    """Plain tensors are no parameters, see nn.Parameter; and weight is the other way round."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = torch.randn(inputs, outputs)
        self.bias = torch.randn(outputs)

    def forward(self, x):
        return x @ self.weight + self.bias


class Affine__weight_turned(nn.Module):
    """Your weight is (inputs, outputs). In torch a neuron has a row of it: (outputs, inputs)."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(inputs, outputs))
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, x):
        return x @ self.weight + self.bias


class Affine__linear_inside(nn.Module):
    """You let nn.Linear do it, and its parameters are called linear.weight and linear.bias."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.linear = nn.Linear(inputs, outputs)

    def forward(self, x):
        return self.linear(x)


class Affine__no_super(nn.Module):
    """You never called super().__init__(), so the module has no place to enter parameters in."""

    def __init__(self, inputs, outputs):
        self.weight = nn.Parameter(torch.randn(outputs, inputs))
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, x):
        return x @ self.weight.T + self.bias


class Affine__requires_grad_is_not_enough(nn.Module):
    """requires_grad=True makes autograd look, but not the module. Only nn.Parameter is entered."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = torch.randn(outputs, inputs, requires_grad=True)
        self.bias = torch.zeros(outputs, requires_grad=True)

    def forward(self, x):
        return x @ self.weight.T + self.bias


class Affine__plain_bias(nn.Module):
    """The weight is a parameter, and the bias a plain tensor, which stays as it is for ever."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs))
        self.bias = torch.zeros(outputs)

    def forward(self, x):
        return x @ self.weight.T + self.bias


class Affine__no_transpose(_Affine):
    """You multiply x by weight as it is. A neuron's weights are a row, so it is to be turned."""

    def forward(self, x):
        return x @ self.weight + self.bias


class Affine__made_in_forward(nn.Module):
    """You make the parameters in forward, so there are none before, and new ones at each call."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.inputs, self.outputs = inputs, outputs

    def forward(self, x):
        self.weight = nn.Parameter(torch.randn(self.outputs, self.inputs))
        self.bias = nn.Parameter(torch.zeros(self.outputs))
        return x @ self.weight.T + self.bias


class Affine__is_a_linear(nn.Linear):
    """Your class inherits all from nn.Linear. The layer is to be written by hand."""


class Affine__in_a_list(nn.Module):
    """Your parameters are in a plain list, where the module does not look."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.numbers = [
            nn.Parameter(torch.randn(outputs, inputs)),
            nn.Parameter(torch.zeros(outputs)),
        ]

    def forward(self, x):
        return x @ self.numbers[0].T + self.numbers[1]


class Affine__other_names(nn.Module):
    """A parameter's name is that of the attribute. weight and bias are asked for, not W and b."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.W = nn.Parameter(torch.randn(outputs, inputs))
        self.b = nn.Parameter(torch.zeros(outputs))

    def forward(self, x):
        return x @ self.W.T + self.b


class Affine__buffers(nn.Module):
    """Buffers are moved and saved with the module, but not trained. These are to be parameters."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.register_buffer("weight", torch.randn(outputs, inputs))
        self.register_buffer("bias", torch.zeros(outputs))

    def forward(self, x):
        return x @ self.weight.T + self.bias


class Affine__no_bias(nn.Module):
    """You have no bias. Each neuron has one number more, which is added."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs))

    def forward(self, x):
        return x @ self.weight.T


class Affine__bias_not_added(_Affine):
    """The bias is there, and forward makes no use of it."""

    def forward(self, x):
        return x @ self.weight.T


class Affine__bias_a_column(nn.Module):
    """Your bias is (outputs, 1). A number for each neuron is (outputs,), and broadcasts over x."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs))
        self.bias = nn.Parameter(torch.zeros(outputs, 1))

    def forward(self, x):
        return (self.weight @ x.T + self.bias).T


class Affine__bias_a_number(nn.Module):
    """Your bias is one number for all neurons. Each has its own: (outputs,)."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return x @ self.weight.T + self.bias


class Affine__data(_Affine):
    """No gradient reaches weight and bias, as with .data or detach(), which take them out of the
    graph."""

    def forward(self, x):
        return x @ self.weight.data.T + self.bias.data


class Affine__detached_weight(_Affine):
    """You detach the weight, so no gradient reaches it."""

    def forward(self, x):
        return x @ self.weight.detach().T + self.bias


class Affine__not_returned(_Affine):
    """Your forward computes and returns nothing."""

    def forward(self, x):
        x @ self.weight.T + self.bias


class Affine__with_a_relu(_Affine):
    """A linear layer has no ReLU. That is a layer of its own."""

    def forward(self, x):
        return torch.relu(x @ self.weight.T + self.bias)


class Affine__zeros(nn.Module):
    """All weights start at zero, so all neurons are twins and stay so. Start from random ones."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(outputs, inputs))
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, x):
        return x @ self.weight.T + self.bias


class Affine__empty(nn.Module):
    """torch.empty takes what happens to lie in memory, and you never filled it."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(outputs, inputs))
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, x):
        return x @ self.weight.T + self.bias


class Affine__global_seed(nn.Module):
    """You seed before you draw, so all layers start alike, and everybody draws from that seed.
    Leave the seed to the caller."""

    def __init__(self, inputs, outputs):
        super().__init__()
        torch.manual_seed(0)
        self.weight = nn.Parameter(torch.randn(outputs, inputs))
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, x):
        return x @ self.weight.T + self.bias


class Affine__sample_by_sample(_Affine):
    """You stack one sample's result on another, and of an empty batch there is none to stack."""

    def forward(self, x):
        return torch.stack([self.weight @ sample + self.bias for sample in x])


def parameter_count__frozen_too(model):
    """You counted frozen parameters too. Training can't change what does not require grad."""
    return sum(each.numel() for each in model.parameters())


def parameter_count__tensors(model):
    """You counted tensors. Each holds numel() numbers."""
    return len(list(model.parameters()))


def parameter_count__state_dict(model):
    """You counted buffers too, and shared or frozen parameters like any other, as state_dict()
    lists them all."""
    return sum(each.numel() for each in model.state_dict().values())


def parameter_count__rows(model):
    """You counted rows, as len() of a matrix does. numel() counts all its elements."""
    return sum(len(each) if each.ndim else 1 for each in model.parameters() if each.requires_grad)


def parameter_count__sides(model):
    """You added up the lengths of the axes. A matrix of 2 by 3 has 6 elements, not 5."""
    return sum(sum(each.shape) for each in model.parameters() if each.requires_grad)


def parameter_count__shared_twice(model):
    """What two modules share, you count twice. parameters() of the whole model gives it once."""
    return sum(
        each.numel()
        for _, each in model.named_parameters(remove_duplicate=False)
        if each.requires_grad
    )


def parameter_count__own_only(model):
    """You counted the model's own parameters. Those of its submodules belong to it too."""
    return sum(each.numel() for each in model.parameters(recurse=False) if each.requires_grad)


def parameter_count__of_the_children(model):
    """You went through the children. A layer by itself has none: ask the model for parameters()."""
    total = 0
    for child in model.children():
        for each in child.parameters():
            if each.requires_grad:
                total += each.numel()
    return total


def parameter_count__children_only(model):
    """You looked at the children, and not at what is in these, nor at the model itself."""
    own = [*model.parameters(recurse=False)]
    for child in model.children():
        own += child.parameters(recurse=False)
    return sum(
        each.numel() for each in {id(each): each for each in own}.values() if each.requires_grad
    )


def parameter_count__linear_only(model):
    """You counted linear layers. Others have parameters too."""
    layers = {module for module in model.modules() if isinstance(module, nn.Linear)}
    tensors = {each for layer in layers for each in layer.parameters() if each.requires_grad}
    return sum(each.numel() for each in tensors)


def parameter_count__weights_only(model):
    """You left out the biases. They are trained as weights are."""
    return sum(each.numel() for each in model.parameters() if each.requires_grad and each.ndim > 1)


def parameter_count__buffers_too(model):
    """You counted buffers, which are measured and not trained."""
    trained = [each for each in model.parameters() if each.requires_grad]
    return sum(each.numel() for each in [*trained, *model.buffers()])


def parameter_count__bytes(model):
    """You counted bytes. A float32 number has four of them."""
    return sum(each.nbytes for each in model.parameters() if each.requires_grad)


class Stack__plain_list(nn.Module):
    """Your layers are in a plain list or dict, where the module does not look. nn.ModuleList is
    seen."""

    def __init__(self, layers):
        super().__init__()
        self.layers = layers

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


class Stack__no_super(nn.Module):
    """You never called super().__init__(), so the module has no place to enter layers in."""

    def __init__(self, layers):
        self.layers = nn.ModuleList(layers)

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


class Stack__calls_the_list(_Stack):
    """An nn.ModuleList only holds modules, and has no forward. Call its layers one by one."""

    def forward(self, x):
        return self.layers(x)


class Stack__dict(nn.Module):
    """A plain dict or list of layers is no place where the module looks. nn.ModuleDict and
    nn.ModuleList are."""

    def __init__(self, layers):
        super().__init__()
        self.layers = dict(enumerate(layers))

    def forward(self, x):
        for layer in self.layers.values():
            x = layer(x)
        return x


class Stack__made_in_forward(nn.Module):
    """You make the nn.ModuleList in forward, so before the first call nothing is found."""

    def __init__(self, layers):
        super().__init__()
        self.plain = list(layers)

    def forward(self, x):
        self.layers = nn.ModuleList(self.plain)
        for layer in self.layers:
            x = layer(x)
        return x


class Stack__one_name_for_all(nn.Module):
    """You enter all layers under one name, so that only the last one is left."""

    def __init__(self, layers):
        super().__init__()
        self.plain = list(layers)
        for layer in layers:
            self.layer = layer

    def forward(self, x):
        for layer in self.plain:
            x = layer(x)
        return x


class Stack__copies(nn.Module):
    """You copied the layers. The stack is to hold the very ones that it is given."""

    def __init__(self, layers):
        super().__init__()
        self.layers = nn.ModuleList(copy.deepcopy(layers))

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


class Stack__each_takes_x(_Stack):
    """Every layer takes x, and the last result is returned. Each is to take the one before it."""

    def forward(self, x):
        result = x
        for layer in self.layers:
            result = layer(x)
        return result


class Stack__result_dropped(_Stack):
    """You call the layers and drop what they give, so x comes back as it was."""

    def forward(self, x):
        for layer in self.layers:
            layer(x)
        return x


class Stack__first_only(_Stack):
    """Not all layers were applied: a return within the loop ends it at once, and a slice may leave
    the last one out. Return after the last one."""

    def forward(self, x):
        for layer in self.layers:
            return layer(x)
        return x


class Stack__last_left_out(_Stack):
    """You stop before the last layer."""

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = layer(x)
        return x


class Stack__list_of_results(_Stack):
    """You return a list with what each layer gives. The last result alone is asked for."""

    def forward(self, x):
        results = []
        for layer in self.layers:
            x = layer(x)
            results.append(x)
        return results


class Stack__sum(_Stack):
    """You add up what the layers make of x. One is to take what the other gives."""

    def forward(self, x):
        return sum(layer(x) for layer in self.layers)


class Stack__relu_between(_Stack):
    """You put a ReLU between the layers. Nothing is to happen but what they do."""

    def forward(self, x):
        for layer in self.layers:
            x = torch.relu(layer(x))
        return x


class Stack__not_returned(_Stack):
    """Your forward returns nothing."""

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)


class Stack__emptied(nn.Module):
    """You take the layers out of the caller's list. Walk through it instead."""

    def __init__(self, layers):
        super().__init__()
        self.layers = nn.ModuleList()
        while layers:
            self.layers.append(layers.pop(0))

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


class Stack__detached(_Stack):
    """Your result is out of the graph, so no gradient reaches the layers."""

    def forward(self, x):
        with torch.no_grad():
            for layer in self.layers:
                x = layer(x)
        return x


class Stack__first_by_hand(_Stack):
    """You take the first layer by itself. There may be none."""

    def forward(self, x):
        x = self.layers[0](x)
        for layer in self.layers[1:]:
            x = layer(x)
        return x


def with_dropout_off__eval_and_call(model, x):
    """You leave the model in eval mode, and eval() does not stop autograd: see torch.no_grad()."""
    model.eval()
    return model(x)


def with_dropout_off__eval_left_on(model, x):
    """You leave the model in eval mode, so the next steps of training are without Dropout."""
    model.eval()
    with torch.no_grad():
        return model(x)


def with_dropout_off__eval_call_train(model, x):
    """eval() does not stop autograd, and train() afterwards changes what was in eval mode."""
    model.eval()
    result = model(x)
    model.train()
    return result


def with_dropout_off__always_train(model, x):
    """You switch everything to train mode, even what was in eval mode. Keep the modes first."""
    model.eval()
    with torch.no_grad():
        result = model(x)
    model.train()
    return result


def with_dropout_off__as_it_is(model, x):
    """You call the model in the mode that it is in. model.eval(), with parentheses, switches it."""
    with torch.no_grad():
        return model(x)


def with_dropout_off__mode_of_the_model_for_all(model, x):
    """train(mode) gives all modules inside one mode. Each has a flag of its own to put back."""
    mode = model.training
    model.eval()
    with torch.no_grad():
        result = model(x)
    model.train(mode)
    return result


def with_dropout_off__children_only(model, x):
    """You put back the modes of direct submodules alone, as children() lists them. modules() has
    those within them too."""
    modes = [(module, module.training) for module in (model, *model.children())]
    model.eval()
    with torch.no_grad():
        result = model(x)
    for module, mode in modes:
        module.training = mode
    return result


def with_dropout_off__flag_of_the_model_only(model, x):
    """You set the flag of the model itself. Each module has its own; eval() sets them all."""
    mode = model.training
    model.training = False
    with torch.no_grad():
        result = model(x)
    model.training = mode
    return result


def with_dropout_off__dropout_only(model, x):
    """You switched Dropout alone. BatchNorm, too, works in another way in eval mode."""
    drops = [(each, each.training) for each in model.modules() if isinstance(each, nn.Dropout)]
    for module, _ in drops:
        module.eval()
    try:
        with torch.no_grad():
            return model(x)
    finally:
        for module, mode in drops:
            module.train(mode)


def with_dropout_off__p_set_to_zero(model, x):
    """You set Dropout's p to 0, and left it so. eval() switches Dropout off without that."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    for module in model.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
    try:
        with torch.no_grad():
            return model(x)
    finally:
        for module, mode in modes:
            module.training = mode


def with_dropout_off__no_no_grad(model, x):
    """eval() does not stop autograd: your result has a graph. torch.no_grad() does that."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    try:
        return model(x)
    finally:
        for module, mode in modes:
            module.training = mode


def with_dropout_off__no_grad_only(model, x):
    """no_grad has nothing to do with modes. Call eval() too, and put the modes back."""
    return torch.no_grad()(model.train())(x)


def with_dropout_off__freezes_parameters(model, x):
    """You switched requires_grad off, and left it so. Use torch.no_grad() for the while."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval().requires_grad_(False)
    try:
        return model(x)
    finally:
        for module, mode in modes:
            module.training = mode


def with_dropout_off__scaled(model, x):
    """You multiplied by the share that Dropout keeps. torch has done so in training already."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    keep = 1.0
    for module, _ in modes:
        if isinstance(module, nn.Dropout):
            keep *= 1 - module.p
    try:
        with torch.no_grad():
            return model(x) * keep
    finally:
        for module, mode in modes:
            module.training = mode


def with_dropout_off__error_leaves_eval_on(model, x):
    """Where the model raises an error, your last lines never run. `finally` runs in any case."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    with torch.no_grad():
        result = model(x)
    for module, mode in modes:
        module.training = mode
    return result


def with_dropout_off__grad_left_off(model, x):
    """You switched gradients off for everybody. `with torch.no_grad():` puts them back."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    torch.set_grad_enabled(False)
    try:
        return model(x)
    finally:
        for module, mode in modes:
            module.training = mode


def save_weights__not_copied(model):
    """Your dict holds the model's own memory, as state_dict() hands it out, and so does a copy of
    the dict. clone() each tensor."""
    return model.state_dict()


def save_weights__parameters_only(model):
    """You saved parameters and no buffers. BatchNorm's statistics belong to the state too."""
    return {name: each.detach().clone() for name, each in model.named_parameters()}


def save_weights__detached_parameters(model):
    """detach() and .data share the model's memory, which training changes: clone() each tensor. And
    the buffers are left out; state_dict() has both."""
    return {name: each.detach() for name, each in model.named_parameters()}


def save_weights__cloned_parameters(model):
    """You cloned parameters within the graph, and left out buffers. state_dict() has both."""
    saved = {}
    for name, each in model.named_parameters():
        saved[name] = each.clone()
    return saved


def save_weights__clones_in_the_graph(model):
    """A clone of a parameter is in the graph and requires grad. Detach it, or use state_dict()."""
    parameters = {name: each.clone() for name, each in model.named_parameters()}
    return parameters | {name: each.clone() for name, each in model.named_buffers()}


def save_weights__copied_parameters(model):
    """You copied parameters as parameters: they require grad. Plain tensors are asked for."""
    return copy.deepcopy(dict(model.named_parameters()) | dict(model.named_buffers()))


def save_weights__list(model):
    """You return a list. Whoever loads it needs names: a dict is asked for."""
    return [each.clone() for each in model.state_dict().values()]


def save_weights__pairs(model):
    """You return a list of pairs. A dict is asked for."""
    return [(name, each.clone()) for name, each in model.state_dict().items()]


def save_weights__last_part_of_the_name(model):
    """You kept the last part of each name, so one layer's weight takes the place of another's."""
    return {name.split(".")[-1]: each.clone() for name, each in model.state_dict().items()}


def save_weights__own_only(model):
    """You saved what the model holds itself. What is in its submodules belongs to it too."""
    own = dict(model.named_parameters(recurse=False)) | dict(model.named_buffers(recurse=False))
    return {name: each.detach().clone() for name, each in own.items()}


def save_weights__the_model(model):
    """You copied the whole model. A dict of its tensors is asked for."""
    return copy.deepcopy(model)


def save_weights__gone_through_parameters(model):
    """You return a list of parameters. Whoever loads it needs names, and copies: a dict is asked
    for."""
    return list(model.parameters())


def load_weights__not_strict(model, state):
    """strict=False is silent about names that don't fit, and such weights stay as they were."""
    model.load_state_dict(state, strict=False)


def load_weights__without_no_grad(model, state):
    """You write into leaves while autograd records. Do it inside torch.no_grad()."""
    for name, parameter in model.named_parameters():
        parameter.copy_(state[name])


def load_weights__data_of_parameters(model, state):
    """.data = gives parameters the dict's memory, and buffers are left out. copy_ the numbers."""
    for name, each in model.named_parameters():
        each.data = state[name]


def load_weights__into_the_state_dict(model, state):
    """Nothing has reached the model. A dict made by state_dict(), a name bound anew, a copy of the
    model are none of its tensors: see copy_ or load_state_dict."""
    for name, each in state.items():
        model.state_dict()[name] = each


def load_weights__assign(model, state):
    """assign=True puts the dict's own tensors into the model: an optimizer keeps the old ones."""
    model.load_state_dict(state, assign=True)


def load_weights__new_parameters(model, state):
    """You made new parameters. An optimizer goes on moving the old ones: copy into these."""
    for name, each in state.items():
        owner, _, last = name.rpartition(".")
        module = model.get_submodule(owner)
        if last in dict(module.named_parameters(recurse=False)):
            setattr(module, last, nn.Parameter(each.clone()))
        else:
            getattr(module, last).copy_(each)


def load_weights__data_assigned(model, state):
    """By .data = the parameter lives in the dict's memory, so training changes what was saved."""
    for name, each in model.named_parameters():
        each.data = state[name]
    for name, each in model.named_buffers():
        each.copy_(state[name])


def load_weights__returned(model, state):
    """You return a new model. The one given is to change."""
    twin = copy.deepcopy(model)
    twin.load_state_dict(state)
    return twin


def load_weights__parameters_only(model, state):
    """You loaded parameters and no buffers. BatchNorm's statistics belong to the state too."""
    if {name for name, _ in model.named_parameters()} - set(state):
        raise KeyError("a name is missing")
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(state[name])


def load_weights__in_order(model, state):
    """You went by the order of the dict. The names say what belongs where."""
    with torch.no_grad():
        for mine, saved in zip(model.state_dict().values(), state.values(), strict=True):
            mine.copy_(saved)


def load_weights__by_its_own_names(model, state):
    """You ask for the model's names only. Numbers under a name that it lacks go unnoticed."""
    with torch.no_grad():
        for name, mine in model.state_dict().items():
            if mine.shape != state[name].shape:
                raise ValueError("another shape")
            mine.copy_(state[name])


def load_weights__by_the_names_of_the_state(model, state):
    """You ask for the names in state only. What is missing there goes unnoticed."""
    own = model.state_dict()
    with torch.no_grad():
        for name, saved in state.items():
            if own[name].shape != saved.shape:
                raise ValueError("another shape")
            own[name].copy_(saved)


def load_weights__broadcast(model, state):
    """copy_ stretches one number to fit many. Compare the shapes first."""
    own = model.state_dict()
    if set(own) != set(state):
        raise KeyError("the names differ")
    with torch.no_grad():
        for name, saved in state.items():
            own[name].copy_(saved)


def load_weights__freezes(model, state):
    """After your loading, parameters no longer require grad. Use torch.no_grad() instead."""
    model.requires_grad_(False)
    model.load_state_dict(state)


def load_weights__data_copied(model, state):
    """You loaded parameters and no buffers, and a name that the model lacks goes unnoticed.
    BatchNorm's statistics belong to the state too; compare the names first."""
    for name, parameter in model.named_parameters():
        parameter.data.copy_(state[name])


def momentum_step__both_bound_anew(parameters, velocities, learning_rate, momentum):
    """Parameters and velocities stayed as they were: `p = ...` and `v = ...` make new tensors. Use
    -=, mul_."""
    for p, v in zip(parameters, velocities):
        v = momentum * v + p.grad
        p = p - learning_rate * v


def momentum_step__velocity_bound_anew_for_all(parameters, velocities, learning_rate, momentum):
    """The velocities stayed as they were: `v = ...` makes a new tensor. And a parameter may have no
    gradient: ask for None first."""
    for p, v in zip(parameters, velocities):
        v = momentum * v + p.grad
        p.data -= learning_rate * v


def momentum_step__velocity_bound_anew(parameters, velocities, learning_rate, momentum):
    """The velocities stayed as they were: `velocity = ...` makes a new tensor. Change the one that
    the caller keeps."""
    with torch.no_grad():
        for parameter, velocity in zip(parameters, velocities):
            if parameter.grad is not None:
                velocity = momentum * velocity + parameter.grad
                parameter -= learning_rate * velocity


def momentum_step__none_is_an_error(parameters, velocities, learning_rate, momentum):
    """A parameter may have no gradient, as a frozen one hasn't. Ask for None first."""
    with torch.no_grad():
        for parameter, velocity in zip(parameters, velocities):
            velocity.mul_(momentum).add_(parameter.grad)
            parameter -= learning_rate * velocity


def momentum_step__without_no_grad(parameters, velocities, learning_rate, momentum):
    """You write into a leaf while autograd records. Do it inside torch.no_grad()."""
    for parameter, velocity in zip(parameters, velocities):
        if parameter.grad is not None:
            velocity.mul_(momentum).add_(parameter.grad)
            parameter -= learning_rate * velocity


def momentum_step__parameter_bound_anew(parameters, velocities, learning_rate, momentum):
    """A new tensor, under the old name or in the list, is none that the model knows. Change the
    parameter in place: -= or sub_."""
    with torch.no_grad():
        for parameter, velocity in zip(parameters, velocities):
            velocity.mul_(momentum).add_(parameter.grad)
            parameter = parameter - learning_rate * velocity


def momentum_step__list_of_new_velocities(parameters, velocities, learning_rate, momentum):
    """You put new velocities into the list. The tensors that were there are to change in place."""
    with torch.no_grad():
        for i, parameter in enumerate(parameters):
            if parameter.grad is not None:
                velocities[i] = momentum * velocities[i] + parameter.grad
                parameter -= learning_rate * velocities[i]


def momentum_step__returned(parameters, velocities, learning_rate, momentum):
    """You return new tensors. Those given are to change in place."""
    new = [momentum * v + p.grad for p, v in zip(parameters, velocities)]
    return [p - learning_rate * v for p, v in zip(parameters, new)], new


def momentum_step__rate_in_the_velocity(parameters, velocities, learning_rate, momentum):
    """You multiply the gradient by learning_rate before the velocity takes it up. Do it after."""
    with torch.no_grad():
        for parameter, velocity in zip(parameters, velocities):
            if parameter.grad is not None:
                velocity.mul_(momentum).add_(learning_rate * parameter.grad)
                parameter -= velocity


def momentum_step__rate_twice(parameters, velocities, learning_rate, momentum):
    """learning_rate is in your velocity and in your step as well. The step alone has it."""
    with torch.no_grad():
        for parameter, velocity in zip(parameters, velocities):
            if parameter.grad is not None:
                velocity.mul_(momentum).add_(learning_rate * parameter.grad)
                parameter -= learning_rate * velocity


def momentum_step__uphill(parameters, velocities, learning_rate, momentum):
    """You add the step, and so go uphill. Subtract it."""
    with torch.no_grad():
        for parameter, velocity in zip(parameters, velocities):
            if parameter.grad is not None:
                velocity.mul_(momentum).add_(parameter.grad)
                parameter += learning_rate * velocity


def momentum_step__signed_velocity(parameters, velocities, learning_rate, momentum):
    """Your velocity takes the gradient with a minus, and the step adds it. Here the step has it."""
    with torch.no_grad():
        for parameter, velocity in zip(parameters, velocities):
            if parameter.grad is not None:
                velocity.mul_(momentum).sub_(parameter.grad)
                parameter += learning_rate * velocity


def momentum_step__momentum_twice(parameters, velocities, learning_rate, momentum):
    """You apply momentum once more in the step, as Nesterov does. The velocity has it already."""
    with torch.no_grad():
        for parameter, velocity in zip(parameters, velocities):
            if parameter.grad is not None:
                velocity.mul_(momentum).add_(parameter.grad)
                parameter -= learning_rate * (parameter.grad + momentum * velocity)


def momentum_step__momentum_times_the_step(parameters, velocities, learning_rate, momentum):
    """You multiply the step by momentum too. It is only for what the velocity remembers."""
    with torch.no_grad():
        for parameter, velocity in zip(parameters, velocities):
            if parameter.grad is not None:
                velocity.mul_(momentum).add_(parameter.grad)
                parameter -= learning_rate * momentum * velocity


def momentum_step__average(parameters, velocities, learning_rate, momentum):
    """You mix the gradient in with 1 - momentum, as an average does. Here it counts in full."""
    with torch.no_grad():
        for parameter, velocity in zip(parameters, velocities):
            if parameter.grad is not None:
                velocity.mul_(momentum).add_((1 - momentum) * parameter.grad)
                parameter -= learning_rate * velocity


def momentum_step__momentum_on_the_gradient(parameters, velocities, learning_rate, momentum):
    """You multiply the gradient by momentum. The old velocity is what gets weaker."""
    with torch.no_grad():
        for parameter, velocity in zip(parameters, velocities):
            if parameter.grad is not None:
                velocity.add_(momentum * parameter.grad)
                parameter -= learning_rate * velocity


def momentum_step__never_weaker(parameters, velocities, learning_rate, momentum):
    """Your velocity forgets nothing, since momentum plays no part."""
    with torch.no_grad():
        for parameter, velocity in zip(parameters, velocities):
            if parameter.grad is not None:
                velocity.add_(parameter.grad)
                parameter -= learning_rate * velocity


def momentum_step__no_memory(parameters, velocities, learning_rate, momentum):
    """You step along the gradient alone, and what was before does not count."""
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter -= learning_rate * parameter.grad


def momentum_step__begins_anew(parameters, velocities, learning_rate, momentum):
    """You begin with zeros at each call, so nothing is remembered."""
    with torch.no_grad():
        for parameter, velocity in zip(parameters, velocities):
            if parameter.grad is not None:
                velocity.zero_()
                velocity.mul_(momentum).add_(parameter.grad)
                parameter -= learning_rate * velocity


def momentum_step__old_velocity(parameters, velocities, learning_rate, momentum):
    """You move the parameter by the velocity of the step before. Renew the velocity first."""
    with torch.no_grad():
        for parameter, velocity in zip(parameters, velocities):
            if parameter.grad is not None:
                parameter -= learning_rate * velocity
                velocity.mul_(momentum).add_(parameter.grad)


def momentum_step__gradient_and_velocity(parameters, velocities, learning_rate, momentum):
    """You step along the gradient and the velocity. The gradient is in the velocity already."""
    with torch.no_grad():
        for parameter, velocity in zip(parameters, velocities):
            if parameter.grad is not None:
                velocity.mul_(momentum).add_(parameter.grad)
                parameter -= learning_rate * (parameter.grad + velocity)


def momentum_step__first_only(parameters, velocities, learning_rate, momentum):
    """Only the first parameter moved, as with a return within the loop. Every parameter takes the
    step."""
    with torch.no_grad():
        for parameter, velocity in zip(parameters, velocities):
            if parameter.grad is not None:
                velocity.mul_(momentum).add_(parameter.grad)
                parameter -= learning_rate * velocity
                return


def momentum_step__freezes(parameters, velocities, learning_rate, momentum):
    """You switched requires_grad off to write, and left it so. Use torch.no_grad() instead."""
    for parameter, velocity in zip(parameters, velocities):
        if parameter.grad is not None:
            velocity.mul_(momentum).add_(parameter.grad)
            parameter.requires_grad_(False)
            parameter -= learning_rate * velocity


def momentum_step__velocity_is_the_gradient(parameters, velocities, learning_rate, momentum):
    """You wrote the velocity into .grad. The gradient is to stay as it is."""
    with torch.no_grad():
        for parameter, velocity in zip(parameters, velocities):
            if parameter.grad is not None:
                parameter.grad += momentum * velocity
                velocity.copy_(parameter.grad)
                parameter -= learning_rate * velocity


def momentum_step__clears(parameters, velocities, learning_rate, momentum):
    """You cleared the gradients. That is zero_grad's business, and the caller's."""
    with torch.no_grad():
        for parameter, velocity in zip(parameters, velocities):
            if parameter.grad is not None:
                velocity.mul_(momentum).add_(parameter.grad)
                parameter -= learning_rate * velocity
                parameter.grad = None


def momentum_step__none_is_zero(parameters, velocities, learning_rate, momentum):
    """You took a missing gradient for zeros, so a frozen parameter moves by its velocity."""
    with torch.no_grad():
        for parameter, velocity in zip(parameters, velocities):
            velocity.mul_(momentum)
            if parameter.grad is not None:
                velocity.add_(parameter.grad)
            parameter -= learning_rate * velocity
