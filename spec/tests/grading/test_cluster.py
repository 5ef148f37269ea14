"""Grading over a Dask cluster: the same report, with a worker killed in the middle."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from spec.harness.files.catalogue import ROOT, Kata
from spec.tests.grading.classroom import Graded, hand_in, nothing, submission
from spec.tests.inner import of_dev

distributed = of_dev("distributed")

K08 = Kata("k08_broadcasting")
PEOPLE = 12
PATIENCE = 180

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="grading needs a fork")


@pytest.mark.slow
def test_a_worker_lost_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    """Everybody is examined once, whoever does it; the report is as if there were no cluster."""
    place = tmp_path / "class"
    for number in range(PEOPLE):
        code = nothing(K08, "outer_sum") + f"\n\nNUMBER = {number}\n"
        hand_in(place / f"person{number:02}", K08, submission(K08, code))
    alone = Graded(place, tmp_path / "alone", "--device", "cpu")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True
    ) as cluster:
        out = tmp_path / "spread"
        command = [sys.executable, "-m", "spec.grading", str(place), "--out", str(out)]
        command += ["--device", "cpu", "--scheduler", cluster.scheduler_address]
        grading = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        ledger = out / "ledger.jsonl"
        until = time.monotonic() + PATIENCE
        while not (ledger.exists() and ledger.stat().st_size) and time.monotonic() < until:
            time.sleep(0.1)
        worker = next(iter(cluster.workers.values()))
        os.kill(worker.pid, 9)
        assert grading.wait(PATIENCE) == 0
    keys = [json.loads(line)["key"] for line in ledger.read_text().splitlines()]
    assert len(keys) == len(set(keys))
    spread = json.loads((out / "grades.json").read_text(encoding="utf-8"))["people"]
    assert [person["person"] for person in spread] == list(alone.people)
    for person in spread:
        passed = {e["function"]: e["passed"] for e in person["functions"]}
        known = alone.people[person["person"]]["functions"]
        assert passed == {e["function"]: e["passed"] for e in known}
