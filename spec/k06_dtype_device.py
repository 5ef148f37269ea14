"""What a right k06_dtype_device does.

Teaches what a dtype and a device are, how to change one without the other, and what PyTorch
promotes by itself. Leaves making tensors of a chosen dtype and device to k01, and reductions
along an axis to k08.
"""

import contextlib
import itertools
from unittest import mock

import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st

from .harness.checks import (
    NON_NEGATIVE,
    NUMPY,
    SPECIAL,
    array,
    assert_metadata,
    assert_tensor,
    assert_that,
    assert_value,
    edge,
    either,
    has_dtype,
    show,
    tensors,
    tr,
)

CPU = torch.device("cpu")
EVERY_DTYPE = tuple(NUMPY)
INTEGERS = (torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64)
# For each of these dtypes, numbers that no shorter one can hold.
LONG = {
    torch.float64: [2**53 - 1, 0.1],
    torch.int64: [2**53 + 1, -(2**62) - 1],
    torch.int32: [2**31 - 1, -(2**24) - 1],
}

OTHER_DEVICE = ("to_device_of", "like", "add_across")
OTHER_DTYPE = ("like", "add_across", "mean_of", "to_pixels")

# Shapes that broadcast, with axes and without.
PAIRS = {
    shapes: st.tuples(
        *(tensors(shape, dtypes=EVERY_DTYPE, values=NON_NEGATIVE) for shape in shapes)
    )
    for shapes in [
        ("2 3", "3"),
        ("3", ""),
        ("", "3"),
        ("", ""),
        ("3 1", "2"),
        ("0", "1"),
        ("2", "2"),
    ]
}
SCALARS = (1, 0.5, True, -2, 2.0, False, 300)


@st.composite
def pairs(draw):
    """Two tensors on one device that can be added, each with a dtype of its own."""
    ordinary = st.sampled_from([("2 3", "3"), ("3 1", "2")])
    return draw(PAIRS[draw(either(ordinary, st.sampled_from(list(PAIRS))))])


def across(device):
    """Two places for two tensors: the CPU and the device of the row, in both orders, and alike."""
    return dict.fromkeys([(device, CPU), (CPU, device), (device, device)])


def assert_each(results, attribute, expected):
    """The results have this dtype or device, each its own."""
    __tracebackhide__ = True
    found = [str(getattr(result, attribute, tr("no tensor"))) for result in results]
    assert_value(found, [str(each) for each in expected])


def numbers(device, *names):
    """Those of the dtypes that the device can hold; of all where none is named."""
    kinds = [getattr(torch, name) for name in names] or EVERY_DTYPE
    return [kind for kind in kinds if has_dtype(device, kind)]


def long_numbers(device):
    """A tensor for each dtype of LONG that the device can hold."""
    kinds = [dtype for dtype in LONG if has_dtype(device, dtype)]
    return [torch.tensor(LONG[dtype], dtype=dtype, device=device) for dtype in kinds]


def ones(*shapes):
    """For every dtype a tensor of each of these shapes, on the CPU."""
    return [torch.ones(shape, dtype=dtype) for dtype in EVERY_DTYPE for shape in shapes]


def full_precision(device):
    """The most precise floating dtype that the device can hold."""
    return numbers(device, "float64", "float32")[0]


def tier(operand):
    """0 for a tensor with axes, 1 for a 0-D tensor, 2 for a Python number."""
    return (2 if not isinstance(operand, torch.Tensor) else 1) if np.ndim(operand) == 0 else 0


def kind(operand):
    """The operand's dtype in NumPy."""
    if isinstance(operand, torch.Tensor):
        return np.dtype(NUMPY[operand.dtype])
    return np.dtype({bool: np.bool_, int: np.int64, float: np.float32}[type(operand)])


def dtype_of_sum(a, b):
    """The dtype of a + b by PyTorch's rule, worked out without PyTorch."""
    category = {"b": 0, "u": 1, "i": 1, "f": 2}
    ranks = [(category[kind(x).kind], -tier(x)) for x in (a, b)]
    if ranks[0] == ranks[1]:
        winner = np.promote_types(kind(a), kind(b))
    else:
        winner = kind(a if ranks[0] > ranks[1] else b)
    return {np.dtype(numpy): dtype for dtype, numpy in NUMPY.items()}[winner]


