"""Mistakes that the spec of k02_shape must reject, each with the words that name it."""

import math

import numpy as np
import torch

ABOUT_DEVICES = (
    "rank__numpy",
    "axis_length__numpy",
    "count_elements__numpy",
    "channels_last__numpy",
    "channels_last__on_the_cpu",
)


def rank__len(x):
    """len tells how long the first axis is. The rank is the number of axes."""
    return len(x)


def rank__shape(x):
    """You returned the shape. The rank is how many lengths there are in it."""
    return x.shape


def rank__count_of_elements(x):
    """You counted the elements. The rank is the number of axes."""
    return x.numel()


def rank__depth_of_lists(x):
    """Going down by the first item ends at an axis of length 0, which has none. Use the shape."""
    depth, nested = 0, x.tolist()
    while isinstance(nested, list):
        depth += 1
        if not nested:
            break
        nested = nested[0]
    return depth


def rank__first_items(x):
    """Taking first items until no axis is left fails at an axis of length 0. Use the shape."""
    axes = 0
    while x.shape != ():
        x = x[0]
        axes += 1
    return axes


def rank__linear_algebra(x):
    """That is the rank of linear algebra. The rank of a tensor is the number of its axes."""
    return int(torch.linalg.matrix_rank(x.float()))


def rank__last_axis(x):
    """You returned the length of an axis, the last one. The rank is the number of axes."""
    return x.shape[-1] if x.dim() else 0


def rank__numpy(x):
    """.numpy() works on the CPU only. The tensor itself knows its axes, on any device."""
    return x.detach().numpy().ndim


def rank__of_numbers_in_lists(x):
    """Your count needs an item at every depth, and at an axis of length 0 there is none. Use the
    shape."""
    depth, nested = 0, x.tolist()
    while isinstance(nested, list):
        depth += 1
        nested = nested[0]
    return depth


def axis_length__first(x, axis):
    """You returned the length of axis 0, whichever was asked for. Use `axis`."""
    if not -x.dim() <= axis < x.dim():
        raise IndexError(f"no axis {axis}")
    return len(x)


def axis_length__refuses_negative(x, axis):
    """You refused a negative axis. Those count from the end: -1 is the last."""
    if axis < 0 or axis >= x.dim():
        raise IndexError(f"no axis {axis}")
    return x.shape[axis]


def axis_length__of_an_item(x, axis):
    """x[axis] is an item along axis 0, and no axis. The lengths stand in the shape."""
    return len(x[axis])


def axis_length__by_first_items(x, axis):
    """You opened first items, once for each axis before. For -1, the last one, that is never."""
    for _ in range(axis):
        x = x[0]
    if x.dim() == 0 or axis < -x.dim():
        raise IndexError(f"no axis {axis}")
    return len(x)


def axis_length__whole_shape(x, axis):
    """You returned the lengths of all axes. Pick the one that is asked for."""
    return tuple(x.shape)


def axis_length__counted_from_one(x, axis):
    """You counted the axes from 1. The first one is axis 0."""
    return x.shape[axis - 1]


def axis_length__absolute(x, axis):
    """You dropped the sign. -1 is the last axis, not axis 1."""
    return x.shape[abs(axis)]


def axis_length__wraps_around(x, axis):
    """You took an axis that is out of range for another one. It raises IndexError."""
    if x.dim() == 0:
        raise IndexError("a single number has no axes")
    return x.shape[axis % x.dim()]


def axis_length__minus_one_where_there_is_none(x, axis):
    """You returned a number for an axis that is not there. None would do: raise IndexError."""
    try:
        return x.shape[axis]
    except IndexError:
        return -1


def axis_length__numpy(x, axis):
    """.numpy() works on the CPU only. The tensor itself knows its shape, on any device."""
    return x.detach().numpy().shape[axis]


def axis_length__divides_by_the_rank(x, axis):
    """The rank of a single number is 0, and % 0 raises ZeroDivisionError. Raise IndexError."""
    if axis % x.dim() not in (axis, axis + x.dim()):
        raise IndexError(f"no axis {axis}")
    return x.shape[axis]


