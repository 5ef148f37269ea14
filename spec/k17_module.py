"""What a right k17_module does.

Teaches what a module knows of itself (parameters, submodules, modes, state) and how an optimizer
moves parameters. Leaves gradients and graphs to k16, and the loop that trains to k18.
"""

import contextlib
import copy
import itertools

import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from .harness.checks import (
    array,
    assert_owns_memory,
    assert_raises,
    assert_tensor,
    assert_that,
    assert_value,
    edge,
    either,
    tensors,
    tr,
    unchanged,
)

CHANGES_ARGUMENTS = ("momentum_step",)

OWN_MEMORY = ("contiguous", "transposed", "strided")  # every element can be written to


PLAIN = "{name}, a plain tensor {shape}"
PLAIN_WITH_GRAD = "{name}, a plain tensor that requires grad {shape}"


def not_entered(module):
    """What else the module holds that computes, but is no parameter of it, in words."""
    held = [(name, each) for name, each in vars(module).items() if not name.startswith("_")]
    words = [
        tr("{name}, a plain {kind}").format(name=name, kind=type(each).__name__)
        for name, each in held
        if isinstance(each, (list, dict))
    ]
    for name, each in [*held, *module.named_buffers()]:
        if isinstance(each, torch.Tensor):
            is_plain = name in vars(module)
            plain = tr(PLAIN_WITH_GRAD if each.requires_grad else PLAIN)
            what = plain if is_plain else tr("{name}, a buffer {shape}")
            words.append(what.format(name=name, shape=tuple(each.shape)))
    also = f" {tr('and')} ".join(words)
    return tr("; it also has {names}").format(names=also) if words else ""


def assert_parameters(layer, shapes):
    """The module finds parameters of these names and shapes, and no others."""
    __tracebackhide__ = True
    name = type(layer).__name__.partition("__")[0]
    assert_that(isinstance(layer, nn.Module), tr("{name} should be an nn.Module").format(name=name))
    found = {name: tuple(each.shape) for name, each in layer.named_parameters()}
    problem = tr("named_parameters() should find {shapes}, and finds {found}").format(
        shapes=shapes, found=found or tr("nothing")
    )
    assert_that(found == shapes, problem + not_entered(layer))


def affine(kata, weight, bias):
    """An Affine with these numbers, on their device."""
    __tracebackhide__ = True
    outputs, inputs = weight.shape
    layer = kata.Affine(inputs, outputs)
    assert_parameters(layer, {"weight": (outputs, inputs), "bias": (outputs,)})
    layer.to(device=weight.device, dtype=weight.dtype)
    with torch.no_grad():
        layer.weight.copy_(weight)
        layer.bias.copy_(bias)
    return layer


def test_Affine_has_weight_and_bias_as_parameters(kata):
    """The module finds its weight, a row for each neuron, and its bias among its parameters."""
    assert_parameters(kata.Affine(3, 2), {"weight": (2, 3), "bias": (2,)})
    assert_parameters(kata.Affine(4, 5), {"weight": (5, 4), "bias": (5,)})


@given(
    drawn=tensors(
        "batch inputs", "outputs inputs", "outputs", sides={"inputs": (1, 4), "outputs": (1, 4)}
    )
)
def test_Affine_weighs_every_sample(kata, device, drawn):
    """Each neuron sums the features of a sample by its own weights, and adds its own bias."""
    x, weight, bias = drawn
    expected = np.einsum("bi,oi->bo", array(x), array(weight)) + array(bias)
    assert_tensor(affine(kata, weight, bias)(x), expected, like=x)


def test_Affine_of_numbers_by_hand(kata, device):
    """With weights 1, 2, 3 and 10, 20, 30 the features 1, 0, 2 make 7 and 70, before the bias."""
    weight = torch.tensor([[1.0, 2.0, 3.0], [10.0, 20.0, 30.0]], device=device)
    bias = torch.tensor([0.5, 5.0], device=device)
    x = torch.tensor([[1.0, 0.0, 2.0], [0.0, 1.0, 0.0]], device=device)
    assert_tensor(affine(kata, weight, bias)(x), [[7.5, 75.0], [2.5, 25.0]], like=x)


def test_Affine_takes_the_rows_of_a_square_weight(kata, device):
    """Where there are as many features as neurons, a neuron still has a row of weight."""
    weight = torch.tensor([[1.0, 2.0], [30.0, 40.0]], device=device)
    x = torch.tensor([[1.0, 0.0]], device=device)
    layer = affine(kata, weight, torch.zeros(2, device=device))
    assert_tensor(layer(x), [[1.0, 30.0]], like=x)


