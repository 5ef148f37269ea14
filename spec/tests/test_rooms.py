"""The rooms of the machinery: who may import whom, and what breaks in silence where files move."""

import ast
import sys
from collections.abc import Iterator
from importlib.util import resolve_name
from pathlib import Path

import pytest

from spec.grading import alike
from spec.grading.sandbox import seals
from spec.harness import checks
from spec.harness.checks import cost, results
from spec.harness.files.catalogue import SPEC, katas

FLOORS = ("files", "checks", "running", "explaining", "showing", "watching")
ALONE = ("harness/sim", "grading/sandbox")
DOOR = SPEC / "harness" / "plugin.py"
COMMANDS = SPEC / "course" / "__main__.py"


def modules(folder: str) -> list[Path]:
    """The modules below a folder of spec/."""
    return sorted((SPEC / folder).rglob("*.py"))


def imported(place: Path, source: str) -> Iterator[tuple[int, str]]:
    """What of ours a module imports, wherever in it, with lines: spec.harness.files.catalogue."""
    package = ".".join(("spec", *place.parent.parts))
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = resolve_name("." * node.level + (node.module or ""), package)
            names = [f"{base}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from ((node.lineno, name) for name in names if name.partition(".")[0] == "spec")


def floor(parts: tuple[str, ...]) -> int:
    """How high a module of the harness lies: the hall and sim at the bottom."""
    return FLOORS.index(parts[0]) + 1 if parts and parts[0] in FLOORS else 0


def complaints(path: Path, source: str) -> list[str]:
    """The imports of a module that lead where its room may not look."""
    place = path.relative_to(SPEC)
    room, found = place.parent.as_posix(), []
    for line, name in imported(place, source):
        _, place_of, *inner = name.split(".")
        if room.startswith(ALONE):
            fine = f"{place_of}/{inner[0]}" == "/".join(place.parts[:2])
        elif place.parts[0] == "harness":
            lower = floor(tuple(inner)) <= floor(place.parts[1:-1])
            fine = place_of == "harness" and (lower or path == DOOR)
        elif place.parts[0] == "grading":
            fine = place_of in ("harness", "grading")
        elif place.parts[0] == "course":
            low = place_of == "harness" and floor(tuple(inner)) <= floor(("files",))
            fine = place_of == "course" or low or path == COMMANDS
        elif room == ".":
            fine = name.startswith("spec.harness.checks.") and name.count(".") == 3
        else:
            fine = True
        found += [] if fine else [f"{place.as_posix()}:{line} imports {name}"]
    return found


def test_rooms_import_only_what_lies_below_them() -> None:
    """Hall and sim, files, checks, running, explaining, showing, watching; a spec only checks."""
    rooms = [*modules("harness"), *modules("grading"), *modules("course")]
    looked_at = [*rooms, *(kata.spec for kata in katas())]
    assert len(looked_at) > 80
    assert not [c for path in looked_at for c in complaints(path, path.read_text("utf-8"))]


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("harness/files/loading.py", "from ..running import state"),
        ("harness/checks/laws.py", "from spec.harness.explaining.progress import Note"),
        ("harness/limits.py", "import spec.harness.files.catalogue"),
        ("harness/sim/rules.py", "from .. import devices"),
        ("harness/showing/board.py", "from spec.grading import scoring"),
        ("grading/sandbox/walls.py", "from spec.harness.files.catalogue import ROOT"),
        ("grading/planning.py", "from ..tests.inner import run"),
        ("course/updating.py", "from ..harness.explaining.progress import Note"),
        ("k08_broadcasting.py", "from .harness.devices import has_dtype"),
        ("k08_broadcasting.py", "from spec.harness.checks.laws import unchanged"),
    ],
)
def test_an_import_that_leads_elsewhere_is_found(place: str, line: str) -> None:
    """The rule is broken by one line, wherever it stands."""
    source = f"def function():\n    {line}\n"
    assert complaints(SPEC / place, source) == [
        f"{place}:2 imports {name}" for _, name in imported(Path(place), source)
    ]


def test_what_is_installed_finds_itself_under_any_name() -> None:
    """It imports its own by dots: spec in a checkout, torch_katas where it is installed."""
    said = [
        f"{path.relative_to(SPEC).as_posix()}:{node.lineno}"
        for path in SPEC.rglob("*.py")
        if path.relative_to(SPEC).parts[0] not in ("tests", "tools")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "spec")
        or (isinstance(node, ast.Import) and any(a.name.startswith("spec") for a in node.names))
    ]
    assert not said


@pytest.mark.parametrize(("folder", "least"), [("harness", 5), ("grading", 5), ("course", 1)])
def test_every_room_says_what_it_is_for(folder: str, least: int) -> None:
    """Three lines or so at its door: what comes in, what goes out, which module is its face."""
    rooms = {path.parent for path in modules(folder)} - {SPEC / "harness"}
    assert len(rooms) >= least
    for room in rooms:
        words = ast.get_docstring(ast.parse((room / "__init__.py").read_text("utf-8"))) or ""
        assert "face" in words, room
        assert len(words.splitlines()) <= 4, room


def test_whoever_judges_is_sealed() -> None:
    """A judge that was moved is not passed over: its name here is that of a module."""
    assert {name for name in seals.JUDGES if name not in sys.modules} == set()
    sealed = {name for _, name, _ in seals.Seals()._near}
    assert {"assert_tensor", "unchanged", "assert_no_loops", "snapshot", "CheckFailure"} <= sealed


def test_a_change_in_any_room_makes_grades_anew() -> None:
    """What judges a kata is every module of the harness and of grading, however deep it lies."""
    assert set(alike._machinery()) == {*modules("harness"), *modules("grading")}


def test_steps_of_the_harness_are_nobodys_loop() -> None:
    """The whole harness is left out when steps of Python are counted."""
    assert str(SPEC / "harness") in cost.UNTRACED


def test_the_count_of_checks_is_looked_at_where_it_is_kept() -> None:
    """A number that was re-exported would be a copy, and stand still."""
    assert not hasattr(checks, "performed")
    before = results.performed
    checks.assert_that(True, "holds")
    assert results.performed == before + 1
