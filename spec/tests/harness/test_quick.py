"""What is answered without running a kata is answered at once: torch takes seconds to load."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from spec.harness.files.catalogue import SOLUTIONS

K08 = "k08_broadcasting.py"
ASKED = [
    ["--help", "--watch"],
    [K08, "--hint", "center_columns"],
    ["--hint", "sum_over_paths"],
    [K08, "--reset"],
]
SLOW = {"hypothesis", "jinja2", "numpy", "rich", "torch"}
CODE = f"""
import sys, pytest
for asked in {ASKED!r}:
    status = pytest.main(["-p", "no:cacheprovider", *asked])
    print("status", int(status), *sorted({SLOW!r} & set(sys.modules)))
"""


def test_what_runs_nothing_loads_nothing_heavy(tmp_path: Path) -> None:
    """Help, hints and a file begun anew, one after the other in a process of their own."""
    shutil.copy(SOLUTIONS / K08, tmp_path)
    seen = subprocess.run(
        [sys.executable, "-c", CODE],
        cwd=tmp_path,
        env={k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")},
        capture_output=True,
        text=True,
    )
    ended = [line for line in seen.stdout.splitlines() if line.startswith("status")]
    assert ended == ["status 0"] * len(ASKED), seen.stdout + seen.stderr
    assert "\ntorch-katas:\n" in seen.stdout
    assert "hint for center_columns" in seen.stdout
    assert "hint for sum_over_paths" in seen.stdout
    assert f"kept in {K08}.old" in seen.stdout