def test_Affine_lets_gradients_reach_weight_and_bias(kata, device):
    """backward() leaves in each the slope of the result along it."""
    weight = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], device=device)
    layer = affine(kata, weight, torch.tensor([7.0, 8.0], device=device))
    x = torch.tensor([[1.0, 2.0, 3.0], [10.0, 20.0, 30.0]], device=device)
    result = layer(x)
    assert_that(result.requires_grad, "no graph leads from the result to weight and bias")
    result.sum().backward()
    for name, expected in (("weight", [[11.0, 22.0, 33.0]] * 2), ("bias", [2.0, 2.0])):
        parameter = getattr(layer, name)
        assert_that(
            parameter.grad is not None,
            tr("backward() leaves no gradient in {name}").format(name=name),
        )
        assert_tensor(parameter.grad, expected, like=x)


def test_Affine_is_written_by_hand(kata):
    """The layer is no nn.Linear, and has none inside."""
    layer = kata.Affine(3, 2)
    assert_that(not isinstance(layer, nn.Linear), "Affine should not inherit from nn.Linear")
    inside = any(isinstance(part, nn.Linear) for part in layer.modules())
    assert_that(not inside, "an nn.Linear is in it; weight and bias are to be its own")


@contextlib.contextmanager
def empty_is_nan():
    """Lets torch.empty give NaN instead of what happens to be in memory."""
    before = torch.get_deterministic_debug_mode()
    torch.set_deterministic_debug_mode("error")
    try:
        yield
    finally:
        torch.set_deterministic_debug_mode(before)


def test_Affine_starts_random(kata):
    """All numbers are given a value, no two neurons start alike, and no two layers."""
    with empty_is_nan():
        one, other = kata.Affine(3, 20), kata.Affine(3, 20)
    assert_parameters(one, {"weight": (20, 3), "bias": (20,)})
    for name, parameter in one.named_parameters():
        filled = bool(np.isfinite(array(parameter)).all())
        assert_that(filled, tr("{name} holds numbers that nobody put there").format(name=name))
    assert_that(bool(array(one.weight).any()), "weight starts as zeros")
    rows = len(np.unique(array(one.weight), axis=0))
    assert_that(rows == 20, tr("20 neurons have {rows} different rows of weight").format(rows=rows))
    alike = np.array_equal(array(one.weight), array(other.weight))
    assert_that(not alike, "two layers start alike")


@edge
def test_Affine_is_float32_until_asked_otherwise(kata):
    """Parameters start as float32 and require grad; after double() all is float64."""
    layer, x = kata.Affine(3, 2), torch.ones(4, 3)
    for parameter in layer.parameters():
        assert_that(parameter.requires_grad, "parameters should require grad")
        assert_value(str(parameter.dtype), "torch.float32")
    assert_value(str(layer(x).dtype), "torch.float32")
    assert_value(str(layer.double()(x.double()).dtype), "torch.float64")


@edge
def test_Affine_takes_an_empty_batch(kata, device):
    """No samples make no results, and as many columns as ever."""
    layer = kata.Affine(3, 2).to(device)
    x = torch.ones(0, 3, device=device)
    assert_tensor(layer(x), np.zeros((0, 2)), like=x)


SIZES = st.sampled_from(
    [sizes for n in (2, 3) for sizes in itertools.permutations((2, 3, 4, 5), n)]
)


def linear_layers(sizes):
    """A linear layer for each pair of neighbours."""
    return [nn.Linear(into, out) for into, out in itertools.pairwise(sizes)]


@given(sizes=SIZES)
def test_parameter_count_adds_up_all_layers(kata, sizes):
    """Every element of every weight and bias counts, in submodules too."""
    model = nn.Sequential(*linear_layers(sizes))
    expected = sum(into * out + out for into, out in itertools.pairwise(sizes))
    assert_value(kata.parameter_count(model), expected)


def test_parameter_count_of_a_layer_by_hand(kata):
    """Two neurons of three weights and a bias each are eight numbers."""
    assert_value(kata.parameter_count(nn.Linear(3, 2)), 8)


def test_parameter_count_looks_into_submodules_of_submodules(kata):
    """A layer counts however deep it lies, whatever kind it is."""
    model = nn.Sequential(
        nn.Linear(3, 2), nn.Sequential(nn.ReLU(), nn.Sequential(nn.Linear(2, 5), nn.PReLU()))
    )
    assert_value(kata.parameter_count(model), 8 + 15 + 1)


def test_parameter_count_leaves_frozen_parameters_out(kata):
    """What does not require grad is not trained."""
    model = nn.Sequential(nn.Linear(3, 2), nn.Linear(2, 4))
    model[0].weight.requires_grad_(False)
    assert_value(kata.parameter_count(model), 2 + 12)


def test_parameter_count_counts_shared_parameters_once(kata):
    """A layer in two places has one set of numbers, and so has a weight that two layers share."""
    layer = nn.Linear(3, 3)
    assert_value(kata.parameter_count(nn.Sequential(layer, nn.ReLU(), layer)), 12)
    tied = nn.Sequential(nn.Linear(2, 5), nn.Linear(2, 5))
    tied[1].weight = tied[0].weight
    assert_value(kata.parameter_count(tied), 10 + 5 + 5)


