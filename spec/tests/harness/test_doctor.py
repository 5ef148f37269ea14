"""spec.harness.doctor: whether katas can run here, said before anything is installed."""

import ast
import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import torch

from spec.harness.doctor import __main__ as doctor
from spec.harness.doctor import checkout, desk, installed, packages, python
from spec.harness.doctor.finding import finding
from spec.harness.files.catalogue import ROOT, SPEC

PIP = "-m pip install -c constraints.txt -e ."
FINE = {"version": "2.13.0", "build": "CPU", "device": None, "lacks": None}
ABOUT = ["python", "torch", "packages", "accelerator", "terminal", "disk", "editor", "checkout"]


def examined(folder: Path, *options: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """The doctor in a process of its own."""
    command = [sys.executable, *options, "-m", "spec.harness.doctor"]
    environment = {**os.environ, **variables}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def a_copy(folder: Path) -> Path:
    """What the doctor looks at, in a folder where nothing was installed."""
    for name in ("katas", "solutions", ".vscode"):
        shutil.copytree(ROOT / name, folder / name)
    for part in ("harness/typed.py", "harness/language.py", "harness/po.py", "harness/doctor"):
        (folder / "spec" / "harness").mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (SPEC / part).is_dir() else shutil.copy
        copy(SPEC / part, folder / "spec" / part)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def at(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Has the doctor look at another folder."""
    for module in (checkout, desk, installed, packages, python, doctor):
        monkeypatch.setattr(module, "ROOT", folder, raising=False)


def test_it_needs_nothing_but_python(tmp_path: Path) -> None:
    """Without what is installed it says that it is missing, and what to do: each step once.

    The folder's name has letters that the console has not.
    """
    folder = a_copy(tmp_path / "мои katas")
    seen = examined(folder, "-S", PYTHONIOENCODING="ascii", COLUMNS="80")
    assert (seen.returncode, seen.stderr) == (1, "")
    said, _, to_do = seen.stdout.partition("\n\nTo do, in the folder ")
    lines = said.splitlines()
    assert [line.split()[0] for line in lines] == ABOUT
    assert lines[1].endswith(" not installed")
    assert "torch, numpy, pytest," in lines[2]
    where, *steps = to_do.splitlines()
    assert r"\u043c\u043e\u0438 katas:" in where
    assert steps[0].endswith(" -m venv .venv")
    assert steps[-1] == f"- Run: .venv/bin/python {PIP}"
    assert len(set(steps)) == len(steps)


def test_it_loads_nothing_of_ours_and_nothing_installed() -> None:
    """torch for one takes seconds, and may be what is broken."""
    code = "import sys; before = set(sys.modules); import spec.harness.doctor.__main__"
    code += "; print(*{m.partition('.')[0] for m in set(sys.modules) - before})"
    seen = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert set(seen.stdout.split()) - set(sys.stdlib_module_names) == {"spec"}


def test_an_old_python_can_read_it() -> None:
    """Whoever has one is told so, instead of a syntax error."""
    read = [path for path in (SPEC / "harness" / "doctor").glob("*.py") if path.stem != "probe"]
    assert len(read) > 5
    for path in (*read, SPEC / "harness" / "typed.py"):
        ast.parse(path.read_text("utf-8"), feature_version=(3, 7))


def test_where_all_is_well_nothing_is_to_be_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The environment of these tests, as far as the machine has room."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(desk, "disk", lambda: finding("disk", "enough"))
    monkeypatch.setattr(checkout, "_last_commit", lambda: int(time.time()))
    assert doctor.main() == 0, capsys.readouterr().out
    *lines, _, last = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ABOUT
    assert torch.__version__ in lines[1]
    assert last.startswith("Nothing is to be done. Run: ")
    assert last.endswith(" -m pytest katas/")


def test_the_environment_that_is_here_is_the_one_examined(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whichever Python was called, unless its own is in use already."""
    own = tmp_path / "own"
    own.touch()
    called: list[Any] = []

    def run(words: list[str], **_: Any) -> Any:
        called.append(words)
        return subprocess.CompletedProcess(words, 7)

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(python, "own", lambda: own)
    monkeypatch.setattr(python, "is_bare", lambda: True)
    monkeypatch.setattr(sys, "argv", ["doctor", "--lang", "ru"])
    assert doctor.main() == 7
    assert called == [[str(own), "-m", "spec.harness.doctor", "--lang", "ru"]]


@pytest.mark.parametrize("version", [(3, 10, 13), (3, 15, 0)])
@pytest.mark.parametrize("others", [("python3.12", "python3.13"), ()])
def test_a_python_without_a_torch_gets_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    version: tuple[int, ...],
    others: tuple[str, ...],
) -> None:
    """Another is named if there is one, and no advice is given that would need one."""
    monkeypatch.setattr(python, "is_bare", lambda: False)
    monkeypatch.setattr(sys, "version_info", version)
    monkeypatch.setattr(shutil, "which", lambda name: name if name in others else None)
    ran = subprocess.CompletedProcess([], 0, b"0")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: ran)
    assert doctor.main() == 1
    said = capsys.readouterr().out
    assert f"is too {'old' if version < (3, 11) else 'new'}" in said.splitlines()[0]
    assert not any(line.startswith(("torch", "packages")) for line in said.splitlines())
    assert ("with python3.13 as its Python" in said) == bool(others)
    assert ("- Install a Python from 3.11 to 3.14" in said) != bool(others)


