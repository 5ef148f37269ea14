"""What a kata can need: the modules, names and methods that a submission may use.

Everything else is refused before it runs. Names below a module that are modules themselves are
allowed only if they stand here, so `torch.os` is refused like `os`.
"""

from typing import Any

import numpy as np
import torch


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MODULES = _words(
    """
    __future__ abc array bisect cmath collections collections.abc contextlib copy dataclasses
    decimal enum fractions functools graphlib hashlib heapq itertools math numbers operator random
    re statistics string struct sys textwrap time typing typing_extensions warnings
    numpy numpy.fft numpy.lib numpy.lib.stride_tricks numpy.linalg numpy.random numpy.typing
    torch torch.accelerator torch.autograd torch.autograd.functional torch.autograd.function
    torch.backends torch.backends.cuda torch.backends.mps torch.cuda torch.distributions torch.fft
    torch.func torch.linalg torch.mps torch.nn torch.nn.functional torch.nn.init
    torch.nn.parameter torch.nn.utils torch.nn.utils.rnn torch.optim torch.optim.lr_scheduler
    torch.random torch.special torch.types torch.utils torch.utils.data torch.xpu
    """
)

# Of sys, its facts, and what every test puts back.
SYS = _words(
    "byteorder float_info getrecursionlimit int_info maxsize setrecursionlimit version version_info"
)

# Functions that read or write files, run text as code, or reach into other objects by name.
REFUSED = {
    "torch": """compile export from_file import_ir_module import_ir_module_from_buffer load
        save set_warn_always""",
    "torch.utils.data": "get_worker_info",
    "torch.cuda": "set_device synchronize CUDAGraph graph",
    "torch.autograd": "profiler detect_anomaly",
    "numpy": """DataSource fromfile fromregex genfromtxt load loadtxt memmap save savetxt savez
        savez_compressed""",
    "functools": "singledispatch singledispatchmethod",
    "operator": "attrgetter methodcaller",
    "typing": "ForwardRef get_type_hints evaluate_forward_ref no_type_check_decorator",
    "typing_extensions": "ForwardRef get_type_hints evaluate_forward_ref",
    "string": "Formatter",
    "enum": "global_enum",
    "contextlib": "chdir",
}

# Methods and attributes, of whatever they are called on.
ATTRIBUTES = _words(
    """
    ag_frame co_code co_consts cr_code cr_frame ctypes dump dumps f_back f_builtins f_code f_globals
    f_locals from_file fromfile func_code func_globals get_device_module gi_code gi_frame
    gi_yieldfrom memmap register_module_backward_hook register_module_forward_hook share_memory
    share_memory_ tb_frame tb_lasti tb_next tofile with_traceback
    """
)

BUILTINS = _words(
    """
    __build_class__ __builtins__ __debug__ __doc__ __file__ __import__ __loader__ __package__
    __spec__ breakpoint compile copyright credits delattr dir eval exec exit getattr globals
    hasattr help input license locals memoryview open quit setattr vars
    """
)
BY_NAME = frozenset({"getattr", "hasattr", "setattr"})  # fine with a plain name as their second

SPECIAL_METHODS = _words(
    """
    __abs__ __add__ __and__ __bool__ __call__ __contains__ __enter__ __eq__ __exit__ __float__
    __floordiv__ __ge__ __getitem__ __gt__ __hash__ __iadd__ __imul__ __index__ __init__ __int__
    __invert__ __isub__ __iter__ __itruediv__ __le__ __len__ __lt__ __matmul__ __mod__ __mul__
    __ne__ __neg__ __new__ __next__ __or__ __pos__ __post_init__ __pow__ __radd__ __rand__ __repr__
    __reversed__ __rfloordiv__ __rmatmul__ __rmod__ __rmul__ __ror__ __round__ __rpow__ __rsub__
    __rtruediv__ __rxor__ __setitem__ __str__ __sub__ __truediv__ __xor__
    """
)

# What may be set on any object; other attributes only if they are a submission's own inventions.
SETTABLE = frozenset({"data", "grad", "requires_grad", "training"})


def refused_objects() -> list[Any]:
    """The functions that REFUSED names, so that no other name for one gets through."""
    import contextlib
    import enum
    import functools
    import operator
    import string
    import typing

    known = {
        "torch": torch,
        "torch.autograd": torch.autograd,
        "torch.cuda": torch.cuda,
        "torch.utils.data": torch.utils.data,
        "numpy": np,
        "functools": functools,
        "operator": operator,
        "typing": typing,
        "string": string,
        "enum": enum,
        "contextlib": contextlib,
    }
    return [
        getattr(known[module], name)
        for module, names in REFUSED.items()
        for name in names.split()
        if module in known and hasattr(known[module], name)
    ]


def is_taken(name: str) -> bool:
    """Whether this attribute is one that torch, NumPy or Python gives its own objects."""
    return name not in SETTABLE and any(hasattr(each, name) for each in OWNERS)


OWNERS: tuple[Any, ...] = (
    torch,
    torch.Tensor,
    torch.nn.Module,
    torch.nn.functional,
    torch.optim.Optimizer,
    torch.Generator,
    np,
    np.ndarray,
    is_taken,
    type,
    [],
    {},
    "",
    Exception(),
)