def test_parameter_count_counts_equal_parameters_that_are_not_shared(kata):
    """Two layers with the same numbers are still two layers."""
    one = nn.Linear(3, 2)
    assert_value(kata.parameter_count(nn.Sequential(one, copy.deepcopy(one))), 16)


def test_parameter_count_leaves_buffers_out(kata):
    """Running statistics are measured, not trained."""
    assert_value(kata.parameter_count(nn.Sequential(nn.Linear(3, 5), nn.BatchNorm1d(5))), 20 + 10)


@edge
def test_parameter_count_of_nothing_is_zero(kata):
    """A model without parameters, or with frozen ones only, has nothing to train."""
    assert_value(kata.parameter_count(nn.Sequential(nn.ReLU(), nn.Dropout(0.5))), 0)
    assert_value(kata.parameter_count(nn.Linear(3, 2).requires_grad_(False)), 0)


class Plus(nn.Module):
    """Adds a number."""

    def __init__(self, number):
        super().__init__()
        self.number = number

    def forward(self, x):
        return x + self.number

    def __repr__(self):
        return f"Plus({self.number})"


class Times(nn.Module):
    """Multiplies by a number, which is a parameter."""

    def __init__(self, number):
        super().__init__()
        self.factor = nn.Parameter(torch.tensor(float(number)))

    def forward(self, x):
        return x * self.factor

    def __repr__(self):
        return f"Times({self.factor.item():g})"


STEPS = either(
    st.permutations([("+", 1), ("*", 2), ("+", 3), ("*", 4)]).map(lambda steps: steps[:3]),
    st.lists(st.tuples(st.sampled_from("+*"), st.integers(-3, 4)), max_size=6),
)


def assert_same_tensors(model, wanted):
    """parameters() gives these tensors themselves, in any order."""
    __tracebackhide__ = True
    found = {id(each) for each in model.parameters()}
    known = {id(each) for each in wanted}
    count = tr("parameters() should find {wanted} tensors, and finds {found}").format(
        wanted=len(known), found=len(found)
    )
    assert_that(len(found) == len(known), count + not_entered(model))
    assert_that(found == known, "parameters() finds other tensors than those of the layers")


def test_Stack_finds_the_parameters_of_its_layers(kata):
    """parameters() of the stack are those of its layers: the same tensors, each of them."""
    layers = linear_layers([3, 4, 2])
    assert_same_tensors(kata.Stack(list(layers)), [p for each in layers for p in each.parameters()])


@given(x=tensors("batch features"), steps=STEPS)
def test_Stack_applies_its_layers_in_their_order(kata, device, x, steps):
    """Each layer takes what the one before it gives."""
    layers = [{"+": Plus, "*": Times}[sign](number) for sign, number in steps]
    expected = array(x)
    for sign, number in steps:
        expected = expected + number if sign == "+" else expected * number
    with unchanged(layers):
        stack = kata.Stack(layers).to(device=x.device, dtype=x.dtype)
        assert_tensor(stack(x), expected, like=x)


def test_Stack_of_numbers_by_hand(kata, device):
    """First 1 is added, then it is times 10: 2 becomes 30."""
    x = torch.tensor([2.0, 5.0], device=device)
    stack = kata.Stack([Plus(1), Times(10)]).to(device)
    assert_tensor(stack(x), [30.0, 60.0], like=x)


def test_Stack_adds_nothing_between_its_layers(kata, device):
    """What is negative between two layers stays so."""
    x = torch.tensor([2.0, -5.0], device=device)
    assert_tensor(kata.Stack([Plus(-3), Plus(10)]).to(device)(x), [9.0, 2.0], like=x)


def test_Stack_can_be_called_again(kata, device):
    """A second batch goes through all layers as the first one did."""
    stack = kata.Stack([Plus(1), Times(10)]).to(device)
    x = torch.tensor([2.0, 5.0], device=device)
    stack(x)
    assert_tensor(stack(x), [30.0, 60.0], like=x)


def test_Stack_lets_gradients_reach_its_layers(kata, device):
    """backward() leaves a gradient in every layer's parameters."""
    layers = [Times(2), Plus(1), Times(10)]
    x = torch.tensor([3.0, 4.0], device=device)
    result = kata.Stack(list(layers)).to(device)(x)
    assert_that(result.requires_grad, "no graph leads from the result to the layers")
    result.sum().backward()
    for layer, expected in ((layers[0], 70.0), (layers[2], 16.0)):
        assert_that(
            layer.factor.grad is not None,
            tr("backward() leaves no gradient in {layer}").format(layer=layer),
        )
        assert_tensor(layer.factor.grad, expected, like=x)


