"""Storages of sim: a label over the memory of a CPU storage.

The CPU storage hangs on the sim storage as the attribute ``host``. A storage keeps its Python
object for as long as it lives, so the memory lives as long as well.
"""

from __future__ import annotations

import functools
from typing import Any

import torch

from . import rules

NAME = "sim"
CPU = torch.device("cpu")

Storage = torch.UntypedStorage
construct = torch._C._construct_storage_from_data_pointer


def memory(storage: Storage) -> Storage:
    """Return the CPU storage that a sim storage lies over."""
    try:
        return storage.host  # type: ignore[attr-defined]
    except AttributeError:
        # C++ made this storage over our pointer, as unpickling does; it keeps the memory alive.
        host: Any = construct(storage.data_ptr(), CPU, storage.nbytes())
        storage.host = host  # type: ignore[attr-defined]
        return host


def labelled(host: Storage) -> Storage:
    """Return a new sim storage over the memory of a CPU storage."""
    storage: Any = construct(host.data_ptr(), torch.device(NAME, 0), host.nbytes())
    storage.host = host
    return storage


def cloning(original: Any) -> Any:
    """Return a clone method for storages that can copy sim's, for which there is no allocator."""

    @functools.wraps(original)
    def clone(self: Storage) -> Storage:
        if self.device.type != NAME:
            return original(self)
        return labelled(memory(self).clone())

    return clone


def location_tag(storage: Any) -> str | None:
    """Return the place of a storage as torch.save writes it down."""
    return f"{NAME}:0" if storage.device.type == NAME else None


def restore_location(storage: Any, location: str) -> Storage | None:
    """Put a storage that torch.load has read on the place where it was saved."""
    if not location.startswith(NAME):
        return None
    rules.check_ordinal(torch.device(location))
    return labelled(storage)