def axis_length__wraps_twice(x, axis):
    """You added the rank, and where that left axis negative, you counted from the end again."""
    if axis < 0:
        axis += x.dim()
    return x.shape[axis]


def count_elements__len(x):
    """You counted the items along the first axis only, as len does. Each of them may hold many
    elements."""
    return len(x) if x.dim() else 1


def count_elements__rows_times_columns(x):
    """You went two axes deep: rows times columns. A tensor may have more axes, or only one."""
    return x.shape[0] * x.shape[1]


def count_elements__items_times_the_first(x):
    """Without items there is no x[0] to count. The lengths in the shape are enough."""
    return len(x) * x[0].numel() if x.dim() else 1


def count_elements__sum_of_values(x):
    """You added up the elements. Count them."""
    return int(x.sum())


def count_elements__numpy_number(x):
    """np.prod gives a NumPy number, and 1.0 for no axes. A Python int is asked for."""
    return np.prod(x.shape)


def count_elements__sum_of_lengths(x):
    """You added the lengths of the axes. They are to be multiplied."""
    return sum(x.shape)


def count_elements__nonzero(x):
    """You left out elements that are zero. An element counts whatever its value."""
    return int(x.count_nonzero())


def count_elements__shape(x):
    """You returned the shape. What is asked for is the one number that these lengths make."""
    return tuple(x.shape)


def count_elements__storage(x):
    """You measured the memory behind the tensor. A view may show more of it, or less."""
    return x.untyped_storage().nbytes() // x.element_size()


def count_elements__scalar_is_empty(x):
    """A single number has no axes and yet is one element: the empty product is 1."""
    return math.prod(x.shape) if x.dim() else 0


def count_elements__bytes(x):
    """You counted bytes. An element takes several of them, or one."""
    return x.nbytes


def count_elements__numpy(x):
    """.numpy() works on the CPU only. The tensor itself knows how many elements it has."""
    return x.detach().numpy().size


def count_elements__float(x):
    """Your count is a float, as a product that begins with 1.0. A Python int is asked for."""
    count = 1.0
    for length in x.shape:
        count *= length
    return count


def count_elements__loop_over_rows(x):
    """You went over the rows and added up their lengths, which is right for two axes alone.
    Multiply all lengths."""
    count = 0
    for row in x:
        count += len(row)
    return count


def count_elements__nested_loops(x):
    """You went exactly two axes deep. A tensor may have more axes, or none; all lengths
    multiply."""
    return sum(1 for row in x for _ in row)


def shape_of__first_item_of_nothing(nested):
    """You looked at first items only, so ragged lists pass; and [] has none, where it has shape
    (0,)."""
    shape = ()
    while isinstance(nested, list):
        shape += (len(nested),)
        nested = nested[0]
    return shape


def shape_of__first_item_only(nested):
    """You looked at first items only, so ragged lists pass. Compare all the items of a list."""
    shape = ()
    while isinstance(nested, list):
        shape += (len(nested),)
        nested = nested[0] if nested else None
    return shape


def shape_of__list_and_first_item(nested):
    """You took two lengths, whatever the depth. Lists nest to any depth, and may be ragged."""
    return (len(nested), len(nested[0]))


def shape_of__fails_on_an_empty_list(nested):
    """You asked an empty list for its first item. [] has shape (0,)."""

    def walk(nested):
        if not isinstance(nested, list):
            return ()
        first = walk(nested[0])
        if any(walk(item) != first for item in nested):
            raise ValueError("ragged")
        return (len(nested), *first)

    return walk(nested)


def shape_of__lengths_one_depth_down(nested):
    """Differences deeper down went unseen. Compare the shapes of the items, not their lengths
    alone, and open them all."""

    def walk(nested):
        if not isinstance(nested, list):
            return ()
        if not nested:
            return (0,)
        lengths = {len(item) if isinstance(item, list) else None for item in nested}
        if len(lengths) > 1:
            raise ValueError("ragged")
        return (len(nested), *walk(nested[0]))

    return walk(nested)


