"""A learner's file is read and imported as Python would, and what it does then is its own."""

import sys
from pathlib import Path

import pytest

from spec.harness.files.catalogue import SOLUTIONS, named
from spec.harness.files.loading import load
from spec.harness.running.subject import Subject
from spec.harness.verdicts import Verdict
from spec.tests.inner import Run, run

K08 = "k08_broadcasting.py"
SOLUTION = (SOLUTIONS / K08).read_text("utf-8")


def tried(folder: Path, source: bytes | str) -> Run:
    """A run of one function of a file like this."""
    path = folder / K08
    path.write_bytes(source if isinstance(source, bytes) else source.encode("utf-8"))
    return run(folder, ".", "--device=cpu", "-k", "test_center_columns")


@pytest.mark.parametrize("name", ["utf8", "U8", "utf-8", "latin-1", "cp1252", "windows-1251"])
def test_a_declared_encoding_is_used(tmp_path: Path, name: str) -> None:
    """Whatever name it goes by, as long as the bytes are what it says."""
    text = SOLUTION.replace("×", "x").replace("…", "...").encode("ascii", "replace")
    declared = f"# -*- coding: {name} -*-\n".encode() + text
    assert tried(tmp_path, declared).status == pytest.ExitCode.OK


def test_a_declared_encoding_decodes_other_letters(tmp_path: Path) -> None:
    """A comment in the Cyrillic of old Windows."""
    source = f"# -*- coding: cp1251 -*-\n# среднее по столбцам\n{SOLUTION}"
    assert tried(tmp_path, source.encode("cp1251", "replace")).status == pytest.ExitCode.OK


def test_an_encoding_that_is_none_is_named(tmp_path: Path) -> None:
    """A misspelt name is an error of Python's own."""
    shown = tried(tmp_path, f"# -*- coding: uft-8 -*-\n{SOLUTION}").summary
    assert f"{K08}:1 is not valid Python: unknown encoding: uft-8." in " ".join(shown.split())


def test_letters_that_an_encoding_has_not_are_found(tmp_path: Path) -> None:
    """In their line, with what to do about it: the declaration is what is wrong, more often."""
    shown = tried(tmp_path, f"# coding: ascii\n\n# среднее\n{SOLUTION}").summary
    assert f"{K08}:3 is no text that Python can read: 'ascii' codec" in " ".join(shown.split())
    assert "names another coding, remove it" in " ".join(shown.split())


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_byte_order_mark_is_no_letter(tmp_path: Path, end: str) -> None:
    """Windows' editors put it in front."""
    source = SOLUTION.replace("\n", end).encode("utf-8-sig")
    assert tried(tmp_path, source).status == pytest.ExitCode.OK


def test_tabs_are_as_good_as_spaces(tmp_path: Path) -> None:
    """As long as a file keeps to them; a mixture is an error of Python's own, with its line."""
    assert tried(tmp_path, SOLUTION.replace("    ", "\t")).status == pytest.ExitCode.OK
    mixed = SOLUTION.replace("    return matrix - ", "\treturn matrix - ", 1)
    shown = " ".join(tried(tmp_path, mixed).summary.split())
    assert "is not valid Python: inconsistent use of tabs and spaces in indentation." in shown


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("open('data.csv')", "FileNotFoundError"),
        ("open(__file__, encoding='ascii').read()", "UnicodeDecodeError"),
        ("raise ConnectionRefusedError('no one there')", "ConnectionRefusedError: no one there"),
        ("input()", "OSError"),
        ("eval('1 +')", "SyntaxError: invalid syntax (<string>, line 1)"),
        ("import helper", "SyntaxError: invalid syntax (helper.py, line 2)"),
    ],
)
def test_an_error_at_import_is_told_with_its_line(tmp_path: Path, line: str, said: str) -> None:
    """What the file does is told from what it is: it can be read, and this line fails."""
    (tmp_path / "helper.py").write_text("\n1 +\n")
    shown = " ".join(tried(tmp_path, f"# дерево\n\n{line}\n\n{SOLUTION}").summary.split())
    assert f"{K08}:3 fails while Python imports the file: {said}" in shown
    assert f"{line} do " in shown


@pytest.mark.parametrize(
    "lines",
    [
        "import io, sys\nsys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding='utf-8')",
        "import io, sys\nsys.stdout = io.TextIOWrapper(sys.stdout.detach(), encoding='utf-8')",
        "import sys\nsys.stdout.reconfigure(encoding='utf-8')\nprint('дерево')",
        "import sys\nsys.stdout.close()\nsys.stderr.close()",
        "import sys\nsys.stdout = sys.stderr = sys.stdin = None",
        "import os, sys\nsys.stdout = open(os.devnull, 'w')",
    ],
)
@pytest.mark.parametrize("capture", ["--capture=fd", "--capture=sys"])
def test_streams_are_put_back(tmp_path: Path, lines: str, capture: str) -> None:
    """Whatever a file does to them while it is imported."""
    (tmp_path / K08).write_text(f"{lines}\n{SOLUTION}", encoding="utf-8")
    before = sys.stdin, sys.stdout, sys.stderr
    seen = run(tmp_path, ".", "--device=cpu", "-k", "test_center_columns", capture)
    assert seen.status == pytest.ExitCode.OK, seen.output
    assert (sys.stdin, sys.stdout, sys.stderr) == before


def test_what_is_printed_while_a_file_is_imported_is_kept(tmp_path: Path) -> None:
    """In both ways of writing, and it stands where pytest shows what was printed."""
    source = "import sys\nprint('on top')\nsys.stdout.buffer.write(b'as bytes\\n')\nopen('none')\n"
    shown = tried(tmp_path, source + SOLUTION)
    assert "on top\n  as bytes\n" in shown.output


def test_what_is_printed_to_a_closed_stream_has_its_line(tmp_path: Path) -> None:
    """Whoever closes a stream and then uses it is told where."""
    shown = tried(tmp_path, f"import sys\nsys.stdout.close()\nprint('too late')\n{SOLUTION}")
    assert f"{K08}:3 fails while Python imports the file: ValueError" in " ".join(
        shown.summary.split()
    )


def test_what_is_wrong_with_a_file_is_told_as_quickly_each_time(tmp_path: Path) -> None:
    """A hundred tests of it raise one verdict, whose traceback must not grow with each of them."""
    path = tmp_path / K08
    path.write_text("x = (\n", encoding="utf-8")
    subject, lengths = Subject(load(named("k08_broadcasting"), path, 9.0)), set()
    for _ in range(3):
        with pytest.raises(Verdict) as raised:
            subject.require("center_columns")
        lengths.add(len(raised.traceback))
    assert len(lengths) == 1
