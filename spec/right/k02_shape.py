"""Other right answers that the spec of k02_shape must accept."""

import itertools
import math

import numpy as np
import torch


def rank__length_of_the_shape(x):
    """Counts the entries of the shape."""
    return len(x.shape)


def rank__strides(x):
    """Counts the strides: there is one for each axis."""
    return len(x.stride())


def rank__peels_axes_off(x):
    """Flattens two axes into one until one is left."""
    axes = 0
    shape = list(x.size())
    while shape:
        shape.pop()
        axes += 1
    return axes


def rank__asks_until_refused(x):
    """Asks for one length after the other until there is none."""
    for axis in itertools.count():
        try:
            x.size(axis)
        except IndexError:
            return axis


def axis_length__size(x, axis):
    """Asks size, which raises IndexError by itself."""
    return x.size(axis)


def axis_length__checks_first(x, axis):
    """Counts negative axes from the end by adding the rank."""
    axes = x.dim()
    if axis < -axes or axis >= axes:
        raise IndexError(f"axis {axis} of a tensor with {axes} axes")
    return list(x.shape)[axis + axes if axis < 0 else axis]


def axis_length__unbind(x, axis):
    """Takes the tensor apart along the axis and counts the parts."""
    return len(x.unbind(axis))


def axis_length__numpy(x, axis):
    """Looks at the shape of the array."""
    return x.cpu().numpy().shape[axis]


def axis_length__by_name(x, axis):
    """Writes down both names of each axis, and looks the length up."""
    lengths = {}
    for number, length in enumerate(x.shape):
        lengths[number] = lengths[number - x.dim()] = length
    if axis not in lengths:
        raise IndexError(f"no axis {axis}")
    return lengths[axis]


def axis_length__moved_to_the_front(x, axis):
    """Moves the axis to the front, where len looks."""
    if x.dim() == 0:
        raise IndexError("a single number has no axes")
    return len(x.movedim(axis, 0))


def count_elements__product(x):
    """Multiplies the lengths of the axes."""
    return math.prod(x.shape)


def count_elements__flattened(x):
    """Lays the elements out in one row."""
    return len(x.reshape(-1))


def count_elements__loop(x):
    """Multiplies in a loop."""
    count = 1
    for length in x.size():
        count *= length
    return count


def count_elements__ones(x):
    """Adds up a one for each element."""
    return int(torch.ones_like(x, dtype=torch.int64).sum())


def count_elements__numpy_product(x):
    """Makes the product of the array a Python int."""
    return int(np.prod(tuple(x.shape)))


def count_elements__recursive(x):
    """Adds up the counts of all items."""

    def walk(x):
        return 1 if x.dim() == 0 else sum(walk(item) for item in x)

    return walk(x)


def count_elements__on_meta(x):
    """Flattens a tensor of that shape that has no memory at all."""
    return len(torch.empty(x.shape, device="meta").flatten())


def shape_of__numpy(nested):
    """Leaves the work to NumPy, which refuses ragged lists with ValueError."""
    return np.shape(nested)


def shape_of__compares_with_the_first(nested):
    """Compares every item's shape with that of the first."""

    def walk(nested):
        if type(nested) is not list:
            return ()
        if nested == []:
            return (0,)
        first = walk(nested[0])
        for item in nested[1:]:
            if walk(item) != first:
                raise ValueError("the list is ragged")
        return (len(nested), *first)

    return walk(nested)


def shape_of__first_items_then_check(nested):
    """Reads the lengths off the first items, then checks that every item fits them."""

    def fits(item, lengths):
        if not lengths:
            return not isinstance(item, list)
        return (
            isinstance(item, list)
            and len(item) == lengths[0]
            and all(fits(inner, lengths[1:]) for inner in item)
        )

    lengths, first = [], nested
    while isinstance(first, list):
        lengths.append(len(first))
        if not first:
            break
        first = first[0]
    if not fits(nested, lengths):
        raise ValueError("items of one list differ in shape")
    return tuple(lengths)


def shape_of__also_opens_tuples(nested):
    """Nests tuples too, which nobody asks about."""

    def walk(nested):
        if not isinstance(nested, (list, tuple)):
            return ()
        shapes = list(map(walk, nested))
        if any(shape != shapes[0] for shape in shapes):
            raise ValueError("ragged")
        return (len(nested),) + (shapes[0] if shapes else ())

    return walk(nested)