def assert_array(actual, expected):
    """`actual` is an array of exactly this shape, dtype and these values."""
    __tracebackhide__ = True
    assert_that(
        type(actual) is np.ndarray,
        tr("a NumPy array is asked for, not {kind}").format(kind=type(actual).__name__),
    )
    assert_value((actual.shape, str(actual.dtype)), (expected.shape, str(expected.dtype)))
    equal = np.array_equal(actual, expected, equal_nan=expected.dtype.kind == "f")
    assert_that(
        equal,
        tr("the array holds other values: {actual} for {expected}").format(
            actual=show(actual), expected=show(expected)
        ),
    )


# The accelerator that is there, the one that PyTorch was built for, and how many there are.
MACHINES = (
    ("cuda", "cuda", 1),
    ("cuda", "cuda", 2),
    ("mps", "mps", 1),
    ("xpu", "xpu", 1),
    (None, "cuda", 1),
    (None, "mps", 1),
    (None, "xpu", 1),
    (None, None, 1),
)


@contextlib.contextmanager
def machine(accelerator, built_for, count=1):
    """As if PyTorch were built for one accelerator, and so many of this one were there, or None."""
    built = None if built_for is None else torch.device(built_for)

    def current_accelerator(check_available=False):
        return built if accelerator or not check_available else None

    there = accelerator is not None
    pretended = {
        "torch.cuda.is_available": lambda: accelerator == "cuda",
        "torch.cuda.device_count": lambda: count * (accelerator == "cuda"),
        "torch.cuda.current_device": lambda: 0,
        "torch.backends.cuda.is_built": lambda: built_for == "cuda",
        "torch.backends.mps.is_available": lambda: accelerator == "mps",
        "torch.backends.mps.is_built": lambda: built_for == "mps",
        "torch.mps.is_available": lambda: accelerator == "mps",
        "torch.mps.device_count": lambda: int(accelerator == "mps"),
        "torch.xpu.is_available": lambda: accelerator == "xpu",
        "torch.xpu.device_count": lambda: int(accelerator == "xpu"),
        "torch.accelerator.is_available": lambda: there,
        "torch.accelerator.device_count": lambda: count * there,
        "torch.accelerator.current_accelerator": current_accelerator,
        "torch.accelerator.current_device_index": lambda: 0,
        # What these ask in turn: a kata may have imported one of them by name.
        "torch.cuda._is_compiled": lambda: built_for == "cuda",
        "torch._C._cuda_getDeviceCount": lambda: count * (accelerator == "cuda"),
        "torch._C._accelerator_getAccelerator": lambda: built,
    }
    with contextlib.ExitStack() as stack:
        for name, answer in pretended.items():
            stack.enter_context(mock.patch(name, answer, create=True))
        yield


WITHOUT = "on a machine without an accelerator the device should be {types}, not {picked}"
WITH = "on a machine that has {accelerator} the device should be {types}, not {picked}"


def assert_picks(kata, accelerator, *types):
    """On a machine with this accelerator, a device of one of these types is picked."""
    __tracebackhide__ = True
    with machine(accelerator, accelerator or "cuda"):
        picked = kata.pick_device()
    assert_that(
        isinstance(picked, torch.device),
        tr("{picked} is no torch.device").format(picked=show(picked)),
    )
    problem = tr(WITHOUT if accelerator is None else WITH).format(
        accelerator=accelerator, types=" or ".join(types), picked=picked
    )
    assert_that(picked.type in types, problem)


def test_pick_device_is_cuda_where_it_is_available(kata):
    """On a machine with CUDA the device is CUDA."""
    assert_picks(kata, "cuda", "cuda")


def test_pick_device_is_the_cpu_without_an_accelerator(kata):
    """Where CUDA is not available, even if PyTorch was built for it, the device is the CPU."""
    assert_picks(kata, None, "cpu")


@edge
def test_pick_device_does_not_take_every_accelerator_for_cuda(kata):
    """Where another accelerator is there, the device is that accelerator or the CPU."""
    assert_picks(kata, "mps", "mps", "cpu")