def test_the_pythons_it_knows_are_those_of_the_project() -> None:
    """As pyproject.toml and torch have them."""
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    prefix = "Programming Language :: Python :: "
    for minor in (python.OLDEST[1], python.NEWEST[1]):
        assert f'"{prefix}3.{minor}"' in text
    assert f'"{prefix}3.{python.NEWEST[1] + 1}"' not in text


@pytest.mark.parametrize(
    ("system", "machine", "version", "translated", "said", "do"),
    [
        ("darwin", "x86_64", "14.5", b"0", "on an Intel Mac", "Use a notebook"),
        ("darwin", "x86_64", "14.5", b"1\n", "for Intel, on a Mac", "for Apple silicon"),
        ("darwin", "arm64", "13.6.1", b"", "on macOS 13.6.1", "Update to macOS 14"),
        ("darwin", "arm64", "14.5", b"", "", ""),
        ("win32", "ARM64", "", b"", "for ARM", "a Python for x86-64"),
        ("win32", "AMD64", "", b"", "", ""),
    ],
)
def test_a_machine_without_a_torch_gets_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
    system: str,
    machine: str,
    version: str,
    translated: bytes,
    said: str,
    do: str,
) -> None:
    """And what to do instead."""
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(platform, "machine", lambda: machine)
    monkeypatch.setattr(platform, "mac_ver", lambda: (version, ("", "", ""), machine))
    ran = subprocess.CompletedProcess([], 0, translated)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: ran)
    assert said in python.python().said
    assert do in " ".join(python.python().do)
    assert bool(python.python().do) == bool(do)


def test_a_python_of_the_systems_is_sent_to_an_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """To make one, or to make a broken one anew; but not where torch is, as in a notebook."""
    monkeypatch.setattr(sys, "prefix", sys.base_prefix)
    monkeypatch.delenv("CONDA_PREFIX", raising=False)
    assert not python.python().do
    monkeypatch.setattr(python, "version_of", lambda name: None)
    at(monkeypatch, tmp_path)
    assert python.python().do == (python.make(),)
    (tmp_path / ".venv").mkdir()
    assert python.python().do == (python.again(),)


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
    monkeypatch.setattr(packages, "PROBE", ("-c", code))
    monkeypatch.setattr(packages, "PATIENCE", patience)
    found = packages.torch(packages.probe())
    assert found.said == said
    assert PIP in found.do[0]


@pytest.mark.parametrize(
    ("system", "gpu", "small"),
    [("linux", None, True), ("linux", "/bin/nvidia-smi", False), ("win32", None, False)],
)
def test_a_large_torch_is_warned_of_where_a_small_one_will_do(
    monkeypatch: pytest.MonkeyPatch, system: str, gpu: str | None, small: bool
) -> None:
    """Plain pip fetches torch with CUDA on Linux, GPU or not."""
    monkeypatch.setattr(packages, "version_of", lambda name: None)
    monkeypatch.setattr(shutil, "which", lambda name: gpu)
    monkeypatch.setattr(sys, "platform", system)
    assert (packages.SMALL in packages.torch(packages.probe()).do) == small


@pytest.mark.parametrize(
    ("told", "said", "do"),
    [
        ({}, "none, which is enough", ()),
        ({"device": "NVIDIA H200"}, "NVIDIA H200", ()),
        ({"device": "Apple's GPU (mps)", "lacks": "float64"}, "(mps), without float64", ()),
        (
            {"device": "NVIDIA K80", "lacks": "no kernel image"},
            "NVIDIA K80: it computes nothing: no kernel image",
            ("Add --device cpu to what you run",),
        ),
    ],
)
def test_an_accelerator_is_named_with_what_it_lacks(
    monkeypatch: pytest.MonkeyPatch, told: dict[str, Any], said: str, do: tuple[str, ...]
) -> None:
    """None is no fault."""
    monkeypatch.setattr(shutil, "which", lambda name: None)
    found = packages.accelerator({**FINE, **told})
    assert said in found.said
    assert found.do == do


def test_a_gpu_that_this_torch_does_not_know_is_mentioned(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no fault either."""
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    found = packages.accelerator(FINE)
    assert "there is an NVIDIA GPU" in found.said
    assert not found.do


def test_what_is_missing_and_what_is_stale_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that is needed, one that is too old, or the project as it was before an update."""
    assert not packages.packages().do
    with monkeypatch.context() as patched:
        patched.setattr(packages, "doors", lambda: {"spec.harness.plugin": "spec.harness.plugin"})
        assert "not installed as this folder has it" in packages.packages().said
        assert PIP in packages.packages().do[0]
    real = installed.version_of
    for there, said in ((None, "rich missing"), ("12.6.0", "rich 12.6.0 too old")):
        answer = {"rich": there}
        monkeypatch.setattr(packages, "version_of", lambda n, a=answer: a.get(n, real(n)))
        assert packages.packages().said == said
        assert PIP in packages.packages().do[0]


def test_a_folder_that_was_moved_is_made_anew(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Its environment knows the old place; that of another folder is only told of this one."""
    assert installed.home() == ROOT
    monkeypatch.setattr(sys, "path", [each for each in sys.path if Path(each).resolve() != ROOT])
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    at(monkeypatch, tmp_path)
    assert PIP in packages.packages().do[0]
    monkeypatch.setattr(sys, "prefix", str(tmp_path / ".venv"))
    assert packages.packages().do == (python.again(),)


def test_who_has_no_pip_is_told_of_uv(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in the environments that uv makes."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert packages.install() == "Run: uv pip install -c constraints.txt -e ."
