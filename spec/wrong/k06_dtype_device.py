"""Mistakes that the spec of k06_dtype_device must reject, each with the words that name it."""

import sys

import numpy as np
import torch

ABOUT_DEVICES = (
    "to_device_of__left_where_it_was",
    "to_device_of__to_the_cpu",
    "to_device_of__to_the_accelerator",
    "like__dtype_alone",
    "like__to_the_cpu",
    "add_across__as_if_on_one_device",
    "add_across__on_the_second_device",
    "add_across__on_the_cpu",
    "add_across__on_the_accelerator",
    "add_across__moved_after_an_error",
    "mean_of__new_tensor_on_the_cpu",
    "to_pixels__through_numpy",
    "to_numpy__without_cpu",
)


def pick_device__string():
    """You returned a string. A torch.device is asked for: torch.device("cpu")."""
    return "cuda" if torch.cuda.is_available() else "cpu"


def pick_device__always_cuda():
    """You always choose CUDA. Ask whether it is there, at each call, and call the function that
    tells: without its parentheses is_available counts as True."""
    return torch.device("cuda" if torch.cuda.is_available else "cpu")


def pick_device__always_cpu():
    """You always choose the CPU, as the default device does. Where CUDA is available, use it."""
    return torch.device("cpu")


def pick_device__any_accelerator():
    """You took any accelerator for CUDA. It may be another one, such as Apple's "mps"."""
    return torch.device("cuda" if torch.accelerator.is_available() else "cpu")


def pick_device__swapped():
    """You have the cases the wrong way round: CUDA is for where it is available."""
    return torch.device("cpu" if torch.cuda.is_available() else "cuda")


def pick_device__built_with_cuda():
    """You asked whether PyTorch was built for CUDA. That does not mean that it is there."""
    return torch.device("cuda" if torch.backends.cuda.is_built() else "cpu")


def pick_device__built_with_mps():
    """You asked whether PyTorch was built for Apple's GPU. Ask is_available() instead."""
    if torch.cuda.is_available():
        return torch.device("cuda")
    return torch.device("mps" if torch.backends.mps.is_built() else "cpu")


def pick_device__off_by_one():
    """Devices count from 0: the index of the last one is device_count() - 1."""
    count = torch.cuda.device_count()
    return torch.device("cuda", count) if count else torch.device("cpu")


def pick_device__accelerator_unchecked():
    """current_accelerator() names what PyTorch was built for; ask it with check_available=True."""
    return torch.accelerator.current_accelerator() or torch.device("cpu")


def pick_device__accelerator_may_be_none():
    """Without an accelerator you returned None. The device is the CPU then."""
    return torch.accelerator.current_accelerator(check_available=True)


def pick_device__more_than_one():
    """One CUDA device is enough: compare the count with 0."""
    return torch.device("cuda" if torch.cuda.device_count() > 1 else "cpu")


def pick_device__raises_without_cuda():
    """You raised an error where there is no CUDA. The CPU is a device as well."""
    if not torch.cuda.is_available():
        raise RuntimeError("no CUDA")
    return torch.device("cuda")


def to_device_of__to_reference(x, reference):
    """x.to(reference), like type_as, takes over the dtype of the reference too. Name its device
    alone."""
    return x.to(reference)


def to_device_of__left_where_it_was(x, reference):
    """You returned x where it was. x.to(...) leaves x alone and returns the tensor that was moved,
    to reference.device."""
    return x


def to_device_of__cuda(x, reference):
    """You named CUDA. Take the device from the reference: it may be another, or not be there."""
    return x.cuda()


def to_device_of__to_the_cpu(x, reference):
    """You moved x to the CPU. It belongs on the device of the reference, whichever that is."""
    return x.cpu()


def to_device_of__moved_the_reference(x, reference):
    """You moved the reference to x. It is x that moves."""
    return reference.to(x.device)


def to_device_of__through_a_list(x, reference):
    """Through a list the dtype is lost: a list has none. Use x.to(...)."""
    return torch.tensor(x.tolist(), device=reference.device)


def to_device_of__float(x, reference):
    """You made float32 of everything. Every dtype is kept."""
    return x.float().to(reference.device)


def to_device_of__to_the_accelerator(x, reference):
    """You moved x to the accelerator. Where the reference is on the CPU, x belongs there."""
    return x.to(torch.accelerator.current_accelerator(check_available=True) or "cpu")


