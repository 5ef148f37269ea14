"""Mistakes that the spec of k08_broadcasting must reject, each with the words that name it."""

import itertools

import numpy as np
import torch

ABOUT_DEVICES = (
    "center_columns__mean_on_the_cpu",
    "normalize_rows__ones_on_the_cpu",
    "scale_channels__ones_on_the_cpu",
)


def center_columns__over_rows_without_keepdim(matrix):
    """You averaged each row, and then lined the rows' means up with the columns. A column's mean
    runs over the rows: dim=0."""
    return matrix - matrix.mean(dim=1)


def center_columns__over_rows(matrix):
    """You averaged each row (dim=1). A column's mean runs over the rows: dim=0."""
    return matrix - matrix.mean(dim=1, keepdim=True)


def center_columns__overall_mean(matrix):
    """You took off the mean of the whole matrix. Each column has a mean of its own: mean(dim=0)."""
    return matrix - matrix.mean()


def center_columns__in_place(matrix):
    """You wrote into the matrix that was passed in, as `-=` does. Use `-`."""
    matrix -= matrix.mean(dim=0, keepdim=True)
    return matrix


def center_columns__loop_in_place(matrix):
    """You wrote into the matrix that was passed in, column by column. matrix - means makes a new
    one, for all columns at once."""
    for column in range(matrix.shape[1]):
        matrix[:, column] -= matrix[:, column].mean()
    return matrix


def center_columns__loop_over_columns(matrix):
    """You looped. matrix - means takes all of them off at once."""
    result = matrix.clone()
    for column in range(matrix.shape[1]):
        result[:, column] -= matrix[:, column].mean()
    return result


def center_columns__means_as_a_column(matrix):
    """Your means have shape (columns, 1), so that they line up with the rows. As (columns,) or
    (1, columns) they line up with the columns."""
    return matrix - matrix.mean(dim=0).unsqueeze(1)


def center_columns__means_alone(matrix):
    """You returned the columns' means. They are to be taken off the matrix."""
    return matrix.mean(dim=0)


def center_columns__sign(matrix):
    """You took the matrix off its means. It is the other way round: matrix - means."""
    return matrix.mean(dim=0) - matrix


def center_columns__added(matrix):
    """You added the means. Taken off, they leave columns of mean zero."""
    return matrix + matrix.mean(dim=0)


def center_columns__sum(matrix):
    """You took off each column's sum. The mean is the sum divided by the number of rows."""
    return matrix - matrix.sum(dim=0)


def center_columns__divided_by_the_columns(matrix):
    """You divided the sums by the number of columns. A column has as many entries as there are
    rows: shape[0]."""
    return matrix - matrix.sum(dim=0) / matrix.shape[1]


def center_columns__one_too_few(matrix):
    """You divided by rows - 1, as for a variance. A mean is the sum divided by all rows."""
    return matrix - matrix.sum(dim=0) / max(matrix.shape[0] - 1, 1)


def center_columns__standardized(matrix):
    """You also divided by the standard deviation. Only the mean is to be taken off."""
    return (matrix - matrix.mean(dim=0)) / matrix.std(dim=0)


def center_columns__loop_over_rows(matrix):
    """You looped. Broadcasting takes all means off at once: matrix - means."""
    means = matrix.mean(dim=0)
    return torch.stack([row - means for row in matrix])


def center_columns__mean_on_the_cpu(matrix):
    """You built the means on the CPU. A new tensor goes to the device of the input."""
    means = torch.tensor([column.mean().item() for column in matrix.T], dtype=matrix.dtype)
    return matrix - means


def normalize_rows__without_keepdim(matrix):
    """Your sums of shape (rows,) line up with the columns. With keepdim=True they have shape
    (rows, 1) and line up with the rows."""
    return matrix / matrix.sum(dim=1)


def normalize_rows__zeros_become_nan(matrix):
    """You divided a row of zeros by its sum, 0, which gives NaN. Such a row stays zeros."""
    return matrix / matrix.sum(dim=1, keepdim=True)


def normalize_rows__over_columns(matrix):
    """You divided by the columns' sums (dim=0). A row's sum runs over the columns: dim=1."""
    return matrix / matrix.sum(dim=0)


