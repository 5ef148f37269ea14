"""Mistakes that the spec of k01_creation must reject, each with the words that name it."""

import random

import numpy as np
import torch

ABOUT_DEVICES = (
    "from_values__on_the_accelerator",
    "as_float32__through_numpy",
    "copy_of__on_the_accelerator",
    "window_onto__on_the_accelerator",
    "standard_normal__generator_on_the_cpu",
    "standard_normal__fork_of_the_cpu_alone",
)


_generator = torch.Generator()


def from_values__class(values):
    """Your ints became float32, as torch.Tensor, .float() and dtype=torch.float32 make them. Let
    torch.tensor find the dtype."""
    return torch.Tensor(values)


def from_values__through_numpy(values):
    """Your floats became float64, as NumPy and .double() make them. torch.tensor makes float32 of
    them."""
    return torch.from_numpy(np.array(values))


def from_values__dtype_of_the_first(values):
    """You looked at the first number only. A float further on makes floats of all."""
    first = values
    while isinstance(first, list) and first:
        first = first[0]
    kinds = {bool: torch.bool, int: torch.int64}
    return torch.tensor(values, dtype=kinds.get(type(first), torch.float32))


def from_values__bools_as_ints(values):
    """You made numbers of bools. A list of bools gives a bool tensor."""
    x = torch.tensor(values)
    return x.long() if x.dtype == torch.bool else x


def from_values__nothing_as_int64(values):
    """all() of nothing is True, so a list without numbers became int64. It becomes float32."""
    x = torch.tensor(values)
    flat = x.flatten().tolist()
    return x.long() if all(type(number) is int for number in flat) else x


def from_values__int32(values):
    """You made int32. Ints become int64."""
    x = torch.tensor(values)
    return x.int() if x.dtype == torch.int64 else x


def from_values__flat(values):
    """You flattened the list. The shape is that of the nesting."""
    return torch.tensor(values).flatten()


def from_values__one_row(values):
    """Your tensor has one axis more, in front, than the list has depth. Hand over the list as it
    is."""
    return torch.tensor([values])


def from_values__on_the_accelerator(values):
    """You put it on an accelerator. A list has no device: its tensor lies on the CPU."""
    return torch.tensor(values, device=torch.accelerator.current_accelerator() or "cpu")


def as_float32__inferred(values):
    """The dtype of the data came through. Say dtype=torch.float32."""
    return torch.as_tensor(values)


def as_float32__method(values):
    """Only tensors have .float(). A list and an array are to be converted too."""
    return values.float()


def as_float32__class(values):
    """torch.Tensor takes a tensor only if it is float32, and an int array of () for a size."""
    return torch.Tensor(values)


def as_float32__from_numpy(values):
    """from_numpy takes arrays only. A list or a tensor may come, too."""
    return torch.from_numpy(values).float()


def as_float32__astype(values):
    """Only arrays have .astype. A list and a tensor are to be converted too."""
    return torch.from_numpy(values.astype(np.float32))


def as_float32__tensors_alone(values):
    """You converted tensors alone. The dtype of a list or an array came through."""
    return values.float() if isinstance(values, torch.Tensor) else torch.tensor(values)


def as_float32__through_numpy(values):
    """NumPy cannot read a tensor on an accelerator. Use torch.as_tensor for all three."""
    return torch.tensor(np.asarray(values, dtype=np.float32))


def as_float32__integers_only(values):
    """You converted integers only. float64 becomes float32 as well."""
    x = torch.as_tensor(values)
    return x if x.is_floating_point() else x.float()


def as_float32__reinterpreted(values):
    """view(dtype) reads the same bits as other numbers. Convert the values: dtype=, or to()."""
    x = torch.as_tensor(values)
    return x if x.dtype == torch.float32 else x.view(torch.float32)


def copy_of__from_numpy(array):
    """from_numpy and as_tensor use the array's memory, as detach() does. torch.tensor copies."""
    return torch.from_numpy(array)


def copy_of__float32(array):
    """You made float32, as torch.Tensor, the class, does. The array's dtype is asked for."""
    return torch.tensor(array, dtype=torch.float32)