def test_Stack_passes_the_mode_on(kata):
    """eval() and train() of the stack reach a Dropout in it, deep ones too."""
    layers = [nn.Dropout(0.5), nn.Sequential(nn.Dropout(0.5))]
    stack = kata.Stack(list(layers))
    for mode, word in ((stack.eval, "eval()"), (stack.train, "train()")):
        mode()
        modes = [layers[0].training, layers[1][0].training]
        reached = modes == [word == "train()"] * 2
        assert_that(reached, tr("{word} of the stack did not reach the layers").format(word=word))


def test_Stack_lets_to_reach_its_layers(kata):
    """What to() changes, a dtype or a device, it changes in every layer."""
    layers = linear_layers([3, 4, 2])
    kata.Stack(list(layers)).to(torch.bfloat16)
    dtypes = [str(each.weight.dtype) for each in layers]
    assert_that(
        set(dtypes) == {"torch.bfloat16"},
        tr("after to(torch.bfloat16) layers have {dtypes}").format(dtypes=dtypes),
    )


def test_Stack_saves_what_its_layers_hold(kata):
    """state_dict() has the parameters and buffers of every layer, under names of your choice."""
    layers = [nn.Linear(3, 4), nn.BatchNorm1d(4), nn.ReLU(), nn.Linear(4, 2)]
    state = kata.Stack(list(layers)).state_dict()
    expected = sorted(tuple(each.shape) for layer in layers for each in layer.state_dict().values())
    found = sorted(tuple(each.shape) for each in state.values())
    problem = tr("state_dict() should hold {wanted} tensors, and holds {found}").format(
        wanted=len(expected), found=len(found)
    )
    assert_that(found == expected, problem)


@edge
def test_Stack_applies_a_layer_twice_that_comes_twice(kata, device):
    """The same layer in two places works in both, and its parameters are found once."""
    layer, x = Times(3), torch.tensor([2.0, 5.0], device=device)
    stack = kata.Stack([layer, Plus(1), layer]).to(device)
    assert_tensor(stack(x), [21.0, 48.0], like=x)
    assert_value(len(list(stack.parameters())), 1)


@edge
def test_Stack_of_no_layers_gives_back_what_it_is_given(kata, device):
    """Without a layer nothing happens to x."""
    x = torch.tensor([2.0, 5.0], device=device)
    assert_tensor(kata.Stack([])(x), [2.0, 5.0], like=x)


class Refusing(nn.Module):
    """Raises an error."""

    def forward(self, x):
        raise ZeroDivisionError("this layer refuses")


def dropping(last=None):
    """A model with statistics, and a Dropout that drops all in train mode, another deeper down."""
    norm = nn.BatchNorm1d(2)
    with torch.no_grad():
        norm.running_mean.copy_(torch.tensor([1.0, 10.0]))
        norm.running_var.copy_(torch.tensor([4.0, 25.0]) - norm.eps)
    inner = nn.Sequential(nn.Dropout(1.0), last or nn.Identity())
    return nn.Sequential(norm, nn.Dropout(1.0), inner)


def modes_of(model):
    """The mode of the model and of each module in it, by name."""
    return {name or "model": each.training for name, each in model.named_modules()}


def assert_modes(model, expected):
    """Every module is in the mode expected."""
    __tracebackhide__ = True
    word = {True: tr("train mode"), False: tr("eval mode")}
    for name, mode in modes_of(model).items():
        who = tr("the model") if name == "model" else tr("its module {name}").format(name=name)
        was, now = word[expected[name]], word[mode]
        assert_that(
            mode == expected[name],
            tr("{who} was in {was} before the call, and is in {now}").format(
                who=who, was=was, now=now
            ),
        )


MODES = either(
    st.sampled_from([(True,) * 6, (False,) * 6]), st.tuples(*[st.booleans() for _ in range(6)])
)


def set_modes(model, modes):
    """Puts the modules into these modes, each its own; returns them by name."""
    for module, mode in zip(model.modules(), modes, strict=True):
        module.training = mode
    return modes_of(model)


@given(x=tensors("batch features"))
def test_with_dropout_off_drops_nothing(kata, device, x):
    """In eval mode Dropout lets everything pass, though in train mode this one drops all."""
    assert_tensor(kata.with_dropout_off(nn.Dropout(1.0), x), array(x), like=x, rtol=0, atol=0)


def test_with_dropout_off_reaches_modules_within_modules(kata, device):
    """Dropout lets all pass, deep inside too; BatchNorm takes its own mean and variance.

    With a mean of 1 and a variance of 4 so far, a feature of 5 becomes 2.
    """
    model = dropping().to(device)
    x = torch.tensor([[5.0, 20.0], [3.0, 0.0]], device=device)
    result = kata.with_dropout_off(model, x)
    assert_tensor(result, [[2.0, 2.0], [1.0, -2.0]], like=x, rtol=1e-5)