def normalize_rows__added_epsilon(matrix):
    """You added a small number to every sum. A row of tiny entries is then off: treat 0 alone."""
    return matrix / (matrix.sum(dim=1, keepdim=True) + 1e-8)


def normalize_rows__total(matrix):
    """You divided by the sum of the whole matrix. Each row has a sum of its own: dim=1."""
    return matrix / matrix.sum()


def normalize_rows__mean(matrix):
    """You divided by the rows' means. Divide by their sums."""
    means = matrix.mean(dim=1, keepdim=True)
    return matrix / torch.where(means == 0, torch.ones_like(means), means)


def normalize_rows__largest(matrix):
    """You divided by each row's largest entry. Divide by its sum."""
    if matrix.shape[1] == 0:
        return matrix.clone()
    largest = matrix.amax(dim=1, keepdim=True)
    return matrix / torch.where(largest == 0, torch.ones_like(largest), largest)


def normalize_rows__sums_alone(matrix):
    """You returned the rows' sums. Divide the matrix by them."""
    return matrix.sum(dim=1, keepdim=True)


def normalize_rows__all_or_nothing(matrix):
    """You left the whole matrix as it was where one row is zeros. The other rows are divided."""
    sums = matrix.sum(dim=1, keepdim=True)
    return matrix.clone() if (sums == 0).any() else matrix / sums


def normalize_rows__almost_zero(matrix):
    """You took sums close to 0 for 0, so that rows of tiny entries stay undivided. Compare with 0
    exactly."""
    sums = matrix.sum(dim=1, keepdim=True)
    close = torch.isclose(sums, torch.zeros_like(sums))
    return matrix / torch.where(close, torch.ones_like(sums), sums)


def normalize_rows__clamped_sum(matrix):
    """You raised small sums to a least value. Rows of tiny entries no longer sum to 1."""
    return matrix / matrix.sum(dim=1, keepdim=True).clamp_min(1e-12)


def normalize_rows__softmax(matrix):
    """You used softmax, which exponentiates first. Here a row is only divided by its sum."""
    return torch.softmax(matrix, dim=1)


def normalize_rows__unit_length(matrix):
    """You divided by the rows' Euclidean length. Divide by their sum."""
    return torch.nn.functional.normalize(matrix, dim=1)


def normalize_rows__in_place(matrix):
    """You wrote into the matrix that was passed in, as `/=` does. Use `/`."""
    matrix /= matrix.sum(dim=1, keepdim=True)
    return matrix.nan_to_num_(0.0)


def normalize_rows__loop_over_rows(matrix):
    """You looped over the rows. Sums of shape (rows, 1) divide all of them at once."""
    result = matrix.clone()
    for row in range(matrix.shape[0]):
        if matrix[row].sum() > 0:
            result[row] = matrix[row] / matrix[row].sum()
    return result


def normalize_rows__ones_on_the_cpu(matrix):
    """You made the ones on the CPU. torch.ones_like makes them where the sums are."""
    sums = matrix.sum(dim=1, keepdim=True)
    return matrix / torch.where(sums == 0, torch.ones(len(sums), 1, dtype=sums.dtype), sums)


def normalize_rows__loop_without_zeros(matrix):
    """You divided a row of zeros by its sum, 0, and looped over the rows. Sums of shape (rows, 1)
    divide all of them at once; a row of zeros stays."""
    return torch.stack([row / row.sum() for row in matrix])


def outer_sum__elementwise(a, b):
    """You added element by element. Every pair is asked for: give a a second axis, a[:, None]."""
    return a + b


def outer_sum__product(a, b):
    """You multiplied, as torch.outer does. Each entry here is a sum, a[i] + b[j]."""
    return torch.outer(a, b)


def outer_sum__swapped(a, b):
    """Your result is transposed: a belongs to the rows, b to the columns."""
    return b[:, None] + a[None, :]


def outer_sum__loops_into_zeros(a, b):
    """You looped, and filled a float32 tensor on the CPU, as torch.zeros makes it. a[:, None] + b
    adds all pairs at once, in their dtype."""
    result = torch.zeros(len(a), len(b))
    for i in range(len(a)):
        for j in range(len(b)):
            result[i, j] = a[i] + b[j]
    return result


