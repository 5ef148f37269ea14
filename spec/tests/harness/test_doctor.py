"""spec.harness.doctor: whether katas can run here, said before anything is installed."""

import ast
import io
import os
import shutil
import subprocess
import sys
import time
from collections import namedtuple
from pathlib import Path
from typing import Any

import pytest
import torch

from spec.harness import doctor
from spec.harness.files.catalogue import KATAS, ROOT, SOLUTIONS

PIP = "-m pip install -c constraints.txt -e ."
FINE = {"version": "2.13.0", "build": "CPU", "device": None, "lacks": None}
ABOUT = ["python", "torch", "packages", "accelerator", "terminal", "disk", "editor", "checkout"]


def examined(*options: str) -> subprocess.CompletedProcess[str]:
    """The doctor in a process of its own."""
    command = [sys.executable, *options, "-m", "spec.harness.doctor"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def test_it_needs_nothing_but_python() -> None:
    """Without what is installed it says that it is missing, a line each, and what to do."""
    seen = examined("-S")
    assert (seen.returncode, seen.stderr) == (1, "")
    lines = seen.stdout.splitlines()
    assert [line.split()[0] for line in lines] == ABOUT
    assert f"not installed. Run: .venv/bin/python {PIP}" in lines[1].replace("Scripts", "bin")
    assert "torch, numpy, pytest," in lines[2]


def test_it_loads_nothing_of_ours_and_nothing_installed() -> None:
    """torch for one takes seconds, and may be what is broken."""
    code = "import sys; before = set(sys.modules); import spec.harness.doctor"
    code += "; print(*{m.partition('.')[0] for m in set(sys.modules) - before})"
    seen = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert set(seen.stdout.split()) - set(sys.stdlib_module_names) == {"spec"}


def test_an_old_python_can_read_it() -> None:
    """Whoever has one is told so, instead of a syntax error."""
    ast.parse(Path(doctor.__file__).read_text("utf-8"), feature_version=(3, 7))


def test_where_all_is_well_nothing_is_to_be_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The environment of these tests, as far as the machine has room."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(doctor, "disk", lambda: doctor.Finding("disk", "enough"))
    monkeypatch.setattr(doctor, "_last_commit", lambda: int(time.time()))
    assert doctor.main() == 0, capsys.readouterr().out
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ABOUT
    assert torch.__version__ in lines[1]


def test_an_old_python_gets_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And no advice that would need a newer one."""
    monkeypatch.setattr(sys, "version_info", (3, 10, 13))
    assert doctor.main() == 1
    first, *rest = capsys.readouterr().out.splitlines()
    assert "is too old. Install Python 3.11 or newer" in first
    assert not any(line.startswith(("torch", "packages")) for line in rest)


def test_an_intel_mac_is_sent_to_a_notebook(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no torch for it that is new enough."""
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr("platform.machine", lambda: "x86_64")
    assert doctor.python().do == "Use a notebook of Colab or Kaggle"
    monkeypatch.setattr("platform.machine", lambda: "arm64")
    assert not doctor.python().do


def test_a_python_of_the_systems_is_sent_to_an_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """To the one that is there, or to make one; but not where torch is, as in a notebook."""
    monkeypatch.setattr(sys, "prefix", sys.base_prefix)
    monkeypatch.delenv("CONDA_PREFIX", raising=False)
    assert not doctor.python().do
    monkeypatch.setattr(doctor, "_version", lambda name: None)
    monkeypatch.setattr(doctor, "ROOT", tmp_path)
    assert doctor.python().do.endswith("-m venv .venv")
    own = doctor._own_python()
    own.parent.mkdir(parents=True)
    own.touch()
    assert doctor.python().do.startswith("Use the one that is there: .venv")


@pytest.mark.parametrize(
    ("code", "patience", "said"),
    [
        ("raise OSError('no libcudart')", 60, "can't be imported (OSError: no libcudart)"),
        ("import os; os._exit(3)", 60, "can't be imported (exit code 3)"),
        ("import time; time.sleep(60)", 0.2, "can't be imported (TimeoutExpired)"),
    ],
)
def test_a_torch_that_is_broken_is_found_out(
    monkeypatch: pytest.MonkeyPatch, code: str, patience: float, said: str
) -> None:
    """Whatever it does while it is imported."""
    monkeypatch.setattr(doctor, "PROBE", ("-c", code))
    monkeypatch.setattr(doctor, "PATIENCE", patience)
    finding = doctor.torch(doctor.probe())
    assert finding.said == said
    assert PIP in finding.do


@pytest.mark.parametrize(
    ("told", "said", "do"),
    [
        ({}, "none, which is enough", ""),
        ({"device": "NVIDIA H200"}, "NVIDIA H200", ""),
        ({"device": "Apple's GPU (mps)", "lacks": "float64"}, "(mps), without float64", ""),
        (
            {"device": "NVIDIA K80", "lacks": "it computes nothing: no kernel image"},
            "NVIDIA K80: it computes nothing: no kernel image",
            "Use --device cpu",
        ),
    ],
)
def test_an_accelerator_is_named_with_what_it_lacks(
    monkeypatch: pytest.MonkeyPatch, told: dict[str, Any], said: str, do: str
) -> None:
    """None is no fault."""
    monkeypatch.setattr("shutil.which", lambda name: None)
    finding = doctor.accelerator({**FINE, **told})
    assert said in finding.said
    assert finding.do == do


def test_a_gpu_that_this_torch_does_not_know_is_mentioned(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no fault either."""
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    finding = doctor.accelerator(FINE)
    assert "there is an NVIDIA GPU" in finding.said
    assert not finding.do


def test_what_is_missing_and_what_is_stale_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that this project needs, or the project as it was before an update."""
    assert not doctor.packages().do
    monkeypatch.setattr(doctor, "_doors", lambda: {"spec.harness.plugin": "spec.harness.plugin"})
    assert "not installed as this folder has it" in doctor.packages().said
    assert PIP in doctor.packages().do
    monkeypatch.setattr(doctor, "_version", lambda name: None if name == "rich" else "1")
    assert doctor.packages().said == "rich missing"


def test_a_terminal_is_wide_enough_and_has_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise it says what would help."""
    monkeypatch.setenv("COLUMNS", "59")
    assert "60 columns wide" in doctor.terminal().do
    monkeypatch.setenv("COLUMNS", "60")
    for encoding, do in (("utf-8", ""), ("cp866", "Set PYTHONUTF8=1")):
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding))
        assert doctor.terminal().do.startswith(do)
        assert bool(doctor.terminal().do) == bool(do)


def test_a_full_disk_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before torch is installed it needs more."""
    usage = namedtuple("usage", "free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(3e9))
    assert not doctor.disk().do
    monkeypatch.setattr(doctor, "_version", lambda name: None)
    assert doctor.disk() == doctor.Finding("disk", "3.0 GB free", "Make room for 8 GB")


def test_an_editor_that_is_told_nothing_is_told_how(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The line that it gives is the one that this repository has."""
    assert doctor.editor() == doctor.Finding("editor", "VS Code is told to run pytest on katas")
    monkeypatch.setattr(doctor, "ROOT", tmp_path)
    advice = doctor.editor().do
    (tmp_path / ".vscode").mkdir()
    told = advice.partition(": ")[2]
    (tmp_path / ".vscode" / "settings.json").write_text(told, encoding="utf-8")
    assert not doctor.editor().do


def test_an_old_checkout_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """By its last commit; where there is no git, nothing is said of it."""
    monkeypatch.setattr(doctor, "_last_commit", lambda: int(time.time()) - 91 * 86_400)
    assert doctor.checkout().do == "For what is new, run: git pull"
    monkeypatch.setattr(doctor, "_last_commit", lambda: None)
    assert not doctor.checkout().do


def test_katas_that_promise_something_else_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """After an update they are edited copies; bodies are nobody's business here."""
    shutil.copytree(KATAS, tmp_path / "katas")
    shutil.copytree(SOLUTIONS, tmp_path / "solutions")
    monkeypatch.setattr(doctor, "ROOT", tmp_path)
    edited = tmp_path / "katas" / "k08_broadcasting.py"
    text = edited.read_text("utf-8").replace("raise NotImplementedError", "return 0")
    edited.write_text(text, encoding="utf-8")
    assert not doctor.checkout().do.startswith("Read")
    edited.write_text(text.replace("column", "row"), encoding="utf-8")
    assert "docstrings of k08_broadcasting are not" in doctor.checkout().said
    assert "CHANGES.md" in doctor.checkout().do


def test_a_console_of_few_letters_gets_the_rest_escaped(tmp_path: Path) -> None:
    """Whatever folder this lies in."""
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    code = "from spec.harness import doctor; doctor.python = lambda: doctor.Finding('a', 'дерево')"
    code += "; doctor.main()"
    command = [sys.executable, "-S", "-c", code]
    seen = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert seen.returncode == 0, seen.stderr
    assert "\\u0434" in seen.stdout
