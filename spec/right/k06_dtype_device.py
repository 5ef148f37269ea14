"""Other right answers that the spec of k06_dtype_device must accept."""

import functools
import math

import numpy as np
import torch
from torch.cuda import is_available


def pick_device__if():
    """Asks with an if, and names the first device."""
    if torch.cuda.is_available():
        return torch.device("cuda:0")
    return torch.device("cpu")


def pick_device__count():
    """Counts the CUDA devices."""
    return torch.device("cuda", 0) if torch.cuda.device_count() else torch.device("cpu")


def pick_device__accelerator():
    """Takes whatever accelerator there is."""
    if torch.accelerator.is_available():
        return torch.accelerator.current_accelerator()
    return torch.device("cpu")


def pick_device__accelerator_checked():
    """Lets torch.accelerator do the check."""
    return torch.accelerator.current_accelerator(check_available=True) or torch.device("cpu")


def pick_device__imported_by_name():
    """Calls a function that was imported by its name."""
    return torch.device("cuda") if is_available() else torch.device("cpu")


def pick_device__preferences():
    """Goes through a list of preferences."""
    available = {
        "cuda": torch.cuda.is_available,
        "mps": torch.backends.mps.is_available,
        "xpu": torch.xpu.is_available,
    }
    names = [name for name, is_there in available.items() if is_there()]
    return torch.device((names or ["cpu"])[0])


def pick_device__current():
    """Names the current CUDA device."""
    if torch.backends.cuda.is_built() and torch.cuda.is_available():
        return torch.device("cuda", torch.cuda.current_device())
    return torch.device("cpu")


def to_device_of__copy(x, reference):
    """Makes a copy in any case."""
    return x.to(device=reference.device, copy=True)


def to_device_of__filled(x, reference):
    """Copies into a fresh tensor on the other device."""
    return torch.empty(x.shape, dtype=x.dtype, device=reference.device).copy_(x)


def to_device_of__back_to_its_dtype(x, reference):
    """Lets a new tensor of the reference decide on the device."""
    return reference.new_empty(x.shape, dtype=x.dtype).copy_(x.detach())


def to_device_of__tensor(x, reference):
    """Makes a new tensor with torch.as_tensor."""
    return torch.as_tensor(x, device=reference.device)


def to_device_of__moved_if_need_be(x, reference):
    """Hands x itself back where it is there already."""
    if x.device == reference.device:
        return x
    return torch.empty_like(x, device=reference.device).copy_(x)


def like__to_tensor(x, reference):
    """Hands the reference itself to x.to."""
    return x.to(reference)


def like__type_as(x, reference):
    """Uses type_as, which means the same."""
    return x.type_as(reference)


def like__in_two_steps(x, reference):
    """Changes the dtype first and the device then."""
    return x.type(reference.dtype).to(reference.device)


def like__copied(x, reference):
    """Copies into a new tensor made from the reference."""
    result = reference.new_zeros(x.shape)
    result.copy_(x)
    return result


def like__through_numpy(x, reference):
    """Lets NumPy convert."""
    kind = reference.detach().cpu().numpy().dtype
    return torch.from_numpy(x.detach().cpu().numpy().astype(kind)).to(reference.device)


def add_across__to_cpu_and_back(a, b):
    """Adds on the CPU and brings the sum back."""
    return torch.add(a.cpu(), b.cpu()).to(a.device)


def add_across__on_the_other_device(a, b):
    """Adds where b lies."""
    return (b + a.to(b.device)).to(a.device)


def add_across__on_a_copy(a, b):
    """Adds in place, into a copy that has the dtype and shape of the sum."""
    b = torch.as_tensor(b, device=a.device)
    shape = torch.broadcast_shapes(a.shape, b.shape)
    total = a.to(torch.result_type(a, b)).expand(shape).clone()
    total += b
    return total


def add_across__onto_zeros(a, b):
    """Adds both to zeros of the sum's dtype and shape."""
    shape = torch.broadcast_shapes(a.shape, b.shape)
    total = torch.zeros(shape, dtype=torch.result_type(a, b), device=a.device)
    total += a
    total += b.to(a.device)
    return total


def mean_of__converted(x):
    """Converts all that is not floating."""
    return (x if x.is_floating_point() else x.float()).mean()


def mean_of__in_float64(x):
    """Computes in float64 throughout, on the CPU, which has it."""
    dtype = torch.float64 if x.dtype == torch.float64 else torch.float32
    return x.cpu().double().mean().to(x.device, dtype)


def mean_of__sum_over_count(x):
    """Divides the sum by the count."""
    dtype = x.dtype if x.is_floating_point() else torch.get_default_dtype()
    return x.sum(dtype=dtype) / math.prod(x.shape)


def mean_of__shares(x):
    """Adds up shares."""
    x = x if x.dtype in (torch.float32, torch.float64) else x.to(torch.float32)
    return torch.sum(x / x.numel())


def mean_of__dot(x):
    """Multiplies by a vector of ones."""
    flat = (x if x.is_floating_point() else x.float()).reshape(-1)
    return flat @ torch.ones_like(flat) / len(flat)