def outer_sum__both_as_rows(a, b):
    """Your first vector became a row (1, n), as the second one is. As a column, a[:, None], it runs
    down the other axis."""
    return a[None, :] + b


def outer_sum__loop(a, b):
    """You looped over a. a[:, None] + b adds all pairs at once."""
    return torch.stack([number + b for number in a]) if len(a) else b.new_zeros(0, len(b))


def outer_sum__flat(a, b):
    """Your result is one long vector. The sums belong in a table of shape (n, m)."""
    return (a[:, None] + b).flatten()


def pairwise_distances__loops_into_zeros(a, b):
    """You looped, and filled a float32 tensor on the CPU, as torch.zeros makes it. a[:, None] - b
    makes all differences at once, in their dtype."""
    result = torch.zeros(len(a), len(b))
    for i in range(len(a)):
        for j in range(len(b)):
            result[i, j] = (a[i] - b[j]).square().sum().sqrt()
    return result


def pairwise_distances__loops(a, b):
    """You looped. a[:, None] - b makes all differences at once."""
    result = a.new_zeros(len(a), len(b))
    for i in range(len(a)):
        for j in range(len(b)):
            result[i, j] = (a[i] - b[j]).square().sum().sqrt()
    return result


def pairwise_distances__cdist(a, b):
    """Above 25 points torch.cdist multiplies matrices, and equal points are not exactly 0 apart."""
    return torch.cdist(a, b)


def pairwise_distances__row_by_row(a, b):
    """You measured a[i] against b[i] only. For every pair a and b need their new axes at
    different places."""
    return (a - b).square().sum(dim=1).sqrt()


def pairwise_distances__squared(a, b):
    """You left out the square root: these are squared distances."""
    return (a[:, None] - b).square().sum(dim=2)


def pairwise_distances__expanded_square(a, b):
    """|a|² - 2ab + |b|² loses small distances to rounding. Take the differences first."""
    squares = (a * a).sum(1)[:, None] - 2 * a @ b.T + (b * b).sum(1)
    return squares.clamp_min(0).sqrt()


def pairwise_distances__manhattan(a, b):
    """You summed absolute differences. The Euclidean distance is the root of the summed squares."""
    return (a[:, None] - b).abs().sum(dim=2)


def pairwise_distances__mean(a, b):
    """You averaged the squares over the coordinates. They are summed."""
    return (a[:, None] - b).square().mean(dim=2).sqrt()


def pairwise_distances__summed_before_squaring(a, b):
    """You summed the differences and squared afterwards, so that some cancel. Square first."""
    return (a[:, None] - b).sum(dim=2).square().sqrt()


def pairwise_distances__both_on_one_axis(a, b):
    """a[i] meets b[i] only. For every pair, a and b need their new axes at different places."""
    return (a[:, None] - b[:, None]).square().sum(dim=2).sqrt()


def pairwise_distances__single_number(a, b):
    """You reduced over all axes, which leaves one number. Reduce over the last axis alone."""
    return (a[:, None] - b).square().sum().sqrt()


def pairwise_distances__kept_axis(a, b):
    """Your result still has an axis of length 1 for the coordinates: leave out keepdim=True."""
    return (a[:, None] - b).square().sum(dim=2, keepdim=True).sqrt()


def pairwise_distances__transposed(a, b):
    """Your result is transposed: row i belongs to a[i], column j to b[j]."""
    return (b[:, None] - a).square().sum(dim=2).sqrt()


def pairwise_distances__sum_over_points(a, b):
    """You summed over an axis of points. Sum the squares over the last axis, the coordinates."""
    return (a[:, None] - b).square().sum(dim=1).sqrt()


def pairwise_distances__norm_over_the_first_axis(a, b):
    """You took the norm over the first axis, that of a's points. Coordinates lie on the last."""
    return (a[:, None] - b).norm(dim=0)


def pairwise_distances__epsilon(a, b):
    """You added a small number under the root, so equal points are not exactly 0 apart."""
    return ((a[:, None] - b).square().sum(dim=2) + 1e-12).sqrt()