@edge
def test_pick_device_asks_anew_at_each_call(kata):
    """An answer from an earlier call does not count."""
    for accelerator, picked in (("cuda", "cuda"), (None, "cpu"), ("cuda", "cuda")):
        assert_picks(kata, accelerator, picked)


@edge
def test_pick_device_is_a_device_that_is_there(kata):
    """Whatever PyTorch was built for, the device is one that the machine has."""
    found, expected = [], []
    for accelerator, built_for, count in MACHINES:
        with machine(accelerator, built_for, count):
            picked = kata.pick_device()
        assert_that(
            isinstance(picked, torch.device),
            tr("{picked} is no torch.device").format(picked=show(picked)),
        )
        allowed = {"cuda"} if accelerator == "cuda" else {accelerator, "cpu"}
        if picked.type not in allowed or (picked.index or 0) >= count:
            with_these = tr("with {count} {accelerator}").format(
                count=count, accelerator=accelerator
            )
            with_none = tr("with no {accelerator}").format(
                accelerator=built_for or tr("accelerator")
            )
            where = with_these if accelerator else with_none
            found.append(f"{picked} {where}")
            expected.append(f"{accelerator or 'cpu'} {where}")
    assert_value(found, expected)


@given(drawn=st.tuples(*[tensors("...", dtypes=EVERY_DTYPE, values=SPECIAL)] * 2))
def test_to_device_of_changes_the_device_alone(kata, device, drawn):
    """Shape, dtype and values stay as they are, whatever the dtype of the reference."""
    x, reference = drawn
    for here, there in across(device):
        moved = kata.to_device_of(x.to(here), reference.to(there))
        assert_tensor(moved, array(x), dtype=x.dtype, device=there, rtol=0, atol=0)


def test_to_device_of_goes_wherever_the_reference_is(kata, device):
    """The result is on the reference's device, from the CPU to an accelerator and back."""
    moved, places = [], across(device)
    for here, there in places:
        x, reference = torch.tensor([1, 2, 3], device=here), torch.tensor(0.5, device=there)
        moved.append(kata.to_device_of(x, reference))
    assert_each(moved, "device", [there for _, there in places])


@edge
def test_to_device_of_keeps_every_digit(kata, device):
    """Numbers that only a long dtype can hold arrive as they were."""
    for x in long_numbers(device):
        for there in (CPU, device):
            moved = kata.to_device_of(x, torch.zeros(2, device=there))
            assert_tensor(moved, x, device=there, rtol=0, atol=0)


@edge
def test_to_device_of_knows_every_dtype(kata):
    """Whatever the dtypes of the two tensors are, it is x's that the result has."""
    for reference in reversed(ones((2,))):
        moved = [kata.to_device_of(x, reference) for x in ones((3,))]
        assert_each(moved, "dtype", EVERY_DTYPE)
    flags = torch.tensor([True, False])
    assert_tensor(kata.to_device_of(flags, flags), [True, False], like=flags)


@given(drawn=st.tuples(*[tensors("...", dtypes=EVERY_DTYPE, values=NON_NEGATIVE)] * 2))
def test_like_has_the_dtype_and_device_of_the_reference(kata, device, drawn):
    """The result has x's shape and values, with the dtype and on the device of the reference."""
    x, reference = drawn
    expected = array(x).astype(NUMPY[reference.dtype])
    for here, there in across(device):
        result = kata.like(x.to(here), reference.to(there))
        assert_tensor(result, expected, dtype=reference.dtype, device=there)


def test_like_keeps_the_shape_of_x(kata, device):
    """The reference's shape and values do not matter."""
    x = torch.tensor([[1, 2, 3]], device=device)
    for reference in (torch.tensor(7.0), torch.zeros(3, 2), torch.ones(2, 3, 1), torch.empty(0)):
        expected = [[1.0, 2.0, 3.0]]
        result = kata.like(x, reference.to(device))
        assert_tensor(result, expected, dtype=torch.float32, device=device)


def test_like_drops_the_fraction_for_an_integer(kata, device):
    """A float that becomes an integer is cut off toward zero, not rounded."""
    x = torch.tensor([2.7, -2.7, 1.5, -0.5, 100.0], device=device)
    for dtype in (torch.int64, torch.int32, torch.int16, torch.int8):
        reference = torch.tensor([0], dtype=dtype, device=device)
        assert_tensor(kata.like(x, reference), [2, -2, 1, 0, 100], like=reference)


