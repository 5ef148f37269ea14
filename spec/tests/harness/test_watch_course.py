"""Which function is shown after a run: the one that was written, or broken, or else the next."""

from pathlib import Path

import pytest

from spec.harness.explaining.notes import Note
from spec.harness.explaining.progress import Progress, State
from spec.harness.files import sources
from spec.harness.files.catalogue import katas, named
from spec.harness.verdicts import Kind
from spec.harness.watching import views
from spec.harness.watching.course import File
from spec.harness.watching.display import Scene

KATA = named("k08_broadcasting")
FIRST, SECOND, THIRD = "center_columns", "normalize_rows", "outer_sum"
STUB = "def {name}(x):\n    raise NotImplementedError\n"
WRITTEN = "def {name}(x):\n    return x + {value}\n"
HELPER = "def _mean(x):\n    return x.mean({value})\n"


@pytest.fixture
def file(tmp_path: Path) -> File:
    """A file with nothing in it yet."""
    return File(tmp_path / "k08_broadcasting.py", KATA)


def save(file: File, helper: int = 0, **values: int) -> None:
    """Saves the file with these functions written, each with a value of its own."""
    text = HELPER.format(value=helper)
    for name in (FIRST, SECOND, THIRD):
        written = WRITTEN if name in values else STUB
        text += written.format(name=name, value=values.get(name))
    file.path.write_text(text, encoding="utf-8")


def entry(function: str, state: State) -> Progress:
    """A function of which a run has found this."""
    found = Progress(KATA.name, "k08_broadcasting.py", 1, function)
    kinds = {
        State.NOT_STARTED: (Kind.NOT_STARTED, Kind.NOT_STARTED),
        State.FAILING: (Kind.TEST, Kind.TEST),
        State.WORKS: (None, Kind.TEST),
        State.DONE: (None, None),
    }
    for edge, kind in enumerate(kinds[state]):
        found.count(Note(KATA.name, found.file, 1, function, kind, edge=bool(edge)))
    return found


def run(file: File, first: State, second: State, third: State) -> str | None:
    """Reads the file, learns what a run of it has found, and says which function is shown."""
    file.read()
    states = {FIRST: first, SECOND: second, THIRD: third}
    file.learn([entry(name, state) for name, state in states.items()], whole=True)
    shown = file.shown()
    return shown.function if shown else None


NOT, FAILING, WORKS, DONE = State.NOT_STARTED, State.FAILING, State.WORKS, State.DONE


def test_at_first_the_function_in_focus_is_shown(file: File) -> None:
    """Nothing is known of what was written before."""
    save(file, center_columns=1)
    assert run(file, DONE, NOT, NOT) == SECOND
    assert run(file, DONE, NOT, NOT) == SECOND


def test_a_function_that_was_written_is_shown_until_another_one_is(file: File) -> None:
    """Whether it fails or is done, and whatever stands before it in the file."""
    save(file)
    assert run(file, NOT, NOT, NOT) == FIRST
    save(file, normalize_rows=1)
    assert file.first() == [FIRST]
    assert run(file, NOT, FAILING, NOT) == SECOND
    assert file.first() == [SECOND]
    assert run(file, NOT, FAILING, NOT) == SECOND
    save(file, normalize_rows=2)
    assert run(file, NOT, DONE, NOT) == SECOND
    assert file.task() is None
    following = file.next()
    assert following is not None and following.function == FIRST
    save(file, normalize_rows=2, outer_sum=1)
    assert run(file, NOT, DONE, FAILING) == THIRD


def test_of_several_the_first_that_fails_is_shown(file: File) -> None:
    """What works comes after it, even if edges of it are left."""
    save(file)
    run(file, NOT, NOT, NOT)
    save(file, center_columns=1, normalize_rows=1, outer_sum=1)
    assert run(file, WORKS, FAILING, FAILING) == SECOND
    assert run(file, WORKS, DONE, DONE) == FIRST
    assert run(file, DONE, DONE, DONE) == THIRD
    assert file.is_done
    assert not file.works  # other functions of the kata were not tried


@pytest.mark.parametrize("broken", [FAILING, WORKS])
def test_a_function_that_was_done_and_breaks_is_shown(file: File, broken: State) -> None:
    """Also where something else was written, which it uses; and it is what is to be mended."""
    save(file, center_columns=1)
    run(file, DONE, NOT, NOT)
    save(file, helper=1, center_columns=1)
    file.read()
    assert file.then() == [FIRST]
    assert run(file, broken, NOT, NOT) == FIRST
    task = file.task()
    assert task is not None and task.function == FIRST
    assert run(file, broken, NOT, NOT) == FIRST


def test_a_hint_is_about_the_function_that_is_shown(file: File) -> None:
    """As long as edges of it are left; then about the one to go on with."""
    save(file)
    run(file, NOT, NOT, NOT)
    save(file, center_columns=1)
    for state, hinted in ((WORKS, FIRST), (DONE, SECOND)):
        assert run(file, state, NOT, NOT) == FIRST
        scene = Scene(file, file.next(), [file])
        assert scene.at_hand is not None
        assert scene.in_focus is not None
        assert (scene.at_hand.function, scene.in_focus.function) == (SECOND, hinted)


def test_a_file_that_can_not_be_read_changes_nothing(file: File) -> None:
    """When it is mended, what was written before and since is compared."""
    save(file, center_columns=1)
    run(file, DONE, NOT, NOT)
    file.path.write_text("x = (\n", encoding="utf-8")
    file.read()
    whole = Progress(KATA.name, "k08_broadcasting.py", 1, FIRST)
    whole.count(Note(KATA.name, whole.file, 1, FIRST, Kind.FILE))
    file.learn([whole], whole=True)
    assert file.shown() is whole
    save(file, center_columns=2)
    assert run(file, FAILING, NOT, NOT) == FIRST


def test_what_a_run_finds_first_leaves_the_rest_as_it_was(file: File) -> None:
    """So the next function is known before the run is over."""
    save(file)
    run(file, NOT, NOT, NOT)
    save(file, center_columns=1)
    file.read()
    file.learn([entry(FIRST, DONE)], whole=False)
    assert [each.function for each in file.entries] == [FIRST, SECOND, THIRD]
    following = file.next()
    assert following is not None and following.function == SECOND


def test_every_function_and_kata_says_what_it_is_about() -> None:
    """Docstrings begin with a sentence, which a learner is shown before and after the work."""
    for kata in katas():
        assert views.summary(kata).endswith(".")
        for name in sources.units(kata):
            assert views.summary(kata, name), name


def test_of_a_class_the_part_that_was_written_is_shown(tmp_path: Path) -> None:
    """Each of its parts is judged by itself, so that another one was not written."""
    kata = named("k13_backprop")
    text = kata.solution.read_text(encoding="utf-8")
    file = File(tmp_path / "k13_backprop.py", kata)
    file.path.write_text(text, encoding="utf-8")
    file.read()
    assert file.at_hand == []
    place = text.index(":\n", text.index("    def __mul__(")) + 2
    file.path.write_text(f"{text[:place]}        1\n{text[place:]}", encoding="utf-8")
    file.read()
    assert file.at_hand == ["Node_mul"]