def test_with_dropout_off_lets_the_model_train_on(kata, device):
    """A model that was in train mode is so afterwards, with all that is in it."""
    model = dropping().to(device).train()
    modes = modes_of(model)
    kata.with_dropout_off(model, torch.ones(3, 2, device=device))
    assert_modes(model, modes)


def test_with_dropout_off_leaves_eval_mode_on_where_it_was(kata, device):
    """A model that was in eval mode already stays so."""
    model = dropping().to(device).eval()
    modes = modes_of(model)
    kata.with_dropout_off(model, torch.ones(3, 2, device=device))
    assert_modes(model, modes)


@edge
def test_with_dropout_off_keeps_a_frozen_module_frozen(kata, device):
    """Where the model trains, but one BatchNorm in it was put into eval mode, that one stays so."""
    model = dropping().to(device).train()
    model[0].eval()
    modes = modes_of(model)
    kata.with_dropout_off(model, torch.ones(3, 2, device=device))
    assert_modes(model, modes)


def test_with_dropout_off_records_no_gradient(kata, device):
    """The prediction has no graph, though the model has parameters."""
    result = kata.with_dropout_off(dropping().to(device), torch.ones(3, 2, device=device))
    assert_that(not result.requires_grad, "the result has a graph: its requires_grad is True")


def test_with_dropout_off_leaves_the_models_numbers_alone(kata, device):
    """Parameters still require grad, and BatchNorm's statistics and Dropout's p are as before."""
    model = dropping().to(device).train()
    with unchanged(*model.parameters(), *model.buffers()):
        kata.with_dropout_off(model, torch.ones(3, 2, device=device))
    assert_value([model[1].p, model[2][0].p], [1.0, 1.0])


@given(modes=MODES)
def test_with_dropout_off_takes_modules_in_any_mode(kata, device, modes):
    """Each module is in eval mode for the prediction, and then in the mode that it had."""
    model = dropping().to(device)
    x = torch.tensor([[5.0, 20.0], [3.0, 0.0]], device=device)
    before = set_modes(model, modes)
    result = kata.with_dropout_off(model, x)
    assert_tensor(result, [[2.0, 2.0], [1.0, -2.0]], like=x, rtol=1e-5)
    assert_modes(model, before)


@edge
def test_with_dropout_off_puts_modes_back_when_the_model_raises(kata, device):
    """The error reaches the caller, and every module is in the mode that it had."""
    model = dropping(last=Refusing()).to(device)
    before = set_modes(model, (True, False, True, True, False, True))
    x = torch.ones(3, 2, device=device)
    assert_raises(ZeroDivisionError, kata.with_dropout_off, model, x)
    assert_modes(model, before)


def linear(weight, bias):
    """A linear layer with these numbers, on their device."""
    layer = nn.Linear(*weight.T.shape, device=weight.device, dtype=weight.dtype)
    with torch.no_grad():
        layer.weight.copy_(weight)
        layer.bias.copy_(bias)
    return layer


def assert_state(state, expected):
    """A dict of tensors with these names and values."""
    __tracebackhide__ = True
    assert_that(
        isinstance(state, dict),
        tr("a dict is asked for, not {kind}").format(kind=type(state).__name__),
    )
    problem = tr("the names should be {wanted}, and are {found}").format(
        wanted=sorted(expected), found=sorted(map(str, state))
    )
    assert_that(set(state) == set(expected), problem)
    for name, tensor in expected.items():
        assert_tensor(state[name], tensor)


WEIGHTS = tensors(
    "outputs inputs", "outputs", sides={"inputs": (1, 4), "outputs": (1, 4)}, layouts=OWN_MEMORY
)


@given(drawn=WEIGHTS)
def test_save_weights_names_every_parameter(kata, device, drawn):
    """The dict has each parameter's numbers under its name."""
    weight, bias = drawn
    saved = kata.save_weights(linear(weight, bias))
    assert_state(saved, {"weight": weight, "bias": bias})


def test_save_weights_keeps_what_was_when_training_goes_on(kata, device):
    """A step that changes the model in place does not show in what was saved before."""
    weight = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], device=device)
    bias = torch.tensor([7.0, 8.0], device=device)
    model = linear(weight, bias)
    saved = kata.save_weights(model)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter -= 100.0
    assert_state(saved, {"weight": weight, "bias": bias})


def test_save_weights_gives_tensors_of_their_own(kata, device):
    """What is written into the saved tensors does not reach the model."""
    model = linear(torch.ones(2, 3, device=device), torch.ones(2, device=device))
    saved = kata.save_weights(model)
    assert_that({"weight", "bias"} == set(saved), "the names should be weight and bias")
    for name, parameter in model.named_parameters():
        assert_owns_memory(saved[name].detach(), parameter.detach())