@edge
def test_like_makes_everything_but_zero_true(kata, device):
    """For a bool reference 0 becomes False and everything else True, fractions too."""
    reference = torch.tensor(False, device=device)
    expected = [False, True, True, True, True, True, True, True]
    for dtype in numbers(device, "float32", "float64"):
        values = [0.0, 0.25, 0.75, -1.0, 256.0, 1e-30, float("nan"), float("-inf")]
        x = torch.tensor(values, dtype=dtype, device=device)
        assert_tensor(kata.like(x, reference), expected, like=reference)
    for dtype in numbers(device, "int64", "int8"):
        x = torch.tensor([-1, 0, 2], dtype=dtype, device=device)
        assert_tensor(kata.like(x, reference), [True, False, True], like=reference)
    x = torch.tensor([2**32, 0, -(2**40)], device=device)
    assert_tensor(kata.like(x, reference), [True, False, True], like=reference)


@edge
def test_like_converts_every_dtype_to_every_other(kata):
    """Whatever the dtypes of the two tensors are, the result has the reference's."""
    for dtype, reference in itertools.product(EVERY_DTYPE, ones((2,))):
        x = torch.tensor([[0, 1, 100]], dtype=dtype)
        expected = array(x).astype(NUMPY[reference.dtype])
        assert_tensor(kata.like(x, reference), expected, like=reference, rtol=0, atol=0)


@edge
def test_like_keeps_what_the_dtype_can_hold(kata, device):
    """A value that both dtypes can hold stays exact, however long."""
    for x in long_numbers(device):
        assert_tensor(kata.like(x, torch.zeros_like(x)), x, rtol=0, atol=0)
    large = torch.tensor([2**53 - 1, 2**24 + 1, -(2**40) - 1], device=device)
    for kept in numbers(device, "float64", "int64"):
        reference = torch.zeros(1, dtype=kept, device=device)
        assert_tensor(kata.like(large, reference), large.to(kept), rtol=0, atol=0)
    for kept in numbers(device, "float64", "float32"):
        x = torch.tensor([0.1, 1 / 3, 1e-30], dtype=kept, device=device)
        assert_tensor(kata.like(x, torch.zeros(1, dtype=kept)), x.cpu(), rtol=0, atol=0)
    floats = torch.tensor([2.0**53, -(2.0**31) + 1], dtype=full_precision(device), device=device)
    assert_tensor(kata.like(floats, large), floats.to(torch.int64))


@given(drawn=pairs())
def test_add_across_adds_on_the_first_device(kata, device, drawn):
    """The result is a + b, broadcast and promoted as ever, on the device of a."""
    a, b = drawn
    dtype = dtype_of_sum(a, b)
    expected = array(a).astype(NUMPY[dtype]) + array(b).astype(NUMPY[dtype])
    for here, there in across(device):
        total = kata.add_across(a.to(here), b.to(there))
        assert_tensor(total, expected, dtype=dtype, device=here)


def test_add_across_lies_where_the_first_tensor_lies(kata, device):
    """The result is on the device of a, whether that is the CPU or an accelerator."""
    for of_a, of_b in (([1.0, 2.0], [10.0, 20.0]), ([1.0, 2.0], 10.0), (1.0, [10.0, 20.0])):
        sums, places = [], across(device)
        for here, there in places:
            a, b = torch.tensor(of_a, device=here), torch.tensor(of_b, device=there)
            sums.append(kata.add_across(a, b))
        assert_each(sums, "device", [here for here, _ in places])


def test_add_across_cuts_neither_dtype(kata, device):
    """Integers and floats make floats, whichever of them comes first."""
    for here, there in across(device):
        whole, part = torch.tensor([1, -2], device=here), torch.tensor([0.5, 0.25], device=there)
        expected, dtype = [1.5, -1.75], torch.float32
        assert_tensor(kata.add_across(whole, part), expected, dtype=dtype, device=here)
        assert_tensor(kata.add_across(part, whole), expected, dtype=dtype, device=there)


