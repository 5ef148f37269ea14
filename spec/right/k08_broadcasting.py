"""Other right answers that the spec of k08_broadcasting must accept."""

import itertools

import torch


def center_columns__implicit_axis(matrix):
    """Leaves the missing axis to broadcasting."""
    return matrix - matrix.mean(0)


def center_columns__sum_over_length(matrix):
    """Computes the mean from its definition."""
    return matrix - matrix.sum(dim=0) / matrix.shape[0]


def center_columns__centering_matrix(matrix):
    """Multiplies by the centering matrix I - 1/n."""
    rows = matrix.shape[0]
    ones = torch.ones(rows, rows, dtype=matrix.dtype, device=matrix.device)
    return (torch.eye(rows, dtype=matrix.dtype, device=matrix.device) - ones / rows) @ matrix


def center_columns__on_a_clone(matrix):
    """Subtracts in place, on a copy."""
    result = matrix.clone()
    result -= matrix.mean(dim=0)
    return result


def center_columns__vmap(matrix):
    """Centers a single column, mapped over all of them."""
    if matrix.shape[1] == 0:
        return matrix.clone()
    return torch.vmap(lambda column: column - column.mean(), in_dims=1, out_dims=1)(matrix)


def normalize_rows__masked_fill(matrix):
    """Replaces a sum of zero by one."""
    sums = matrix.sum(1, keepdim=True)
    return matrix / sums.masked_fill(sums == 0, 1)


def normalize_rows__nan_to_num(matrix):
    """Divides first and turns the NaNs of empty rows into zeros."""
    return (matrix / matrix.sum(dim=-1).unsqueeze(-1)).nan_to_num(0.0)


def normalize_rows__transposed(matrix):
    """Works on columns of the transpose."""
    sums = matrix.T.sum(0)
    return (matrix.T / (sums + (sums == 0))).T


def normalize_rows__where(matrix):
    """Chooses afterwards between quotient and zero."""
    sums = matrix.sum(dim=1)[:, None]
    return torch.where(sums > 0, matrix / sums, torch.zeros_like(matrix))


def normalize_rows__indexed(matrix):
    """Divides the rows that have a sum, and no others."""
    sums = matrix.sum(dim=1)
    result = matrix.clone()
    result[sums > 0] = matrix[sums > 0] / sums[sums > 0].unsqueeze(1)
    return result


def normalize_rows__largest_first(matrix):
    """Brings each row to the scale of 1 before it is summed."""
    if matrix.shape[1] == 0:
        return matrix.clone()
    largest = matrix.amax(dim=1, keepdim=True)
    scaled = matrix / torch.where(largest > 0, largest, 1.0)
    return scaled / scaled.sum(dim=1, keepdim=True).clamp_min(1.0)


def normalize_rows__reciprocal(matrix):
    """Multiplies by reciprocals, which 1e-30 still has."""
    sums = matrix.sum(dim=1, keepdim=True)
    return matrix * torch.where(sums > 0, 1 / sums, 0.0)


def normalize_rows__f_normalize(matrix):
    """Divides by the sum of sizes, kept above the smallest number of the dtype."""
    tiny = torch.finfo(matrix.dtype).tiny
    return torch.nn.functional.normalize(matrix, p=1.0, dim=1, eps=tiny)


def outer_sum__unsqueeze(a, b):
    """Adds the axes with unsqueeze."""
    return a.unsqueeze(1) + b.unsqueeze(0)


def outer_sum__reshape(a, b):
    """Adds the axis with reshape."""
    return a.reshape(-1, 1) + b


def outer_sum__meshgrid(a, b):
    """Spreads both vectors over the grid first."""
    rows, columns = torch.meshgrid(a, b, indexing="ij")
    return rows + columns


def outer_sum__expand(a, b):
    """Expands both to the full shape."""
    shape = (len(a), len(b))
    return a[:, None].expand(shape) + b.expand(shape)


def outer_sum__pairs(a, b):
    """Lists all pairs first."""
    first, second = a.repeat_interleave(len(b)), b.repeat(len(a))
    return (first + second).reshape(len(a), len(b))


def outer_sum__out(a, b):
    """Writes into a table made for it; the result is a transposed view."""
    table = a.new_empty(len(b), len(a))
    torch.add(b.unsqueeze(-1), a, out=table)
    return table.T


def pairwise_distances__norm(a, b):
    """Takes the vector norm of the differences."""
    return torch.linalg.vector_norm(a.unsqueeze(1) - b.unsqueeze(0), dim=-1)


def pairwise_distances__einsum(a, b):
    """Sums the squares with einsum."""
    difference = a[:, None] - b[None]
    return torch.einsum("nmd,nmd->nm", difference, difference).sqrt()


def pairwise_distances__exact_cdist(a, b):
    """Tells cdist to compute differences."""
    return torch.cdist(a, b, compute_mode="donot_use_mm_for_euclid_dist")


def pairwise_distances__power(a, b):
    """Uses powers throughout."""
    return ((b - a[:, None]) ** 2).sum(-1) ** 0.5


def pairwise_distances__coordinates_first(a, b):
    """Has the coordinates on the first axis."""
    difference = a.T[:, :, None] - b.T[:, None, :]
    return difference.square_().sum(0).sqrt_()


