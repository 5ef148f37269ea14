"""A kata in another language: its prose is that language's, its code the solution's."""

import ast
import shutil
from pathlib import Path

import pytest

from spec.harness import docstrings, language
from spec.harness.files import catalogue
from spec.harness.files.catalogue import Kata
from spec.harness.files.stubs import stub, stub_in
from spec.harness.passages import is_prose, passages
from spec.tests.inner import run

KATAS = catalogue.katas()
LANGUAGES = language.languages()[1:]
each_kata = pytest.mark.parametrize("kata", KATAS, ids=lambda kata: kata.name)
K08 = catalogue.named("k08_broadcasting")
BODY = "    return matrix - matrix.mean(dim=1)  # по строкам"


def code(source: str) -> str:
    """What a source does, docstrings aside."""
    tree = ast.parse(source)
    for _, node in docstrings.documented(tree):
        if isinstance(node, docstrings.Documented):
            del node.body[0]
    return ast.dump(tree)


@each_kata
@pytest.mark.parametrize("name", LANGUAGES)
def test_a_stub_keeps_its_code_and_its_width(kata: Kata, name: str) -> None:
    """Only docstrings differ; examples stay, and lines are no longer than ours."""
    english, said = stub(kata), stub_in(kata, name)
    assert said != english
    assert code(said) == code(english)
    assert [line for line in said.splitlines() if ">>> " in line] == [
        line for line in english.splitlines() if ">>> " in line
    ]
    assert not [line for line in said.splitlines() if len(line) > docstrings.WIDTH]


@each_kata
@pytest.mark.parametrize("name", LANGUAGES)
def test_the_way_back_is_to_the_letter(kata: Kata, name: str) -> None:
    """A stub that went into a language and back is the one that it was."""
    english, said = stub(kata), stub_in(kata, name)
    known = {language.ENGLISH: english, name: said}
    assert docstrings.relanguaged(said, known, english) == english
    assert docstrings.relanguaged(english, known, said) == said


def test_english_is_the_stub_itself() -> None:
    """The source is no translation."""
    assert stub_in(K08, language.ENGLISH) == stub(K08)


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    """A kata that is begun: one function is written."""
    place = tmp_path / K08.stub.name
    first, rest = stub(K08).split("    raise NotImplementedError\n", 1)
    place.write_text(f"{first}{BODY}\n{rest}", encoding="utf-8")
    return place


def test_an_answer_changes_its_language_and_keeps_its_bodies(answer: Path) -> None:
    """There and back again; what its writer put into a docstring is theirs."""
    before = answer.read_text(encoding="utf-8").replace("Add every", "My words: add every")
    answer.write_text(before, encoding="utf-8")
    ran = run(answer.parent, answer.name, "--reset", "--lang=ru")
    said = answer.read_text(encoding="utf-8")
    assert ran.status == 0, ran.output
    assert "Вычесть из каждого столбца" in said
    assert BODY in said
    assert "My words: add every" in said
    assert code(said) == code(before)
    assert "ru" in ran.output
    run(answer.parent, answer.name, "--reset", "--lang=en")
    assert answer.read_text(encoding="utf-8") == before
    assert [path.name for path in answer.parent.iterdir()] == [answer.name]


def test_an_answer_in_that_language_is_begun_anew(answer: Path) -> None:
    """As without a language; what was written is kept beside it."""
    before = answer.read_text(encoding="utf-8")
    run(answer.parent, answer.name, "--reset", "--lang=en")
    assert answer.read_text(encoding="utf-8") == stub(K08)
    assert answer.with_name(f"{answer.name}.old").read_text(encoding="utf-8") == before


def test_an_untouched_file_is_replaced_whatever_its_language(tmp_path: Path) -> None:
    """Nothing is kept beside it, as nothing would be lost."""
    place = tmp_path / K08.stub.name
    shutil.copy(K08.stub, place)
    for name in ("ru", "en"):
        run(tmp_path, place.name, "--reset", f"--lang={name}")
        assert place.read_text(encoding="utf-8") == stub_in(K08, name)
    assert [path.name for path in tmp_path.iterdir()] == [place.name]


DOCSTRING = """Take a mean.

    A paragraph that goes on
    in a second line:

        x    a table
             of words

        return x

    - a bullet of the lesson
      in two lines

    Args:
        x: (n,), any
            numbers.
        y: (n, m).

    Raises:
        KeyError or ValueError: two of them.

    Example:
        >>> take(x)  # no text
        1

    Edges:
        - One edge.
        - Another, that goes
          on.
    """


def test_a_docstring_is_read_passage_by_passage() -> None:
    """Names of sections and arguments, shapes and examples belong to none."""
    found = passages(DOCSTRING)
    assert [(each.section, each.text) for each in found] == [
        (None, "Take a mean."),
        (None, "A paragraph that goes on in a second line:"),
        (None, "x    a table\n     of words\n\nreturn x"),
        (None, "a bullet of the lesson in two lines"),
        ("Args", "(n,), any numbers."),
        ("Raises", "KeyError or ValueError: two of them."),
        ("Edges", "One edge."),
        ("Edges", "Another, that goes on."),
    ]
    lines = DOCSTRING.split("\n")
    assert [lines[each.start].strip() for each in found if each.drawn] == ["x    a table"]


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("(rows, columns).", False),
        ("(n,), float32.", False),
        ("`x.mean(dim=0)`", False),
        ("an int.", True),
        ("0 or more.", True),
        ("(n, m), any dtype.", True),
    ],
)
def test_only_prose_is_a_text(text: str, prose: bool) -> None:
    """Code, shapes and dtypes read the same in every language."""
    assert is_prose(text) == prose
