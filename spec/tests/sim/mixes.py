"""Mixtures of devices: what sim makes of them, and what PyTorch's own declarations say of CUDA.

Two judges, neither of them ours. native_functions.yaml says for each operator whether CUDA's
wrapper demands one device, or TensorIterator checks. FakeTensorMode runs the same call on cuda:0
without a GPU; it is kept under no_grad, because with gradients it aborts the process.
"""

from __future__ import annotations

import functools
import importlib.util
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_flatten, tree_leaves, tree_unflatten

from spec.tests.sim import oracles

SIM = "sim"
CUDA = "cuda:0"
CPU = torch.device("cpu")
FAILED = "failed:"
# FakeTensorMode asks for a driver in some operators: that says nothing about the mixture.
NO_DRIVER = (
    "not compiled with CUDA",
    "not linked with support for cuda",
    "NVIDIA driver",
    "CUDA driver",
    "Could not run",  # a kernel that is missing here, in words that name folders of this machine
)


@dataclass(frozen=True)
class Mix:
    """A call: the flat arguments, how to nest them, and which of them the accelerator gets."""

    operator: Any
    leaves: list[Any]
    nesting: Any
    moved: frozenset[int]

    def places(self, accelerator: str) -> list[str]:
        """Return the device of each argument."""
        return [accelerator if i in self.moved else "cpu" for i in range(len(self.leaves))]

    def describe(self) -> str:
        """Return the call in a line: the operator, and where its tensors are."""
        places = [
            f"{'acc' if i in self.moved else 'cpu'}{list(leaf.shape)}"
            for i, leaf in enumerate(self.leaves)
            if isinstance(leaf, Tensor)
        ]
        return f"{oracles.full_name(self.operator)}({', '.join(places)})"


def mixes(operator: Any, count: int) -> Iterator[Mix]:
    """Yield the mixtures of an operator's first samples: one apart from the rest, and none."""
    for sample in oracles.samples(operator, count):
        leaves, nesting = tree_flatten((sample.input, sample.args, sample.kwargs))
        places = [i for i, leaf in enumerate(leaves) if isinstance(leaf, Tensor)]
        if len(places) < 2 or any(leaves[i].layout is not torch.strided for i in places):
            continue
        everything = frozenset(places)
        one_moved = [frozenset({i}) for i in places]
        for moved in dict.fromkeys(
            [*one_moved, *(everything - one for one in one_moved), everything]
        ):
            yield Mix(operator, leaves, nesting, moved)


def outcome_on_sim(mix: Mix) -> str:
    """Return where sim's results are, or that it refuses to mix devices."""
    leaves = [
        (leaf.clone().to(SIM) if i in mix.moved else leaf.clone())
        if isinstance(leaf, Tensor)
        else leaf
        for i, leaf in enumerate(mix.leaves)
    ]
    return outcome(mix, leaves, "sim")


def outcome_on_cuda(mix: Mix) -> str:
    """Return the same for cuda:0, as FakeTensorMode sees it."""
    from torch._subclasses.fake_tensor import FakeTensorMode

    with torch.no_grad(), FakeTensorMode():
        leaves = [
            torch.empty_strided(leaf.shape, leaf.stride(), dtype=leaf.dtype, device=place)
            if isinstance(leaf, Tensor)
            else leaf
            for leaf, place in zip(mix.leaves, mix.places(CUDA), strict=True)
        ]
        return outcome(mix, leaves, "cuda")


def outcome(mix: Mix, leaves: list[Any], accelerator: str) -> str:
    """Call the operator; return the devices of its results, 'refused', or why one cannot tell."""
    given, args, kwargs = tree_unflatten(leaves, mix.nesting)
    try:
        with torch.no_grad():
            result = mix.operator(given, *args, **kwargs)
    except Exception as error:
        text = str(error)
        if "device" in text.lower() and not any(words in text for words in NO_DRIVER):
            return "refused"
        return f"{FAILED} {type(error).__name__}: {text}"
    places = [leaf.device.type for leaf in tree_leaves(result) if isinstance(leaf, Tensor)]
    return ",".join(place.replace(accelerator, "accelerator") for place in places)


class Watch(TorchDispatchMode):
    """Sees every operator that gets mixed devices, and whether it answers as it is declared to."""

    def __init__(self) -> None:
        """Start with nothing seen."""
        super().__init__()
        self.judged = 0
        self.problems: list[str] = []

    def __torch_dispatch__(
        self, func: Any, types: Any, args: Any = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        """Run the operator and compare what happens with its declaration."""
        names = [argument.name for argument in func._schema.arguments]
        named = dict(zip(names, args, strict=False), **(kwargs or {}))
        expected = declared(func, named)
        try:
            result = func(*args, **(kwargs or {}))
        except RuntimeError as error:
            self.note(func, expected, "refused" if "device" in str(error) else None)
            raise
        self.note(func, expected, "accepted")
        return result

    def note(self, func: Any, expected: str | None, got: str | None) -> None:
        """Count a call, and keep it if it went otherwise than declared."""
        if expected is not None and got is not None:
            self.judged += 1
            if got != expected:
                self.problems.append(f"{func} is declared to be {expected}, and was {got}")


def declared(func: Any, named: dict[str, Any]) -> str | None:
    """Return whether CUDA refuses or accepts this mixture; None if no declaration says so."""
    entry = entries().get(str(func).removeprefix("aten.").removesuffix(".default"), "")
    kernels = re.search(r"^    ([\w, ]*\b)?CUDA\b", entry, re.MULTILINE)
    found = [(name, leaf) for name in named for leaf in tree_leaves(named[name])]
    tensors = [(name, leaf) for name, leaf in found if isinstance(leaf, Tensor)]
    if not (kernels or "structured_delegate" in entry) or len(devices(tensors)) < 2:
        return None
    if "device_check: NoCheck" not in entry:
        return "refused"
    if "device_check: NoCheck   # TensorIterator" not in entry:
        return None
    if re.match(r"_?(unsafe_)?index(_put)?(_impl)?_?[.(]", entry):
        indexed = named["self"].device
        if any(leaf.device not in (indexed, CPU) for name, leaf in tensors if name == "indices"):
            return "refused"
        tensors = [(name, leaf) for name, leaf in tensors if name != "indices"]
    written = {a.name for a in func._schema.arguments if a.alias_info and a.alias_info.is_write}
    strangers = [leaf.dim() or name in written for name, leaf in tensors if leaf.is_cpu]
    return "refused" if any(strangers) and len(devices(tensors)) > 1 else "accepted"


def devices(tensors: list[tuple[str, Tensor]]) -> set[torch.device]:
    """Return the devices that named tensors are on."""
    return {leaf.device for _, leaf in tensors}


@functools.cache
def entries() -> dict[str, str]:
    """Return the declarations of native_functions.yaml by the name of the operator."""
    found = importlib.util.find_spec("torchgen")
    assert found is not None and found.submodule_search_locations is not None
    folder = Path(next(iter(found.submodule_search_locations)))
    text = (folder / "packaged/ATen/native/native_functions.yaml").read_text("utf-8")
    parts = re.split(r"^- func: ", text, flags=re.MULTILINE)[1:]
    return {part.partition("(")[0]: part for part in parts}
