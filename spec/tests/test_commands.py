"""What a person types, tox runs and CI proves is the same."""

import configparser
import re
import tomllib
from typing import Any

import yaml
from packaging.requirements import Requirement

from spec.harness.files.catalogue import ROOT


def test_constraints_lie_within_the_honest_ranges() -> None:
    """What pyproject.toml admits includes what CI proved, and CI proved all of it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if line and not line.startswith("#"))
    extras = [name for group in project["optional-dependencies"].values() for name in group]
    for requirement in map(Requirement, [*project["dependencies"], *extras]):
        assert requirement.specifier.contains(pins[requirement.name]), requirement


def test_the_test_command_is_the_same_everywhere() -> None:
    """README tells a person to run what CI runs."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    command = next(line for line in script if line.startswith("python3 -m venv"))
    assert command in readme


ROWS = {
    "cpu": "pytest solutions/ --device cpu",
    "sim": "pytest solutions/ --device sim",
    "cuda": "pytest solutions/ --device cuda",
    "spec": "pytest spec/",
    "ruff": "ruff check",
    "format": "ruff format --check",
    "types": "mypy",
    "katas": "pytest katas/",
}
BY_DEFAULT = set(ROWS) - {"cuda", "katas"}


def test_tox_runs_every_row() -> None:
    """The solutions on both devices, the specs' own tests, types and lint."""
    tox = configparser.ConfigParser(interpolation=None)
    tox.read(ROOT / "tox.ini", encoding="utf-8")
    for row, command in ROWS.items():
        assert tox["rows"][row].startswith(command), row
    listed = set(re.findall(r"\{\[rows\](\w+)\}", tox["testenv"]["commands"]))
    assert listed >= BY_DEFAULT
    alone = next(section for section in tox.sections() if section.startswith("testenv:{"))
    assert set(ROWS) <= set(re.findall(r"\w+", alone))


def workflow() -> dict[str, Any]:
    """What runs on hosted machines."""
    text = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def test_the_workflow_runs_rows_that_tox_has() -> None:
    """Every device and every system; CUDA only where there is a machine for it."""
    jobs = workflow()["jobs"]
    matrix = jobs["solutions"]["strategy"]["matrix"]
    assert set(matrix["row"]) == {"cpu", "sim"}
    assert {name.split("-")[0] for name in matrix["system"]} == {"ubuntu", "macos", "windows"}
    floor = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert matrix["python"][0] in floor["requires-python"]
    assert jobs["cuda"]["if"] == "vars.GPU_RUNNER != ''"
    runs = [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]
    known = {*ROWS, "lint", "${{"}
    rows = [match[1] for run in runs if (match := re.search(r"tox run -e (\S+)", run))]
    assert set(rows) <= known


def test_the_workflow_trusts_little() -> None:
    """Actions are pinned to commits, and the token can only read."""
    loaded = workflow()
    assert loaded["permissions"] == {"contents": "read"}
    used = [s["uses"] for job in loaded["jobs"].values() for s in job["steps"] if "uses" in s]
    assert used
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action) for action in used)
