"""What the spec of k02_shape must reject too, though no learner would write it."""

import math

import torch


def rank__squeezed(x):
    """You left out axes of length 1. They are axes like any other."""
    return x.squeeze().dim()


def rank__at_least_one(x):
    """A single number has no axes: its rank is 0, not 1."""
    return max(1, x.dim())


def rank__largest_index(x):
    """Axes are counted from 0, so the last one is number rank - 1. Count them all."""
    return max(x.dim() - 1, 0)


def axis_length__mirrored(x, axis):
    """You counted from the wrong end. 0 is the first axis and -1 the last."""
    return tuple(reversed(x.shape))[axis]


def axis_length__least_axis_refused(x, axis):
    """You refused -rank, which is the first axis. Only what lies below it is out of range."""
    if not -x.dim() < axis < x.dim():
        raise IndexError(f"no axis {axis}")
    return x.shape[axis]


def axis_length__cut_to_the_last(x, axis):
    """You took the last axis where the number is too large. Out of range raises IndexError."""
    return x.shape[min(axis, x.dim() - 1)]


def axis_length__scalar_as_vector(x, axis):
    """You gave a single number an axis of length 1. It has none, so every axis is out of range."""
    return torch.atleast_1d(x).shape[axis]


def axis_length__stride(x, axis):
    """That is the stride, the step in memory. The length of the axis stands in the shape."""
    return x.stride()[axis]


def axis_length__len_of_transpose(x, axis):
    """transpose takes axis 0 even of a single number, and then len raises TypeError."""
    return len(x.transpose(axis, 0))


def count_elements__distinct(x):
    """You counted equal elements once. Each counts for itself."""
    return len(x.unique())


def count_elements__skips_empty_axes(x):
    """You left lengths of 0 out of the product. One of them makes it 0."""
    return math.prod(length for length in x.shape if length)


def count_elements__flattened_in_place(x):
    """resize_ flattens the very tensor that was passed in. Leave its shape alone."""
    return len(x.resize_(x.numel()))


def count_elements__overwritten(x):
    """fill_ overwrites the tensor that was passed in. Only look at its shape."""
    return int(x.fill_(1).sum())


def shape_of__returns_the_error(nested):
    """You returned the error. It goes its own way if you raise it."""

    def walk(nested):
        if not isinstance(nested, list):
            return ()
        shapes = {walk(item) for item in nested}
        if len(shapes) > 1:
            raise ValueError("ragged")
        return (len(nested), *next(iter(shapes), ()))

    try:
        return walk(nested)
    except ValueError as error:
        return error


def shape_of__eats_the_list(nested):
    """pop takes items out of the list that was passed in. Only look at them."""

    def walk(nested):
        if not isinstance(nested, list):
            return ()
        length, shapes = len(nested), set()
        while nested:
            shapes.add(walk(nested.pop()))
        if len(shapes) > 1:
            raise ValueError("ragged")
        return (length, *next(iter(shapes), ()))

    return walk(nested)


def shape_of__first_against_last(nested):
    """You compared the first item with the last. Those between may differ too."""

    def walk(nested):
        if not isinstance(nested, list):
            return ()
        if not nested:
            return (0,)
        first = walk(nested[0])
        if walk(nested[-1]) != first:
            raise ValueError("ragged")
        return (len(nested), *first)

    return walk(nested)


def image_batch__squeezed(batch, channels, height, width, device):
    """You dropped axes of length 1. A batch always has four axes."""
    return torch.zeros(batch, channels, height, width, device=device).squeeze()


def image_batch__noise(batch, channels, height, width, device):
    """You filled the images with random numbers. Zeros are asked for."""
    return torch.rand(batch, channels, height, width, device=device)


def channels_last__batch_moved(images):
    """You moved the batch to the end too. It stays in front."""
    return images.permute(1, 2, 3, 0)


def channels_last__first_image(images):
    """You turned only the first image over, and lost the batch."""
    return images[0].permute(1, 2, 0)


def add_batch_axis__twice(image):
    """Your batch holds the image twice. It has length 1."""
    return torch.stack([image, image])


def add_batch_axis__squeezed(image):
    """You dropped the image's axes of length 1. A grey image keeps its channel axis."""
    return image.squeeze().unsqueeze(0)


def add_batch_axis__black(image):
    """Your batch has the shape, but not the elements: the image was never put into it."""
    return image.new_zeros(1, *image.shape)


def add_batch_axis__through_float32(image):
    """float32 rounds large ints and float64 on the way. Leave the elements as they are."""
    return image.float().unsqueeze(0).to(image.dtype)
