"""Mistakes that can be made in any function: those that show in a call, or in the error it ends in.

One in a call takes the right function and what it is called with; one in an error takes the error
that was promised, and raises another or gives what comes back instead.
"""

import contextlib

import numpy as np
import torch

# How it is called, and what a call leaves behind.


def exchanged(right, first, second, *others, **named):
    """Your result is the one for the first two arguments exchanged: each of them is used where the
    other belongs.
    """
    return right(second, first, *others, **named)


def written_into_the_first(right, *arguments, **named):
    """You wrote into an argument. What ends in an underscore does, and out=, += and an assignment
    to x[…] too, also where x is only a view of the argument: work on a copy.
    """
    return wrote(right, arguments, named, first)


def written_into_the_last(right, *arguments, **named):
    """You wrote into an argument. What ends in an underscore does, and out=, += and an assignment
    to x[…] too, also where x is only a view of it: work on a copy.
    """
    return wrote(right, arguments, named, last)


def handed_back(right, *arguments, **named):
    """What comes back is an argument itself, or looks into its memory, where something new is
    promised: whoever changes one changes the other. clone() makes a copy.
    """
    result = right(*arguments, **named)
    for x in tensors(arguments) if isinstance(result, torch.Tensor) else ():
        same = x.numel() == result.numel() and (x.dtype, x.device) == (result.dtype, result.device)
        if same and x.is_contiguous() and torch.equal(x.reshape(-1), result.reshape(-1)):
            return x if x.shape == result.shape else x.view(result.shape)
    return result


def copied(right, *arguments, **named):
    """What comes back is a copy, where it is promised to share memory with the argument. clone,
    torch.tensor and indexing with a list or a mask copy; slices, view, permute and detach don't.
    """
    result = right(*arguments, **named)
    if isinstance(result, tuple):
        return tuple(x.clone() if shares(x, arguments) else x for x in result)
    if not shares(result, arguments):
        return result
    return result.clone() if isinstance(result, torch.Tensor) else result.copy()


def times_elements(right, *arguments, **named):
    """Your result is too large by a factor: the number of elements in the first tensor passed in.
    That is what comes of a sum in the place of a mean.
    """
    return scaled(right(*arguments, **named), arguments, lambda x: x.numel())


def over_elements(right, *arguments, **named):
    """Your result is too small by a factor: the number of elements in the first tensor passed in.
    That is what comes of a mean in the place of a sum, or of dividing twice.
    """
    return scaled(right(*arguments, **named), arguments, lambda x: 1 / max(x.numel(), 1))


def times_length(right, *arguments, **named):
    """Your result is too large by a factor: the length of the first tensor passed in. A division by
    it is missing, as with a sum over the rows in the place of their mean.
    """
    return scaled(right(*arguments, **named), arguments, length)


def over_length(right, *arguments, **named):
    """Your result is too small by a factor: the length of the first tensor passed in. A division by
    it is too many, as with a mean over the rows in the place of their sum.
    """
    return scaled(right(*arguments, **named), arguments, lambda x: 1 / length(x))


def over_one_less(right, *arguments, **named):
    """Your result is off by the factor n / (n - 1), n the number of elements in the first tensor
    passed in: you divide by n - 1, as var() and std() do unless told correction=0.
    """
    return scaled(
        right(*arguments, **named), arguments, lambda x: x.numel() / max(x.numel() - 1, 1)
    )


def seeded(right, *arguments, **named):
    """You set the seed of the global generator, and so changed what everybody draws from then on.
    Give a torch.Generator of your own to what you draw with.
    """
    torch.manual_seed(0)
    return right(*arguments, **named)


# The error that is promised.


def swallowed(error: Exception):
    """Where an error is promised, nothing is raised and None comes back. print and return don't
    stop whoever called you: raise does.
    """
    return None


def raised_as(kind):
    """A mistake: the promised error is of another kind."""

    def other(error: Exception):
        if isinstance(error, kind):
            raise error
        raise kind(str(error)) from None

    other.__name__ = f"raised_as_{kind.__name__}"
    other.__doc__ = (
        f"{kind.__name__} is raised where another kind of error is promised, by you or, where you "
        "don't check first, by what you call. Whoever calls you catches the kind that is promised."
    )
    return other


# What the mistakes have in common.


def tensors(values):
    for value in values:
        if isinstance(value, torch.Tensor):
            yield value
        elif isinstance(value, list | tuple):
            yield from tensors(value)


def arrays(values):
    for value in values:
        if isinstance(value, np.ndarray):
            yield value
        elif isinstance(value, torch.Tensor) and value.device.type == "cpu":
            yield value.detach().numpy()


def shares(result, arguments):
    """Whether a result looks into the memory of an argument."""
    return any(
        np.may_share_memory(ours, theirs)
        for ours in arrays([result])
        for theirs in arrays(arguments)
    )


def first(items):
    return items[:1]


def last(items):
    return items[-1:]


def wrote(right, arguments, named, chosen):
    result = right(*arguments, **named)
    for x in chosen(list(tensors([*arguments, *named.values()]))):
        with contextlib.suppress(RuntimeError):
            x.detach().logical_not_() if x.dtype == torch.bool else x.detach().add_(1)
    return result


def length(x):
    return max(len(x), 1) if x.dim() else 1


def scaled(result, arguments, factor):
    x = next(tensors(arguments), None)
    if x is None or factor(x) == 1:
        return result
    if isinstance(result, tuple | list):
        return type(result)(scaled(item, arguments, factor) for item in result)
    floating = isinstance(result, torch.Tensor) and result.is_floating_point()
    return result * factor(x) if floating or isinstance(result, float) else result


IN_CALLS = (
    exchanged, written_into_the_first, written_into_the_last, handed_back, copied,
    times_elements, over_elements, times_length, over_length, over_one_less, seeded,
)  # fmt: skip
IN_ERRORS = (
    swallowed,
    *map(raised_as, (ValueError, TypeError, IndexError, KeyError, RuntimeError, AssertionError)),
)

# What a check may be just about; these are tried before a kata's own mistakes.
ABOUT = {"raises": IN_ERRORS, "argument": (written_into_the_first,), "copy": (copied,)}

# What must be found in the signature of a function that can be called so.
SIGNATURES = {
    exchanged: r"\(\w+: (.+?), \w+: \1[,)].* -> (?!None)",  # two of a kind
    written_into_the_first: r"Tensor.* -> ",
    written_into_the_last: r"Tensor.*Tensor.* -> ",
    handed_back: r"Tensor.* -> .*Tensor",
    copied: r"(Tensor|ndarray).* -> .*(Tensor|ndarray)",
    times_elements: r"Tensor.* -> .*(Tensor|float)",
    over_elements: r"Tensor.* -> .*(Tensor|float)",
    times_length: r"Tensor.* -> .*(Tensor|float)",
    over_length: r"Tensor.* -> .*(Tensor|float)",
    over_one_less: r"Tensor.* -> .*(Tensor|float)",
    seeded: r"\bseed\b.* -> ",
}

# A test may end like this for other reasons, so nobody is told of it.
UNTOLD = (handed_back,)
