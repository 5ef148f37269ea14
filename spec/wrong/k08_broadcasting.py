"""Mistakes that the spec of k08_broadcasting must reject, each with the words that name it."""

import torch

ABOUT_DEVICES = ("center_columns__mean_on_the_cpu", "scale_channels__ones_on_the_cpu")


def center_columns__over_rows(matrix):
    """You averaged each row (dim=1). A column's mean runs over the rows: dim=0."""
    return matrix - matrix.mean(dim=1, keepdim=True)


def center_columns__overall_mean(matrix):
    """You took off the mean of the whole matrix. Each column has a mean of its own: mean(dim=0)."""
    return matrix - matrix.mean()


def center_columns__in_place(matrix):
    """You changed the matrix that was passed in: `-=` writes into it. Use `-`."""
    matrix -= matrix.mean(dim=0, keepdim=True)
    return matrix


def center_columns__standardized(matrix):
    """You also divided by the standard deviation. Only the mean is to be taken off."""
    centered = matrix - matrix.mean(dim=0)
    return centered / centered.std(dim=0, unbiased=False).clamp_min(1e-12)


def center_columns__through_float32(matrix):
    """You computed in float32, so a float64 matrix lost its precision. Keep its dtype."""
    return (matrix.float() - matrix.float().mean(dim=0)).to(matrix.dtype)


def center_columns__loop_over_columns(matrix):
    """You looped over the columns. Let broadcasting subtract all means at once."""
    result = matrix.clone()
    for column in range(matrix.shape[1]):
        result[:, column] -= matrix[:, column].mean()
    return result


def center_columns__mean_on_the_cpu(matrix):
    """You built the means on the CPU. A new tensor goes to the device of the input."""
    means = torch.tensor([column.mean().item() for column in matrix.T], dtype=matrix.dtype)
    return matrix - means


def normalize_rows__over_columns(matrix):
    """You divided by the columns' sums (dim=0). A row's sum runs over the columns: dim=1."""
    sums = matrix.sum(dim=0, keepdim=True)
    return matrix / torch.where(sums == 0, torch.ones_like(sums), sums)


def normalize_rows__zeros_become_nan(matrix):
    """You divided a row of zeros by its sum, 0, which gives NaN. Such a row stays zeros."""
    return matrix / matrix.sum(dim=1, keepdim=True)


def normalize_rows__added_epsilon(matrix):
    """You added a small number to every sum. A row of tiny entries is then off: treat 0 alone."""
    return matrix / (matrix.sum(dim=1, keepdim=True) + 1e-8)


def normalize_rows__clamped_sum(matrix):
    """You raised small sums to a least value. Rows of tiny entries no longer sum to 1."""
    return matrix / matrix.sum(dim=1, keepdim=True).clamp_min(1e-12)


def normalize_rows__softmax(matrix):
    """You used softmax, which exponentiates first. Here a row is only divided by its sum."""
    return torch.softmax(matrix, dim=1)


def normalize_rows__unit_length(matrix):
    """You divided by the rows' Euclidean length. Divide by their sum."""
    return torch.nn.functional.normalize(matrix, dim=1, eps=0.0).nan_to_num(0.0)


def normalize_rows__nan_to_num(matrix):
    """You repaired the zeros in place, in the matrix that was passed in."""
    matrix /= matrix.sum(dim=1, keepdim=True)
    return matrix.nan_to_num_(0.0)


def outer_sum__swapped(a, b):
    """Your result is transposed: a belongs to the rows, b to the columns."""
    return b[:, None] + a[None, :]


def outer_sum__elementwise(a, b):
    """You added element by element. Every pair is asked for: give a a second axis, a[:, None]."""
    return a + b


def outer_sum__product(a, b):
    """torch.outer multiplies. Each entry here is a sum, a[i] + b[j]."""
    return torch.outer(a, b)


def outer_sum__float(a, b):
    """You turned integers into floats. The dtype of the vectors is kept."""
    return (a[:, None] + b).float()


def outer_sum__flat(a, b):
    """Your result is one long vector. The sums belong in a table of shape (n, m)."""
    return (a[:, None] + b).flatten()


def pairwise_distances__cdist(a, b):
    """Above 25 points torch.cdist multiplies matrices, and equal points are not exactly 0 apart."""
    return torch.cdist(a, b)


def pairwise_distances__expanded_square(a, b):
    """|a|² - 2ab + |b|² loses small distances to rounding. Take the differences first."""
    squares = (a * a).sum(1)[:, None] - 2 * a @ b.T + (b * b).sum(1)
    return squares.clamp_min(0).sqrt()


def pairwise_distances__squared(a, b):
    """You left out the square root: these are squared distances."""
    return (a[:, None] - b).square().sum(dim=2)


def pairwise_distances__manhattan(a, b):
    """You summed absolute differences. The Euclidean distance is the root of the summed squares."""
    return (a[:, None] - b).abs().sum(dim=2)


def pairwise_distances__transposed(a, b):
    """Your result is transposed: row i belongs to a[i], column j to b[j]."""
    return (b[:, None] - a).square().sum(dim=2).sqrt()


def pairwise_distances__sum_over_points(a, b):
    """You summed over an axis of points. Sum the squares over the last axis, the coordinates."""
    return (a[:, None] - b).square().sum(dim=1).sqrt()


def pairwise_distances__epsilon(a, b):
    """You added a small number under the root, so equal points are not exactly 0 apart."""
    return ((a[:, None] - b).square().sum(dim=2) + 1e-12).sqrt()


