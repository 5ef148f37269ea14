"""Where things are run: Classroom 50's runner, systems without a fork, GPUs, and Windows."""

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch

from spec.grading import __main__
from spec.grading.examining import client, cluster, started
from spec.grading.examining.messages import Reply, Request
from spec.grading.intake.submissions import Submission
from spec.grading.outcomes import Outcome, Result
from spec.grading.reports import classroom50
from spec.grading.sandbox import walls
from spec.grading.scoring import Scheme, points
from spec.harness import devices
from spec.harness.files.catalogue import ROOT, Kata
from spec.tests.grading.classroom import Graded, hand_in, submission

K08 = Kata("k08_broadcasting")
RUNNER = {
    "CLASSROOM": "torch",
    "ASSIGNMENT": "hw1",
    "SUBMISSION_TAG": "submit/2026-11-30T21-05-00Z-a1b2c3d",
    "COMMIT_URL": "https://example.org/commit/1",
    "RELEASE_URL": "https://example.org/releases/1",
    "OWNER": "anna",
    "ASSIGNMENT_TYPE": "individual",
}
REQUIRED = {
    *("schema", "classroom", "assignment", "assignment_type", "owner", "submission", "commit"),
    *("release", "review", "datetime", "score", "max-score", "tests"),
}  # by classroom50's schema, which knows no others but graded_at and submitted_by


def result_of(*shares: tuple[int, int]) -> Result:
    """A person of whose functions so many tests of so many passed."""
    result = Result(Submission("anna"))
    for place, (passed, total) in enumerate(shares):
        outcome = Outcome(f"f{place}", passed, total)
        result.outcomes["k08_broadcasting", f"f{place}"] = outcome
    return result


