"""Packages that a file imports for its surroundings, and that are not installed here.

A notebook's top line for plots should not cost the functions below it; what takes the package's
place can be called and asked for anything, and does nothing.
"""

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Iterable, Iterator, Sequence
from types import ModuleType


class Idle:
    """Something that takes any use of it, and does nothing."""

    def __getattr__(self, name: str) -> "Idle":
        if name.startswith("__"):
            raise AttributeError(name)
        return Idle()

    def __call__(self, *arguments: object, **named: object) -> "Idle":
        return Idle()

    def __getitem__(self, key: object) -> "Idle":
        return Idle()

    def __setitem__(self, key: object, value: object) -> None:
        pass

    def __iter__(self) -> Iterator["Idle"]:
        return iter((Idle(), Idle()))  # figure, axes = plt.subplots()

    def __enter__(self) -> "Idle":
        return self

    def __exit__(self, *_: object) -> None:
        pass


class _Module(ModuleType):
    """A package, or a module in it."""

    def __getattr__(self, name: str) -> Idle:
        if name.startswith("__"):
            raise AttributeError(name)
        return Idle()


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Comes last, and so finds only what nobody else has found."""

    def __init__(self, packages: frozenset[str]) -> None:
        self.packages = packages

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """A stand-in for a package of these names, and for whatever is below it."""
        top = name.partition(".")[0]
        there = sys.modules.get(top)
        if top not in self.packages or not (there is None or isinstance(there, _Module)):
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        """The stand-in."""
        return _Module(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Does nothing."""


def install(packages: Iterable[str]) -> None:
    """From now on these packages can be imported, whether they are there or not."""
    sys.meta_path.append(_Finder(frozenset(packages)))