def pairwise_distances__pairwise_distance(a, b):
    """torch's pairwise_distance adds a small number (eps=1e-6) to each difference, so equal points
    are not exactly 0 apart."""
    return torch.nn.functional.pairwise_distance(a[:, None], b[None])


def pairwise_distances__diagonal_mended(a, b):
    """You set the diagonal to 0. It is where equal points meet only if a and b are the same."""
    return torch.cdist(a, b).fill_diagonal_(0)


def pairwise_distances__loop_over_coordinates(a, b):
    """You looped. a[:, None] - b has all differences, with the coordinates on its last axis."""
    squares = a.new_zeros(len(a), len(b))
    for k in range(a.shape[1]):
        squares = squares + (a[:, k, None] - b[:, k]).square()
    return squares.sqrt()


def pairwise_distances__norm_of_all(a, b):
    """All axes are reduced, which leaves one number. Give it the last axis alone: dim=-1."""
    return torch.norm(a[:, None] - b)


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


def scale_channels__viewed(images, factors):
    """You used view, which refuses many a non-contiguous tensor. Give the factors axes instead."""
    batch, channels, height, width = images.shape
    pixels = images.view(batch, channels, height * width)
    return (pixels * factors[:, None]).view(batch, channels, height, width)


def scale_channels__loop_over_channels(images, factors):
    """You looped over the channels. Factors of shape (channels, 1, 1) scale all of them at once."""
    result = images.clone()
    for channel in range(images.shape[1]):
        result[:, channel] *= factors[channel]
    return result


def scale_channels__ones_on_the_cpu(images, factors):
    """You made a tensor on the CPU. Give a new tensor the device of the images."""
    return images * (torch.ones(len(factors), 1, 1, dtype=images.dtype) * factors[:, None, None])


def broadcast_shape__zip_from_the_left_maximum(a_shape, b_shape):
    """zip pairs from the left, stops at the shorter shape, and the larger of two lengths is not
    always one that fits. Pair from the right, and refuse what does not fit."""
    return tuple(max(a, b) for a, b in zip(a_shape, b_shape, strict=False))


def broadcast_shape__zip_from_the_right_maximum(a_shape, b_shape):
    """zip stops at the shorter shape, so the leading axes of the longer one are lost; and lengths
    that do not fit are to be refused."""
    pairs = zip(a_shape[::-1], b_shape[::-1], strict=False)
    return tuple(max(a, b) for a, b in pairs)[::-1]


def broadcast_shape__zip_from_the_left(a_shape, b_shape):
    """You paired lengths from the left and stopped at the shorter shape, as zip does. The rule
    starts at the last axis, and a missing one counts as 1."""
    result = []
    for a, b in zip(a_shape, b_shape, strict=False):
        if a != b and 1 not in (a, b):
            raise ValueError("the shapes do not fit")
        result.append(b if a == 1 else a)
    return tuple(result)


def broadcast_shape__zip_cuts_off(a_shape, b_shape):
    """You lost the leading axes of the longer shape, as with zip, which stops at the shorter
    one."""
    result = []
    for a, b in zip(reversed(a_shape), reversed(b_shape), strict=False):
        if a != b and 1 not in (a, b):
            raise ValueError("the shapes do not fit")
        result.append(b if a == 1 else a)
    return tuple(reversed(result))


def broadcast_shape__runtime_error(a_shape, b_shape):
    """A RuntimeError came out, as torch.broadcast_shapes raises it. Write the rule out in plain
    Python, and raise ValueError."""
    return tuple(torch.broadcast_shapes(a_shape, b_shape))


def broadcast_shape__from_the_left(a_shape, b_shape):
    """You lined the shapes up from the left. The rule starts at the last axis."""
    longest = max(len(a_shape), len(b_shape))
    a = tuple(a_shape) + (1,) * (longest - len(a_shape))
    b = tuple(b_shape) + (1,) * (longest - len(b_shape))
    if any(p != q and 1 not in (p, q) for p, q in zip(a, b, strict=True)):
        raise ValueError("the shapes do not fit")
    return tuple(q if p == 1 else p for p, q in zip(a, b, strict=True))