def shape_of__breadth_first(nested):
    """Opens one depth of lists after the other, without recursion."""
    shape, level = [], [nested]
    while any(isinstance(item, list) for item in level):
        if not all(isinstance(item, list) for item in level):
            raise ValueError(f"numbers beside lists at depth {len(shape)}")
        lengths = {len(item) for item in level}
        if len(lengths) > 1:
            raise ValueError(f"lists of the lengths {sorted(lengths)} at depth {len(shape)}")
        shape += lengths
        level = list(itertools.chain.from_iterable(level))
    return tuple(shape)


def shape_of__torch_size(nested):
    """A torch.Size is a tuple, and no tensor."""

    def walk(nested):
        if isinstance(nested, (int, float)):
            return torch.Size()
        shapes = [walk(item) for item in nested]
        for shape in shapes:
            if shape != shapes[0]:
                raise ValueError(f"{tuple(shapes[0])} beside {tuple(shape)}")
        return torch.Size([len(nested), *(shapes[0] if shapes else ())])

    return walk(nested)


def shape_of__list(nested):
    """Returns a list, which is as good as a tuple here."""

    def walk(nested):
        if not isinstance(nested, list):
            return []
        shapes = [walk(item) for item in nested]
        if any(shape != shapes[0] for shape in shapes):
            raise ValueError("ragged")
        return [len(nested)] + (shapes[0] if shapes else [])

    return walk(nested)


def shape_of__no_message(nested):
    """Raises without a word."""

    def walk(nested):
        if not isinstance(nested, list):
            return ()
        shapes = {walk(item) for item in nested}
        if len(shapes) > 1:
            raise ValueError
        return (len(nested), *next(iter(shapes), ()))

    return walk(nested)


def image_batch__full(batch, channels, height, width, device):
    """Fills with 0.0."""
    return torch.full((batch, channels, height, width), 0.0, device=device)


def image_batch__zeroed(batch, channels, height, width, device):
    """Takes memory as it is and clears it."""
    return torch.empty(batch, channels, height, width, device=device).zero_()


def image_batch__permuted(batch, channels, height, width, device):
    """Lies in memory with the channels last, and is indexed in torch's order."""
    images = torch.zeros((batch, height, width, channels), dtype=torch.float32, device=device)
    return images.permute(0, 3, 1, 2)


def image_batch__moved(batch, channels, height, width, device):
    """Starts on the CPU and moves to the device."""
    return torch.zeros(batch, channels, height, width).to(device)


def image_batch__numpy(batch, channels, height, width, device):
    """Starts from an array."""
    array = np.zeros((batch, channels, height, width), dtype=np.float32)
    return torch.from_numpy(array).to(device)


def image_batch__expanded(batch, channels, height, width, device):
    """Shows one zero in every place."""
    return torch.zeros((), device=device).expand(batch, channels, height, width)


def image_batch__repeated(batch, channels, height, width, device):
    """Repeats one black pixel along all axes."""
    return torch.tensor([[[[0.0]]]], device=device).repeat(batch, channels, height, width)


def channels_last__movedim(images):
    """Moves axis 1 to the end."""
    return images.movedim(1, -1)


def channels_last__two_transpositions(images):
    """Swaps the channels with the height, then with the width."""
    return images.transpose(1, 2).transpose(2, 3)


def channels_last__einsum(images):
    """Names the axes."""
    return torch.einsum("bchw->bhwc", images)


def channels_last__swapped_back(images):
    """Exchanges channels and width, then puts height and width in order."""
    return images.swapaxes(1, 3).swapaxes(1, 2)


def channels_last__strides(images):
    """Writes the strides of the view down."""
    b, c, h, w = images.shape
    by_b, by_c, by_h, by_w = images.stride()
    return images.as_strided((b, h, w, c), (by_b, by_h, by_w, by_c))


def channels_last__exchanged_with_a_new_axis(images):
    """Exchanges the channels with a new last axis, and drops that from their old place."""
    return images.unsqueeze(-1).transpose(1, -1).squeeze(1)


def add_batch_axis__none(image):
    """Indexes with None."""
    return image[None]


def add_batch_axis__reshape(image):
    """Asks for the shape with a 1 in front."""
    return image.reshape(1, *image.shape)


def add_batch_axis__view(image):
    """A view works for any strides here, since an axis of length 1 fits everywhere."""
    return image.view(1, *image.shape)


def add_batch_axis__stack(image):
    """Stacks a list of one image."""
    return torch.stack([image])


def add_batch_axis__expand(image):
    """Expands by one axis in front."""
    return image.expand(1, -1, -1, -1)


def add_batch_axis__in_place_on_a_copy(image):
    """Changes the shape of a private copy."""
    return image.clone().unsqueeze_(0)


def add_batch_axis__unflattened(image):
    """Splits the channels into one times as many."""
    return image.unflatten(0, (1, image.shape[0]))