def test_add_across_broadcasts(kata, device):
    """A column and a row make a table, and a number goes to every element."""
    for here, there in across(device):
        column, row = torch.tensor([[0], [10]], device=here), torch.tensor([1, 2], device=there)
        assert_tensor(kata.add_across(column, row), [[1, 2], [11, 12]], like=column)
        assert_tensor(kata.add_across(row, column), [[1, 2], [11, 12]], like=row)
        number = torch.tensor(5, device=there)
        assert_tensor(kata.add_across(column, number), [[5], [15]], like=column)
        assert_tensor(kata.add_across(number, column), [[5], [15]], like=number)


@edge
def test_add_across_promotes_every_pair_of_dtypes(kata):
    """The sum has the dtype that a + b has: rank counts, and neither dtype alone decides."""
    for a in ones((), (1,)):
        sums = [kata.add_across(a, b) for b in ones((), (1,))]
        assert_each(sums, "dtype", [dtype_of_sum(a, b) for b in ones((), (1,))])
    flags = torch.tensor([True, False])
    assert_tensor(kata.add_across(flags, flags), [True, False], like=flags)


@edge
def test_add_across_treats_a_0d_tensor_as_a_tensor(kata, device):
    """A 0-D float64 tensor makes integers float64, which a Python number would not."""
    precise = full_precision(device)
    for here, there in across(device):
        a, b = torch.tensor([1, 2], device=here), torch.tensor(0.1, dtype=precise, device=there)
        expected = [1 + b.item(), 2 + b.item()]
        assert_tensor(kata.add_across(a, b), expected, dtype=precise, device=here)
        assert_tensor(kata.add_across(b, a), expected, dtype=precise, device=there)


@edge
def test_add_across_keeps_every_digit(kata, device):
    """Integers are added as integers, and float64 as float64."""
    for x in long_numbers(device):
        shift = torch.tensor([-2], dtype=x.dtype)
        expected = array(x) - 2
        assert_tensor(kata.add_across(x, shift), expected, like=x, rtol=0, atol=0)
        assert_tensor(kata.add_across(shift, x), expected, like=shift, rtol=0, atol=0)


@edge
def test_add_across_wraps_round_as_a_sum_does(kata, device):
    """A sum that its dtype cannot hold wraps round, as a + b does on one device."""
    a = torch.tensor([200, 1], dtype=torch.uint8, device=device)
    b = torch.tensor([100, 255], dtype=torch.uint8)
    assert_tensor(kata.add_across(a, b), [44, 0], like=a)


@given(x=tensors("...", dtypes=EVERY_DTYPE, min_side=1))
def test_mean_of_averages_any_dtype(kata, device, x):
    """The result is the mean of all elements, float64 for float64 and float32 for the rest."""
    dtype = x.dtype if x.dtype == torch.float64 else torch.float32
    assert_tensor(kata.mean_of(x), array(x).mean(), dtype=dtype, device=device)


def test_mean_of_integers_keeps_the_fraction(kata, device):
    """The mean of integers is a float32, neither rounded nor cut off."""
    for dtype in INTEGERS:
        x = torch.tensor([[1, 2, 4], [0, 0, 1]], dtype=dtype, device=device)
        assert_tensor(kata.mean_of(x), 8 / 6, dtype=torch.float32, device=device)


def test_mean_of_bools_is_the_share_of_true(kata, device):
    """True counts as 1 and False as 0."""
    x = torch.tensor([True, False, True, True], device=device)
    assert_tensor(kata.mean_of(x), 0.75, dtype=torch.float32, device=device)