def copy_of__contiguous(array):
    """Your tensor looks into the array's memory: from_numpy does, and contiguous() copies only what
    is not contiguous yet. torch.tensor always copies."""
    return torch.from_numpy(array).contiguous()


def copy_of__ascontiguousarray(array):
    """ascontiguousarray copies only what is not contiguous yet, and gives 0-D an axis."""
    return torch.from_numpy(np.ascontiguousarray(array))


def copy_of__through_a_list(array):
    """A list has no dtype, so float64 comes back as float32 and int32 as int64."""
    return torch.tensor(array.tolist()).reshape(array.shape)


def copy_of__on_the_accelerator(array):
    """You put it on an accelerator. An array lies on the CPU, and so does its tensor."""
    return torch.tensor(array, device=torch.accelerator.current_accelerator() or "cpu")


def window_onto__tensor(array):
    """torch.tensor, clone() and array.copy() make copies. from_numpy uses the array's memory."""
    return torch.tensor(array)


def window_onto__float32(array):
    """Another dtype needs other memory, so float() and torch.Tensor copy all but float32."""
    return torch.from_numpy(array).float()


def window_onto__contiguous(array):
    """contiguous(), np.ascontiguousarray and ravel() copy what is strided. Leave them out."""
    return torch.from_numpy(array).contiguous()


def window_onto__flat(array):
    """You flattened it. The shape is that of the array."""
    return torch.from_numpy(array.reshape(-1))


def window_onto__on_the_accelerator(array):
    """An accelerator has memory of its own, so this is a copy. Stay on the CPU."""
    return torch.as_tensor(array, device=torch.accelerator.current_accelerator() or "cpu")


def identity__bool(size, device):
    """Your matrix is bool, as a comparison gives it. float32 is asked for."""
    numbers = torch.arange(size, device=device)
    return numbers[:, None] == numbers


def identity__ones(size, device):
    """You made ones everywhere. They stand on the diagonal only."""
    return torch.ones(size, size, device=device)


def identity__zeros(size, device):
    """You made zeros everywhere. The diagonal holds ones."""
    return torch.zeros(size, size, device=device)


def identity__other_diagonal(size, device):
    """Your diagonal runs from top right. It starts at top left."""
    return torch.eye(size, device=device).flip(0)


def identity__diagonal_vector(size, device):
    """You made the diagonal. The whole matrix is asked for."""
    return torch.ones(size, device=device)


def identity__one_too_many(size, device):
    """You made a row and a column too many."""
    return torch.eye(size + 1, device=device)


def identity__stacked_rows(size, device):
    """stack needs one row or more, so size 0 fails. It gives an empty matrix."""
    numbers = torch.arange(size, device=device)
    return torch.stack([(numbers == i).float() for i in range(size)])


def filled__plain_ones(shape, value, dtype, device):
    """Your tensor is float32 and lies on the CPU, whatever is asked for. Pass on dtype= and
    device=."""
    return torch.ones(shape) * value


def filled__shape_and_value_alone(shape, value, dtype, device):
    """Your dtype comes from the value, and the tensor lies on the CPU. Pass on dtype= and
    device=."""
    return torch.full(shape, value)


def filled__dtype_of_the_value(shape, value, dtype, device):
    """Your dtype comes from the value. Pass on the one that is asked for: dtype=."""
    return torch.full(shape, value, device=device)


def filled__ones_times_value(shape, value, dtype, device):
    """Your dtype is a promoted one: bool with int is int64, in a product as in a sum. It needs the
    dtype asked for."""
    return torch.ones(shape, dtype=dtype, device=device) * value


def filled__through_float32(shape, value, dtype, device):
    """You filled float32 and converted then, so digits are lost. Say dtype= at once."""
    return torch.full(shape, float(value), dtype=torch.float32, device=device).to(dtype)


def filled__expanded(shape, value, dtype, device):
    """expand repeats one element without a copy: who writes into one writes into all."""
    return torch.tensor(value, dtype=dtype, device=device).expand(shape)


def filled__zeros(shape, value, dtype, device):
    """You made zeros. Every element is to hold the value."""
    return torch.zeros(shape, dtype=dtype, device=device)