def test_save_weights_has_full_names(kata, device):
    """A parameter of a submodule has the submodule's name before its own, as in state_dict()."""
    model = nn.Sequential(nn.Linear(3, 4), nn.Sequential(nn.ReLU(), nn.Linear(4, 2))).to(device)
    names = ["0.weight", "0.bias", "1.1.weight", "1.1.bias"]
    expected = dict(zip(names, model.parameters(), strict=True))
    assert_state(kata.save_weights(model), {n: p.detach() for n, p in expected.items()})


def test_save_weights_saves_statistics_too(kata, device):
    """Buffers, such as BatchNorm's mean so far, belong to a model's state as parameters do."""
    model = dropping()[0].to(device)
    saved = kata.save_weights(model)
    assert_that(
        "running_mean" in saved,
        tr("running_mean is missing among {names}").format(names=sorted(saved)),
    )
    model.running_mean.zero_()
    assert_tensor(saved["running_mean"], [1.0, 10.0], like=model.weight)


@edge
def test_save_weights_has_no_graph(kata, device):
    """The saved tensors require no grad, so none of them keeps a graph alive."""
    model = linear(torch.ones(2, 3, device=device), torch.ones(2, device=device))
    tracked = [name for name, each in kata.save_weights(model).items() if each.requires_grad]
    assert_that(not tracked, tr("these require grad: {names}").format(names=", ".join(tracked)))


@edge
def test_save_weights_keeps_the_dtype_of_buffers(kata, device):
    """The number of batches is an integer and stays one, 0-D."""
    model = dropping().to(device)
    expected = {name: each.detach() for name, each in model.state_dict().items()}
    model(torch.ones(3, 2, device=device))
    expected["0.num_batches_tracked"] = torch.tensor(1, device=device)
    assert_state(kata.save_weights(model), expected)


@given(drawn=WEIGHTS)
def test_load_weights_puts_numbers_into_the_model(kata, device, drawn):
    """Each parameter has the numbers that were saved under its name."""
    weight, bias = drawn
    model = linear(torch.zeros_like(weight), torch.zeros_like(bias))
    kata.load_weights(model, {"weight": weight, "bias": bias})
    assert_tensor(model.weight, weight)
    assert_tensor(model.bias, bias)


def test_load_weights_changes_what_the_model_computes(kata, device):
    """After it, the model predicts by the weights loaded."""
    model = linear(torch.zeros(1, 2, device=device), torch.zeros(1, device=device))
    weight = torch.tensor([[1.0, 2.0]], device=device)
    kata.load_weights(model, {"weight": weight, "bias": torch.tensor([5.0], device=device)})
    x = torch.tensor([[10.0, 100.0]], device=device)
    assert_tensor(model(x), [[215.0]], like=x)


def state_of_two_layers(device):
    """Numbers for two square layers, in an order that is not that of the model."""
    return {
        "1.weight": torch.tensor([[1.0, 2.0], [3.0, 4.0]], device=device),
        "1.bias": torch.tensor([5.0, 6.0], device=device),
        "0.bias": torch.tensor([7.0, 8.0], device=device),
        "0.weight": torch.tensor([[9.0, 10.0], [11.0, 12.0]], device=device),
    }


def two_layers(device):
    """Two square layers of zeros."""
    model = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 2)).to(device)
    for parameter in model.parameters():
        nn.init.zeros_(parameter)
    return model


def test_load_weights_goes_by_names(kata, device):
    """The order of the dict does not matter."""
    model, state = two_layers(device), state_of_two_layers(device)
    kata.load_weights(model, state)
    for name, parameter in model.named_parameters():
        assert_tensor(parameter, state[name])


def test_load_weights_keeps_the_models_tensors(kata, device):
    """The parameters stay the same tensors, since an optimizer made before knows only these."""
    model, state = two_layers(device), state_of_two_layers(device)
    before = dict(model.named_parameters())
    kata.load_weights(model, state)
    for name, parameter in before.items():
        now = dict(model.named_parameters()).get(name)
        assert_that(now is parameter, tr("{name} is another tensor than before").format(name=name))
        assert_tensor(parameter, state[name])


@edge
def test_load_weights_leaves_the_saved_ones_alone_when_training_goes_on(kata, device):
    """What a later step changes in the model does not show in the dict."""
    model = linear(torch.zeros(1, 2, device=device), torch.zeros(1, device=device))
    saved = {"weight": [[1.0, 2.0]], "bias": [5.0]}
    state = {name: torch.tensor(numbers, device=device) for name, numbers in saved.items()}
    kata.load_weights(model, state)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter += 100.0
    for name, numbers in saved.items():
        now = state[name].tolist()
        problem = tr(
            "a later step of training changed state[{name!r}] from {numbers} to {now}"
        ).format(name=name, numbers=numbers, now=now)
        assert_that(now == numbers, problem)


