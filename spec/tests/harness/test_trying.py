"""Code in a drawing is under the guards that it is under in a test."""

import io
import re
import sys
import warnings
from pathlib import Path

import pytest

from spec.harness.explaining.notes import Note
from spec.harness.explaining.progress import Progress, Tally
from spec.harness.files import catalogue
from spec.harness.running import state
from spec.harness.showing import plots
from spec.harness.showing.drawings import EXPECTED
from spec.harness.texts import shown
from spec.harness.verdicts import Kind
from spec.tests.harness.drawn import drawings_of, handed_in, names
from spec.tests.inner import of_dev


def test_what_did_not_return_in_its_test_is_not_called_again(tmp_path: Path) -> None:
    """The line says what the test said."""
    kata = catalogue.named("k08_broadcasting")
    path = tmp_path / f"{kata.name}.py"
    text = kata.solution.read_text("utf-8")
    path.write_text(text + "\n\ndef outer_sum(a, b):\n    return a\n", encoding="utf-8")
    words = "outer_sum did not return within 30 seconds."
    note = Note(kata.name, str(path), 1, "outer_sum", kind=Kind.ENDLESS, rows=[("problem", words)])
    entry = Progress(kata.name, str(path), 1, "outer_sum", Tally(failures=[note]))
    (figure,) = plots.drawn(plots.subject_of(kata, path, [entry]), "table").figures
    assert figure.problem == f"{words} This is what is expected."


MISBEHAVING = """
def center_columns(matrix):
    print("printed")
    print("complained", file=sys.stderr)
    breakpoint()
    torch.manual_seed(1)
    torch.set_default_dtype(torch.float64)
    warnings.warn("warned")
    return matrix * 0


def normalize_rows(matrix):
    return input("? ")


def outer_sum(a, b):
    sys.exit("left")


def pairwise_distances(a, b):
    raise KeyboardInterrupt


def scale_channels(images, factors):
    return images.reshape(17, -1)


def broadcast_shape(a_shape, b_shape):
    return "anything"


def squared_error(prediction, target):
    return prediction.grad
"""


def test_code_that_misbehaves_is_guarded_as_in_a_test(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is printed, nothing read, nothing left changed; errors are told in a line."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("an answer"))
    kata = catalogue.named("k08_broadcasting")
    subject = handed_in(tmp_path, kata, f"import sys\nimport warnings\n{MISBEHAVING}")
    with warnings.catch_warnings(action="error"):
        told = {d.name: d.figures[0].problem for d in drawings_of(subject)}
    assert state.disturbed("a drawing") is None
    assert capsys.readouterr() == ("", "")
    where = rf"at {re.escape(shown(subject.implementation.path))}:\d+\. This is what is expected\."
    assert told["columns"] == told["shapes"] == told["accident"] == ""
    assert re.fullmatch(f"normalize_rows raised EOFError: .*, {where}", told["shares"])
    assert told["table"].startswith("outer_sum tried to end the run, by SystemExit.")
    assert told["pairs"].startswith("pairwise_distances tried to end the run, by KeyboardInterr")
    assert re.fullmatch(f"scale_channels raised RuntimeError: .*, {where}", told["channels"])


def test_what_can_not_be_drawn_is_said(tmp_path: Path) -> None:
    """Where the learner's code raises nothing, but no number comes of it."""
    of_dev("matplotlib")
    kata = catalogue.named("k12_chain_rule")
    subject = handed_in(tmp_path, kata, "def sigmoid_slope(x):\n    return 'steep'\n")
    (figure,) = plots.drawn(subject, "bell").figures
    assert figure.problem.startswith("What came of sigmoid_slope can't be drawn. ValueError")
    assert names(figure) == [EXPECTED]