def like__result_thrown_away(x, reference):
    """You returned x as it was. x.to(...) leaves x alone and makes another tensor: return that
    one."""
    x.to(reference)
    return x


def like__device_alone(x, reference):
    """Your result has the dtype of x, as if the device alone were asked for. It is to have that of
    the reference as well."""
    return x.to(reference.device)


def like__dtype_alone(x, reference):
    """You changed the dtype only. x.to(reference.dtype) stays on the device of x."""
    return x.to(reference.dtype)


def like__full_like(x, reference):
    """Your result has the reference's shape, and no value of x, as ones_like makes it. Convert x
    itself."""
    return torch.ones_like(reference)


def like__to_the_cpu(x, reference):
    """You left the result on the CPU. It belongs on the device of the reference."""
    return x.cpu().to(reference.dtype)


def like__the_other_way(x, reference):
    """You converted the reference. It is x that changes."""
    return reference.to(x)


def like__through_int(x, reference):
    """On the way you made integers, so fractions are lost, and 0.25 is no longer True."""
    return x.long().to(reference)


def like__through_float32(x, reference):
    """float32 on the way loses the last digits of float64 and of large integers."""
    return x.float().to(reference)


def like__reinterpreted(x, reference):
    """view(dtype) reads the same bits as another kind of number. Convert the values: to(dtype)."""
    return x.view(reference.dtype).to(reference.device)


def add_across__as_if_on_one_device(a, b):
    """Tensors on different devices cannot be added. Bring b to a.device first."""
    return a + b


def add_across__on_the_second_device(a, b):
    """Your sum lies on the device of b. It belongs on that of a: move b."""
    return a.to(b.device) + b


def add_across__dtype_of_the_first(a, b):
    """b.to(a) takes over the dtype of a: 0.5 becomes 0 beside integers. Name the device alone."""
    return a + b.to(a)


def add_across__on_the_cpu(a, b):
    """You added on the CPU and left the sum there. It belongs on the device of a."""
    return a.cpu() + b.cpu()


def add_across__on_the_accelerator(a, b):
    """You moved both to the accelerator. Where a is on the CPU, the sum belongs there too."""
    device = b.device if a.device.type == "cpu" else a.device
    return a.to(device) + b.to(device)


def add_across__dtypes_alone(a, b):
    """promote_types looks at dtypes alone: a 0-D float64 does not widen a float32 with axes."""
    dtype = torch.promote_types(a.dtype, b.dtype)
    return a.to(dtype) + b.to(a.device, dtype)


def add_across__sum(a, b):
    """sum begins with the int 0, which makes integers of bools. Add with `+`."""
    return sum([a, b.to(a.device)])


def add_across__moved_after_an_error(a, b):
    """You moved b only after an error. A 0-D tensor on the CPU joins without one, but its
    sum then lies on the device of the other tensor. Move b in any case."""
    try:
        return a + b
    except RuntimeError:
        return a + b.to(a.device)


def add_across__in_place(a, b):
    """You wrote the sum into a. `+=` changes the argument: use `+`."""
    a += b.to(a.device)
    return a


def add_across__item(a, b):
    """A Python number is not promoted like a tensor, and only a 0-D one can become a number."""
    return a + (b.item() if b.dim() == 0 else b.to(a.device))


def mean_of__integers_raise(x):
    """mean of integers raises an error: it does not know which float to give. Say dtype=."""
    return x.mean()


def mean_of__always_float32(x):
    """You made float32 of float64, too, and its last digits are lost. Leave floats as they are."""
    return x.float().mean()


def mean_of__sum_wraps_in_int64(x):
    """sum adds integers in int64, which wraps round beyond 2**63. Convert before you sum."""
    return x.sum() / x.numel()


def mean_of__always_float64(x):
    """You returned float64 for all. Only float64 gives float64; all else gives float32."""
    return x.double().mean()


def mean_of__through_float32(x):
    """You averaged in float32 and converted afterwards. float64 needs float64 throughout."""
    return x.float().mean().to(x.dtype if x.is_floating_point() else torch.float32)


def mean_of__wraps_round(x):
    """You summed in the dtype of x: 255 + 255 is 254 in uint8. Convert before you sum."""
    total = x.sum(dtype=None if x.dtype == torch.bool else x.dtype)
    return total / x.numel()