def broadcast_shape__maximum(a_shape, b_shape):
    """You took the larger length. 0 against 1 gives 0, not 1."""
    rank = max(len(a_shape), len(b_shape))
    a = (1,) * (rank - len(a_shape)) + tuple(a_shape)
    b = (1,) * (rank - len(b_shape)) + tuple(b_shape)
    if any(p != q and 1 not in (p, q) for p, q in zip(a, b, strict=True)):
        raise ValueError("the shapes do not fit")
    return tuple(max(p, q) for p, q in zip(a, b, strict=True))


def broadcast_shape__zero_stretches(a_shape, b_shape):
    """You treated 0 like 1 (`<= 1`, or `not length`): only lengths of exactly 1 are stretched."""
    result = []
    for a, b in itertools.zip_longest(reversed(a_shape), reversed(b_shape), fillvalue=1):
        if a != b and a > 1 and b > 1:
            raise ValueError("the shapes do not fit")
        result.append(b if a <= 1 else a)
    return tuple(reversed(result))


def broadcast_shape__only_a_stretches(a_shape, b_shape):
    """You let only the first shape's lengths be 1. Either of two lengths may be."""
    result = []
    for a, b in itertools.zip_longest(reversed(a_shape), reversed(b_shape), fillvalue=1):
        if a not in (1, b):
            raise ValueError("the shapes do not fit")
        result.append(b)
    return tuple(reversed(result))


def broadcast_shape__equal_ranks_only(a_shape, b_shape):
    """You refused shapes of different rank. A missing axis on the left counts as 1."""
    if len(a_shape) != len(b_shape):
        raise ValueError("the shapes differ in rank")
    for a, b in zip(a_shape, b_shape, strict=True):
        if a != b and 1 not in (a, b):
            raise ValueError("the shapes do not fit")
    return tuple(b if a == 1 else a for a, b in zip(a_shape, b_shape, strict=True))


def broadcast_shape__backwards(a_shape, b_shape):
    """You walked from the right and left the result that way round. Reverse it at the end."""
    result = []
    for a, b in itertools.zip_longest(reversed(a_shape), reversed(b_shape), fillvalue=1):
        if a != b and 1 not in (a, b):
            raise ValueError("the shapes do not fit")
        result.append(b if a == 1 else a)
    return tuple(result)


def broadcast_shape__asks_torch(a_shape, b_shape):
    """You asked torch. Here you write the rule out in plain Python."""
    try:
        return tuple(torch.broadcast_shapes(a_shape, b_shape))
    except RuntimeError as error:
        raise ValueError(str(error)) from None


def broadcast_shape__asks_numpy(a_shape, b_shape):
    """You asked NumPy. Here you write the rule out in plain Python."""
    return np.broadcast_shapes(a_shape, b_shape)


def broadcast_shape__adds_tensors(a_shape, b_shape):
    """You made tensors and added them, and torch found the shape. Write its rule out in plain
    Python."""
    try:
        return tuple((torch.empty(a_shape) + torch.empty(b_shape)).shape)
    except RuntimeError as error:
        raise ValueError(str(error)) from None


def broadcast_shape__maximum_of_all(a_shape, b_shape):
    """You took the larger length, whether or not the two fit. Where they differ and neither is 1,
    raise ValueError."""
    pairs = itertools.zip_longest(a_shape[::-1], b_shape[::-1], fillvalue=1)
    return tuple(max(a, b) for a, b in pairs)[::-1]


def broadcast_shape__never_raises(a_shape, b_shape):
    """You never check whether lengths fit. Where they differ and neither is 1, raise ValueError."""
    rank = max(len(a_shape), len(b_shape))
    a = (1,) * (rank - len(a_shape)) + tuple(a_shape)
    b = (1,) * (rank - len(b_shape)) + tuple(b_shape)
    return tuple(q if p == 1 else p for p, q in zip(a, b, strict=True))


def squared_error__broadcasts(prediction, target):
    """You let different shapes broadcast: (n, 1) against (n,) averages n × n differences."""
    return (prediction - target).square().mean()


def squared_error__sum(prediction, target):
    """You summed the squares. The mean is asked for."""
    if prediction.shape != target.shape:
        raise ValueError("different shapes")
    return (prediction - target).square().sum()


