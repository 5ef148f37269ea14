"""Courses change, learners write, and no line of theirs is lost: histories drawn at random."""

import ast
import contextlib
import io
import random
import tempfile
import warnings
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spec.course import folder as course_folder
from spec.course import updating
from spec.course.carrying import plain
from spec.course.pieces import compiles, parsed
from spec.harness.files.sources import read
from spec.tests.course import learners
from spec.tests.course.courses import NAMES, STUBS, Course, changed, taken_apart
from spec.tests.course.courses import NOT_STARTED as RAISED
from spec.tests.course.folders import tree

ANY = st.integers(0, 2**63)


def lines(text: str) -> Counter[str]:
    """The lines of a text, however deep, and how often each is there."""
    return Counter(line.strip() for line in plain(text).split("\n") if line.strip())


def text_of(path: Path) -> str:
    """A file's text, or what can be made of it."""
    try:
        return plain(read(path))
    except (ValueError, LookupError):
        return plain(path.read_text(encoding="latin-1"))


def bodies(text: str) -> dict[str, Counter[str]]:
    """What each function does, without its docstring, by its path."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def look(nodes: list[ast.stmt], path: str) -> None:
        for node in nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[ast.get_docstring(node, clean=False) is not None :]
                found[path + node.name]["\n".join(map(ast.dump, body))] += 1
            elif isinstance(node, ast.ClassDef):
                look(node.body, f"{path}{node.name}.")

    look(parsed(text).body, "")
    return found


NOT_STARTED = ast.dump(parsed(RAISED).body[0])


class History:
    """A learner with a folder, and a course that goes on."""

    def __init__(self, folder: Path, dice: random.Random) -> None:
        self.folder, self.dice = folder, dice
        names = dice.sample(NAMES, 2)
        self.courses: dict[str, Course] = {name: taken_apart(STUBS[name]) for name in names}
        self.bases = self.stubs()
        if dice.random() < 0.8:
            course_folder.made(folder, self.bases)
        else:
            for name, text in self.bases.items():
                (folder / f"{name}.py").write_text(text, encoding="utf-8")

    def stubs(self) -> dict[str, str]:
        """The course as it is now."""
        return {name: course.text() for name, course in self.courses.items()}

    def evening(self) -> None:
        """The learner writes into one of the files, or both."""
        for path in sorted(self.folder.glob("k*.py")):
            if self.dice.random() < 0.8:
                text = learners.edited(path.read_bytes().decode("utf-8", "replace"), self.dice)
                raw = text.encode("latin-1", "replace") if self.dice.random() < 0.03 else None
                path.write_bytes(raw or text.encode("utf-8", "replace"))

    def meanwhile(self) -> None:
        """The course changes; a kata may get another number."""
        for name, course in list(self.courses.items()):
            del self.courses[name]
            words = name.partition("_")[2]
            now = f"k{self.dice.randrange(10, 99)}_{words}" if self.dice.random() < 0.15 else name
            self.courses[now] = changed(course, self.dice)

    def update(self) -> None:
        """The folder follows, and whatever was written is there afterwards."""
        before = {path.stem: text_of(path) for path in self.folder.glob("k*.py")}
        self.meanwhile()
        stubs = self.stubs()
        report = updating.update(self.folder, course=stubs)
        moved = dict(report.moved)
        for old, text in before.items():
            name = moved.get(old, old)
            if not (self.folder / f"{name}.py").exists():
                assert text == self.bases[old]
                continue
            kept = [each for each in report.kept if each.name == name]
            copies = [text_of(each.copy) for each in kept if each.copy]
            after = text_of(self.folder / f"{name}.py")
            self._nothing_is_lost(old, self.bases.get(old, ""), text, after, copies)
            if compiles(text):
                assert compiles(after), old
                self._bodies_stay(text, after)
                self._runs(text, after, stubs.get(name, ""))
            if name in stubs and not any(each.beside for each in kept):
                self.bases[name] = stubs[name]
        for name, text in stubs.items():
            self.bases.setdefault(name, text)
        self._again(stubs)

    def _nothing_is_lost(
        self, name: str, base: str, text: str, after: str, copies: list[str]
    ) -> None:
        lost = (lines(text) - lines(base)) - lines(after)
        assert not lost or any(not lost - lines(copy) for copy in copies), (name, lost)

    @staticmethod
    def _bodies_stay(text: str, after: str) -> None:
        there = bodies(after)
        for path, written in bodies(text).items():
            missing = written - there[path]
            assert not set(missing) - {NOT_STARTED}, path

    @staticmethod
    def _runs(text: str, after: str, stub: str) -> None:
        with contextlib.redirect_stdout(io.StringIO()):
            if _fails(text) is None and _fails(stub) is None:
                assert _fails(after) is None

    def _again(self, stubs: dict[str, str]) -> None:
        """A second time there is nothing to do."""
        before = tree(self.folder)
        report = updating.update(self.folder, course=stubs)
        assert not (report.added or report.refreshed or report.carried or report.moved)
        assert tree(self.folder) == before


def _fails(text: str) -> Exception | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(compile(text, "<kata>", "exec", dont_inherit=True), {"__name__": "kata"})
    except Exception as error:
        return error
    return None


def play(seed: int) -> None:
    """One learner's weeks."""
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        history = History(Path(folder), dice)
        for _ in range(dice.randint(1, 4)):
            history.evening()
            history.update()


@given(ANY)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_that_a_learner_wrote_is_lost(seed: int) -> None:
    """Each line is in the new file or a copy that is named; what ran runs; bodies stay."""
    play(seed)


@pytest.mark.slow
@given(ANY)
@settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_is_lost_in_a_thousand_histories(seed: int) -> None:
    """The same, for long."""
    play(seed)


@pytest.mark.parametrize("name", NAMES)
def test_a_course_is_taken_apart_and_put_together(name: str) -> None:
    """What histories are drawn from are our stubs."""
    assert lines(taken_apart(STUBS[name]).text()) == lines(STUBS[name])