def pairwise_distances__bmm(a, b):
    """Multiplies each difference with itself."""
    difference = (a[:, None] - b).reshape(len(a) * len(b), 1, a.shape[1])
    return torch.bmm(difference, difference.mT).reshape(len(a), len(b)).sqrt()


def pairwise_distances__f_without_eps(a, b):
    """Tells torch's pairwise_distance to add nothing."""
    return torch.nn.functional.pairwise_distance(a[:, None], b[None], eps=0.0)


def scale_channels__view(images, factors):
    """Gives the factors all four axes."""
    return images * factors.reshape(1, -1, 1, 1)


def scale_channels__einsum(images, factors):
    """Names the axes."""
    return torch.einsum("bchw,c->bchw", images, factors)


def scale_channels__moved_axis(images, factors):
    """Moves the channels last, where the factors line up by themselves."""
    return (images.movedim(1, -1) * factors).movedim(-1, 1)


def scale_channels__diagonal(images, factors):
    """Multiplies by a diagonal matrix, channels to channels."""
    return torch.einsum("bchw,cd->bdhw", images, torch.diag(factors))


def scale_channels__flattened(images, factors):
    """Makes one axis of the pixels."""
    return (images.flatten(2) * factors[None, :, None]).reshape(images.shape)


def scale_channels__expand_as(images, factors):
    """Expands the factors to images of their own, and multiplies in place on a copy."""
    return images.clone().mul_(factors.reshape(-1, 1, 1).expand_as(images))


def broadcast_shape__zip_longest(a_shape, b_shape):
    """Walks both shapes from their ends."""
    result = ()
    for a, b in itertools.zip_longest(a_shape[::-1], b_shape[::-1], fillvalue=1):
        if a == b or b == 1:
            result = (a, *result)
        elif a == 1:
            result = (b, *result)
        else:
            raise ValueError(f"{a} does not fit {b}")
    return result


def broadcast_shape__filled_in(a_shape, b_shape):
    """Fills in one shape after the other, from the right."""
    result = [1] * max(len(a_shape), len(b_shape))
    for shape in (a_shape, b_shape):
        for axis in range(-1, -len(shape) - 1, -1):
            if result[axis] == 1:
                result[axis] = shape[axis]
            elif shape[axis] not in (1, result[axis]):
                raise ValueError(f"axis {axis}: {result[axis]} against {shape[axis]}")
    return tuple(result)


def broadcast_shape__sets(a_shape, b_shape):
    """Looks at the set of lengths other than 1 on each axis, with the shorter shape padded."""
    short, long = sorted((tuple(a_shape), tuple(b_shape)), key=len)
    short = (1,) * (len(long) - len(short)) + short
    lengths = [set(pair) - {1} or {1} for pair in zip(short, long, strict=True)]
    if any(len(choice) > 1 for choice in lengths):
        raise ValueError(f"{a_shape} against {b_shape}")
    return tuple(choice.pop() for choice in lengths)


def broadcast_shape__recursive(a_shape, b_shape):
    """Takes the last axes off and goes on with the rest."""

    def joined(a, b):
        if not a or not b:
            return tuple(a or b)
        if len({a[-1], b[-1]} - {1}) > 1:
            raise ValueError(f"{a[-1]} and {b[-1]}")
        return (*joined(a[:-1], b[:-1]), b[-1] if a[-1] == 1 else a[-1])

    return joined(a_shape, b_shape)


def broadcast_shape__list(a_shape, b_shape):
    """Fills up with ones from the left, and leaves the lengths in a list."""
    rank = max(len(a_shape), len(b_shape))
    a = (1,) * (rank - len(a_shape)) + a_shape
    b = (1,) * (rank - len(b_shape)) + b_shape
    result = []
    for p, q in zip(a, b, strict=True):
        if p != q and p != 1 and q != 1:
            raise ValueError
        result.append(p if q == 1 else q)
    return result


def squared_error__mse_loss(prediction, target):
    """Leaves the mean to torch once the shapes are checked."""
    if prediction.shape != target.shape:
        raise ValueError("prediction and target differ in shape")
    return torch.nn.functional.mse_loss(prediction, target)


def squared_error__dot(prediction, target):
    """Squares by a dot product."""
    if prediction.size() != target.size():
        raise ValueError("prediction and target differ in shape")
    difference = (prediction - target).flatten()
    return difference @ difference / difference.numel()


def squared_error__norm(prediction, target):
    """Takes the length of the difference as a vector."""
    if list(prediction.shape) != list(target.shape):
        raise ValueError("prediction and target differ in shape")
    return torch.linalg.vector_norm(prediction - target).square() / target.numel()


def squared_error__moments(prediction, target):
    """Adds the difference's variance and its squared mean."""
    if prediction.shape != target.shape:
        raise ValueError("prediction and target differ in shape")
    variance, mean = torch.var_mean(prediction - target, correction=0)
    return variance + mean * mean


def squared_error__axis_by_axis(prediction, target):
    """Compares ranks, then lengths, and works in place on a copy."""
    shapes = zip(prediction.shape, target.shape, strict=False)
    if prediction.dim() != target.dim() or any(p != t for p, t in shapes):
        raise ValueError("prediction and target differ in shape")
    difference = prediction.clone()
    difference -= target
    difference *= difference
    return difference.mean()
