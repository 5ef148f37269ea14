"""Mistakes that the spec of k03_indexing must reject, each with the words that name it."""

import torch

ABOUT_DEVICES = (
    "last_column__numpy",
    "every_other_row__positions_on_the_cpu",
    "channel__position_on_the_cpu",
    "pick_pairs__take_on_the_cpu",
    "pick_pairs__built_on_the_cpu",
    "pick_block__positions_on_the_cpu",
    "replace_where__full_on_the_cpu",
    "rows_with_positive_sum__mask_through_numpy",
)


def first_item__slice(batch):
    """Your result still has the batch axis, with length 1, as after a slice. An int drops it."""
    return batch[:1]


def first_item__squeezed(batch):
    """You dropped every axis of length 1, as squeeze() does. Drop the first axis only."""
    return batch[0:1].squeeze()


def first_item__colon(batch):
    """batch[0, :] asks for a second axis, which a vector lacks. Name the first axis only."""
    return batch[0, :]


def first_item__last(batch):
    """You picked the last item. Positions are counted from 0."""
    return batch[-1]


def first_item__first_column(batch):
    """You picked position 0 of the second axis. The batch is the first axis."""
    return batch[:, 0] if batch.dim() > 1 else batch[0]


def first_item__first_element(batch):
    """You indexed twice, so one axis too many is gone. Only the batch axis goes."""
    return batch[0][0] if batch.dim() > 1 else batch[0]


def first_item__number(batch):
    """You returned a Python number. The first item of a vector is a 0-D tensor."""
    return batch[0].item() if batch.dim() == 1 else batch[0]


def last_column__last_row(matrix):
    """You picked the last row; matrix[:][-1] does that too. One pair of brackets names both
    axes."""
    return matrix[-1]


def last_column__slice(matrix):
    """Your result has shape (rows, 1): the axis is still there, as after a slice. An int drops
    it."""
    return matrix[:, -1:]


def last_column__one_too_far(matrix):
    """You indexed one too far. Positions are counted from 0, so the last is one less than the
    number of columns."""
    return matrix[:, matrix.shape[1]]


def last_column__tensor_of_a_list(matrix):
    """The dtype is lost and the device too, as on the way through Python numbers. Index the matrix
    itself."""
    return torch.tensor([row[-1] for row in matrix.tolist()])


def last_column__stack(matrix):
    """stack refuses an empty list, so a matrix without rows fails. Index it instead."""
    return torch.stack([row[-1] for row in matrix])


def last_column__squeezed(matrix):
    """You dropped the axis of a single row too, as squeeze() does. Drop the columns' axis only."""
    return matrix[:, -1:].squeeze()


def last_column__first(matrix):
    """You picked the first column. -1 is the last."""
    return matrix[:, 0]


def last_column__numbered_by_rows(matrix):
    """You took the number of rows for that of columns. Columns are counted by shape[1]."""
    return matrix[:, matrix.shape[0] - 1]


def last_column__numpy(matrix):
    """.numpy() works on the CPU only. Index the tensor itself, on any device."""
    return torch.from_numpy(matrix.detach().numpy()[:, -1])


def every_other_row__odd(matrix):
    """You began with row 1. Row 0 is the first."""
    return matrix[1::2]


def every_other_row__without_the_last(matrix):
    """Of an odd number of rows you lost the last: rows // 2 rounds down, and -1 as an end stops
    before it."""
    return matrix[:-1:2]


def every_other_row__first_two(matrix):
    """You took a range of two rows. The step is the third number of a slice."""
    return matrix[0:2]


def every_other_row__columns(matrix):
    """You picked every other column. The rows are the first axis."""
    return matrix[:, ::2]


def every_other_row__stack(matrix):
    """stack refuses an empty list, so a matrix without rows fails. Use a slice."""
    return torch.stack([row for number, row in enumerate(matrix) if number % 2 == 0])


def every_other_row__list(matrix):
    """You returned a list of rows. One matrix is asked for."""
    return [matrix[row] for row in range(0, len(matrix), 2)]