def shape_of__torch(nested):
    """You made a tensor; torch even accepts [[], [[]]]. Walk through the lists in plain Python."""
    try:
        return tuple(torch.tensor(nested).shape)
    except TypeError as error:
        raise ValueError(str(error)) from None


def shape_of__fails_on_a_number(nested):
    """len of a number raises TypeError. A number has shape ()."""

    def walk(nested):
        shapes = {walk(i) if isinstance(i, list) else () for i in nested}
        if len(shapes) > 1:
            raise ValueError("ragged")
        return (len(nested), *next(iter(shapes), ()))

    return walk(nested)


def shape_of__lengths_of_the_items(nested):
    """You listed the lengths of the items. The first length is that of the outermost list."""
    return tuple(len(item) if isinstance(item, list) else 1 for item in nested)


def shape_of__two_depths(nested):
    """You looked two lists deep only. Lists nest to any depth."""
    if not isinstance(nested, list):
        return ()
    if not nested or not isinstance(nested[0], list):
        if any(isinstance(item, list) for item in nested):
            raise ValueError("ragged")
        return (len(nested),)
    if any(not isinstance(row, list) or len(row) != len(nested[0]) for row in nested):
        raise ValueError("ragged")
    return (len(nested), len(nested[0]))


def shape_of__skips_numbers(nested):
    """You passed over numbers that stand beside lists. Such a list is ragged: raise ValueError."""

    def walk(nested):
        if not isinstance(nested, list):
            return ()
        shapes = {walk(item) for item in nested if isinstance(item, list)}
        if len(shapes) > 1:
            raise ValueError("ragged")
        return (len(nested), *next(iter(shapes), ()))

    return walk(nested)


def shape_of__skips_empty_lists(nested):
    """You passed over empty lists. [] beside [[]], or beside [1], is ragged too."""

    def walk(nested):
        if not isinstance(nested, list):
            return ()
        shapes = {walk(item) for item in nested if item != []}
        if len(shapes) > 1:
            raise ValueError("ragged")
        rest = next(iter(shapes), (0,) if nested else ())
        return (len(nested), *rest)

    return walk(nested)


def shape_of__zip_stops_early(nested):
    """A difference in length went unseen, as with zip, which stops at the shorter of two. Compare
    the whole shapes."""

    def walk(nested):
        if not isinstance(nested, list):
            return ()
        shapes = [walk(item) for item in nested]
        for one, other in zip(shapes, shapes[1:]):
            if any(a != b for a, b in zip(one, other)):
                raise ValueError("ragged")
        return (len(nested), *(shapes[0] if shapes else ()))

    return walk(nested)


def shape_of__empty_is_no_list(nested):
    """You took [] for a number, as `if not nested` does. [] has shape (0,), and a number ()."""

    def walk(nested):
        if not nested or not isinstance(nested, list):
            return ()
        shapes = {walk(item) for item in nested}
        if len(shapes) > 1:
            raise ValueError("ragged")
        return (len(nested), *next(iter(shapes)))

    return walk(nested)


def shape_of__zero_is_an_empty_list(nested):
    """You took 0 and False for empty lists, as `if not nested` does. Only [] has shape (0,)."""

    def walk(nested):
        if not nested:
            return (0,)
        if not isinstance(nested, list):
            return ()
        shapes = {walk(item) for item in nested}
        if len(shapes) > 1:
            raise ValueError("ragged")
        return (len(nested), *next(iter(shapes)))

    return walk(nested)


def shape_of__number_has_length_one(nested):
    """You gave a number the shape (1,). It has no axes: ()."""

    def walk(nested):
        if not isinstance(nested, list):
            return (1,)
        shapes = {walk(i) if isinstance(i, list) else () for i in nested}
        if len(shapes) > 1:
            raise ValueError("ragged")
        return (len(nested), *next(iter(shapes), ()))

    return walk(nested)


def shape_of__inside_out(nested):
    """Your lengths run from the inside out. The outermost list comes first."""

    def walk(nested):
        if not isinstance(nested, list):
            return ()
        shapes = {walk(item) for item in nested}
        if len(shapes) > 1:
            raise ValueError("ragged")
        return (*next(iter(shapes), ()), len(nested))

    return walk(nested)