def mean_of__back_to_integers(x):
    """You turned the mean back into x's dtype, which cuts its fraction off."""
    return x.double().mean().to(x.dtype)


def mean_of__floor_division(x):
    """You cut the fraction off, as // does. Divide with /."""
    total = x.sum() if x.is_floating_point() else x.float().sum()
    return total / x.numel() if x.is_floating_point() else total // x.numel()


def mean_of__by_rows(x):
    """You averaged along the first axis only. One mean over all elements is asked for."""
    return x.to(x.dtype if x.is_floating_point() else torch.float32).mean(dim=0)


def mean_of__divided_by_length(x):
    """You divided by the number of rows, which len(x) is. Divide by the number of elements."""
    return x.to(x.dtype if x.is_floating_point() else torch.float32).sum() / len(x)


def mean_of__new_tensor_on_the_cpu(x):
    """You made a new tensor, on the CPU. The mean belongs on the device of x."""
    dtype = x.dtype if x.is_floating_point() else torch.float32
    return torch.tensor(x.double().mean().item(), dtype=dtype)


def mean_of__python_sum(x):
    """Python's sum adds up rows, and len counts them. One mean over all elements is asked for."""
    return sum(x) / len(x)


def to_pixels__bare(x):
    """You converted at once: fractions are cut off, and what lies outside 0 to 1 becomes any
    number. Clamp and round first."""
    return (x * 255).to(torch.uint8)


def to_pixels__truncated(x):
    """Conversion to integers cuts the fraction off, so 99.6 becomes 99. Round first."""
    return (x.clamp(0, 1) * 255).to(torch.uint8)


def to_pixels__wraps_round(x):
    """uint8 wraps round outside 0 to 255: clamp before you convert, for afterwards is too late."""
    return (x * 255).round().to(torch.int64).to(torch.uint8)


def to_pixels__times_256(x):
    """You multiplied by 256. 1 becomes 255, and 255 times everything else."""
    return (x * 256).floor().clamp(0, 255).to(torch.uint8)


def to_pixels__rounded_first(x):
    """You rounded before you multiplied, so that only black and white are left."""
    return (x.clamp(0, 1).round() * 255).to(torch.uint8)


def to_pixels__rounded_up(x):
    """You always went up, as ceil does. Go to the nearest: round()."""
    return (x.clamp(0, 1) * 255).ceil().to(torch.uint8)


def to_pixels__stretched(x):
    """You stretched from darkest to brightest. 0 is black and 1 white, whatever x holds."""
    if x.numel() == 0:
        return x.to(torch.uint8)
    low, high = x.min(), x.max()
    return ((x - low) / (high - low).clamp_min(1e-12) * 255).round().clamp(0, 255).to(torch.uint8)


def to_pixels__floats(x):
    """You returned floats. Pixels are uint8: convert with .to(torch.uint8)."""
    return (x.clamp(0, 1) * 255).round()


def to_pixels__int64(x):
    """You returned int64. Pixels are uint8."""
    return (x.clamp(0, 1) * 255).round().long()


def to_pixels__in_place(x):
    """You changed x itself: names that end in _ write in place. Leave them out."""
    return x.clamp_(0, 1).mul_(255).round_().to(torch.uint8)


def to_pixels__through_numpy(x):
    """Your result lies on the CPU, like every array and every new tensor made without device=.
    It belongs on the device of x."""
    pixels = np.rint(np.clip(x.cpu().numpy().astype(np.float64), 0, 1) * 255)
    return torch.as_tensor(pixels).to(torch.uint8)


def to_numpy__bare(x):
    """numpy() alone works for tensors on the CPU without gradients only."""
    return x.numpy()


def to_numpy__without_cpu(x):
    """numpy() and np.asarray refuse a tensor on an accelerator. Bring it to the CPU first."""
    return x.detach().numpy()


def to_numpy__requires_grad(x):
    """numpy() refuses a tensor that requires grad. Take it out of the graph first: detach()."""
    return x.cpu().numpy()


def to_numpy__through_a_list(x):
    """Through a list the dtype is lost: every float comes back as float64."""
    return np.array(x.tolist())


def to_numpy__list_with_dtype(x):
    """Through a list the shape of empty tensors is lost: (0, 3) becomes (0,)."""
    return np.array(x.tolist(), dtype=str(x.dtype).removeprefix("torch."))


