"""What the spec of k05_flatten must reject too, though no learner would write it."""

import math


def flatten_all__memory_order(x):
    """You read memory in its own order. The order of x counts, and a transpose has another."""
    return x.as_strided((x.numel(),), (1,))


def flatten_all__number_unsqueezed_in_place(x):
    """unsqueeze_ with an underscore changes the tensor that was passed in. Leave the argument
    alone: the method without it makes a new tensor."""
    if x.dim() == 0:
        x.unsqueeze_(0)
    return x.reshape(-1)


def flatten_all__through_double(x):
    """You went through float64, which has no room for every int64: 2**53 + 1 becomes 2**53. Keep
    the dtype all the way."""
    return x.double().reshape(-1).to(x.dtype)


def flatten_all__drops_nan(x):
    """You picked by x == x, which is False for NaN. All elements count: pick by no comparison."""
    return x[x == x]


def flatten_images__squeezed_features(images):
    """You squeezed, which drops the feature axis where there is one feature. It stays."""
    return images.flatten(1).squeeze(1)


def flatten_images__empty_batch_without_features(images):
    """You returned (0, 0) for an empty batch. Its images would have features all the same."""
    if len(images) == 0:
        return images.new_empty(0, 0)
    return images.reshape(len(images), -1)


def flatten_images__resized(images):
    """You resized the images that were passed in. Return a new tensor."""
    return images.resize_(images.shape[0], math.prod(images.shape[1:]))


def flatten_between__merged_axis_first(x, start_axis, end_axis):
    """You put the merged axis in front. It stands where the merged axes were."""
    start, end = start_axis % x.dim(), end_axis % x.dim()
    if start > end:
        raise ValueError("start behind end")
    return x.flatten(start, end).movedim(start, 0)


def flatten_between__column_major(x, start_axis, end_axis):
    """You made the first of the merged axes the fastest. In row-major order the last one is."""
    start, end = start_axis % x.dim(), end_axis % x.dim()
    if start > end:
        raise ValueError("start behind end")
    axes = list(range(x.dim()))
    axes[start : end + 1] = reversed(axes[start : end + 1])
    return x.permute(axes).flatten(start, end)


def flatten_between__resized(x, start_axis, end_axis):
    """You resized the tensor that was passed in. Return a new one."""
    start, end = start_axis % x.dim(), end_axis % x.dim()
    if start > end:
        raise ValueError("start behind end")
    return x.resize_(*x.shape[:start], math.prod(x.shape[start : end + 1]), *x.shape[end + 1 :])


def unflatten_last__column_major(x, sizes):
    """You made the first new axis the fastest. In row-major order the last one is."""
    if math.prod(sizes) != x.shape[-1]:
        raise ValueError("sizes do not fit")
    split = x.reshape(*x.shape[:-1], *reversed(sizes))
    axes = range(x.dim() - 1, split.dim())
    return split.permute(*range(x.dim() - 1), *reversed(axes))


def unflatten_last__strides_assumed(x, sizes):
    """You took neighbours along the last axis for neighbours in memory. In a transposed tensor
    they lie further apart: let reshape see to the strides."""
    if math.prod(sizes) != x.shape[-1]:
        raise ValueError("sizes do not fit")
    steps = [math.prod(sizes[axis + 1 :]) for axis in range(len(sizes))]
    return x.as_strided((*x.shape[:-1], *sizes), (*x.stride()[:-1], *steps))


def unflatten_last__drops_the_rest(x, sizes):
    """You dropped the elements that are left over. Raise ValueError instead."""
    if math.prod(sizes) > x.shape[-1]:
        raise ValueError("sizes do not fit")
    return x[..., : math.prod(sizes)].unflatten(-1, sizes)


def unflatten_last__resized(x, sizes):
    """You resized the tensor that was passed in. Return a new one."""
    if math.prod(sizes) != x.shape[-1]:
        raise ValueError("sizes do not fit")
    return x.resize_(*x.shape[:-1], *sizes)


def flat_position__product(index, shape):
    """You multiplied the ints of the index. Each counts whole rows or planes: weigh, then add."""
    if len(index) != len(shape) or any(not 0 <= i < n for i, n in zip(index, shape)):
        raise IndexError("out of range")
    return math.prod(i + 1 for i in index) - 1


def flat_position__too_many_pass(index, shape):
    """You refused too few ints only. Too many raise IndexError as well."""
    if len(index) < len(shape):
        raise IndexError("another number of indices")
    position = 0
    for i, length in zip(index, shape):
        if not 0 <= i < length:
            raise IndexError("out of range")
        position = position * length + i
    return position


def flat_position__too_few_pass(index, shape):
    """You refused too many ints only. Too few raise IndexError as well."""
    if len(index) > len(shape):
        raise IndexError("another number of indices")
    position = 0
    for i, length in zip(index, shape):
        if not 0 <= i < length:
            raise IndexError("out of range")
        position = position * length + i
    return position


def flat_position__divides_before_it_looks(index, shape):
    """You divided by the length of an axis before looking at the index: an axis may have length 0.
    Check first, or multiply instead."""
    if len(index) != len(shape):
        raise IndexError("another number of indices")
    position, step = 0, math.prod(shape)
    for i, length in zip(index, shape):
        step //= length
        if not 0 <= i < length:
            raise IndexError("out of range")
        position += i * step
    return position


def index_from_position__only_the_remainder_checked(position, shape):
    """You looked at what is left over at the end. In a shape with a length of 0 the division fails
    before that: there is no position at all."""
    rest, index = position, []
    for length in reversed(shape):
        rest, i = divmod(rest, length)
        index.insert(0, i)
    if rest != 0:
        raise IndexError("out of range")
    return tuple(index)