def shape_of__type_error(nested):
    """You raised TypeError for a ragged list. It is a ValueError here."""

    def walk(nested):
        if not isinstance(nested, list):
            return ()
        shapes = {walk(item) for item in nested}
        if len(shapes) > 1:
            raise TypeError("ragged")
        return (len(nested), *next(iter(shapes), ()))

    return walk(nested)


def shape_of__assert(nested):
    """You raised AssertionError, as assert does, which can be switched off. Raise ValueError."""

    def walk(nested):
        if not isinstance(nested, list):
            return ()
        shapes = {walk(item) for item in nested}
        assert len(shapes) < 2, "ragged"
        return (len(nested), *next(iter(shapes), ()))

    return walk(nested)


def shape_of__first_lengths_compared(nested):
    """You compared the first length of each item's shape. Compare the whole shapes."""

    def walk(nested):
        if not isinstance(nested, list):
            return ()
        shapes = [walk(item) for item in nested]
        if len({shape[:1] for shape in shapes}) > 1:
            raise ValueError("ragged")
        return (len(nested), *(shapes[0] if shapes else ()))

    return walk(nested)


def shape_of__types_compared(nested):
    """You refused an int beside a float. Both have the same shape: ()."""

    def walk(nested):
        if not isinstance(nested, list):
            return ()
        if len(set(map(type, nested))) > 1:
            raise ValueError("ragged")
        shapes = {walk(item) for item in nested}
        if len(shapes) > 1:
            raise ValueError("ragged")
        return (len(nested), *next(iter(shapes), ()))

    return walk(nested)


def shape_of__ints_only(nested):
    """You took only ints for numbers. A float is one too; ask whether it is a list instead."""

    def walk(nested):
        if isinstance(nested, int):
            return ()
        shapes = {walk(item) for item in nested}
        if len(shapes) > 1:
            raise ValueError("ragged")
        return (len(nested), *next(iter(shapes), ()))

    return walk(nested)


def shape_of__plain_tensor(nested):
    """You left it to torch, which knows other rules for ragged and empty lists. Walk through the
    lists in plain Python."""
    return tuple(torch.tensor(nested).shape)


def image_batch__channels_last(batch, channels, height, width, device):
    """That order, NHWC, is TensorFlow's. In torch the channels come second."""
    return torch.zeros(batch, height, width, channels, device=device)


def image_batch__width_before_height(batch, channels, height, width, device):
    """You swapped height and width. Height, the number of rows, comes first."""
    return torch.zeros(batch, channels, width, height, device=device)


def image_batch__channels_first_of_all(batch, channels, height, width, device):
    """You put the channels first. The batch comes first, then the channels."""
    return torch.zeros(channels, batch, height, width, device=device)


def image_batch__single_image(batch, channels, height, width, device):
    """You made one image. The batch is the first axis."""
    return torch.zeros(channels, height, width, device=device)


def image_batch__uninitialised(batch, channels, height, width, device):
    """empty, and torch.Tensor(2, 3), leave in memory what was there; zeros are luck. Use zeros."""
    return torch.empty(batch, channels, height, width, device=device)


def image_batch__ones(batch, channels, height, width, device):
    """You filled the images with ones. Black is zero."""
    return torch.ones(batch, channels, height, width, device=device)


def image_batch__bytes(batch, channels, height, width, device):
    """You made uint8 pixels. Networks read float32."""
    return torch.zeros(batch, channels, height, width, dtype=torch.uint8, device=device)


def image_batch__integers(batch, channels, height, width, device):
    """You made int64, as filling with the int 0 does. Networks read float32."""
    return torch.full((batch, channels, height, width), 0, device=device)


def image_batch__stacked(batch, channels, height, width, device):
    """stack needs at least one tensor, so a batch of 0 fails. Give the whole shape to zeros."""
    image = torch.zeros(channels, height, width, device=device)
    return torch.stack([image] * batch)