@edge
def test_mean_of_large_integers_does_not_wrap_round(kata, device):
    """The sum of large integers does not fit their dtype; the mean is right all the same."""
    for dtype in INTEGERS:
        for large in (torch.iinfo(dtype).max, torch.iinfo(dtype).max // 2 + 1):
            x = torch.full((3, 7), large, dtype=dtype, device=device)
            assert_tensor(kata.mean_of(x), float(large), dtype=torch.float32, device=device)


@edge
def test_mean_of_large_negative_integers_does_not_wrap_round(kata, device):
    """Nor does the sum wrap round at the lower end."""
    for low in (-(2**62), -(2**63)):
        x = torch.full((5,), low, device=device)
        assert_tensor(kata.mean_of(x), float(low), dtype=torch.float32, device=device)


@edge
def test_mean_of_one_number_is_that_number(kata, device):
    """A 0-D tensor has a mean, too."""
    number = torch.tensor(7, device=device)
    assert_tensor(kata.mean_of(number), 7.0, dtype=torch.float32, device=device)


@edge
def test_mean_of_float64_does_not_pass_through_float32(kata, device):
    """The mean of float64 elements has all their digits."""
    for values in ([[0.1, 1 / 3], [1.0, 1e5]], [[1e9 + 0.25, -1e9]], 0.1):
        x = torch.tensor(values, dtype=full_precision(device), device=device)
        assert_tensor(kata.mean_of(x), array(x).mean(), like=x)


# Times 255 none of these lies near a tie, where rounding in float32 may go either way.
BRIGHTNESS = (0.0, 1.0, 0.25, 1 / 3, 0.001, 0.002, 0.998, 0.999, 0.6, -0.2, 1.1, -1.0, 2.0, 0.501)


@given(
    x=either(
        tensors("rows columns", values=BRIGHTNESS),
        tensors("...", values=(*BRIGHTNESS, 300.0, -1e30, 1e30)),
    )
)
def test_to_pixels_rounds_and_clamps(kata, device, x):
    """0 to 1 becomes 0 to 255, rounded to nearest; whatever is outside becomes 0 or 255."""
    expected = np.clip(np.rint(array(x) * 255), 0, 255)
    assert_tensor(kata.to_pixels(x), expected, dtype=torch.uint8, device=device)


@edge
def test_to_pixels_gives_every_pixel_back(kata, device):
    """n / 255 becomes n, for all of 0 to 255."""
    pixels = torch.arange(256, device=device)
    for dtype in numbers(device, "float32", "float64"):
        result = kata.to_pixels(pixels.to(dtype) / 255)
        assert_tensor(result, pixels.cpu(), dtype=torch.uint8, device=device)


def test_to_pixels_rounds_to_the_nearest(kata, device):
    """A little below the next whole number is that number, a little above it is no more."""
    for dtype in numbers(device, "float32", "float64"):
        below = torch.arange(255, dtype=dtype, device=device)
        for part, expected in ((0.49, np.arange(255)), (0.51, np.arange(1, 256))):
            result = kata.to_pixels((below + part) / 255)
            assert_tensor(result, expected, dtype=torch.uint8, device=device)


@edge
def test_to_pixels_rounds_a_tie_to_a_neighbour(kata, device):
    """Half way between two pixels, either of them will do."""
    result = kata.to_pixels(torch.tensor([0.5], device=device))
    assert_metadata(result, shape=(1,), dtype=torch.uint8, device=device)
    assert_that(
        result.item() in (127, 128),
        tr("0.5 became {number}, not 127 or 128").format(number=result.item()),
    )


def test_to_pixels_clamps_what_is_out_of_range(kata, device):
    """All below 0 becomes 0 and all above 1 becomes 255, however far outside."""
    outside = [-0.001, -0.5, -300.0, -float("inf"), 1.003, 1.5, 300.0, 1e38, float("inf")]
    expected = [0, 0, 0, 0, 255, 255, 255, 255, 255]
    for dtype in numbers(device, "float32", "float64"):
        x = torch.tensor(outside, dtype=dtype, device=device)
        assert_tensor(kata.to_pixels(x), expected, dtype=torch.uint8, device=device)


def test_to_pixels_does_not_stretch_the_contrast(kata, device):
    """A picture without black and white stays without them."""
    x = torch.tensor([[0.4, 0.6]], device=device)
    assert_tensor(kata.to_pixels(x), [[102, 153]], dtype=torch.uint8, device=device)


@edge
def test_to_pixels_rounds_float64_in_float64(kata, device):
    """Of two float64 numbers on either side of a tie, each goes to its own side."""
    near = [126.5 + 1e-6, 127.5 - 1e-6, 127.5 + 1e-6, 128.5 - 1e-6]
    for dtype in numbers(device, "float64"):
        x = torch.tensor(near, dtype=dtype, device=device) / 255
        expected = [127, 127, 128, 128]
        assert_tensor(kata.to_pixels(x), expected, dtype=torch.uint8, device=device)
    white = torch.ones(2, 0, 3, dtype=full_precision(device), device=device)
    assert_tensor(kata.to_pixels(white), np.ones((2, 0, 3)), dtype=torch.uint8, device=device)


@given(x=tensors("...", dtypes=EVERY_DTYPE, values=SPECIAL))
def test_to_numpy_keeps_shape_dtype_and_values(kata, device, x):
    """The result is an array with the shape, dtype and values of the tensor."""
    expected = np.array(x.tolist(), dtype=NUMPY[x.dtype]).reshape(x.shape)
    assert_array(kata.to_numpy(x), expected)


@given(x=tensors("..."))
def test_to_numpy_takes_a_tensor_that_requires_grad(kata, device, x):
    """A tensor that requires grad can be had as an array, a result in a graph too."""
    expected = np.array(x.tolist(), dtype=NUMPY[x.dtype]).reshape(x.shape)
    for place in dict.fromkeys((CPU, device)):
        leaf = x.to(place).clone().requires_grad_()
        assert_array(kata.to_numpy(leaf), expected)
        assert_array(kata.to_numpy(leaf * 1), expected)


@edge
def test_to_numpy_of_a_0d_tensor_is_an_array(kata, device):
    """A 0-D tensor becomes an array of shape (), not a number."""
    for number in (torch.tensor(3, device=device), torch.tensor(0.5, device=device)):
        dtype = np.int64 if number.dtype == torch.int64 else np.float32
        assert_array(kata.to_numpy(number), np.array(number.item(), dtype=dtype))


@edge
def test_to_numpy_keeps_every_digit(kata, device):
    """Numbers that only a long dtype can hold arrive as they were."""
    for x in long_numbers(device):
        assert_array(kata.to_numpy(x), np.array(LONG[x.dtype], dtype=NUMPY[x.dtype]))


@edge
def test_to_numpy_knows_every_dtype(kata, device):
    """The array has the dtype of the same name, empty or not."""
    for dtype in numbers(device):
        for values in ([[0], [100]], [[], []], 1):
            x = torch.tensor(values, dtype=dtype, device=device)
            assert_array(kata.to_numpy(x), np.array(values, dtype=NUMPY[dtype]))


@given(x=tensors("...", dtypes=EVERY_DTYPE))
def test_nbytes_multiplies_elements_by_bytes(kata, device, x):
    """The result is the number of elements times the bytes of one, whatever the layout."""
    assert_value(kata.nbytes(x), array(x).size * np.dtype(NUMPY[x.dtype]).itemsize)


def test_nbytes_depends_on_the_dtype(kata, device):
    """An element of float64 or int64 takes 8 bytes, one of uint8 or bool takes 1."""
    for dtype in numbers(device):
        size = np.dtype(NUMPY[dtype]).itemsize
        assert_value(kata.nbytes(torch.zeros(3, 5, dtype=dtype, device=device)), 15 * size)
        assert_value(kata.nbytes(torch.zeros((), dtype=dtype, device=device)), size)


@edge
def test_nbytes_of_a_slice_counts_the_slice(kata, device):
    """The memory that a slice is cut from does not count."""
    whole = torch.zeros(10, 3, device=device)
    assert_value(kata.nbytes(whole[2:4]), 24)
    assert_value(kata.nbytes(whole[:, 1]), 40)
    assert_value(kata.nbytes(whole[5:5]), 0)


@edge
def test_nbytes_of_an_expanded_tensor_counts_each_element(kata, device):
    """A number that is repeated without a copy counts at each of its places."""
    whole = torch.zeros(4, 6, device=device)
    expanded = (whole[0, 0].expand(7, 5), whole[::2, :1].expand(2, 3), whole[:0, :1].expand(0, 3))
    assert_value([kata.nbytes(x) for x in expanded], [140, 24, 0])


@edge
def test_nbytes_takes_any_number_of_axes(kata, device):
    """All lengths are multiplied, however many; with none of them there is one element."""
    shapes = ((), (1,), (3,), (3, 2), (4, 3, 2), (2, 1, 4, 3), (2, 0, 3))
    sizes = [kata.nbytes(torch.zeros(shape, device=device)) for shape in shapes]
    assert_value(sizes, [4, 4, 12, 24, 96, 96, 0])


@given(drawn=pairs())
def test_promoted_is_the_dtype_of_the_sum(kata, device, drawn):
    """The result is the dtype of a + b, for tensors of any rank and dtype."""
    a, b = drawn
    assert_value(kata.promoted(a, b), dtype_of_sum(a, b))


@given(x=tensors("...", dtypes=EVERY_DTYPE, max_side=2), scalar=st.sampled_from(SCALARS))
def test_promoted_takes_python_numbers(kata, device, x, scalar):
    """A Python number on either side changes the dtype only if it is of a higher kind."""
    expected = dtype_of_sum(x, scalar)
    assert_value(kata.promoted(x, scalar), expected)
    assert_value(kata.promoted(scalar, x), expected)


@edge
def test_promoted_knows_every_pair_of_dtypes(kata):
    """Kind first, then rank, where one element on an axis counts as axes; then size."""
    for a, b in itertools.product(ones((1,), ()), repeat=2):
        assert_value(kata.promoted(a, b), dtype_of_sum(a, b))


@edge
def test_promoted_knows_every_dtype_beside_a_python_number(kata):
    """A Python number decides only if it is of a higher kind than the tensor."""
    for x, scalar in itertools.product(ones((1,), ()), SCALARS):
        expected = dtype_of_sum(x, scalar)
        assert_value(kata.promoted(x, scalar), expected)
        assert_value(kata.promoted(scalar, x), expected)


def test_promoted_of_tensors_of_one_rank_holds_both(kata, device):
    """Where ranks do not decide, floats win over integers, these over bools, else the wider."""
    cases = (
        ("bool", "bool", "bool"),
        ("bool", "uint8", "uint8"),
        ("uint8", "int8", "int16"),
        ("uint8", "int16", "int16"),
        ("int32", "int64", "int64"),
        ("int64", "float32", "float32"),
        ("bool", "float64", "float64"),
        ("float32", "float64", "float64"),
    )
    for names in cases:
        if len(numbers(device, *names)) == 3:
            a, b, expected = numbers(device, *names)
            x, y = torch.ones(2, dtype=a, device=device), torch.ones(2, dtype=b, device=device)
            assert_value(kata.promoted(x, y), expected)
            assert_value(kata.promoted(y[0], x[1]), expected)


def test_promoted_favours_the_tensor_with_axes(kata, device):
    """Within one kind a tensor with axes wins over a 0-D tensor, even if it is narrower."""
    narrow = torch.ones(2, dtype=torch.int32, device=device)
    wide = torch.tensor(1, device=device)
    assert_value(kata.promoted(narrow, wide), torch.int32)
    assert_value(kata.promoted(wide, narrow), torch.int32)
    assert_value(kata.promoted(wide, narrow[:0]), torch.int32)
    precise = torch.tensor(1.0, dtype=full_precision(device), device=device)
    assert_value(kata.promoted(torch.ones(2, device=device), precise), torch.float32)
    assert_value(kata.promoted(narrow, precise), precise.dtype)


def test_promoted_favours_a_0d_tensor_over_a_python_number(kata, device):
    """A tensor, with axes or without, is not widened by a Python number of the same kind."""
    short = torch.ones(2, dtype=torch.int16, device=device)
    assert_value(kata.promoted(short, 7), torch.int16)
    assert_value(kata.promoted(torch.tensor(1, dtype=torch.int32, device=device), 7), torch.int32)
    assert_value(
        kata.promoted(1000, torch.tensor(1, dtype=torch.uint8, device=device)), torch.uint8
    )


def test_promoted_looks_at_the_kind_first(kata, device):
    """Floats win over integers and these over bools, though of lower rank."""
    truth = torch.ones(2, dtype=torch.bool, device=device)
    whole, part = torch.tensor(7, device=device), torch.tensor(0.5, device=device)
    assert_value(kata.promoted(whole.expand(3), part), torch.float32)
    assert_value(kata.promoted(truth, whole), torch.int64)
    assert_value(kata.promoted(truth[0], 7), torch.int64)
    assert_value(kata.promoted(0.1, whole), torch.float32)