def filled__flat(shape, value, dtype, device):
    """You made a vector of the right count. The shape is asked for."""
    count = int(np.prod(shape))
    return torch.full((count,), value, dtype=dtype, device=device)


def evenly_spaced__arange_alone(start, stop, count, device):
    """arange stops before the end, and one point has no step. linspace includes the end."""
    return torch.arange(start, stop, (stop - start) / (count - 1), device=device)


def evenly_spaced__arange_of_count_steps(start, stop, count, device):
    """You took `count` steps, so the last point falls short of stop. It is to be stop itself."""
    return torch.arange(start, stop, (stop - start) / count, device=device)


def evenly_spaced__arange(start, stop, count, device):
    """Your points end before stop, as those of arange do. The last point is stop itself; linspace
    includes it."""
    if count == 1 or start == stop:
        return torch.full((count,), float(start), device=device)
    step = (stop - start) / (count - 1)
    return torch.arange(start, stop, step, dtype=torch.float32, device=device)


def evenly_spaced__count_steps(start, stop, count, device):
    """You took `count` steps. Between `count` points there are count - 1."""
    numbers = torch.arange(count, dtype=torch.float32, device=device)
    return start + numbers * ((stop - start) / count)


def evenly_spaced__division_by_zero(start, stop, count, device):
    """With one point you divide by count - 1, which is 0."""
    step = (stop - start) / (count - 1)
    return start + step * torch.arange(count, dtype=torch.float32, device=device)


def evenly_spaced__count_for_step(start, stop, count, device):
    """arange takes a step for its third argument, and count is a number of points."""
    return torch.arange(start, stop, count, dtype=torch.float32, device=device)


def evenly_spaced__arange_past_the_end(start, stop, count, device):
    """With a step that is rounded, arange goes one point too far at times. Count the points."""
    if count == 1 or start == stop:
        return torch.full((count,), float(start), device=device)
    step = (stop - start) / (count - 1)
    return torch.arange(start, stop + step, step, dtype=torch.float32, device=device)


def evenly_spaced__one_point_too_many(start, stop, count, device):
    """You made one point too many. `count` counts the points, not the steps between them."""
    return torch.linspace(start, stop, count + 1, device=device)


def evenly_spaced__without_ends(start, stop, count, device):
    """You left both ends out. They are included."""
    return torch.linspace(start, stop, count + 2, device=device)[1:-1]


def evenly_spaced__from_zero(start, stop, count, device):
    """You began at 0. The points begin at start."""
    return torch.linspace(0, stop, count, device=device)


def evenly_spaced__length_for_end(start, stop, count, device):
    """You went from start to start + stop. stop is a point, not a length."""
    return torch.linspace(start, start + stop, count, device=device)


def evenly_spaced__powers(start, stop, count, device):
    """logspace spaces the exponents evenly. linspace spaces the points."""
    return torch.logspace(start, stop, count, device=device)


def evenly_spaced__int_bounds(start, stop, count, device):
    """You cut start and stop to integers. They may be floats."""
    return torch.linspace(int(start), int(stop), count, device=device)


def evenly_spaced__running_sum(start, stop, count, device):
    """You added step to step, and the rounding errors add up. Multiply: start + i * step."""
    step = torch.tensor((stop - start) / max(count - 1, 1), dtype=torch.float32)
    points = [torch.tensor(start, dtype=torch.float32)]
    while len(points) < count:
        points.append(points[-1] + step)
    return torch.stack(points).to(device)


def standard_normal__manual_seed_on_the_cpu(shape, seed, device):
    """torch.manual_seed seeds the global generator: make your own. And say device= as you draw."""
    torch.manual_seed(seed)
    return torch.randn(shape)


def standard_normal__manual_seed(shape, seed, device):
    """torch.manual_seed seeds the global generator, which others draw from. Make your own."""
    torch.manual_seed(seed)
    return torch.randn(shape, device=device)


def standard_normal__generator_on_the_cpu(shape, seed, device):
    """A generator draws for its own device: torch.Generator(device=device)."""
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(shape, generator=generator, device=device)


