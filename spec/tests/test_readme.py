"""What README.md says can be typed as it stands: its commands, options, files and versions."""

import argparse
import configparser
import importlib.util
import re

from spec import door
from spec.course import __main__ as course
from spec.course import road
from spec.grading import options
from spec.harness.doctor import python
from spec.harness.files.catalogue import ROOT, katas

README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCED = re.findall(r"^ *```(\w*)\n(.*?)^ *```$", README, re.DOTALL | re.MULTILINE)
BLOCKS = {kind: [text for each, text in FENCED if each == kind] for kind, _ in FENCED}
# In code, whether it stands in a line or in a block of its own.
CODE = [*re.findall(r"(?<!`)`([^`]+)`(?!`)", README), *(text for _, text in FENCED)]
OTHERS = {  # of pytest, its plugins, tox, pip and uv
    "--junitxml",
    "--lf",
    "--no-deps",
    "--pdb",
    "--tb",
    "--timeout",
    "--torch-backend",
}


def test_the_first_line_is_the_same_on_every_system() -> None:
    """PowerShell's old version has no &&, and cmd has no semicolon."""
    line = BLOCKS["sh"][0]
    assert line.startswith("python3 -m venv .venv && .venv/bin/pip install -c constraints.txt -e .")
    on_windows = line.replace("python3", "py").replace(".venv/bin/", ".venv\\Scripts\\")
    assert BLOCKS["bat"] == [on_windows]
    assert BLOCKS["powershell"] == [on_windows.replace(" &&", ";")]


def test_uv_installs_the_same_and_ends_alike() -> None:
    """Only how the environment is made and filled differs."""
    (line,) = [block.strip() for block in BLOCKS["sh"] if block.strip().startswith("uv venv")]
    _, install, run = line.split(" && ")
    _, with_pip, as_before = BLOCKS["sh"][0].strip().split(" && ")
    assert install.replace("--torch-backend=auto ", "") == with_pip.replace(".venv/bin/", "uv ")
    assert run == as_before


def test_the_versions_are_those_of_the_project() -> None:
    """Python's are those that the doctor knows, and torch's is the one that CI proved."""
    oldest, newest = (".".join(map(str, each)) for each in (python.OLDEST, python.NEWEST))
    assert f"You need Python {oldest} to {newest}." in README
    assert f"macOS before {python.MACOS}:" in README
    constraints = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    (named,) = set(re.findall(r"torch==[\d.]+", README))
    assert named in constraints


def test_every_option_is_one() -> None:
    """None is gone, and whoever reads to the end has met all of pytest's and of grading."""
    parser = options._parser(None)
    of_grading = {name for action in parser._actions for name in action.option_strings}
    named = {name for code in CODE for name in re.findall(r"(?<!\S)--[a-z][\w-]*", code)}
    assert named <= door.OPTIONS | of_grading | OTHERS | _of_the_course()
    hidden = {"--sim-as", "--watched"}
    assert door.OPTIONS - hidden <= named
    assert {name for name in of_grading if name.startswith("--")} - named <= {"--help", "--limit"}


def _of_the_course() -> set[str]:
    """The options of torch-katas' commands."""
    parser = course._parser()
    (commands,) = (a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    return {
        name
        for each in (parser, *commands.choices.values())
        for action in each._actions
        for name in action.option_strings
    }


def test_every_command_of_the_course_is_one() -> None:
    """What stands after torch-katas is a command, and each is told of."""
    parser = course._parser()
    (commands,) = (a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    named = {word for code in CODE for word in re.findall(r"torch-katas ([a-z]+)", code)}
    assert named <= set(commands.choices)
    assert set(commands.choices) - named <= {"run", "watch", "grade"}


def test_every_file_and_module_is_there() -> None:
    """As a person finds them in this folder."""
    for code in CODE:
        for path in re.findall(r"(?<![\w/])(?:katas|solutions|spec)/[\w./]*", code):
            assert (ROOT / path).exists(), path
        for module in re.findall(r" -m (spec[\w.]*)", code):
            assert importlib.util.find_spec(module), module
    for path in re.findall(r"\]\(([\w.]+)\)", README):
        assert (ROOT / path).exists(), path
    for heading in re.findall(r"\]\(#([\w-]+)\)", README):
        assert re.search(rf"^#+ {heading.replace('-', ' ')}$", README, re.MULTILINE | re.IGNORECASE)


def test_the_cells_of_a_notebook_belong_together() -> None:
    """They keep the torch that is there, and run the kata that was written."""
    first, second, third = BLOCKS[""]
    assert [line.split()[0] for line in first.splitlines()] == ["!git", "%cd", "!pip"]
    assert first.splitlines()[0].split()[-1] == first.splitlines()[1].split()[-1]
    assert "constraints" not in first
    kata = f"katas/{katas()[7].name}.py"
    assert second == f"%%writefile {kata}\n"
    assert third == f"!pytest {kata}\n"
    tox = configparser.ConfigParser(interpolation=None)
    tox.read(ROOT / "tox.ini", encoding="utf-8")
    assert f"`!{tox['rows']['cuda']}`" in README


def test_the_road_is_drawn_with_every_kata() -> None:
    """The table is the course's own, in the order of the katas; what one needs comes before it."""
    assert road.table() in README
    assert [step.kata for step in road.ROAD] == [kata.name for kata in katas()]
    assert all(1 <= step.hard <= 3 for step in road.ROAD)
    for step in road.ROAD:
        earlier = {other.kata.partition("_")[0] for other in road.ROAD if other.kata < step.kata}
        assert set(filter(None, step.needs.split(", "))) <= earlier
