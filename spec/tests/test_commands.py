"""What a person types, tox runs and CI proves is the same."""

import configparser
import re
import tomllib
from typing import Any

from packaging.requirements import Requirement

from spec.harness.files.catalogue import ROOT
from spec.tests.inner import of_dev

yaml = of_dev("yaml")


def test_constraints_lie_within_the_honest_ranges() -> None:
    """What pyproject.toml admits includes what CI proved, and CI proved all of it."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if line and not line.startswith("#"))
    extras = [name for group in project()["optional-dependencies"].values() for name in group]
    for requirement in map(Requirement, [*project()["dependencies"], *extras]):
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


def tox() -> configparser.ConfigParser:
    """What tox.ini says."""
    read = configparser.ConfigParser(interpolation=None)
    read.read(ROOT / "tox.ini", encoding="utf-8")
    return read


def project() -> dict[str, Any]:
    """What pyproject.toml says of the project."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    said: dict[str, Any] = tomllib.loads(text)["project"]
    return said


def test_tox_runs_every_row() -> None:
    """The solutions on both devices, the specs' own tests, types and lint."""
    for row, command in ROWS.items():
        assert tox()["rows"][row].startswith(command), row
    listed = set(re.findall(r"\{\[rows\](\w+)\}", tox()["testenv"]["commands"]))
    assert listed >= BY_DEFAULT
    alone = next(section for section in tox().sections() if section.startswith("testenv:{"))
    assert set(ROWS) <= set(re.findall(r"\w+", alone))


def test_tox_finds_the_constraints_in_a_folder_with_a_space() -> None:
    """They are named from tox's own folder: pip would split a path in a variable at its spaces."""
    assert "-c constraints.txt" in tox()["testenv"]["install_command"]
    assert "-c " not in tox()["testenv:floor"]["install_command"]
    assert not any("set_env" in section for section in tox().values())


def test_the_floor_is_what_the_project_admits() -> None:
    """`tox -e floor` installs the oldest version of each direct dependency."""
    oldest = [requirement.replace(">=", "==") for requirement in project()["dependencies"]]
    assert tox()["testenv:floor"]["deps"].split() == oldest


def workflow() -> dict[Any, Any]:
    """What runs on hosted machines."""
    text = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    loaded: dict[Any, Any] = yaml.safe_load(text)
    return loaded


def test_every_python_is_named_everywhere() -> None:
    """tox, the workflow and the project's classifiers have the same, from the oldest admitted."""
    found = re.fullmatch(r"3\.\{([\d,]+)\}", tox()["tox"]["env_list"])
    assert found is not None
    pythons = [f"3.{minor}" for minor in found[1].split(",")]
    assert workflow()["jobs"]["solutions"]["strategy"]["matrix"]["python"] == pythons
    prefix = "Programming Language :: Python :: "
    classified = [line for line in project()["classifiers"] if line.startswith(prefix)]
    assert classified == [prefix + python for python in pythons]
    assert project()["requires-python"] == f">={pythons[0]}"
    assert tox()["testenv:floor"]["base_python"] == pythons[0]


def test_the_workflow_runs_rows_that_tox_has() -> None:
    """Every device and every system; CUDA only where there is a machine for it."""
    jobs = workflow()["jobs"]
    matrix = jobs["solutions"]["strategy"]["matrix"]
    assert set(matrix["row"]) == {"cpu", "sim", "auto"}
    assert {name.split("-")[0] for name in matrix["system"]} == {"ubuntu", "macos", "windows"}
    assert jobs["cuda"]["if"] == "vars.GPU_RUNNER != ''"
    rows = set()
    for job in jobs.values():
        for step in job["steps"]:
            for row in re.findall(r"tox run -e (\S+|\$\{\{.+?\}\})", step.get("run", "")):
                rows |= set(job["strategy"]["matrix"]["row"] if row.startswith("$") else [row])
    alone = {"floor", "lint", "wheel"}
    assert rows == alone | {"auto", "cpu", "cuda", "judges", "mutants", "sim", "spec"}
    assert rows - alone <= set(tox()["rows"])
    assert {f"testenv:{row}" for row in alone} <= set(tox().sections())


def test_the_workflow_types_what_a_learner_types() -> None:
    """README's first line in each shell; then the doctor finds that nothing is to be done."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    job = workflow()["jobs"]["learners"]
    *typed, last = [step for step in job["steps"] if "run" in step]
    for step, kind in zip(typed, ("sh", "powershell", "bat"), strict=True):
        assert f"```{kind}\n{step['run']}\n```" in readme
        assert step["if"] == f"matrix.shell == '{step['shell']}'"
    shells = [
        row["shell"] for row in workflow()["jobs"]["learners"]["strategy"]["matrix"]["include"]
    ]
    assert shells == [step["shell"] for step in typed]
    assert last["run"] == "python -m spec.harness.doctor"


def test_what_takes_long_runs_once_a_week() -> None:
    """And whenever somebody asks for it, but not with each push."""
    loaded = workflow()
    events = loaded[True]  # what YAML 1.1 makes of the key `on`
    assert len(events["schedule"]) == 1
    minute, hour, day, month, weekday = events["schedule"][0]["cron"].split()
    assert all(map(str.isdigit, (minute, hour, weekday)))
    assert (day, month) == ("*", "*")
    assert "workflow_dispatch" in events
    weekly = loaded["jobs"]["weekly"]
    asked = ("schedule", "workflow_dispatch")
    assert weekly["if"] == " || ".join(f"github.event_name == '{event}'" for event in asked)
    assert weekly["strategy"]["matrix"]["row"] == ["judges", "mutants"]


def test_the_workflow_trusts_little() -> None:
    """Actions are pinned to commits, and the token can only read."""
    loaded = workflow()
    assert loaded["permissions"] == {"contents": "read"}
    used = [s["uses"] for job in loaded["jobs"].values() for s in job["steps"] if "uses" in s]
    assert used
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action) for action in used)