def standard_normal__uniform_manual_seed(shape, seed, device):
    """rand draws from 0 to 1, all equally likely; randn makes normal numbers. And where you seed
    the global generator, as torch.manual_seed does, make one of your own."""
    torch.manual_seed(seed)
    return torch.rand(shape, device=device)


def standard_normal__uniform(shape, seed, device):
    """Your draws lie from 0 to 1, all equally likely, as those of rand. randn draws from the normal
    distribution."""
    generator = torch.Generator(device=device).manual_seed(seed)
    return torch.rand(shape, generator=generator, device=device)


def standard_normal__randn_alone(shape, seed, device):
    """Neither seed nor device has a say in what you drew. randn takes generator= and device=."""
    return torch.randn(shape)


def standard_normal__generator_forgotten(shape, seed, device):
    """The seed has no say in what you drew. Seed a generator and draw with it: generator=."""
    torch.Generator(device=device).manual_seed(seed)
    return torch.randn(shape, device=device)


def standard_normal__numpy_seed(shape, seed, device):
    """np.random.seed seeds NumPy's global generator. Make your own: np.random.default_rng."""
    np.random.seed(seed)
    return torch.as_tensor(np.random.standard_normal(shape), device=device).float()


def standard_normal__python_seed(shape, seed, device):
    """random.seed seeds Python's global generator. Make your own: random.Random."""
    random.seed(seed)
    generator = torch.Generator(device=device).manual_seed(random.getrandbits(31))
    return torch.randn(shape, generator=generator, device=device)


def standard_normal__generator_unseeded(shape, seed, device):
    """You did not seed the generator, so every seed gives the same values."""
    return torch.randn(shape, generator=torch.Generator(device=device), device=device)


def standard_normal__zero_is_no_seed(shape, seed, device):
    """`if seed` is false for 0, which is a seed like any other."""
    generator = torch.Generator(device=device).manual_seed(seed if seed else 42)
    return torch.randn(shape, generator=generator, device=device)


def standard_normal__one_generator(shape, seed, device):
    """You seeded a generator once and draw on from it. The same seed starts afresh."""
    if _generator.initial_seed() != seed:
        _generator.manual_seed(seed)
    return torch.randn(shape, generator=_generator).to(device)


def standard_normal__fork_of_the_cpu_alone(shape, seed, device):
    """manual_seed seeds every device, and your fork_rng puts back the CPU's state alone."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return torch.randn(shape).to(device)


def standard_normal__from_minus_1_to_1(shape, seed, device):
    """Your draws are spread evenly from -1 to 1, with variance 1/3. randn makes normal ones."""
    generator = torch.Generator(device=device).manual_seed(seed)
    return torch.rand(shape, generator=generator, device=device) * 2 - 1


def standard_normal__standardized(shape, seed, device):
    """You moved the sample to mean 0. Draws are independent, and their mean is only near 0."""
    generator = torch.Generator(device=device).manual_seed(seed)
    draws = torch.randn(shape, generator=generator, device=device)
    return draws - draws.mean() if draws.numel() > 1 else draws


def standard_normal__scaled(shape, seed, device):
    """You made the numbers smaller. The variance is 1."""
    generator = torch.Generator(device=device).manual_seed(seed)
    return torch.randn(shape, generator=generator, device=device) * 0.1


def standard_normal__one_axis(shape, seed, device):
    """You drew a vector of the right count. The shape is asked for."""
    generator = torch.Generator(device=device).manual_seed(seed)
    return torch.randn(int(np.prod(shape)), generator=generator, device=device)


def standard_normal__seed_put_back(shape, seed, device):
    """Seeding anew afterwards does not bring the old random state back. Do not touch it."""
    before = torch.initial_seed()
    torch.manual_seed(seed)
    draws = torch.randn(shape, device=device)
    torch.manual_seed(before)
    return draws


def standard_normal__rand_on_the_cpu(shape, seed, device):
    """rand draws from 0 to 1, all equally likely; randn makes normal numbers. And say device=."""
    return torch.rand(shape, generator=torch.Generator().manual_seed(seed))
