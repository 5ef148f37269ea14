"""What a learner is shown after an accident: one folder a case, and no code for a new one.

A case is a kata file, the pytest options in options.txt, and in shown.txt the exact text.
"""

import shlex
import shutil
from pathlib import Path

import pytest

from spec.tests.inner import run

CASES = sorted(path for path in (Path(__file__).parent / "accidents").iterdir() if path.is_dir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_accident_is_explained(case: Path, tmp_path: Path) -> None:
    """The text is the one in shown.txt: it names the file, the function and what to do."""
    options = shlex.split((case / "options.txt").read_text(encoding="utf-8"))
    katas = list(case.glob("k??_*.py"))
    for kata in katas:
        shutil.copy(kata, tmp_path)

    seen = run(tmp_path, ".", *options)

    expected = case / "shown.txt"
    assert expected.exists(), f"if this is what a learner should see, save it:\n{seen.summary}"
    assert seen.summary == expected.read_text(encoding="utf-8")
    assert seen.status == pytest.ExitCode.TESTS_FAILED
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(kata.name for kata in katas)
