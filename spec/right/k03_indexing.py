"""Other right answers that the spec of k03_indexing must accept."""

import itertools

import numpy as np
import torch


def first_item__select(batch):
    """Selects position 0 on axis 0."""
    return batch.select(0, 0)


def first_item__iterator(batch):
    """Takes the first thing that iteration yields."""
    return next(iter(batch))


def first_item__slice_then_squeeze(batch):
    """Keeps the axis first, and drops that one axis."""
    return batch[:1].squeeze(0)


def first_item__copy(batch):
    """Picks by a tensor of positions, which copies."""
    return batch.index_select(0, torch.zeros(1, dtype=torch.int64, device=batch.device))[0]


def last_column__dots(matrix):
    """Picks from the last axis, however many come before."""
    return matrix[..., -1]


def last_column__by_its_number(matrix):
    """Computes the number of the last column."""
    return matrix[:, matrix.shape[1] - 1]


def last_column__row_of_the_transpose(matrix):
    """Takes the last row of the transposed matrix."""
    return matrix.T[-1]


def last_column__unbind(matrix):
    """Takes the matrix apart into columns."""
    *_, last = matrix.unbind(1)
    return last


def last_column__narrow(matrix):
    """Narrows the matrix to one column and drops the axis."""
    return matrix.narrow(1, matrix.size(1) - 1, 1).squeeze(1)


def last_column__first_of_the_flipped(matrix):
    """Turns the columns round and takes the first."""
    return matrix.flip(1)[:, 0]


def every_other_row__slice_of_both(matrix):
    """Names both axes, and both ends."""
    return matrix[0 : matrix.shape[0] : 2, :]


def every_other_row__positions(matrix):
    """Lists the positions."""
    return matrix[list(range(0, len(matrix), 2))]


def every_other_row__arange(matrix):
    """Selects by a tensor of positions on the matrix's device."""
    return matrix.index_select(0, torch.arange(0, matrix.shape[0], 2, device=matrix.device))


def every_other_row__mask(matrix):
    """Selects by a mask of even numbers."""
    return matrix[torch.arange(len(matrix), device=matrix.device) % 2 == 0]


