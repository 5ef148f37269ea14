"""Mistakes that can be made in any function: those that show in what comes back.

Each takes a right result and gives the wrong one, or the same object where nothing is to change.
What its argument is annotated with says which results it is about; one about a tensor is called
with each that is in a tuple, list, dict or iterator. Others are in everywhere_in_calls.py and
everywhere_in_source.py; harmless.txt lists where one of them all is no mistake.
"""

from collections.abc import Iterator

import torch

# What comes back: its axes.


def squeezed(x: torch.Tensor):
    """Axes of length 1 are missing from your result. They belong to its shape: squeeze() drops
    them, and so does an index where a slice or keepdim=True would keep them.
    """
    return x.squeeze() if 1 in x.shape else x


def axis_in_front(x: torch.Tensor):
    """Your result has an axis of length 1 too many, the first. What it holds is right: take it out
    with [0] or squeeze(0), or don't put it in.
    """
    return x.unsqueeze(0)


def axis_at_the_end(x: torch.Tensor):
    """Your result has an axis of length 1 too many, the last. What it holds is right: keepdim=True,
    unsqueeze(-1) or [..., None] puts such an axis in.
    """
    return x.unsqueeze(-1)


def flattened(x: torch.Tensor):
    """Your result has the right numbers in a single axis. Its shape was lost: flatten and
    reshape(-1) lose it, and so does a boolean mask as index.
    """
    return x.reshape(-1) if x.dim() != 1 else x


def transposed(x: torch.Tensor):
    """Your result is transposed: its last two axes have changed places, so that what should be rows
    are columns.
    """
    return x.transpose(-1, -2) if x.dim() > 1 else x


def backwards(x: torch.Tensor):
    """Your result runs backwards: along its first axis, what should come first comes last."""
    return x.flip(0) if x.dim() and len(x) > 1 else x


# What comes back: its type and its dtype.


def as_list(x: torch.Tensor):
    """What comes back is plain Python, where a tensor is promised: tolist() makes a list, and what
    is collected in a list stays one until torch.stack or torch.tensor makes a tensor of it.
    """
    return x.tolist() if x.dim() else x


def as_array(x: torch.Tensor):
    """What comes back is a NumPy array, where a tensor is promised. torch.from_numpy makes one of
    it; better, stay in torch all the way.
    """
    return x.detach().cpu().numpy()


def as_number(x: torch.Tensor):
    """What comes back is a plain Python number, where a 0-D tensor is promised. item(), float() and
    int() leave torch, and with it dtype, device and graph.
    """
    return x if x.dim() else x.item()


def on_the_cpu(x: torch.Tensor):
    """Your result lies on the CPU, where another device is asked for. What you make anew needs one,
    as device=x.device or from x.new_zeros and zeros_like; and nothing has to go through cpu().
    """
    return x if x.device.type == "cpu" else x.cpu()


def through_float32(x: torch.Tensor):
    """Your result has only the digits of float32. On the way to it float64 became float32 once, and
    digits that are lost don't come back: say dtype= for what you make anew.
    """
    return x.float().double() if x.dtype == torch.float64 else x


def in_float32(x: torch.Tensor):
    """Your result is float32, where another dtype is asked for. float(), torch.zeros, torch.tensor
    of floats and others give that dtype unless you say dtype=.
    """
    return x.float()


def in_float64(x: torch.Tensor):
    """Your result is float64, where another dtype is asked for. double() gives that dtype, and so
    does what comes from NumPy's own functions.
    """
    return x.double()


def in_int64(x: torch.Tensor):
    """Your result is int64, where another dtype is asked for. long(), // and torch.tensor of ints
    give that dtype.
    """
    return x.long()


def truncated(x: torch.Tensor):
    """Your result has lost its fractions: each number is cut off at the point, as int(), trunc()
    and a way through integers do.
    """
    return x.trunc() if x.is_floating_point() else x


def detached(x: torch.Tensor):
    """Your result is cut off from the graph, so that no gradient flows through it. detach(),
    item(), numpy(), torch.no_grad() and torch.tensor(x) do that.
    """
    return x.detach() if x.requires_grad else x


def graph_kept(x: torch.Tensor):
    """Your result requires grad, where it should be plain numbers: it still hangs on a graph, or
    requires_grad_() was called on it. detach() gives the numbers alone.
    """
    wanted = x.is_floating_point() and not x.requires_grad
    return x.detach().requires_grad_() if wanted else x


# What comes back: its numbers.


def negated(x: torch.Tensor):
    """Your result has the wrong sign: what should be added is subtracted, or a difference is taken
    the other way round.
    """
    return x if x.dtype == torch.bool else -x


