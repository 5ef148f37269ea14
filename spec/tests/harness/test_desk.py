"""spec.harness.doctor: the terminal, the disk, the editor and the checkout that a learner has."""

import io
import shutil
import sys
import time
from collections import namedtuple
from pathlib import Path

import pytest

from spec.harness.doctor import checkout, desk
from spec.harness.doctor.finding import Finding
from spec.harness.files.catalogue import KATAS, SOLUTIONS


def test_a_terminal_is_wide_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """And whatever its letters are, it is fine: others are shown as numbers."""
    monkeypatch.setenv("COLUMNS", "59")
    assert "60 columns wide" in desk.terminal().do[0]
    monkeypatch.setenv("COLUMNS", "60")
    for encoding, said in (("utf-8", "60 columns, utf-8"), ("cp866", "60 columns, cp866; letters")):
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding))
        assert desk.terminal().said.startswith(said)
        assert not desk.terminal().do


def test_a_full_disk_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before torch is installed it needs more."""
    usage = namedtuple("usage", "free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(3e9))
    assert not desk.disk().do
    monkeypatch.setattr(desk, "version_of", lambda name: None)
    assert desk.disk() == Finding("disk", "3.0 GB free", ("Make room for 8 GB",))


def test_a_path_too_long_for_windows_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before torch is installed, whose own paths are long."""
    usage = namedtuple("usage", "free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(9e9))
    monkeypatch.setattr(desk, "version_of", lambda name: None)
    monkeypatch.setattr(sys, "platform", "win32")
    for length, do in ((desk.LONGEST, False), (desk.LONGEST + 1, True)):
        monkeypatch.setattr(desk, "ROOT", Path("x" * length))
        assert bool(desk.disk().do) == do


def test_an_editor_that_is_told_nothing_is_told_how(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The line that it gives is the one that this repository has."""
    assert desk.editor() == Finding("editor", "VS Code is told to run pytest on katas")
    monkeypatch.setattr(desk, "ROOT", tmp_path)
    (advice,) = desk.editor().do
    (tmp_path / ".vscode").mkdir()
    told = advice.partition(": ")[2]
    (tmp_path / ".vscode" / "settings.json").write_text(told, encoding="utf-8")
    assert not desk.editor().do


def test_an_old_checkout_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """By its last commit; where there is no git, nothing is said of it."""
    monkeypatch.setattr(checkout, "_last_commit", lambda: int(time.time()) - 91 * 86_400)
    assert checkout.checkout().do == ("For what is new, run: git pull",)
    monkeypatch.setattr(checkout, "_last_commit", lambda: None)
    assert not checkout.checkout().do


def test_katas_that_promise_something_else_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """After an update they are edited copies; bodies are nobody's business here."""
    shutil.copytree(KATAS, tmp_path / "katas")
    shutil.copytree(SOLUTIONS, tmp_path / "solutions")
    monkeypatch.setattr(checkout, "KATAS", tmp_path / "katas")
    edited = tmp_path / "katas" / "k08_broadcasting.py"
    text = edited.read_text("utf-8").replace("raise NotImplementedError", "return 0")
    edited.write_text(text, encoding="utf-8")
    assert not any(step.startswith("Read") for step in checkout.checkout().do)
    edited.write_text(text.replace("column", "row"), encoding="utf-8")
    assert "docstrings of k08_broadcasting are not" in checkout.checkout().said
    assert "CHANGES.md" in checkout.checkout().do[0]