def image_batch__empty_tensor_class(batch, channels, height, width, device):
    """You made memory that nobody has filled, on the CPU. Use zeros, and say device=."""
    return torch.Tensor(batch, channels, height, width)


def channels_last__reshape(images):
    """You kept the elements in their order and cut them up anew, which mixes up the pixels. Move
    the axis instead."""
    b, c, h, w = images.shape
    return images.reshape(b, h, w, c)


def channels_last__transpose(images):
    """You exchanged channels and width, so the image lies on its side. Height and width keep their
    order."""
    return images.transpose(1, 3)


def channels_last__one_step(images):
    """You moved the channels one place only: (batch, height, channels, width)."""
    return images.transpose(1, 2)


def channels_last__contiguous(images):
    """You made a copy. A view of the same memory is asked for, so leave out what copies, as
    contiguous does."""
    return images.permute(0, 2, 3, 1).contiguous()


def channels_last__inverse(images):
    """You moved the last axis to the second place, which is the way back from NHWC. permute lists
    the old axes in their new order."""
    return images.permute(0, 3, 1, 2)


def channels_last__memory_format(images):
    """memory_format=channels_last changes the order in memory and leaves the shape as it is."""
    return images.to(memory_format=torch.channels_last)


def channels_last__clone(images):
    """You made a copy. A view of the same memory is asked for: moving axes alone makes one."""
    return images.movedim(1, -1).clone()


def channels_last__in_place(images):
    """You changed the shape of the images that were passed in, as transpose_ does. Leave them as
    they are."""
    return images.transpose_(1, 2).transpose_(2, 3)


def channels_last__numpy(images):
    """You went through NumPy, which lives on the CPU. Move the axes of the tensor itself."""
    return torch.from_numpy(np.moveaxis(images.detach().numpy(), 1, -1))


def channels_last__contiguous_first(images):
    """contiguous copies whatever lies in memory in another order. permute takes any strides."""
    return images.contiguous().permute(0, 2, 3, 1)


def channels_last__float(images):
    """Your result is float32 whatever the images are, and a copy. Move the axes and keep the
    dtype."""
    return images.float().permute(0, 2, 3, 1)


def channels_last__on_the_cpu(images):
    """Your result is a copy on the CPU. Move the axes where the images are."""
    return images.cpu().permute(0, 2, 3, 1)


def add_batch_axis__tensor_of_a_list(image):
    """torch.tensor wants numbers; a list with a tensor in it is none. Give image a new axis."""
    return torch.tensor([image])


def add_batch_axis__stack_of_the_image(image):
    """stack takes a list of tensors, and you gave it one tensor: [image] is a list. Or give image a
    new axis itself."""
    return torch.stack(image)


def add_batch_axis__at_the_end(image):
    """You put the new axis last. The batch comes first: axis 0."""
    return image.unsqueeze(-1)


def add_batch_axis__list(image):
    """A list is no axis. A tensor of rank 4 is asked for."""
    return [image]


def add_batch_axis__no_axis(image):
    """Your result has the three axes of the image. A batch has one more, in front of them."""
    return image


def add_batch_axis__after_the_channels(image):
    """You put the new axis second. The batch comes first: axis 0."""
    return image.unsqueeze(1)


def add_batch_axis__flattened(image):
    """You flattened the image as well. Its three axes stay."""
    return image.reshape(1, -1)


def add_batch_axis__sizes_written_down(image):
    """Your shape holds for one image alone. Take the lengths from the image."""
    return image.reshape(1, 3, 32, 32)


def add_batch_axis__in_place(image):
    """You changed the shape of the image that was passed in, as unsqueeze_ does. Leave it as it
    is."""
    return image.unsqueeze_(0)


def add_batch_axis__from_lists(image):
    """Through Python lists the dtype is lost, and so is the device. Work on the tensor itself."""
    return torch.tensor([image.tolist()])


def add_batch_axis__minus_one(image):
    """reshape can't work out -1 where another length is 0. Give every length."""
    return image.reshape(1, -1, *image.shape[1:])