def every_other_row__first_half(matrix):
    """You picked the first half. Take one row and leave one out."""
    return matrix[: (len(matrix) + 1) // 2]


def every_other_row__in_pairs(matrix):
    """Rows in pairs leave one over where their number is odd, and reshape fails."""
    return matrix.reshape(-1, 2, matrix.shape[1])[:, 0]


def every_other_row__squeezed(matrix):
    """You dropped the axis of a single row, or column, as squeeze() does. The rows stay in a
    matrix."""
    return matrix[::2].squeeze()


def every_other_row__positions_on_the_cpu(matrix):
    """You made the positions on the CPU. index_select wants them on the matrix's device."""
    return matrix.index_select(0, torch.arange(0, len(matrix), 2))


def every_other_row__half_by_halves(matrix):
    """You lost the last row of an odd number: a count of len // 2 rounds down, and -1 as an end
    stops before it. A slice with a step needs neither."""
    return matrix[[2 * number for number in range(len(matrix) // 2)]]


def channel__axis_dropped(images, index):
    """You dropped the axis of the channels, as an int does. A slice of length 1 keeps it."""
    return images[:, index]


def channel__empty_slice(images, index):
    """You picked no channel. A slice ends before its second number, so index:index is empty."""
    return images[:, index:index]


def channel__image(images, index):
    """You picked an image of the batch. The channels are the second axis."""
    return images[index : index + 1]


def channel__up_to(images, index):
    """You took all channels before the index. The slice starts at the index."""
    return images[:, :index]


def channel__from(images, index):
    """You took all channels from the index on. The slice ends after one."""
    return images[:, index:]


def channel__counted_from_one(images, index):
    """You counted the channels from 1. The first one has index 0."""
    return images[:, index - 1 : index]


def channel__rows(images, index):
    """You picked a row of pixels. The channels are the second axis, before height and width."""
    return images[:, :, index : index + 1]


def channel__channels_last(images, index):
    """You looked for the channels on the last axis. In torch they are the second."""
    return images[..., index : index + 1]


def channel__axis_at_the_end(images, index):
    """You put the axis back at the end. It belongs second."""
    return images[:, index].unsqueeze(-1)


def channel__axis_in_front(images, index):
    """You put the axis back in front of the batch. It belongs second."""
    return images[:, index][None]


def channel__squeezed(images, index):
    """You dropped every axis of length 1, as squeeze() does. Drop none, not the channels'
    either."""
    return images[:, index].squeeze().unsqueeze(1)


def channel__stack(images, index):
    """stack refuses an empty list, so a batch without images fails. Use a slice."""
    return torch.stack([image[index : index + 1] for image in images])


def channel__position_on_the_cpu(images, index):
    """You made the position on the CPU. index_select wants it on the device of the images."""
    return images.index_select(1, torch.tensor([index]))


def corners__diagonal(matrix):
    """You picked two corners. Two lists in one pair of brackets pick pairs; go in two steps, rows
    first."""
    return matrix[[0, -1], [0, -1]]


def corners__flat(matrix):
    """Your corners stand in one row. They belong in a (2, 2) matrix."""
    return matrix[[0, 0, -1, -1], [0, -1, 0, -1]]


def corners__tensor_of_elements_on_the_cpu(matrix):
    """You built a new tensor, and it lies on the CPU and is float32. Index the matrix; that keeps
    both."""
    ends = (0, -1)
    return torch.tensor([[float(matrix[r, c]) for c in ends] for r in ends])


def corners__python_numbers(matrix):
    """Your dtype is what Python numbers give. The dtype of the matrix is kept."""
    rows = matrix[[0, -1]].tolist()
    return torch.tensor([[row[0], row[-1]] for row in rows], device=matrix.device)


def corners__rows_twice(matrix):
    """Both pairs of brackets picked rows. The second needs a colon first, to get at the columns."""
    return matrix[[0, -1]][[0, -1]]


def corners__tuple(matrix):
    """You returned four elements side by side. One (2, 2) tensor is asked for."""
    return matrix[0, 0], matrix[0, -1], matrix[-1, 0], matrix[-1, -1]


def corners__square_only(matrix):
    """You took the number of rows for the number of columns. They may differ."""
    last = matrix.shape[0] - 1
    return matrix[[0, last]][:, [0, last]]


def corners__step_between(matrix):
    """A step of rows - 1 is 0 with a single row, which a slice refuses."""
    return matrix[:: matrix.shape[0] - 1, :: matrix.shape[1] - 1]


def corners__step_at_least_one(matrix):
    """A single row, or column, is there once in your result. It is both ends, so it is needed
    twice."""
    return matrix[:: max(matrix.shape[0] - 1, 1), :: max(matrix.shape[1] - 1, 1)]


def corners__second_instead_of_last(matrix):
    """1 is the second position. The last one is -1."""
    return matrix[[0, min(1, len(matrix) - 1)]][:, [0, min(1, matrix.shape[1] - 1)]]


def corners__transposed(matrix):
    """Your result is transposed: top right belongs in the first row."""
    return matrix[[0, -1]][:, [0, -1]].T


def pick_pairs__block(matrix, rows, columns):
    """You picked the whole block where rows meet columns. Only the pairs are asked for."""
    return matrix[rows][:, columns]


def pick_pairs__built_on_the_cpu(matrix, rows, columns):
    """You built the result on the CPU, and of no elements it is float32. Device and dtype are the
    matrix's."""
    return torch.tensor([matrix[r, c] for r, c in zip(rows, columns)])


def pick_pairs__loop_of_numbers_on_the_cpu(matrix, rows, columns):
    """You built a new tensor, so dtype and device are lost. Index the matrix; that keeps both."""
    return torch.tensor([matrix[r, c].item() for r, c in zip(rows, columns)])


def pick_pairs__tensor_of_elements(matrix, rows, columns):
    """Your dtype is what Python numbers give. The dtype of the matrix is kept."""
    elements = [matrix[r, c].item() for r, c in zip(rows, columns)]
    return torch.tensor(elements, device=matrix.device)


def pick_pairs__stack(matrix, rows, columns):
    """stack refuses an empty list. Empty positions pick nothing: shape (0,)."""
    return torch.stack([matrix[r, c] for r, c in zip(rows, columns)])


def pick_pairs__list(matrix, rows, columns):
    """You returned a list of elements. One vector is asked for."""
    return [matrix[r, c] for r, c in zip(rows, columns)]


def pick_pairs__rows_of_rows(matrix, rows, columns):
    """matrix[rows][columns] picks rows, and then rows of these."""
    return matrix[rows][columns]


def pick_pairs__swapped(matrix, rows, columns):
    """You swapped rows and columns. The first index is the row."""
    return matrix.T[rows, columns] if matrix.shape[0] == matrix.shape[1] else matrix[columns, rows]


def pick_pairs__rows_only(matrix, rows, columns):
    """You picked whole rows. One element of each is asked for."""
    return matrix[rows]


def pick_pairs__float_positions(matrix, rows, columns):
    """torch.tensor([]) is float32 and picks nothing. Give positions the dtype int64."""
    rows = torch.stack(list(rows)) if isinstance(rows, torch.Tensor) else torch.tensor(rows)
    columns = torch.as_tensor(columns)
    return matrix[rows.to(matrix.device), columns.to(matrix.device)]


def pick_pairs__truth_of_a_tensor(matrix, rows, columns):
    """`if not rows` works with a list, but several elements of a tensor have no truth in common."""
    if not rows:
        return matrix.new_empty(0)
    return matrix[rows, columns]


def pick_pairs__squeezed(matrix, rows, columns):
    """You turned a vector of one element into a single number, as squeeze() does. The axis
    stays."""
    return matrix[rows, columns].squeeze()


def pick_pairs__wrong_stride(matrix, rows, columns):
    """A row is as long as there are columns: multiply the row by shape[1], not by shape[0]."""
    rows = torch.as_tensor(rows, dtype=torch.int64, device=matrix.device)
    columns = torch.as_tensor(columns, dtype=torch.int64, device=matrix.device)
    return matrix.flatten()[rows * matrix.shape[0] + columns]


def pick_pairs__lists_only(matrix, rows, columns):
    """list + list joins, tensor + tensor adds. Positions may come in tensors too."""
    pairs = rows + columns
    return matrix[pairs[: len(rows)], pairs[len(rows) :]]


def pick_pairs__take_on_the_cpu(matrix, rows, columns):
    """You made positions on the CPU. take wants them on the device of the matrix."""
    flat = [int(r) * matrix.shape[1] + int(c) for r, c in zip(rows, columns)]
    return matrix.take(torch.tensor(flat, dtype=torch.int64))


def pick_block__pairs(matrix, rows, columns):
    """You picked pairs, as two lists in one pair of brackets do, and so they must be equally long.
    Take two steps."""
    return matrix[rows, columns]


def pick_block__rows_of_rows(matrix, rows, columns):
    """matrix[rows][columns] picks rows, and then rows of these. A colon leads to the columns."""
    return matrix[rows][columns]


def pick_block__nested_lists(matrix, rows, columns):
    """Through Python lists the dtype is lost, and the device. Index the matrix itself."""
    values = matrix.tolist()
    block = [[values[int(r)][int(c)] for c in columns] for r in rows]
    return torch.tensor(block).reshape(len(rows), len(columns))


def pick_block__stack(matrix, rows, columns):
    """stack refuses an empty list. Without rows the block has shape (0, len(columns))."""
    return torch.stack([matrix[r][columns] for r in rows])


def pick_block__transposed(matrix, rows, columns):
    """Your block is transposed: its rows belong to rows, its columns to columns."""
    return matrix[rows][:, columns].T


def pick_block__swapped(matrix, rows, columns):
    """You swapped rows and columns. The first list names rows."""
    return matrix[columns][:, rows]


def pick_block__masks(matrix, rows, columns):
    """A mask forgets order and repeats. Index with the positions themselves."""
    keep_row = torch.zeros(matrix.shape[0], dtype=torch.bool, device=matrix.device)
    keep_column = torch.zeros(matrix.shape[1], dtype=torch.bool, device=matrix.device)
    keep_row[rows], keep_column[columns] = True, True
    return matrix[keep_row][:, keep_column]


def pick_block__flat(matrix, rows, columns):
    """Your block is one long vector. Its shape is (len(rows), len(columns))."""
    return matrix[rows][:, columns].flatten()


def pick_block__squeezed(matrix, rows, columns):
    """You dropped axes of length 1, as squeeze() does. One row, or one column, keeps its axis."""
    return matrix[rows][:, columns].squeeze()


def pick_block__float_positions(matrix, rows, columns):
    """torch.tensor([]) is float32 and no position. Give positions the dtype int64."""
    if isinstance(rows, list):
        rows = torch.tensor(rows, device=matrix.device)
        columns = torch.tensor(columns, device=matrix.device)
    return matrix[rows[:, None], columns]


def pick_block__lists_of_one(matrix, rows, columns):
    """Without rows, [[r] for r in rows] is a list without a second axis, and does not broadcast."""
    return matrix[[[int(row)] for row in rows], columns]


def pick_block__positions_on_the_cpu(matrix, rows, columns):
    """Your positions are on the CPU. index_select wants them on the device of the matrix."""
    rows = torch.tensor([int(row) for row in rows], dtype=torch.int64)
    columns = torch.tensor([int(column) for column in columns], dtype=torch.int64)
    return matrix.index_select(0, rows).index_select(1, columns)


def replace_where__in_place(x, mask, value):
    """You wrote into the tensor that was passed in. Write into a copy, or make a new tensor."""
    x[mask] = value
    return x


def replace_where__second_name(x, mask, value):
    """You wrote into the tensor that was passed in. A second name, as in `y = x`, is no copy: clone
    makes one."""
    result = x
    result[mask] = value
    return result


def replace_where__arithmetic(x, mask, value):
    """0 times NaN or inf is NaN, so products and sums can't choose. Use torch.where or a mask."""
    return x * ~mask + value * mask.to(x.dtype)


def replace_where__inverted(x, mask, value):
    """You replaced where the mask is False. True marks what is to go."""
    return torch.where(mask, x, value).to(x.dtype)


def replace_where__promoted(x, mask, value):
    """Your integers became floats, as in torch.where with a float. x's dtype is kept."""
    return torch.where(mask, float(value), x)


def replace_where__selection(x, mask, value):
    """You returned the selection, which x[mask] is, and left the rest out. Assign into a copy of
    x."""
    return x[mask].fill_(value)


def replace_where__chained(x, mask, value):
    """Nothing was replaced. copy[mask] is a copy again; assign to it: copy[mask] = value."""
    result = x.clone()
    result[mask].fill_(value)
    return result


def replace_where__added(x, mask, value):
    """You added the value. It takes the place of what was there."""
    return x + value * mask.to(x.dtype)


def replace_where__float_value(x, mask, value):
    """A float32 value has fewer digits than float64, or an int, needs. Give x's dtype to it."""
    return torch.where(mask, torch.tensor(float(value), device=x.device), x).to(x.dtype)


def replace_where__equal_elements(x, mask, value):
    """You compared x with the mask. The mask itself says where."""
    return x.masked_fill(x == mask, value)


def replace_where__row_by_row(x, mask, value):
    """A 0-D tensor has no rows, and no len. x[mask] works for any number of axes."""
    result = x.clone()
    for row in range(len(x)):
        result[row][mask[row]] = value
    return result


def replace_where__full_on_the_cpu(x, mask, value):
    """You made the values on the CPU. They belong on the device of x."""
    return torch.where(mask, torch.full(x.shape, value, dtype=x.dtype), x)


def replace_where__nothing_returned(x, mask, value):
    """You wrote into the tensor that was passed in, and returned nothing. Return a new tensor."""
    x[mask] = value


def replace_where__tensor_of_value(x, mask, value):
    """Your value lies on the CPU as float32. new_tensor, or masked_fill, takes dtype and device
    from x."""
    result = x.clone()
    result[mask] = torch.tensor([float(value)])
    return result


def rows_with_positive_sum__columns(matrix):
    """You added up columns, as sum(dim=0) does. A row's elements lie along axis 1."""
    return matrix[matrix.sum(dim=0) > 0]


def rows_with_positive_sum__not_negative(matrix):
    """You kept rows whose sum is 0. Zero is not positive: compare with >."""
    return matrix[matrix.sum(dim=1) >= 0]


def rows_with_positive_sum__stack(matrix):
    """stack refuses an empty list. Where no row is kept the shape is (0, columns)."""
    return torch.stack([row for row in matrix if row.sum() > 0])


def rows_with_positive_sum__any_positive(matrix):
    """You kept rows with one positive element. It is their sum that counts."""
    return matrix[(matrix > 0).any(dim=1)]


def rows_with_positive_sum__positive_elements(matrix):
    """You looked at single elements, and got a vector of them. Add up each row first."""
    return matrix[matrix > 0]


def rows_with_positive_sum__list(matrix):
    """You returned a list of rows. One matrix is asked for."""
    return [row for row in matrix if row.sum() > 0]


def rows_with_positive_sum__mask(matrix):
    """You returned the mask. Index the matrix with it."""
    return matrix.sum(dim=1) > 0


def rows_with_positive_sum__not_zero(matrix):
    """A negative sum is not zero, and not positive either. Compare with >."""
    return matrix[matrix.sum(dim=1) != 0]


def rows_with_positive_sum__above_one(matrix):
    """You left out a sum between 0 and 1. Any sum above zero is positive, 0.5 too."""
    return matrix[matrix.sum(dim=1) >= 1]


def rows_with_positive_sum__keepdim(matrix):
    """Your mask has two axes, as keepdim makes it, and fits neither the rows nor the whole
    matrix."""
    return matrix[matrix.sum(dim=1, keepdim=True) > 0]


def rows_with_positive_sum__all_positive(matrix):
    """You kept rows of positive elements only. It is their sum that counts."""
    return matrix[(matrix > 0).all(dim=1)]


def rows_with_positive_sum__total(matrix):
    """You looked at the sum of the whole matrix. Each row has a sum of its own: sum(dim=1)."""
    return matrix if matrix.sum() > 0 else matrix[:0]


def rows_with_positive_sum__sums(matrix):
    """You returned the sums. The rows themselves are asked for."""
    sums = matrix.sum(dim=1)
    return sums[sums > 0]


def rows_with_positive_sum__positions(matrix):
    """You returned the rows' numbers. The rows themselves are asked for."""
    return (matrix.sum(dim=1) > 0).nonzero()


def rows_with_positive_sum__zeroed(matrix):
    """You set the other rows to zero. Leave them out."""
    return matrix * (matrix.sum(dim=1, keepdim=True) > 0)


def rows_with_positive_sum__elements_reshaped(matrix):
    """reshape can't find out the -1 where rows have no elements. Index with a mask of the rows."""
    mask = (matrix.sum(dim=1, keepdim=True) > 0).expand_as(matrix)
    return matrix[mask].reshape(-1, matrix.shape[1])


def rows_with_positive_sum__squeezed_positions(matrix):
    """squeeze() turns a single position into a number, which drops the axis of the rows."""
    return matrix[(matrix.sum(dim=1) > 0).nonzero().squeeze()]


def rows_with_positive_sum__mean(matrix):
    """mean refuses integers. Add the elements up."""
    return matrix[matrix.mean(dim=1) > 0]


def rows_with_positive_sum__overflowing(matrix):
    """You added up in the dtype of the matrix, where 100 + 100 overflows int8. sum() widens it."""
    return matrix[matrix.sum(dim=1, dtype=matrix.dtype) > 0]


def rows_with_positive_sum__mask_through_numpy(matrix):
    """.numpy() works on the CPU only. Add up the tensor itself, on any device."""
    return matrix[torch.from_numpy(matrix.detach().numpy().sum(axis=1) > 0)]


def rows_with_positive_sum__list_of_rows_stacked(matrix):
    """You returned a tensor of no rows with no columns. Where no row is kept the shape is (0,
    columns)."""
    rows = [row for row in matrix if row.sum() > 0]
    return torch.stack(rows) if rows else torch.tensor([])


def rows_with_positive_sum__list_of_lists(matrix):
    """You built a new tensor from rows as lists, so dtype and device are lost. Index the matrix."""
    return torch.tensor([row.tolist() for row in matrix if row.sum() > 0])
