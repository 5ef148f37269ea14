"""Catalogues are brought up to date: what is said stays, what has changed is marked."""

from pathlib import Path

import polib
import pytest

from spec.tools import catalogues, faults, translate
from spec.tools.learners_texts import Text

TERMS = [faults.Term("tensor", ("тензор",), ()), faults.Term("batch", ("пакет",), ("батч",))]


def text(english: str, what: str = "rule of test_x") -> Text:
    """A text of some place."""
    return Text(english, what, "spec/k08_broadcasting.py:test_x")


def catalogue(tmp_path: Path, *said: tuple[str, str]) -> polib.POFile:
    """A catalogue in which these texts are translated."""
    new = catalogues.brought_up(catalogues.read(tmp_path / "x.po", "ru"), map(text, dict(said)))
    for entry in new:
        entry.msgstr = dict(said)[entry.msgid]
    return new


def written(entries: polib.POFile) -> polib.POFile:
    """The catalogue as it is when it was written and read again."""
    return polib.pofile(str(entries), wrapwidth=0)


def test_what_is_translated_stays(tmp_path: Path) -> None:
    """In the order of the sources, with where each is from."""
    old = catalogue(tmp_path, ("One.", "Один."), ("Two.", "Два."))
    new = catalogues.brought_up(
        old, [text("Three."), text("Two."), text("Two.", "hint"), text("One.")]
    )
    assert [(e.msgid, e.msgstr) for e in new] == [
        ("Three.", ""),
        ("Two.", "Два."),
        ("One.", "Один."),
    ]
    assert new[1].comment == "rule of test_x\nhint"
    assert str(catalogues.done(new)) == "2 of 3 texts (66.7 %)"


def test_what_has_changed_is_marked_until_somebody_looks(tmp_path: Path) -> None:
    """With the English that it is a translation of, also when the tool runs again."""
    old = catalogue(tmp_path, ("You averaged each row.", "Вы усреднили каждую строку."))
    texts = [text("You averaged every row.")]
    new = written(catalogues.brought_up(old, texts))
    for again in (new, written(catalogues.brought_up(new, texts))):
        (entry,) = again
        assert entry.fuzzy
        assert (entry.msgid, entry.msgstr) == (texts[0].english, "Вы усреднили каждую строку.")
        assert entry.previous_msgid == "You averaged each row."
    assert str(catalogues.done(new)) == "0 of 1 texts (0.0 %), 1 to be looked at"


def test_what_is_gone_is_kept_in_comments_and_comes_back(tmp_path: Path) -> None:
    """Nobody's work is lost."""
    old = catalogue(tmp_path, ("A sentence about rows.", "О строках."))
    gone = written(catalogues.brought_up(old, [text("Nothing of the kind")]))
    assert [e.msgid for e in gone.obsolete_entries()] == ["A sentence about rows."]
    back = catalogues.brought_up(gone, [text("A sentence about rows.")])
    assert [(e.msgid, e.msgstr, e.obsolete) for e in back] == [
        ("A sentence about rows.", "О строках.", False)
    ]


def test_a_text_is_a_line(tmp_path: Path) -> None:
    """So that a change is a line of a diff, and no line numbers change with the sources."""
    english = "A long text of many words, " * 20
    said = str(catalogues.brought_up(catalogues.read(tmp_path / "x.po", "ru"), [text(english)]))
    assert f'msgid "{english}"' in said
    assert "#: spec/k08_broadcasting.py:test_x\n" in said


def test_the_tool_says_how_much_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line a catalogue, and one for all; a new language begins with nothing."""
    monkeypatch.setattr(translate, "SPEC", tmp_path)
    translate.main(["xx", "k08"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("k08_broadcasting: 0 of ")
    assert lines[-1].startswith("all: 0 of ")
    assert [path.name for path in (tmp_path / "xx").iterdir()] == ["k08_broadcasting.po"]


@pytest.mark.parametrize(
    ("english", "said", "fault"),
    [
        ("{name} is {value}.", "{name} — это {values}.", "placeholders differ"),
        ("Use `mean` here.", "Возьмите mean здесь.", "missing: `mean`"),
        ("Use keepdim=True here.", "Возьмите keepdim здесь.", "missing: keepdim=True"),
        ("of shape (n, m).", "формы (n, k).", "missing: (n, m)"),
        ("It has 3 rows.", "В нём 4 строки.", "numbers differ: 3, 4"),
        ("A chain of 5,000 nodes.", "Цепь из 5 000 узлов.", ""),
        ("It is done.", "Это сделано", "it ends with"),
        ("one\ntwo", "раз два", "another number of lines"),
        ("two words", "two words", "English is left"),
        ("It is lost in the loop.", "Он is lost in the цикле.", "English is left"),
        ('torch says "must be equal to it".', "torch говорит «must be equal to it».", ""),
        ("Two tensors.", "Два массива.", "tensor: one of тензор is asked for"),
        ("A batch.", "Пакет, или батч.", "batch: not батч"),
        ("Well done.", "Готово!", "no exclamation marks"),
    ],
)
def test_faults_are_seen(english: str, said: str, fault: str) -> None:
    """Without knowing the language."""
    found = list(faults.faults(polib.POEntry(msgid=english, msgstr=said), TERMS))
    assert any(fault in each for each in found) if fault else not found


def test_columns_are_measured() -> None:
    """A label has to fit beside what it labels, and a drawn table into the file."""
    label = polib.POEntry(msgid="rule", msgstr="очень длинное правило", comment="in LABELS")
    drawn = polib.POEntry(msgid="a b", msgstr="а" * 97, comment="lesson, drawn: keep its columns")
    assert "there is room for 9" in "".join(faults.faults(label, []))
    assert "longer than 96" in "".join(faults.faults(drawn, []))
