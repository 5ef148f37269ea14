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
    result = matrix.clone(memory_format=torch.contiguous_format)
    result -= matrix.mean(dim=0)
    return result


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
    return (
        a.view(-1, 1).expand(shape).add(b.expand(shape))
        if a.is_contiguous()
        else (a[:, None].expand(shape) + b)
    )


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


def scale_channels__view(images, factors):
    """Gives the factors all four axes."""
    return images * factors.reshape(1, -1, 1, 1)


def scale_channels__einsum(images, factors):
    """Names the axes."""
    return torch.einsum("bchw,c->bchw", images, factors)


def scale_channels__moved_axis(images, factors):
    """Moves the channels last, where the factors line up by themselves."""
    return (images.movedim(1, -1) * factors).movedim(-1, 1)


def broadcast_shape__torch(a_shape, b_shape):
    """Asks torch and translates its error."""
    try:
        return tuple(torch.broadcast_shapes(a_shape, b_shape))
    except RuntimeError as error:
        raise ValueError(str(error)) from None


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


def broadcast_shape__recursive(a_shape, b_shape):
    """Takes the last axis off and calls itself."""
    if not a_shape or not b_shape:
        return tuple(a_shape or b_shape)
    a, b = a_shape[-1], b_shape[-1]
    if len({a, b} - {1}) > 1:
        raise ValueError(f"{a} and {b}")
    last = b if a == 1 else a
    return (*broadcast_shape__recursive(a_shape[:-1], b_shape[:-1]), last)


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