def test_load_weights_loads_statistics_too(kata, device):
    """Buffers, such as BatchNorm's mean so far, are put back as parameters are."""
    model = dropping()[0].to(device)
    state = {name: tensor + 1 for name, tensor in model.state_dict().items()}
    kata.load_weights(model, state)
    assert_tensor(model.running_mean, [2.0, 11.0], like=model.weight)
    assert_tensor(model.num_batches_tracked, 1, like=state["num_batches_tracked"])


@edge
def test_load_weights_lets_the_model_train_on(kata, device):
    """The parameters are leaves that require grad, as before."""
    model = linear(torch.zeros(1, 2, device=device), torch.zeros(1, device=device))
    state = {
        "weight": torch.tensor([[1.0, 2.0]], device=device),
        "bias": torch.tensor([5.0], device=device),
    }
    kata.load_weights(model, state)
    for name, parameter in model.named_parameters():
        fit = parameter.is_leaf and parameter.requires_grad
        assert_that(fit, tr("{name} should be a leaf that requires grad").format(name=name))


MISFIT = (KeyError, RuntimeError, ValueError)


@edge
def test_load_weights_refuses_a_state_that_lacks_a_name(kata, device):
    """A parameter for which there are no numbers is an error."""
    state = state_of_two_layers(device)
    del state["1.bias"]
    assert_raises(MISFIT, kata.load_weights, two_layers(device), state)


@edge
def test_load_weights_refuses_a_name_that_the_model_does_not_know(kata, device):
    """Numbers for which there is no parameter are an error."""
    state = {**state_of_two_layers(device), "2.bias": torch.ones(2, device=device)}
    assert_raises(MISFIT, kata.load_weights, two_layers(device), state)


@edge
def test_load_weights_refuses_another_shape(kata, device):
    """Nothing is stretched to fit: one number for two neurons is an error."""
    state = {**state_of_two_layers(device), "0.bias": torch.ones(1, device=device)}
    assert_raises(MISFIT, kata.load_weights, two_layers(device), state)


@edge
def test_load_weights_keeps_frozen_parameters_frozen(kata, device):
    """A frozen parameter gets its numbers, and still requires no grad."""
    model, state = two_layers(device), state_of_two_layers(device)
    model[0].weight.requires_grad_(False)
    kata.load_weights(model, state)
    assert_tensor(model[0].weight, state["0.weight"])
    frozen = [name for name, each in model.named_parameters() if not each.requires_grad]
    assert_value(frozen, ["0.weight"])


RATES = either(st.sampled_from([0.1, 0.5, 0.25]), st.sampled_from([0.1, 1 / 3, 1.7, 0.0]))
MOMENTA = either(st.sampled_from([0.5, 0.9, 0.75]), st.sampled_from([0.9, 1 / 3, 1.0, 0.0]))


def with_gradient(x, gradient):
    """A leaf with these numbers that requires grad and has this gradient."""
    leaf = x.detach().requires_grad_()
    leaf.grad = gradient
    return leaf


@given(
    drawn=tensors(*["rows columns"] * 3, *["units"] * 3, layouts=OWN_MEMORY),
    learning_rate=RATES,
    momentum=MOMENTA,
)
def test_momentum_step_moves_by_the_velocity(kata, device, drawn, learning_rate, momentum):
    """Velocities take up the gradients, and parameters go downhill by the new velocities."""
    ws, vs, gradients = drawn[::3], drawn[1::3], drawn[2::3]
    speeds = [momentum * array(v) + array(g) for v, g in zip(vs, gradients, strict=True)]
    places = [array(w) - learning_rate * v for w, v in zip(ws, speeds, strict=True)]
    ws = [with_gradient(w, g) for w, g in zip(ws, gradients, strict=True)]
    velocities = list(vs)
    kata.momentum_step(list(ws), velocities, learning_rate, momentum)
    for velocity, expected in zip(velocities, speeds, strict=True):
        assert_tensor(velocity, expected, like=gradients[0])
    for w, expected in zip(ws, places, strict=True):
        assert_tensor(w, expected, like=gradients[0])


def test_momentum_step_begins_like_gradient_descent(kata, device):
    """With a velocity of zeros, the first step is learning_rate times the gradient."""
    gradient = torch.tensor([10.0, 20.0], device=device)
    w = with_gradient(torch.tensor([5.0, 7.0], device=device), gradient)
    velocities = [torch.zeros(2, device=device)]
    kata.momentum_step([w], velocities, 0.1, 0.5)
    assert_tensor(w, [4.0, 5.0], like=gradient)
    assert_tensor(velocities[0], [10.0, 20.0], like=gradient)