def mean_of__quotients_and_remainders(x):
    """Keeps integers integers: adds quotients and remainders apart, so that nothing wraps."""
    if x.is_floating_point():
        return x.mean()
    n, whole = x.numel(), x.to(torch.int64)
    rest = (whole % n).sum()
    quotient = (whole // n).sum() + rest // n
    mean = quotient.item() + (rest % n).item() / n
    return torch.tensor(mean, dtype=torch.float32, device=x.device)


def mean_of__of_python_numbers(x):
    """Adds Python numbers up without any rounding."""
    dtype = x.dtype if x.is_floating_point() else torch.float32
    total = math.fsum(x.reshape(-1).tolist())
    return torch.tensor(total / x.numel(), dtype=dtype, device=x.device)


def to_pixels__half_up(x):
    """Adds a half and cuts the fraction off."""
    return (x * 255 + 0.5).clamp(0, 255).to(torch.uint8)


def to_pixels__clamped_last(x):
    """Rounds first and clamps then."""
    return torch.clamp(torch.round(255.0 * x), min=0, max=255).byte()


def to_pixels__where(x):
    """Chooses black and white with torch.where."""
    scaled = torch.where(x < 0, 0.0, torch.where(x > 1, 1.0, x)) * 255
    return scaled.add(0.5).floor().type(torch.uint8)


def to_pixels__nearest_level(x):
    """Counts the half way marks below."""
    marks = (torch.arange(255, dtype=x.dtype, device=x.device) + 0.5) / 255
    return (x[..., None] > marks).sum(-1).to(torch.uint8)


def to_pixels__masks(x):
    """Scales first, and sets what is out of range through masks."""
    levels = (x * 255).round()
    levels[x <= 0] = 0
    levels[x >= 1] = 255
    return levels.to(torch.uint8)


def to_pixels__in_place_on_a_copy(x):
    """Works in place, on a copy."""
    levels = x.clone()
    return levels.clamp_(0, 1).mul_(255).round_().to(torch.uint8)


def to_pixels__ties_down(x):
    """Rounds exact ties down."""
    return (x.clip(0, 1) * 255 - 0.5).ceil().to(torch.uint8)


def to_numpy__force(x):
    """Uses the method's own switch."""
    return x.numpy(force=True)


def to_numpy__asarray(x):
    """Hands the tensor to NumPy once it is on the CPU."""
    return np.asarray(x.cpu().detach())


def to_numpy__copy(x):
    """Makes a copy."""
    with torch.no_grad():
        return np.array(x.detach().to("cpu").numpy())


def to_numpy__data(x):
    """Goes through .data and back to the same layout."""
    return x.data.cpu().contiguous().numpy().copy()


def to_numpy__no_grad(x):
    """Switches gradients off, which numpy() accepts as well as detach()."""
    with torch.no_grad():
        return x.cpu().numpy()


def to_numpy__filled(x):
    """Copies into an array through a tensor that shares its memory."""
    values = np.empty(tuple(x.shape), dtype=str(x.dtype).removeprefix("torch."))
    torch.from_numpy(values).copy_(x.detach())
    return values


def to_numpy__element_by_element(x):
    """Goes through a list, with the dtype that it loses."""
    dtype = np.dtype(str(x.dtype).removeprefix("torch."))
    return np.array(x.tolist(), dtype=dtype).reshape(tuple(x.shape))


def nbytes__attribute(x):
    """Asks the tensor."""
    return x.nbytes


def nbytes__shape_and_dtype(x):
    """Multiplies the lengths by the bytes of the dtype."""
    return math.prod(x.shape) * x.dtype.itemsize


def nbytes__folded(x):
    """Multiplies length by length."""
    return functools.reduce(lambda total, length: total * length, x.shape, x.itemsize)


def nbytes__without_memory(x):
    """Measures a tensor of the same shape that has no memory."""
    return torch.empty(x.shape, dtype=x.dtype, device="meta").untyped_storage().nbytes()


def nbytes__of_a_copy(x):
    """Measures the memory of a copy without gaps."""
    return len(x.detach().cpu().numpy().tobytes())


def promoted__sum(a, b):
    """Adds and looks."""
    return (a + b).dtype


def promoted__multiplied(a, b):
    """Products have the same dtype as sums."""
    return (a * b).dtype


def promoted__by_the_rule(a, b):
    """Works the rule out: kind first, then tensor with axes, 0-D tensor, number."""

    def rank(x):
        dtype = dtype_of(x)
        category = 2 if dtype.is_floating_point else int(dtype != torch.bool)
        axes = (2 if x.dim() else 1) if isinstance(x, torch.Tensor) else 0
        return category, axes

    def dtype_of(x):
        return x.dtype if isinstance(x, torch.Tensor) else torch.tensor(x).dtype

    first, second = rank(a), rank(b)
    if first == second:
        return torch.promote_types(dtype_of(a), dtype_of(b))
    return dtype_of(a if first > second else b)
