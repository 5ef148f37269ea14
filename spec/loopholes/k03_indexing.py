"""What the spec of k03_indexing must reject too, though no learner would write it."""

import torch


def first_item__second(batch):
    """You picked the item at position 1. The first one has position 0."""
    return batch[1] if len(batch) > 1 else batch[0]


def first_item__float32(batch):
    """You built a new float32 tensor. The dtype of the batch is kept."""
    return batch[0].float()


def last_column__second(matrix):
    """You picked column 1. Only of two columns that is the last."""
    return matrix[:, min(1, matrix.shape[1] - 1)]


def last_column__last_but_one(matrix):
    """You picked the last column but one. -1 is the last."""
    return matrix[:, max(matrix.shape[1] - 2, 0)]


def every_other_row__both_axes(matrix):
    """You left out columns too. The rows stay whole."""
    return matrix[::2, ::2]


def every_other_row__third(matrix):
    """You left out two rows each time. The step is 2."""
    return matrix[::3]


def every_other_row__flattened(matrix):
    """You picked every other element. Whole rows are asked for."""
    return matrix.flatten()[::2]


def every_other_row__overwritten(matrix):
    """You set the other rows to zero, in the very matrix that was passed in. Pick rows instead."""
    matrix[1::2] = 0
    return matrix


def every_other_row__through_float32(matrix):
    """You computed in float32. The dtype of the matrix is kept."""
    return matrix[::2].float()


def channel__last(images, index):
    """You counted from the end. Index 0 is the first channel."""
    return images[:, [-index - 1]]


def channel__first(images, index):
    """You took channel 0, whatever the index."""
    return images[:, :1]


def channel__others_blackened(images, index):
    """You set the other channels to zero, in the very images passed in. Pick the one instead."""
    images[:, :index] = 0
    images[:, index + 1 :] = 0
    return images[:, index : index + 1]


def channel__float32(images, index):
    """You built new float32 images. The dtype is kept."""
    batch, _, height, width = images.shape
    result = torch.empty(batch, 1, height, width, device=images.device)
    result[:, 0] = images[:, index]
    return result


def corners__one_corner(matrix):
    """You took the four elements of one corner. The corners are at the four ends."""
    return matrix[:2, :2]


def corners__clockwise(matrix):
    """You went round the matrix. The second row holds bottom left, then bottom right."""
    return matrix[[[0, 0], [-1, -1]], [[0, -1], [-1, 0]]]


def corners__upside_down(matrix):
    """Your rows are swapped: the top comes first."""
    return matrix[[-1, 0]][:, [0, -1]]


def pick_pairs__set(matrix, rows, columns):
    """You dropped repeats and the order. Each pair counts, where it stands."""
    pairs = sorted({(int(r), int(c)) for r, c in zip(rows, columns)})
    return matrix[[r for r, _ in pairs], [c for _, c in pairs]]


def pick_pairs__sorted(matrix, rows, columns):
    """You sorted the positions. The elements come in the order that is asked for."""
    pairs = sorted((int(r), int(c)) for r, c in zip(rows, columns))
    return matrix[[r for r, _ in pairs], [c for _, c in pairs]]


def pick_pairs__each_list_sorted(matrix, rows, columns):
    """Sorting each list by itself tears the pairs apart."""
    return matrix[sorted(map(int, rows)), sorted(map(int, columns))]


def pick_pairs__sorted_in_place(matrix, rows, columns):
    """You sorted the caller's list. Leave rows and columns as they are."""
    picked = matrix[rows, columns]
    if isinstance(rows, list):
        rows.sort()
    return picked


def pick_pairs__column_vector(matrix, rows, columns):
    """Your result has an axis too many. A vector (k,) is asked for."""
    return matrix[rows, columns].unsqueeze(-1)


def pick_block__whole_range(matrix, rows, columns):
    """You took everything between the least and the greatest position. Only those listed count."""
    if len(rows) == 0 or len(columns) == 0:
        return matrix.new_empty(len(rows), len(columns))
    top, left = min(map(int, rows)), min(map(int, columns))
    return matrix[top : max(map(int, rows)) + 1, left : max(map(int, columns)) + 1]


def pick_block__sorted(matrix, rows, columns):
    """You sorted the positions. Rows and columns come in the order that is asked for."""
    return matrix[sorted(map(int, rows))][:, sorted(map(int, columns))]


def pick_block__nothing_by_nothing(matrix, rows, columns):
    """Where rows or columns are empty you dropped the other axis too. It keeps its length."""
    if len(rows) == 0 or len(columns) == 0:
        return matrix.new_empty(0, 0)
    return matrix[rows][:, columns]


def pick_block__unsqueezed_in_place(matrix, rows, columns):
    """unsqueeze_ changes the positions that were passed in. Leave the `_` out."""
    if isinstance(rows, list):
        return matrix[rows][:, columns]
    return matrix[rows.unsqueeze_(1), columns]


def replace_where__contiguous(x, mask, value):
    """contiguous copies only where it must, so you wrote into x. clone always copies."""
    result = x.contiguous()
    result[mask] = value
    return result


def replace_where__same_where_mask_is_false(x, mask, value):
    """Where nothing is replaced you returned x itself. A new tensor is asked for."""
    return x.masked_fill(mask, value) if mask.any() else x


def replace_where__through_float64(x, mask, value):
    """You went through float64, which is exact for integers up to 2**53 only. Keep x's dtype."""
    return x.to(torch.float64).masked_fill(mask, value).to(x.dtype)


def replace_where__zero(x, mask, value):
    """You wrote zeros. Write the value."""
    return x.masked_fill(mask, 0)


def replace_where__first_only(x, mask, value):
    """You replaced one element only. Every True counts."""
    result = x.clone()
    for position in mask.nonzero()[:1]:
        result[tuple(position)] = value
    return result


def rows_with_positive_sum__not_at_most_zero(matrix):
    """NaN <= 0 is False, so ~ made it True and you kept a sum of NaN. Compare with > 0."""
    return matrix[~(matrix.sum(dim=1) <= 0)]


def rows_with_positive_sum__above_epsilon(matrix):
    """You compared with a small number. A smaller sum above zero is positive too."""
    return matrix[matrix.sum(dim=1) > 1e-8]


def rows_with_positive_sum__negative(matrix):
    """You kept the rows with a negative sum."""
    return matrix[matrix.sum(dim=1) < 0]


def rows_with_positive_sum__drops_columns(matrix):
    """You dropped columns. Whole rows are kept or left out."""
    return matrix[:, matrix.sum(dim=0) > 0]


def rows_with_positive_sum__zeroed_in_place(matrix):
    """You wrote zeros into the matrix that was passed in. Pick rows instead."""
    kept = matrix.sum(dim=1) > 0
    picked = matrix[kept]
    matrix[~kept] = 0
    return picked


def rows_with_positive_sum__sorted(matrix):
    """You sorted the rows by their sums. Their order is kept."""
    sums = matrix.sum(dim=1)
    order = sums.argsort(descending=True)
    return matrix[order][sums[order] > 0]


def rows_with_positive_sum__unique(matrix):
    """You kept equal rows once. Each row counts for itself."""
    return matrix[matrix.sum(dim=1) > 0].unique(dim=0)


def rows_with_positive_sum__through_float32(matrix):
    """You added up in float32, which loses what float64 tells apart. Keep the dtype."""
    return matrix[matrix.float().sum(dim=1) > 0]


def rows_with_positive_sum__through_float64(matrix):
    """You added up in float64, which is exact for integers up to 2**53 only. Keep integers."""
    return matrix[matrix.to(torch.float64).sum(dim=1) > 0]