def test_momentum_step_goes_on_where_the_gradient_is_gone(kata, device):
    """With a gradient of zeros, a parameter still moves, and its velocity shrinks."""
    w = with_gradient(torch.tensor([5.0, 7.0], device=device), torch.zeros(2, device=device))
    velocities = [torch.tensor([10.0, 20.0], device=device)]
    kata.momentum_step([w], velocities, 0.1, 0.5)
    assert_tensor(velocities[0], [5.0, 10.0], like=w)
    assert_tensor(w, [4.5, 6.0], like=w)


def test_momentum_step_remembers_from_step_to_step(kata, device):
    """With the same gradient of 8 and a momentum of a half, the velocity grows: 8, 12, 14."""
    w = with_gradient(torch.tensor([0.0], device=device), torch.tensor([8.0], device=device))
    velocities = [torch.zeros(1, device=device)]
    for velocity, place in ((8.0, -8.0), (12.0, -20.0), (14.0, -34.0)):
        w.grad = torch.tensor([8.0], device=device)
        kata.momentum_step([w], velocities, 1.0, 0.5)
        assert_tensor(velocities[0], [velocity], like=velocities[0])
        assert_tensor(w, [place], like=velocities[0])


def test_momentum_step_takes_a_new_learning_rate_at_once(kata, device):
    """A smaller learning_rate makes the whole next step smaller, what is remembered too."""
    w = with_gradient(torch.tensor([0.0], device=device), torch.tensor([8.0], device=device))
    velocities = [torch.zeros(1, device=device)]
    kata.momentum_step([w], velocities, 1.0, 0.5)
    w.grad = torch.tensor([8.0], device=device)
    kata.momentum_step([w], velocities, 0.25, 0.5)
    assert_tensor(w, [-11.0], like=velocities[0])


def test_momentum_step_keeps_a_velocity_for_each_parameter(kata, device):
    """What one parameter remembers does not move another."""
    one = with_gradient(torch.tensor([1.0], device=device), torch.tensor([2.0], device=device))
    other = with_gradient(torch.tensor([10.0], device=device), torch.tensor([6.0], device=device))
    velocities = [torch.tensor([4.0], device=device), torch.tensor([-8.0], device=device)]
    kata.momentum_step([one, other], velocities, 0.5, 0.5)
    assert_tensor(one, [-1.0], like=velocities[0])
    assert_tensor(other, [9.0], like=velocities[0])


def test_momentum_step_changes_the_parameters_of_a_model(kata, device):
    """The model's own parameters move, and remain leaves that require grad."""
    weight = torch.tensor([[1.0, 2.0]], device=device)
    model = linear(weight, torch.tensor([3.0], device=device))
    model(torch.tensor([[10.0, 20.0]], device=device)).sum().backward()
    velocities = [torch.zeros_like(p, requires_grad=False) for p in model.parameters()]
    kata.momentum_step(list(model.parameters()), velocities, 0.5, 0.9)
    assert_tensor(model.weight, [[-4.0, -8.0]], like=weight)
    assert_tensor(model.bias, [2.5], like=weight)
    for parameter in model.parameters():
        fit = parameter.is_leaf and parameter.requires_grad
        assert_that(fit, "a parameter should still be a leaf that requires grad")


def test_momentum_step_changes_the_velocities_themselves(kata, device):
    """They are the same tensors as before, with other numbers."""
    velocity = torch.tensor([4.0, 6.0], device=device)
    gradient = torch.tensor([1.0, 2.0], device=device)
    w = with_gradient(torch.tensor([1.0, 2.0], device=device), gradient)
    kata.momentum_step([w], [velocity], 0.1, 0.5)
    assert_tensor(velocity, [3.0, 5.0], like=gradient)


@edge
def test_momentum_step_leaves_a_parameter_without_gradient_alone(kata, device):
    """Where .grad is None, neither the parameter moves nor its velocity."""
    frozen, velocity = torch.tensor([1.0], device=device), torch.tensor([4.0], device=device)
    w = with_gradient(torch.tensor([1.0], device=device), torch.tensor([8.0], device=device))
    with unchanged(frozen, velocity):
        kata.momentum_step([frozen, w], [velocity, torch.zeros_like(velocity)], 0.25, 0.5)
    assert_tensor(w, [-1.0], like=velocity)


@edge
def test_momentum_step_leaves_gradients_as_they_are(kata, device):
    """The gradient is still there afterwards, with its numbers."""
    w = with_gradient(torch.tensor([1.0], device=device), torch.tensor([8.0], device=device))
    kata.momentum_step([w], [torch.tensor([4.0], device=device)], 0.25, 0.5)
    assert_that(w.grad is not None, "the gradient was taken away")
    assert_tensor(w.grad, [8.0], like=w)


@edge
def test_momentum_step_takes_empty_lists(kata):
    """No parameters, no step, no error."""
    velocities = []
    kata.momentum_step([], velocities, 0.1, 0.9)
    assert_value(velocities, [])