def inverted(x: torch.Tensor):
    """Your result is the opposite: True where it should be False, and the other way round."""
    return ~x if x.dtype == torch.bool else x


def doubled(x: torch.Tensor):
    """Your result is twice what it should be: a factor of 2 is too many, or one of 1/2 is
    missing.
    """
    return 2 * x if x.is_floating_point() else x


def halved(x: torch.Tensor):
    """Your result is half of what it should be: a factor of 2 is missing, or one of 1/2 is too
    many.
    """
    return x / 2 if x.is_floating_point() else x


def squared(x: torch.Tensor):
    """Your result is the square of what it should be: a root is missing, or a square is too
    many.
    """
    return x * x if x.is_floating_point() else x


def rooted(x: torch.Tensor):
    """Your result is the root of what it should be: a square is missing, or a root is too many."""
    return x.sqrt() if x.is_floating_point() else x


def number_as_tensor(number: int | float | bool):
    """What comes back is a tensor with one number, where a Python number is promised. item() gives
    the number, and int, float or bool too.
    """
    return torch.tensor(number)


def number_as_float(number: int):
    """What comes back is a float, where an int is promised. A count, a length or a position is an
    int: use // for /, or int().
    """
    return float(number)


def number_truncated(number: float):
    """What comes back is an int, so that the fraction is cut off, where a float is promised. int()
    and // do that.
    """
    return int(number)


def truth_as_number(truth: bool):
    """What comes back is a number, 1 or 0, where True or False is promised."""
    return int(truth)


def truth_inverted(truth: bool):
    """What comes back is the opposite: True where it should be False, and the other way round."""
    return not truth


def one_more(number: int):
    """The number that comes back is 1 too large. See where you begin to count, and whether the end
    is counted too.
    """
    return number + 1


def one_less(number: int):
    """The number that comes back is 1 too small. See where you begin to count, and whether the end
    is counted too.
    """
    return number - 1


def number_negated(number: int | float):
    """The number that comes back has the wrong sign."""
    return -number


def as_percentage(number: float):
    """The number that comes back is a percentage, where a share between 0 and 1 is promised: it is
    100 times too large.
    """
    return 100 * number


def list_for_tuple(items: tuple):
    """What comes back is a list, where a tuple is promised. tuple() makes one of it."""
    return list(items)


def tuple_for_list(items: list):
    """What comes back is a tuple, where a list is promised. list() makes one of it."""
    return tuple(items)


def tensor_for_tuple(items: tuple):
    """What comes back is a single tensor, where a tuple is promised."""
    if not all(isinstance(item, torch.Tensor) for item in items):
        return torch.tensor(items)
    return torch.stack(items) if len({item.shape for item in items}) == 1 else items


def reversed_items(items: tuple | list):
    """What comes back has its parts in reverse order: what should be last comes first."""
    return items[::-1]


def first_alone(items: tuple | list):
    """Only the first part of what is promised comes back. All parts go behind one return, with
    commas between them or in a list; in a loop, return ends it at once.
    """
    return items[0] if len(items) else items


def list_for_iterator(items: Iterator):
    """What comes back is a list, where an iterator is promised that makes one item after
    another.
    """
    return list(items)


def last_left_out(items: tuple | list | Iterator):
    """The last part of what is promised is missing. See where your loop or slice ends: the end of a
    range or slice is not in it.
    """
    return items[:-1] if isinstance(items, tuple | list) else iter(list(items)[:-1])


def nothing(result: object):
    """Your function hands back None. It does so where no return is reached, where return stands
    alone, and for what changes a list in place: append, sort and reverse return None.
    """


IN_RESULTS = (
    squeezed, axis_in_front, axis_at_the_end, flattened, transposed, backwards,
    as_list, as_array, as_number, on_the_cpu, through_float32, in_float32, in_float64, in_int64,
    truncated, detached, graph_kept, negated, inverted, doubled, halved, squared, rooted,
    number_as_tensor, number_as_float, number_truncated, truth_as_number, truth_inverted,
    one_more, one_less, number_negated, as_percentage,
    list_for_tuple, tuple_for_list, tensor_for_tuple, reversed_items, first_alone,
    list_for_iterator, last_left_out, nothing,
)  # fmt: skip

ABOUT = {  # what a check may be just about; these are tried before a kata's own mistakes
    "device": (on_the_cpu,),
    "dtype": (in_float32, in_float64, in_int64),
    "type": (as_list, as_array, as_number, number_as_tensor, number_as_float),
}
OF_TRUTHS = (inverted, truth_inverted, truth_as_number, nothing)  # True or False alone can tell
UNTOLD = (through_float32, truncated, one_more, one_less)  # for many reasons a test may end so