def to_numpy__tensor(x):
    """You returned a tensor. An array is asked for: .numpy() is missing."""
    return x.detach().cpu()


def to_numpy__list(x):
    """You returned a list, as tolist gives it. An array is asked for."""
    return x.tolist()


def to_numpy__gradients_off(x):
    """You switched off x's requires_grad. Work on x.detach(), which leaves x alone."""
    if x.is_leaf:
        x.requires_grad_(False)
    return x.detach().cpu().numpy()


def to_numpy__taken_out_in_place(x):
    """You took x itself out of its graph, as detach_ does. Without the _ it leaves x alone."""
    return x.detach_().cpu().numpy()


def nbytes__four_each(x):
    """4 bytes are right for float32 alone. Ask the tensor: x.element_size()."""
    return x.numel() * 4


def nbytes__elements(x):
    """You counted the elements. Each takes x.element_size() bytes."""
    return x.numel()


def nbytes__storage(x):
    """That is the memory that lies behind: a slice shares its whole. Count x's own elements."""
    return x.untyped_storage().nbytes()


def nbytes__sizeof(x):
    """You measured the Python object, as sys.getsizeof does. Multiply elements by bytes."""
    return sys.getsizeof(x)


def nbytes__one_element(x):
    """That is one element. Multiply by their number."""
    return x.element_size()


def nbytes__rows(x):
    """You counted rows, as len(x) does. Count all elements."""
    return (len(x) if x.dim() else 1) * x.element_size()


def nbytes__two_axes(x):
    """You multiplied at most two lengths. A tensor may have any number of axes."""
    rows, columns = (*x.shape, 1, 1)[:2]
    return rows * columns * x.element_size()


def nbytes__bits(x):
    """You counted bits. A byte has eight of them."""
    return x.numel() * x.element_size() * 8


def nbytes__float(x):
    """You returned a float. / always makes one; a number of bytes is an int."""
    return x.numel() * (x.element_size() / 1)


def promoted__dtype_of_a_number(a, b):
    """You asked a Python number for its dtype, and it has none. It may stand on either side."""
    return torch.promote_types(a.dtype, b.dtype)


def promoted__dtypes_alone(a, b):
    """promote_types looks at dtypes alone. A 0-D tensor or a number counts less than its dtype."""
    a, b = torch.as_tensor(a), torch.as_tensor(b)
    return torch.promote_types(a.dtype, b.dtype)


def promoted__of_the_first(a, b):
    """You returned the dtype of the first operand. The second one counts as well."""
    return a.dtype if isinstance(a, torch.Tensor) else b.dtype


def promoted__tensors_only(a, b):
    """A Python number has no dtype. It may stand on either side."""
    return torch.result_type(a, torch.zeros_like(b))


def promoted__number_as_tensor(a, b):
    """You made a 0-D tensor of the number, and that counts for more than the number itself."""
    return (torch.as_tensor(a) + torch.as_tensor(b)).dtype


def promoted__numpy_rule(a, b):
    """That is NumPy's rule, by which int64 and float32 make float64. PyTorch keeps float32."""
    first, second = (
        np.dtype(str((x if isinstance(x, torch.Tensor) else torch.tensor(x)).dtype)[6:])
        for x in (a, b)
    )
    return getattr(torch, str(np.promote_types(first, second)))


def promoted__larger_item(a, b):
    """You took the dtype with more bytes. int64 has more than float32, but floats win."""
    a, b = torch.as_tensor(a), torch.as_tensor(b)
    return a.dtype if a.element_size() >= b.element_size() else b.dtype


def promoted__rank_before_kind(a, b):
    """You let the tensor with axes win at once. Floats win over integers first, 0-D ones too."""
    both = isinstance(a, torch.Tensor) and isinstance(b, torch.Tensor)
    if both and (a.dim() == 0) != (b.dim() == 0):
        return a.dtype if a.dim() else b.dtype
    return torch.result_type(a, b)


def promoted__quotient(a, b):
    """You divided, and / makes floats of integers. The dtype of a + b is asked for."""
    return (a / b).dtype


def promoted__tensor(a, b):
    """You returned the sum. Its dtype is asked for."""
    return a + b


def promoted__string(a, b):
    """You returned text. A torch.dtype is asked for."""
    return str(torch.result_type(a, b))
