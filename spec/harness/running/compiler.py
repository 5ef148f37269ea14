"""torch's compiler, torch._dynamo: loaded when something is compiled, and not for every optimizer.

The first optimizer imports it, which takes as long as importing torch, and only tells it what not
to compile. Until it is loaded nothing is compiled; so a module that loads itself when it is used
may stand for it, as those of `importlib.util.LazyLoader` do.
"""

import sys
import threading
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import ModuleType
from typing import Any

import pytest

NAME = "torch._dynamo"

_loading = threading.RLock()
_left_alone: list[tuple[Callable[..., Any], bool]] = []  # what it is told when it is loaded


class _Waiting(ModuleType):
    """The compiler until it is used, which answers what an optimizer says to it."""

    def graph_break(self, msg: str = "") -> None:
        """Breaks no graph, since none is made."""

    def disable(self, fn: Any = None, recursive: bool = True, **more: Any) -> Any:
        """The function itself, which torch keeps in `__dynamo_disable` and calls."""
        if fn is None or more != {"wrapping": False}:
            return _load(self).disable(fn, recursive, **more)
        _left_alone.append((fn, recursive))
        return fn

    def __getattr__(self, name: str) -> Any:
        return getattr(_load(self), name)

    def __dir__(self) -> list[str]:
        return dir(_load(self))


def _load(module: ModuleType) -> Any:
    """The same module, loaded, and told what it has missed."""
    with _loading:
        if type(module) is _Waiting:
            module.__class__ = ModuleType  # type: ignore[assignment]
            assert module.__spec__ is not None and module.__spec__.loader is not None
            module.__path__ = module.__spec__.submodule_search_locations or []
            try:
                module.__spec__.loader.exec_module(module)
            except BaseException:  # like any import that failed it may be tried again
                sys.modules.pop(NAME, None)
                vars(sys.modules["torch"]).pop("_dynamo", None)
                raise
            while _left_alone:
                function, recursive = _left_alone.pop()
                disabled = module.disable(function, recursive, wrapping=False)
                function.__dynamo_disable = disabled  # type: ignore[attr-defined]
    return module


class _Later(SourceFileLoader):
    """Puts the loading off until something of the module is used."""

    def exec_module(self, module: ModuleType) -> None:
        """Loads nothing yet; as the path is missing, no part of it can be imported before it."""
        assert module.__spec__ is not None
        module.__loader__ = module.__spec__.loader = SourceFileLoader(self.name, self.path)
        del module.__path__
        module.__class__ = _Waiting


class _Finder:
    """Finds the compiler where Python does."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Leaves all other modules to the finders after this one."""
        spec = PathFinder.find_spec(name, path) if name == NAME else None
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Later(spec.loader.name, spec.loader.path)
        return spec


def pytest_configure(config: pytest.Config) -> None:
    """Has the compiler wait, in this run and in those that a test makes within it."""
    if _Finder not in sys.meta_path:
        sys.meta_path.insert(0, _Finder)
        config.add_cleanup(lambda: sys.meta_path.remove(_Finder))
