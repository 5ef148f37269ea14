"""What is known of one collected test: its function, device, limit, and smallest example."""

import functools
from collections.abc import Callable
from typing import Any

import pytest
import torch
from hypothesis.control import should_note

from spec.harness.checks.copies import copied
from spec.harness.files import sources
from spec.harness.limits import TIME_LIMIT
from spec.harness.running.collecting import KataModule
from spec.harness.settings import failed_key, focus_key, shrink_key, unfinished_key


def function_under_test(item: pytest.Item) -> str:
    """The function that this test belongs to, by its name."""
    module = item.getparent(KataModule)
    assert module is not None
    name = getattr(item, "originalname", None) or item.name
    return sources.function_of(module.kata, name) or name


def device_of(item: pytest.Item) -> torch.device | None:
    """The device of the row that this test is on, if it takes one."""
    callspec = getattr(item, "callspec", None)
    return callspec.params.get("device") if callspec else None


def is_read(item: pytest.Item) -> bool:
    """Whether somebody will read how this test fails: that of the function in focus, or all."""
    config = item.config
    everything = (
        config.getoption("all_failures")
        or config.getoption("pictures")
        or config.getoption("xmlpath", None)
        or hasattr(config, "workerinput")
    )
    focus = config.stash.get(focus_key, None)
    wanted = everything or focus in (None, (item.path, function_under_test(item)))
    return bool(wanted and config.stash.get(shrink_key, True))


def is_told(item: pytest.Function) -> bool:
    """Whether this test has failed on another device already, so that its text is known."""
    return (item.path, without_device(item)) in item.config.stash.get(failed_key, set())


def has_failed(item: pytest.Function) -> bool:
    """Whether a test of this function has failed before."""
    return (item.path, function_under_test(item)) in item.config.stash.get(unfinished_key, set())


def note_failure(item: pytest.Function) -> None:
    """Notes that this test has failed, and that its function is not finished."""
    function = (item.path, function_under_test(item))
    item.config.stash.setdefault(focus_key, function)
    item.config.stash.setdefault(unfinished_key, set()).add(function)
    item.config.stash.setdefault(failed_key, set()).add((item.path, without_device(item)))


def without_device(item: pytest.Function) -> str:
    """The test's name and parameters, the device left out."""
    device = device_of(item)
    parts = item.callspec.id.split("-") if hasattr(item, "callspec") else []
    return "-".join([item.originalname, *(p for p in parts if not device or p != device.type)])


def limit_of(item: pytest.Item) -> float:
    """The seconds that a test may take: its mark, else --timeout, else the default."""
    mark = item.get_closest_marker("timeout")
    if mark:
        return float(mark.args[0] if mark.args else mark.kwargs["timeout"])
    asked = item.config.getoption("timeout", None)
    return TIME_LIMIT if asked is None else float(asked)


example_key: pytest.StashKey[dict[str, Any]] = pytest.StashKey()

PLAIN = "_without_hypothesis"  # where a test keeps itself as it was before @given


def remember_example(item: pytest.Function) -> None:
    """Keeps the arguments of the smallest failing example of a Hypothesis test."""
    test = item.obj
    plain = getattr(test, PLAIN, test.hypothesis.inner_test)

    @functools.wraps(plain)
    def remember(*arguments: object, **named: object) -> object:
        if should_note():
            drawn = {n: value for n, value in named.items() if n not in item.funcargs}
            item.stash[example_key] = {name: copied(value) for name, value in drawn.items()}
        return plain(*arguments, **named)

    setattr(test, PLAIN, plain)
    test.hypothesis.inner_test = remember


def replayable(item: pytest.Function) -> tuple[Callable[..., None], dict[str, Any]]:
    """The test without Hypothesis around it, and the arguments of its smallest example."""
    fixed = {name: item.funcargs[name] for name in item._fixtureinfo.argnames}
    drawn = {name: copied(value) for name, value in item.stash.get(example_key, {}).items()}
    return getattr(item.obj, PLAIN, item.obj), {**fixed, **drawn}