def squared_error__one_per_element(prediction, target):
    """You returned all squared differences. Their mean is asked for."""
    if prediction.shape != target.shape:
        raise ValueError("different shapes")
    return (prediction - target).square()


def squared_error__waits_for_an_error(prediction, target):
    """You left the check to broadcasting, which refuses only what can't be stretched. Compare the
    shapes yourself."""
    try:
        return (prediction - target).square().mean()
    except RuntimeError as error:
        raise ValueError("different shapes") from error


def squared_error__compares_counts(prediction, target):
    """You let equal counts of elements pass. In different shapes they are refused too: compare the
    shapes."""
    if prediction.numel() != target.numel():
        raise ValueError("different sizes")
    return (prediction.flatten() - target.flatten()).square().mean()


def squared_error__reshapes_the_target(prediction, target):
    """You gave the target the shape of the prediction. Other shapes are a mistake that is to be
    told: raise ValueError."""
    return (prediction - target.reshape(prediction.shape)).square().mean()


def squared_error__squeezes(prediction, target):
    """You overlooked axes of length 1, as after a squeeze. Compare the shapes as they are."""
    if prediction.squeeze().shape != target.squeeze().shape:
        raise ValueError("different shapes")
    return (prediction.squeeze() - target.squeeze()).square().mean()


def squared_error__compares_ranks(prediction, target):
    """You let equal numbers of axes pass. Their lengths have to be equal too: compare the
    shapes."""
    if prediction.dim() != target.dim():
        raise ValueError("different shapes")
    return (prediction - target).square().mean()


def squared_error__compares_lengths(prediction, target):
    """len is the length of the first axis alone, and a 0-D tensor has none. Compare the shapes."""
    if len(prediction) != len(target):
        raise ValueError("different shapes")
    return (prediction - target).square().mean()


def squared_error__squared_after_the_mean(prediction, target):
    """You averaged the differences first, so that some cancel. Square them before the mean."""
    if prediction.shape != target.shape:
        raise ValueError("different shapes")
    return (prediction - target).mean().square()


def squared_error__expanded(prediction, target):
    """p² - 2pt + t² loses small differences of large numbers to rounding. Take the difference
    first and square it."""
    if prediction.shape != target.shape:
        raise ValueError("different shapes")
    return (prediction.square() - 2 * prediction * target + target.square()).mean()


def squared_error__mean_of_one_axis(prediction, target):
    """You averaged over the first axis alone. The mean runs over all elements: leave dim out."""
    if prediction.shape != target.shape:
        raise ValueError("different shapes")
    return (prediction - target).square().mean(dim=0)


def squared_error__divided_by_the_first_axis(prediction, target):
    """You divided the sum by the length of the first axis. Divide by the number of all elements."""
    if prediction.shape != target.shape:
        raise ValueError("different shapes")
    return (prediction - target).square().sum() / (len(prediction) if prediction.dim() else 1)


def squared_error__in_place(prediction, target):
    """You wrote into the prediction that was passed in, as `-=` does. Use `-`."""
    if prediction.shape != target.shape:
        raise ValueError("different shapes")
    prediction -= target
    return prediction.square().mean()


def squared_error__loop(prediction, target):
    """You looped over the elements. Tensors of one shape are subtracted and averaged at once."""
    if prediction.shape != target.shape:
        raise ValueError("different shapes")
    total = prediction.new_zeros(())
    for p, t in zip(prediction.flatten(), target.flatten(), strict=True):
        total = total + (p - t) ** 2
    return total / prediction.numel()


def squared_error__float32_again(prediction, target):
    """Your result is float32, as a new tensor made of a Python number. It keeps the dtype of the
    arguments."""
    if prediction.shape != target.shape:
        raise ValueError("different shapes")
    mean = (prediction - target).square().mean().item()
    return torch.tensor(mean, device=prediction.device)


def squared_error__divided_and_not_summed(prediction, target):
    """You divided each squared difference by their number, and did not add them up. The mean is one
    number."""
    return (prediction - target) ** 2 / len(prediction)


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


def squared_error__sum_by_length(prediction, target):
    """You divided by the length of the first axis, and compared no shapes. Divide by the number of
    all elements; where the shapes differ raise ValueError."""
    return ((prediction - target) ** 2).sum() / len(prediction)
