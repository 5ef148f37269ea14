"""A learner's screen in another language: the same failures, mistakes and board, in its words."""

from pathlib import Path

import pytest

from spec.harness import language, po
from spec.harness.explaining.notes import Note
from spec.harness.files import catalogue
from spec.harness.files.stubs import stub_in
from spec.tests.inner import Run, run
from spec.tests.naming import Named
from spec.tools import faults

K08 = catalogue.named("k08_broadcasting")
NOT_OURS = ("=", "platform ", "rootdir:", "configfile:", "plugins:", "collected ", "usage:")
ANSWER = """    return matrix - matrix.mean(dim=1, keepdim=True)
"""


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Run, list[Note]]]:
    """A mistake in the first function, run in each language, with a hint after it."""
    found = {}
    for name in language.languages():
        place = tmp_path_factory.mktemp(name) / K08.stub.name
        first, rest = stub_in(K08, name).split("    raise NotImplementedError\n", 1)
        place.write_text(f"{first}{ANSWER}{rest}", encoding="utf-8")
        seen = Named()
        options = (f"--lang={name}", "--device=cpu", "--hint", "--all")
        found[name] = run(place.parent, place.name, *options, plugins=[seen]), seen.noted
    return found


def alike(note: Note) -> tuple[object, ...]:
    """What of a note is no matter of words."""
    return (note.test, note.kind, note.rule, note.edge, list(note.mistakes), note.exact, note.weak)


@pytest.mark.parametrize("name", language.languages()[1:])
def test_nothing_but_words_differs(runs: dict[str, tuple[Run, list[Note]]], name: str) -> None:
    """Verdicts, suspects and what they are called by are the same."""
    english, other = runs[language.ENGLISH], runs[name]
    assert other[0].status == english[0].status == 1
    assert [alike(note) for note in other[1]] == [alike(note) for note in english[1]]
    assert any(note.mistakes for note in other[1])


@pytest.mark.parametrize("name", language.languages()[1:])
def test_no_english_is_left_on_the_screen(
    runs: dict[str, tuple[Run, list[Note]]], name: str
) -> None:
    """But for pytest's own lines, and each line has room in a window of 80 columns."""
    lines = runs[name][0].output.splitlines()
    ours = [line for line in lines if not line.startswith(NOT_OURS)]
    assert not [line for line in ours if faults.LATIN.search(line)]
    assert not [line for line in ours if len(line) > 80]


def test_russian_is_russian(runs: dict[str, tuple[Run, list[Note]]]) -> None:
    """The mistake, its rule, the hint and the board, in the words of the catalogues."""
    said = " ".join(runs["ru"][0].output.split())
    assert "Вы усреднили каждую строку (dim=1)." in said
    assert "У каждого столбца одно среднее" in said
    assert po.read(language.HOME / "ru").texts["board"] in said


def test_a_wrong_name_is_told_before_anything_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence, then the hint that was asked for, in English."""
    monkeypatch.chdir(tmp_path)
    said = run(tmp_path, "--hint", "center_columns", "--lang=xx").output
    assert said.startswith("--lang xx: there is no such language")
    assert "hint for center_columns" in said