def pairwise_distances__loops(a, b):
    """You looped over the points. a[:, None] - b makes all differences at once."""
    result = a.new_zeros(len(a), len(b))
    for i in range(len(a)):
        for j in range(len(b)):
            result[i, j] = (a[i] - b[j]).square().sum().sqrt()
    return result


def scale_channels__lined_up_with_width(images, factors):
    """(channels,) lines up with the last axis, the width. Make it (channels, 1, 1)."""
    return images * factors


def scale_channels__lined_up_with_height(images, factors):
    """(channels, 1) lines up with the height. Make it (channels, 1, 1)."""
    return images * factors[:, None]


def scale_channels__lined_up_with_batch(images, factors):
    """(channels, 1, 1, 1) lines up with the batch. Make it (channels, 1, 1)."""
    return images * factors[:, None, None, None]


def scale_channels__in_place(images, factors):
    """You changed the images that were passed in. Use `*`, which makes a new tensor."""
    return images.mul_(factors[:, None, None])


def scale_channels__added(images, factors):
    """You added the factors. A channel is multiplied by its factor."""
    return images + factors[:, None, None]


def scale_channels__ones_on_the_cpu(images, factors):
    """You made a tensor on the CPU. Give a new tensor the device of the images."""
    return images * (torch.ones(len(factors), 1, 1, dtype=images.dtype) * factors[:, None, None])


def broadcast_shape__from_the_left(a_shape, b_shape):
    """You lined the shapes up from the left. The rule starts at the last axis."""
    longest = max(len(a_shape), len(b_shape))
    a = tuple(a_shape) + (1,) * (longest - len(a_shape))
    b = tuple(b_shape) + (1,) * (longest - len(b_shape))
    if any(p != q and 1 not in (p, q) for p, q in zip(a, b, strict=True)):
        raise ValueError("the shapes do not fit")
    return tuple(q if p == 1 else p for p, q in zip(a, b, strict=True))


def broadcast_shape__zip_cuts_off(a_shape, b_shape):
    """zip stops at the shorter shape, so the leading axes of the longer one are lost."""
    result = []
    for a, b in zip(reversed(a_shape), reversed(b_shape), strict=False):
        if a != b and 1 not in (a, b):
            raise ValueError("the shapes do not fit")
        result.append(b if a == 1 else a)
    return tuple(reversed(result))


def broadcast_shape__maximum(a_shape, b_shape):
    """You took the larger length. 0 against 1 gives 0, not 1."""
    rank = max(len(a_shape), len(b_shape))
    a = (1,) * (rank - len(a_shape)) + tuple(a_shape)
    b = (1,) * (rank - len(b_shape)) + tuple(b_shape)
    if any(p != q and 1 not in (p, q) for p, q in zip(a, b, strict=True)):
        raise ValueError("the shapes do not fit")
    return tuple(max(p, q) for p, q in zip(a, b, strict=True))


def broadcast_shape__never_raises(a_shape, b_shape):
    """You never check whether lengths fit. Where they differ and neither is 1, raise ValueError."""
    rank = max(len(a_shape), len(b_shape))
    a = (1,) * (rank - len(a_shape)) + tuple(a_shape)
    b = (1,) * (rank - len(b_shape)) + tuple(b_shape)
    return tuple(q if p == 1 else p for p, q in zip(a, b, strict=True))


def broadcast_shape__list(a_shape, b_shape):
    """You returned a list. A shape is a tuple."""
    return list(torch.broadcast_shapes(a_shape, b_shape))


def broadcast_shape__runtime_error(a_shape, b_shape):
    """torch.broadcast_shapes raises RuntimeError. ValueError is asked for here."""
    return tuple(torch.broadcast_shapes(a_shape, b_shape))


def squared_error__broadcasts(prediction, target):
    """You let different shapes broadcast: (n, 1) against (n,) averages n × n differences."""
    return (prediction - target).square().mean()


def squared_error__compares_counts(prediction, target):
    """You compared the number of elements. Equal counts in different shapes are refused too."""
    if prediction.numel() != target.numel():
        raise ValueError("different sizes")
    return (prediction.flatten() - target.flatten()).square().mean()


def squared_error__sum(prediction, target):
    """You summed the squares. The mean is asked for."""
    if prediction.shape != target.shape:
        raise ValueError("different shapes")
    return (prediction - target).square().sum()


def squared_error__half(prediction, target):
    """You halved the error. The mean of the squares is asked for, without a factor."""
    if prediction.shape != target.shape:
        raise ValueError("different shapes")
    return (prediction - target).square().mean() / 2


def squared_error__absolute(prediction, target):
    """You averaged absolute differences. Square them."""
    if prediction.shape != target.shape:
        raise ValueError("different shapes")
    return (prediction - target).abs().mean()


def squared_error__root(prediction, target):
    """You took the square root of the mean. It is asked for without the root."""
    if prediction.shape != target.shape:
        raise ValueError("different shapes")
    return (prediction - target).square().mean().sqrt()


def squared_error__python_float(prediction, target):
    """You returned a Python float. A 0-D tensor is asked for: leave out .item()."""
    if prediction.shape != target.shape:
        raise ValueError("different shapes")
    return (prediction - target).square().mean().item()


def squared_error__assert(prediction, target):
    """You used assert, which raises AssertionError and can be switched off. Raise ValueError."""
    assert prediction.shape == target.shape, "different shapes"
    return (prediction - target).square().mean()
