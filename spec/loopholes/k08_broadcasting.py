"""What the spec of k08_broadcasting must reject too, though no learner would write it."""

import itertools

import torch


def center_columns__median(matrix):
    """You took off the median. The mean is asked for."""
    return matrix - matrix.median(dim=0).values if matrix.shape[1] else matrix.clone()


def center_columns__squeezed(matrix):
    """You squeezed the result, which drops axes of length 1. The shape of the matrix is kept."""
    return (matrix - matrix.mean(dim=0)).squeeze()


def center_columns__through_float32(matrix):
    """You computed in float32, so a float64 matrix lost its precision. Keep its dtype."""
    return (matrix.float() - matrix.float().mean(dim=0)).to(matrix.dtype)


def normalize_rows__zeros_become_uniform(matrix):
    """You spread a row of zeros evenly, so that it sums to 1. Such a row stays zeros."""
    return (matrix / matrix.sum(dim=1, keepdim=True)).nan_to_num(1 / max(matrix.shape[1], 1))


def normalize_rows__zero_rows_dropped(matrix):
    """You left rows of zeros out. They stay where they are, as zeros."""
    rows = matrix[matrix.sum(dim=1) > 0]
    return rows / rows.sum(dim=1, keepdim=True)


def normalize_rows__through_float32(matrix):
    """You summed in float32, so a float64 matrix lost its precision. Keep its dtype."""
    sums = matrix.float().sum(dim=1, keepdim=True).to(matrix.dtype)
    return matrix / torch.where(sums == 0, torch.ones_like(sums), sums)


def outer_sum__float(a, b):
    """You turned integers into floats. The dtype of the vectors is kept."""
    return (a[:, None] + b).float()


def outer_sum__through_float(a, b):
    """You added in float64, which has no room for all the digits of a large int64. Add in the
    vectors' own dtype."""
    return (a.double()[:, None] + b.double()).to(a.dtype)


def outer_sum__widened(a, b):
    """sum makes int64 of the smaller integer dtypes. The dtype of the vectors is kept."""
    return torch.stack(torch.meshgrid(a, b, indexing="ij")).sum(dim=0)


def outer_sum__in_place(a, b):
    """unsqueeze_ with an underscore changes the vector that was passed in. Use unsqueeze."""
    return a.unsqueeze_(1) + b


def pairwise_distances__largest_difference(a, b):
    """You took the largest difference of coordinates. Sum the squares of all and take the root."""
    difference = (a[:, None] - b).abs()
    return difference.amax(dim=2) if a.shape[1] else difference.sum(dim=2)


def pairwise_distances__through_float32(a, b):
    """You computed in float32, so float64 points lost their precision. Keep their dtype."""
    return (a.float()[:, None] - b.float()).square().sum(dim=2).sqrt().to(a.dtype)


def scale_channels__divided(images, factors):
    """You divided by the factors. A channel is multiplied by its factor."""
    return images / factors[:, None, None]


def scale_channels__summed(images, factors):
    """You also summed over the channels, as for a grey image. All of them stay."""
    return torch.einsum("bchw,c->bhw", images, factors)


def scale_channels__squeezed(images, factors):
    """You squeezed the result, which drops axes of length 1. The shape of the images is kept."""
    return (images * factors[:, None, None]).squeeze()


def scale_channels__through_float32(images, factors):
    """You made float32 of the factors, so float64 ones lost their precision. Keep their dtype."""
    return images * factors.float()[:, None, None]


def broadcast_shape__zero_fits_all(a_shape, b_shape):
    """You let 0 fit any length. It is a length like any other and fits only 0 and 1."""
    result = []
    for a, b in itertools.zip_longest(reversed(a_shape), reversed(b_shape), fillvalue=1):
        if a != b and not {a, b} & {0, 1}:
            raise ValueError("the shapes do not fit")
        result.append(0 if 0 in (a, b) else max(a, b))
    return tuple(reversed(result))


def broadcast_shape__multiples(a_shape, b_shape):
    """You let a length fit its multiples. Only equal lengths fit, and 1."""
    result = []
    for a, b in itertools.zip_longest(reversed(a_shape), reversed(b_shape), fillvalue=1):
        short, long = sorted((a, b))
        if a != b and 1 not in (a, b) and (short == 0 or long % short):
            raise ValueError("the shapes do not fit")
        result.append(b if a == 1 else a if b == 1 else long)
    return tuple(reversed(result))


def broadcast_shape__nothing_with_a_number(a_shape, b_shape):
    """You returned () where one shape is (). A single number fits any shape, which stays."""
    if not a_shape or not b_shape:
        return ()
    result = []
    for a, b in itertools.zip_longest(reversed(a_shape), reversed(b_shape), fillvalue=1):
        if a != b and 1 not in (a, b):
            raise ValueError("the shapes do not fit")
        result.append(b if a == 1 else a)
    return tuple(reversed(result))


def squared_error__compares_last_axes(prediction, target):
    """You compared the last axes alone. All have to be equal: compare the shapes."""
    if prediction.shape[-1:] != target.shape[-1:]:
        raise ValueError("different shapes")
    return (prediction - target).square().mean()


def squared_error__zips_the_shapes(prediction, target):
    """zip stops at the shorter shape, so that the rest is never compared. Compare them whole."""
    if any(p != t for p, t in zip(prediction.shape, target.shape, strict=False)):
        raise ValueError("different shapes")
    return (prediction - target).square().mean()