def every_other_row__loop(matrix):
    """Copies row by row into a new matrix."""
    result = matrix.new_empty((len(matrix) + 1) // 2, matrix.shape[1])
    for row in range(len(result)):
        result[row] = matrix[2 * row]
    return result


def every_other_row__first_of_each_two(matrix):
    """Splits the matrix into twos and joins the first row of each."""
    return torch.cat([two[:1] for two in matrix.split(2)])


def channel__list_of_one(images, index):
    """Picks by a list of one position."""
    return images[:, [index]]


def channel__axis_put_back(images, index):
    """Drops the axis and puts it back."""
    return images[:, index].unsqueeze(1)


def channel__none(images, index):
    """Puts the axis back within the brackets."""
    return images[:, index, None, ...]


def channel__narrow(images, index):
    """Narrows the axis to one position."""
    return images.narrow(1, index, 1)


def channel__split(images, index):
    """Splits the images into channels."""
    return images.split(1, dim=1)[index]


def channel__index_select(images, index):
    """Selects by a tensor on the device of the images."""
    return torch.index_select(images, 1, torch.tensor([index], device=images.device))


def channel__mask(images, index):
    """Picks where a mask over the channels is True."""
    return images[:, torch.arange(images.shape[1], device=images.device) == index]


def corners__two_lists_of_lists(matrix):
    """Shapes the rows as a column, so that they broadcast against the columns."""
    return matrix[[[0], [-1]], [0, -1]]


def corners__four_elements(matrix):
    """Stacks four elements and gives them two rows."""
    ends = itertools.product((0, -1), (0, -1))
    return torch.stack([matrix[row, column] for row, column in ends]).reshape(2, 2)


def corners__cat(matrix):
    """Joins the first and last row, then the first and last column."""
    rows = torch.cat([matrix[:1], matrix[-1:]])
    return torch.cat([rows[:, :1], rows[:, -1:]], dim=1)


def corners__filled_in(matrix):
    """Writes into a matrix of the right kind."""
    result = matrix.new_zeros(2, 2)
    result[0, 0], result[0, 1] = matrix[0, 0], matrix[0, -1]
    result[1, 0], result[1, 1] = matrix[-1, 0], matrix[-1, -1]
    return result


def corners__tensor_of_elements(matrix):
    """Gives the new tensor dtype and device of the matrix."""
    return torch.tensor(
        [[matrix[0, 0], matrix[0, -1]], [matrix[-1, 0], matrix[-1, -1]]],
        dtype=matrix.dtype,
        device=matrix.device,
    )


def corners__flat_positions(matrix):
    """Looks up a matrix of positions in the flattened matrix."""
    n, m = matrix.shape
    places = torch.tensor([[0, m - 1], [(n - 1) * m, n * m - 1]], device=matrix.device)
    return matrix.reshape(-1)[places]


def pick_pairs__flat_positions(matrix, rows, columns):
    """Computes positions in the flattened matrix."""
    rows = torch.as_tensor(rows, dtype=torch.int64, device=matrix.device)
    columns = torch.as_tensor(columns, dtype=torch.int64, device=matrix.device)
    return matrix.reshape(-1)[rows * matrix.shape[1] + columns]


def pick_pairs__new_tensor(matrix, rows, columns):
    """Collects the elements one by one, in the dtype and on the device of the matrix."""
    return matrix.new_tensor([matrix[r, c] for r, c in zip(rows, columns, strict=True)])


def pick_pairs__stack(matrix, rows, columns):
    """Stacks the elements, if there are any."""
    elements = [matrix[rows[i], columns[i]] for i in range(len(rows))]
    return torch.stack(elements) if elements else matrix.new_empty(0)


def pick_pairs__gather(matrix, rows, columns):
    """Picks the rows, then gathers one element from each."""
    rows = torch.as_tensor(rows, dtype=torch.int64, device=matrix.device)
    columns = torch.as_tensor(columns, dtype=torch.int64, device=matrix.device)
    return matrix.index_select(0, rows).gather(1, columns[:, None])[:, 0]


def pick_pairs__diagonal_of_the_block(matrix, rows, columns):
    """Picks the whole block and walks down its diagonal."""
    return matrix[rows][:, columns].diagonal()


def pick_pairs__take(matrix, rows, columns):
    """Takes from the elements in row-major order."""
    where = [int(r) * matrix.shape[1] + int(c) for r, c in zip(rows, columns, strict=True)]
    return matrix.take(torch.tensor(where, dtype=torch.int64, device=matrix.device))


def pick_pairs__mask_over_the_rows(matrix, rows, columns):
    """Picks the rows, and from each the one element that a mask marks."""
    columns = torch.as_tensor(columns, dtype=torch.int64, device=matrix.device)
    numbers = torch.arange(matrix.shape[1], device=matrix.device)
    return matrix[rows][columns[:, None] == numbers]


def pick_pairs__empty_float32(matrix, rows, columns):
    """Makes an empty tensor of the default dtype where nothing is picked."""
    if len(rows) == 0:
        return torch.empty(0, device=matrix.device)
    return matrix[rows, columns]


def pick_block__broadcast(matrix, rows, columns):
    """Shapes the rows as a column, so that they broadcast against the columns."""
    rows = torch.as_tensor(rows, dtype=torch.int64, device=matrix.device)
    columns = torch.as_tensor(columns, dtype=torch.int64, device=matrix.device)
    return matrix[rows[:, None], columns]


def pick_block__index_select(matrix, rows, columns):
    """Selects columns first, then rows."""
    rows = torch.as_tensor(rows, dtype=torch.int64).to(matrix.device)
    columns = torch.as_tensor(columns, dtype=torch.int64).to(matrix.device)
    return matrix.index_select(1, columns).index_select(0, rows)


def pick_block__meshgrid(matrix, rows, columns):
    """Spreads the positions over the grid."""
    rows = torch.as_tensor(rows, dtype=torch.int64, device=matrix.device)
    columns = torch.as_tensor(columns, dtype=torch.int64, device=matrix.device)
    return matrix[torch.meshgrid(rows, columns, indexing="ij")]


def pick_block__loops(matrix, rows, columns):
    """Writes element by element into a new matrix."""
    result = torch.zeros(len(rows), len(columns), dtype=matrix.dtype, device=matrix.device)
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            result[i, j] = matrix[row, column]
    return result


def pick_block__ix(matrix, rows, columns):
    """Lets NumPy shape the positions."""
    rows, columns = [int(row) for row in rows], [int(column) for column in columns]
    return matrix[np.ix_(rows, columns)]


def pick_block__transposed(matrix, rows, columns):
    """Picks rows of the transpose."""
    return matrix.T[columns].T[rows]


def pick_block__flat_pairs(matrix, rows, columns):
    """Repeats the positions until they are pairs, and gives the elements their block."""
    rows = torch.as_tensor(rows, dtype=torch.int64, device=matrix.device)
    columns = torch.as_tensor(columns, dtype=torch.int64, device=matrix.device)
    across, down = rows.repeat_interleave(len(columns)), columns.repeat(len(rows))
    return matrix[across, down].reshape(len(rows), len(columns))


def replace_where__where(x, mask, value):
    """Chooses element by element."""
    return torch.where(mask, value, x)


def replace_where__clone(x, mask, value):
    """Writes into a private copy."""
    result = x.clone()
    result[mask] = value
    return result


def replace_where__masked_fill_on_a_copy(x, mask, value):
    """Fills a private copy in place."""
    return torch.empty_like(x).copy_(x).masked_fill_(mask, value)


def replace_where__full_like(x, mask, value):
    """Chooses between two tensors of one kind."""
    return torch.where(~mask, x, torch.full_like(x, value))


def replace_where__the_other_elements(x, mask, value):
    """Starts from the value and copies the rest over."""
    result = torch.full(x.shape, value, dtype=x.dtype, device=x.device)
    result[~mask] = x[~mask]
    return result


def replace_where__index_put(x, mask, value):
    """Puts a 0-D tensor of the right kind into the flattened elements."""
    number = torch.tensor(value, dtype=x.dtype, device=x.device)
    return x.flatten().index_put((mask.flatten(),), number).reshape(x.shape)


def replace_where__python_numbers(x, mask, value):
    """Chooses among Python numbers and builds a tensor of x's dtype from them."""
    pairs = zip(x.reshape(-1).tolist(), mask.reshape(-1).tolist(), strict=True)
    chosen = [value if flag else number for number, flag in pairs]
    return torch.tensor(chosen, dtype=x.dtype, device=x.device).reshape(x.shape)


def rows_with_positive_sum__list_of_positions(matrix):
    """Looks for the positions first."""
    kept = [row for row in range(len(matrix)) if matrix[row].sum() > 0]
    return matrix[kept]


def rows_with_positive_sum__nonzero(matrix):
    """Selects by the positions where the mask is True."""
    return matrix.index_select(0, (matrix.sum(1) > 0).nonzero().squeeze(1))


def rows_with_positive_sum__where(matrix):
    """Asks torch.where for the positions."""
    return matrix[torch.where(matrix.sum(dim=-1).gt(0))]


def rows_with_positive_sum__columns_of_the_transpose(matrix):
    """Adds up the columns of the transpose and keeps these."""
    turned = matrix.T
    return turned[:, turned.sum(0) > 0].T


def rows_with_positive_sum__masked_select(matrix):
    """Selects elements and gives them their rows back."""
    mask = (matrix.sum(1, keepdim=True) > 0).expand(matrix.shape)
    kept = int(mask.any(1).sum())
    return matrix.masked_select(mask).reshape(kept, matrix.shape[1])


def rows_with_positive_sum__stack(matrix):
    """Stacks the rows, if there are any."""
    rows = [row for row in matrix if float(row.sum()) > 0]
    return torch.stack(rows) if rows else matrix[:0]


def rows_with_positive_sum__filled_in(matrix):
    """Counts the rows first, then copies them into a new matrix."""
    flags = matrix.sum(dim=1).gt(0).tolist()
    result = matrix.new_empty(sum(flags), matrix.shape[1])
    kept = 0
    for row, flag in zip(matrix, flags, strict=True):
        if flag:
            result[kept] = row
            kept += 1
    return result
