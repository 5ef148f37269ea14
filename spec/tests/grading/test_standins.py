"""A package that is missing where a class is graded costs nobody the functions below its import."""

import sys

import pytest

from spec.grading.sandbox import standins

CODE = """
import nosuchplots.pyplot as plt
from nosuchplots import style, colors as c
import nosuchplots

style.use("ggplot")
plt.rcParams["figure.figsize"] = (8, 5)
figure, axes = plt.subplots()
with plt.figure() as shown:
    axes.plot([1, 2], c.red)
plt.show()
"""


def test_what_is_missing_takes_any_use(monkeypatch: pytest.MonkeyPatch) -> None:
    """What notebooks do at their top and bottom."""
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    monkeypatch.setattr(sys, "modules", {**sys.modules})
    standins.install(["nosuchplots", "json"])
    exec(CODE, {})


def test_what_is_there_stays_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """And what is on no list is missing as ever, also below a package that is there."""
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    standins.install(["json"])
    import json

    assert json.loads("1") == 1
    for name in ("nosuchthing", "json.nosuchthing"):
        with pytest.raises(ImportError):
            __import__(name)
