"""Which language is spoken: as asked, else the variable's, else the system's; and how it counts."""

import io
import sys

import pytest

from spec.harness import language, po

RUSSIAN = """
msgid ""
msgstr ""
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
"n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"

msgid "board"
msgstr "доска"

#. a comment
#, fuzzy
#| msgid "what it was"
msgid "what it is"
msgstr "что было"

msgid "not said"
msgstr ""

msgid ""
"two lines\\n"
"with a \\"quotation\\" and a \\\\"
msgstr ""
"две строки\\n"
"с «цитатой» и \\\\"

msgid "{n} function"
msgid_plural "{n} functions"
msgstr[0] "{n} функция"
msgstr[1] "{n} функции"
msgstr[2] "{n} функций"

#~ msgid "gone"
#~ msgstr "нет"
"""


@pytest.fixture
def russian(monkeypatch: pytest.MonkeyPatch) -> po.Translations:
    """Russian that has these few texts."""
    known = po.Translations()
    known.add(RUSSIAN)
    monkeypatch.setitem(language._known, "ru", known)
    monkeypatch.setattr(language._Spoken, "name", "ru")
    return known


@pytest.fixture
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A system that says nothing of a language."""
    for name in (language.VARIABLE, *language.OF_THE_SYSTEM):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("locale.getlocale", lambda: (None, None))
    return monkeypatch


def test_what_is_translated_and_looked_at_is_shown(russian: po.Translations) -> None:
    """What is fuzzy, empty, gone or unknown is in English."""
    assert language.tr("board") == "доска"
    for text in ("what it is", "not said", "gone", "never met", ""):
        assert language.tr(text) == text
    both = 'two lines\nwith a "quotation" and a \\', "две строки\nс «цитатой» и \\"
    assert language.tr(both[0]) == both[1]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        *((1, "функция"), (21, "функция"), (3, "функции"), (22, "функции")),
        *((0, "функций"), (5, "функций"), (11, "функций"), (112, "функций")),
    ],
)
def test_numbers_take_their_form(russian: po.Translations, number: int, said: str) -> None:
    """1 функция, 2 функции, 5 функций, as Plural-Forms says."""
    forms = ("{n} function", "{n} functions")
    assert language.trn(*forms, number).format(n=number) == f"{number} {said}"
    assert language.trn("one rule", "many rules", number) == ["many rules", "one rule"][number == 1]
    language.choose("en")
    assert language.trn(*forms, number) == forms[number != 1]


@pytest.mark.parametrize(
    ("asked", "variables", "spoken"),
    [
        ("ru", {}, "ru"),
        ("en", {"TORCH_KATAS_LANG": "ru"}, "en"),
        (None, {"TORCH_KATAS_LANG": "ru", "LC_ALL": "en_US.UTF-8"}, "ru"),
        (None, {"LC_ALL": "ru_RU.UTF-8"}, "ru"),
        (None, {"LC_ALL": "C.UTF-8", "LANG": "ru_RU.UTF-8"}, "en"),
        (None, {"LC_MESSAGES": "ru_RU", "LANG": "de_DE.UTF-8"}, "ru"),
        (None, {"LANG": "ru"}, "ru"),
        (None, {"LANG": "de_DE.UTF-8"}, "en"),
        (None, {}, "en"),
    ],
)
def test_the_first_that_says_a_language_counts(
    nothing_set: pytest.MonkeyPatch, asked: str | None, variables: dict[str, str], spoken: str
) -> None:
    """--lang, then TORCH_KATAS_LANG, then LC_ALL, LC_MESSAGES and LANG."""
    for name, value in variables.items():
        nothing_set.setenv(name, value)
    assert language.choose(asked) is None
    assert language.spoken() == spoken


def test_windows_has_names_of_its_own(nothing_set: pytest.MonkeyPatch) -> None:
    """There no variable is set, and the locale is called Russian_Russia."""
    nothing_set.setattr("locale.getlocale", lambda: ("Russian_Russia", "1251"))
    language.choose()
    assert language.spoken() == "ru"


@pytest.mark.parametrize(("asked", "variable"), [("xx", ""), (None, "xx_YY")])
def test_a_language_that_is_not_there_is_told(
    nothing_set: pytest.MonkeyPatch, asked: str | None, variable: str
) -> None:
    """In a sentence that names what there is; the rest is in English."""
    nothing_set.setenv(language.VARIABLE, variable)
    said = language.choose(asked)
    assert said is not None
    assert (asked or variable) in said
    assert said.endswith("There are: en, ru")
    assert language.spoken() == "en"


@pytest.mark.parametrize(
    ("encoding", "spoken"),
    [("utf-8", "ru"), ("cp1251", "ru"), ("cp866", "ru"), ("cp1252", "en"), ("ascii", "en")],
)
def test_a_console_without_the_letters_gets_english(
    russian: po.Translations, monkeypatch: pytest.MonkeyPatch, encoding: str, spoken: str
) -> None:
    """And is told how to get them."""
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding))
    with language.chosen("ru") as trouble:
        assert language.spoken() == spoken
    assert (trouble is None) == (spoken == "ru")
    assert trouble is None or ("PYTHONUTF8=1" in trouble and encoding in trouble)
    assert language.spoken() == "ru", "as it was before"


@pytest.mark.parametrize(
    ("words", "name"),
    [(["k08.py", "--lang", "ru"], "ru"), (["--lang=ru"], "ru"), (["--lang"], ""), (["ru"], None)],
)
def test_a_command_line_says_it_before_it_is_read(words: list[str], name: str | None) -> None:
    """--help is in the language that is asked for beside it."""
    assert language.typed(words) == name