@pytest.mark.parametrize(
    ("shares", "score"),
    [
        ([(8, 8)] * 7, 700),
        ([(0, 8)] * 7, 0),
        ([(8, 8)] * 6 + [(7, 8)], 687),
        ([(999, 1000)] * 7, 693),  # nothing that is not done has all its points
        ([(1, 3), (2, 3), (0, 5)], 100),
        ([(8, 8)] * 132, 13_200),
    ],
)
def test_classroom50_takes_whole_points(shares: list[tuple[int, int]], score: int) -> None:
    """Every number is an integer, and the tests' sum is the whole."""
    found = result_of(*shares)
    scheme = Scheme(dict.fromkeys(found.outcomes, 1.0))
    told = json.loads(classroom50.result(found, scheme, RUNNER))
    assert set(told) == REQUIRED
    assert told["schema"] == "classroom50/result/v1"
    assert told["review"] == told["commit"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", told["datetime"])
    for test, (passed, total) in zip(told["tests"], shares, strict=True):
        assert {"test-name", "passed", "score", "max-score"} <= set(test)
        assert type(test["score"]) is type(test["max-score"]) is int
        assert (test["score"] == test["max-score"]) is test["passed"] is (passed == total)
    assert told["score"] == score == sum(test["score"] for test in told["tests"])
    assert told["max-score"] == sum(test["max-score"] for test in told["tests"])
    assert {test["max-score"] for test in told["tests"]} == {100}
    assert abs(100 * score / told["max-score"] - points(found, scheme)) < 1
    half = Scheme({key: 2.0 if place else 0.5 for place, key in enumerate(found.outcomes)})
    told = json.loads(classroom50.result(found, half, RUNNER))
    assert [test["max-score"] for test in told["tests"]] == [100] + [400] * (len(shares) - 1)


def test_classroom50_is_told_of_whatever_was_handed_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is a result too; what no runner says is left out."""
    (tmp_path / "empty").mkdir()
    command = [str(tmp_path / "empty"), "--out", str(tmp_path / "out"), "--classroom50"]
    command += ["--device", "cpu", "--katas", K08.name]
    assert __main__.main(command) == 0
    assert "said CLASSROOM, ASSIGNMENT, SUBMISSION_TAG" in capsys.readouterr().err
    told = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))
    assert set(told) == {"schema", "datetime", "score", "max-score", "tests"}
    for name, value in RUNNER.items():
        monkeypatch.setenv(name, value)
    assert __main__.main(command) == 0
    assert "CLASSROOM" not in capsys.readouterr().err
    told = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))
    assert (told["score"], told["max-score"], told["owner"]) == (0, 700, "anna")
    assert {test["output"] for test in told["tests"]} == {"not handed in"}


def test_without_a_fork_each_file_has_a_process_that_starts_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on macOS and Windows: the points are the same, and what reaches out waits for --trust."""
    monkeypatch.setattr(client, "can_serve", lambda: False)
    monkeypatch.setattr(client, "Server", None)  # which would fork
    monkeypatch.setenv("OMP_NUM_THREADS", "2")  # Linux has no such wall for a process with threads
    place = tmp_path / "class"
    hand_in(place / "anna", K08, K08.solution.read_text(encoding="utf-8"))
    ending = "import os\n\n\ndef outer_sum(a, b):\n    os._exit(3)\n"
    hand_in(place / "bob", K08, submission(K08, ending))
    options = ["--device", "cpu", "--jobs", "2"]
    graded = Graded(place, tmp_path / "out", *options)
    assert graded.people["anna"]["points"] == 100
    assert "not run" in graded.function("bob", "center_columns")["note"]
    assert f"Missing on this machine: {walls.NETWORK}" in graded.output
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert page.count("not run: it reaches out") == 1
    trusted = Graded(place, tmp_path / "out", *options, "--trust")
    assert trusted.function("bob", "outer_sum")["note"] == "it ended the process"
    assert trusted.function("bob", "center_columns")["note"] == ""
    assert 50 < trusted.people["bob"]["points"] < 100


def test_a_cluster_of_such_machines_starts_processes_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each worker does as its own system can."""
    request = Request(1, K08.name, b"", ["outer_sum"], ["cpu"], 1.0, 1.0, None)
    monkeypatch.setattr(cluster, "can_serve", lambda: False)
    monkeypatch.setattr(started, "examine_one", lambda request: Reply(request.id))
    assert cluster.examine_one(request) == Reply(1)


@pytest.mark.parametrize(("kind", "jobs"), [("cuda", 1), ("mps", 1), ("cpu", 8)])
def test_a_gpu_is_one_processs_at_a_time(
    kind: str, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What several processes share would run out of memory, and take points."""
    monkeypatch.setattr(
        devices, "selected", lambda asked: [torch.device("cpu"), torch.device(kind)]
    )
    options = argparse.Namespace(scheduler=None, jobs=8, device=None)
    examine: Any = __main__._examiner(options)
    assert examine.keywords == {"jobs": jobs}


PLAYED = """
import json, os, platform, sys
from pathlib import Path
{play}
from spec.grading.sandbox import walls
limits = {{}}
walls.resource = getattr(walls, "resource", None)
if walls.resource:
    walls.resource.setrlimit = lambda kind, value: limits.__setitem__(kind, value)
    unlimited = walls.resource.RLIM_INFINITY
    address = walls.resource.RLIMIT_AS
out = os.dup(1)
standing = walls.raise_walls(Path(sys.argv[1]), {{}}, 100.0, {bounded})
told = {{"standing": standing, "kept": sorted(os.environ)}}
told["bounded"] = bool(limits) and limits[address][0] != unlimited
os.write(out, json.dumps(told).encode())
"""
ELSEWHERE = "platform.system = lambda: {system!r}\nsys.platform = {name!r}\n"
WINDOWS = ELSEWHERE.format(system="Windows", name="win32") + "del os.setsid, os.sysconf\n"
MAC = ELSEWHERE.format(system="Darwin", name="darwin")


def played(tmp_path: Path, play: str, bounded: bool = True) -> dict[str, Any]:
    """The walls that stand in a process of its own, on a system that is played."""
    code = PLAYED.format(play=play, bounded=bounded)
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, capture_output=True, check=False
    )
    assert run.returncode == 0, run.stderr.decode()
    told: dict[str, Any] = json.loads(run.stdout)
    return told


@pytest.mark.skipif(sys.platform != "linux", reason="plays other systems on Linux")
def test_walls_on_other_systems_say_what_they_are(tmp_path: Path) -> None:
    """Windows and macOS have few; and none of those that a file which reaches out needs."""
    windows, mac = played(tmp_path, WINDOWS), played(tmp_path, MAC)
    assert windows["standing"] == [walls.ALONE]
    assert set(mac["standing"]) <= {walls.ALONE, walls.LIMITS}
    assert not set(walls.FOR_STRANGERS) & {*windows["standing"], *mac["standing"]}


@pytest.mark.skipif(sys.platform != "linux", reason="counts memory as Linux does")
def test_cuda_has_all_addresses_and_the_report_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its driver reserves more than any limit; which GPU is whose still holds."""
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "3")
    bounded, unbounded = played(tmp_path, MAC), played(tmp_path, MAC, bounded=False)
    assert bounded["bounded"] and walls.LIMITS in bounded["standing"]
    assert not unbounded["bounded"] and walls.LIMITS not in unbounded["standing"]
    assert "CUDA_VISIBLE_DEVICES" in unbounded["kept"]
