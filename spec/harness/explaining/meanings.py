"""What errors of torch and Python mean here, where their own words are no help."""

import re

from ..language import tr

EXCHANGED = " In the other order they would be."
FIRST = " With the first transposed they would be."
SECOND = " With the second transposed they would be."

# What torch words badly, by a pattern of its message; groups are numbered in the sentence.
MEANINGS = (
    (
        r"size of tensor a \((\d+)\) must match the size of tensor b \((\d+)\) .* dimension (\d+)",
        "The shapes do not broadcast: at axis {2} the lengths are {0} and {1}. Lined up from the "
        "right, lengths must be equal, or one of them 1.",
    ),
    (
        r"mat1 and mat2 shapes cannot be multiplied \((\d+)x(\d+) and (\d+)x(\d+)\)",
        "A matrix of shape ({0}, {1}) has {1} columns, and the other, of shape ({2}, {3}), has "
        "{2} rows. These two numbers must be equal.",
    ),
    (
        r"view size is not compatible",
        "view takes the elements as they lie in memory, and there they don't stand in the order "
        "of the axes. reshape copies them, in the order of the axes: put the axes right first.",
    ),
    (
        r"shape '(\[.*\])' is invalid for input of size (\d+)",
        "The tensor has {1} elements, and the shape {0} has room for another number.",
    ),
    (
        r"on the same device",
        "Two tensors lie on different devices. Make a new tensor with device=x.device, or move "
        "one with .to(x.device).",
    ),
    (
        r"can't convert .* device type tensor to numpy",
        "NumPy lives on the CPU. Move the tensor there first: x.cpu().",
    ),
    (
        r"Can't call numpy\(\) on Tensor that requires grad",
        "NumPy knows no graph. Leave it first: x.detach().",
    ),
    (
        r"Expected a '(\w+)' device type for generator but found '(\w+)'",
        "The generator lies on {1}, and the draws on {0}. Make it with "
        "torch.Generator(device=device).",
    ),
    (
        r"element 0 of tensors does not require grad",
        "No graph leads to this tensor: nothing that it was computed from requires grad, or the "
        "graph was left on the way, by detach, no_grad or item.",
    ),
    (
        r"a leaf Variable that requires grad is being used in an in-place operation",
        "A tensor that requires grad was changed in place while autograd was recording. Do it "
        "inside `with torch.no_grad():`.",
    ),
    (
        r"Trying to backward through the graph a second time",
        "backward frees the graph that it walks. Compute the value anew before you call it again, "
        "and detach what you keep from one step to the next.",
    ),
    (
        r"more than one element of the written-to tensor refers to a single memory location",
        "This tensor is expanded: several of its elements are one place in memory. Write into a "
        "clone, or make a new tensor.",
    ),
    (
        r"Boolean value of Tensor with more than one value is ambiguous",
        "`if` and `and` want one truth value, and this tensor holds several. Use .any(), .all(), "
        "&, | or torch.where.",
    ),
    (
        r"could not infer output dtype|Input dtype must be either a floating point",
        "The mean of integers is no integer. Convert to a floating dtype first.",
    ),
    (
        r"only (?:one element|integer) tensors .* can be converted|"
        r"only one element tensors can be converted",
        "torch.tensor makes a tensor of numbers. Tensors are put together by torch.stack or "
        "torch.cat, and unsqueeze or [None] gives one a new axis.",
    ),
    (
        r"a Tensor with (\d+) elements cannot be converted to Scalar",
        "item, int and float take one element, and this tensor has {0}.",
    ),
    (
        r"iteration over a 0-d tensor",
        "A 0-D tensor is a single number: there is nothing to go through.",
    ),
    (
        r"invalid index of a 0-dim tensor|too many indices for tensor of dimension (\d+)",
        "There are more indices than the tensor has axes.",
    ),
    (
        r"Dimension out of range \(expected .* range of \[(-?\d+), (-?\d+)\], but got (-?\d+)",
        "This tensor's axes are numbered {0} to {1}, and axis {2} was asked for.",
    ),
    (
        r"index (-?\d+) is out of bounds for dimension (\d+) with size (\d+)",
        "Axis {1} has length {2}, so index {0} lies outside of it.",
    ),
    (
        r"stack expects each tensor to be equal size",
        "stack wants tensors of one shape. cat joins along an axis that is there already.",
    ),
    (
        r"Sizes of tensors must match except in dimension (\d+)",
        "cat along axis {0} wants all other axes of one length.",
    ),
    (
        r"(?:not enough|too many) values to unpack \(expected",
        "There are more or fewer names on the left of the = than values on the right.",
    ),
    (
        r"Only Tensors of floating point and complex dtype can require gradients",
        "A gradient is a floating number. Make the tensor with a floating dtype.",
    ),
    (
        r"grad can be implicitly created only for scalar outputs",
        "backward starts from a single number. Sum or average first, or pass gradient=.",
    ),
    (
        r"modified by an inplace operation",
        "A tensor that the way back needs was overwritten after it was used. Make a new one "
        "instead of changing it in place.",
    ),
    (
        r"'(\w+)' object is not iterable|object of type '(\w+)' has no len",
        "This is a single value: it has no items and no length.",
    ),
    (
        r"list index out of range|tuple index out of range",
        "There are fewer items than this index takes for granted.",
    ),
    (
        r"result type (\w+) can't be cast to the desired output type (\w+)",
        "An in-place operation keeps the tensor's dtype, {1}, and the result would be {0}.",
    ),
    (
        r"expected m1 and m2 to have the same dtype|expected scalar type|"
        r"must have the same dtype, but got",
        "A matrix product wants one dtype on both sides. Convert one of them.",
    ),
    (
        r"The shape of the mask (\[.*\]) at index (\d+) does not match the shape of the indexed "
        r"tensor (\[.*\])",
        "A mask has the shape of what it picks from, {2}, or of its first axes; this one has {0}.",
    ),
    (
        r"Index tensor must have the same number of dimensions as (?:input|self) tensor",
        "gather and scatter want an index with as many axes as the tensor has: [:, None] adds one.",
    ),
    (
        r"argument 'tensors' .* must be tuple of Tensors, not Tensor",
        "stack and cat take a list or a tuple of tensors, and this is a single one.",
    ),
    (
        r"expected np.ndarray \(got (\w+)\)",
        "from_numpy takes NumPy arrays only, and this is of type {0}.",
    ),
    (
        r"doesn't match the broadcast shape|The expanded size of the tensor \(\d+\) must match",
        "What is written does not fit in there: its lengths must be equal, or one of them 1.",
    ),
    (
        r"expects a non-empty TensorList|expected a non-empty list of Tensors",
        "The list is empty here: there is nothing to put together.",
    ),
    (
        r"'NoneType' object|(?:and|:) 'NoneType'",
        "Something is None here: a .grad that nobody filled, or what a function without return "
        "gives.",
    ),
    (
        r"argument '\w+' \(position \d+\) must be Tensor, not (\w+)",
        "A tensor is wanted there, and this is of type {0}.",
    ),
    (
        r"appears to not have been used in the graph",
        "The result does not depend on that tensor; with allow_unused=True its gradient is None.",
    ),
    (
        r"maximum recursion depth exceeded",
        "Calls within calls went too deep: without an end, or along a chain that is too long.",
    ),
    (
        r"division by zero|slice step cannot be zero|modulo by zero",
        "A length, a count or a number that you divide by, or step by, is 0 here.",
    ),
    (
        r"shape mismatch: indexing tensors could not be broadcast together with shapes (.+)",
        "Lists or tensors side by side in one pair of brackets pick one element for each pair of "
        "them, so they must be equally long, or broadcast; these have the shapes {0}.",
    ),
    (
        r"cannot assign \w+ before Module.__init__\(\) call",
        "A module is set up by `super().__init__()`. Call it before anything is set on self.",
    ),
    (
        r"\"bitwise_\w+?_\w+\" not implemented for '(\w+)'",
        "&, | and ^ are for True and False, or whole numbers, and this is {0}. They bind more "
        "tightly than < and ==: put each comparison in parentheses.",
    ),
    (
        r"\" not implemented for '(\w+)'",
        "torch has no such operation for numbers of dtype {0}.",
    ),
    (
        r"cannot reshape tensor of 0 elements into shape",
        "-1 stands for the length that is left over, and where there are no elements any would do. "
        "Give the length itself.",
    ),
    (
        r"^math domain error",
        "A function of Python's math is not defined for this number, as log and sqrt are not below "
        "0.",
    ),
    (
        r"^math range error|Numerical result out of range",
        "The result is too large for one of Python's floats. torch's own functions give inf there.",
    ),
    (
        r"cannot access local variable '(\w+)'",
        "{0} has no value here: it gets one later, or only in a branch or a loop that was not "
        "taken.",
    ),
    (
        r"^name '(\w+)' is not defined",
        "Nothing is called {0} at this line: is it spelt otherwise, or assigned only elsewhere?",
    ),
    (
        r"'(\w+)' object has no attribute '(\w+)'",
        "This is of type {0}, which has no {1}.",
    ),
    (
        r"zero-dimensional tensor \(at position \d+\) cannot be concatenated",
        "cat joins along an axis, and a 0-D tensor has none: stack makes one.",
    ),
    (
        r"selected index k out of range|index out of range in self|out of bounds for size",
        "There are fewer elements than this index takes for granted.",
    ),
)


def meaning(error: BaseException) -> str | None:
    """One plain sentence or two on what an error of torch means here, if it is a well-known one."""
    for pattern, sentence in MEANINGS:
        match = re.search(pattern, str(error))
        if match:
            return tr(sentence).format(*match.groups()) + _of_product(pattern, match)
    return None


def _of_product(pattern: str, match: re.Match[str]) -> str:
    """How two matrices would fit that can't be multiplied, where there is one way alone."""
    if not pattern.startswith("mat1 and mat2"):
        return ""
    first, second = (int(match[1]), int(match[2])), (int(match[3]), int(match[4]))
    ways = [
        words
        for words, fit in (
            (tr(EXCHANGED), second[1] == first[0]),
            (tr(FIRST), first[0] == second[0]),
            (tr(SECOND), first[1] == second[1]),
        )
        if fit
    ]
    return ways[0] if len(ways) == 1 else ""
