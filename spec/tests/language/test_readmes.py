"""Pages in Markdown in another language: the same commands, and words that follow the English."""

import re

import pytest

from spec.course import folder
from spec.harness import language, markdown, po
from spec.harness.files.catalogue import ROOT
from spec.tools import translate

README = (ROOT / "README.md").read_text("utf-8")
FENCED = re.compile(r"^ *```.*?^ *```$", re.DOTALL | re.MULTILINE)
PAGE = """# A title

Some words that go on
over a line, with `code that stays whole`.

- an item
  of two lines
- [a link](#a-title)

| k08_broadcasting | cell | `code` |
|---|---|---|

```sh
words in a shell
```
"""
LONG = "Some words that go on over a line, with `code that stays whole`."
SAID = {
    "A title": "Заголовок",
    LONG: "Слова, `code that stays whole`. " * 5,
    "an item of two lines": "пункт",
    "cell": "клетка",
}


def test_a_page_is_translated_text_by_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """What has no words stays, no line ends within code, and code stays as it is."""
    assert list(markdown.texts(PAGE)) == [
        "A title",
        LONG,
        "an item of two lines",
        "[a link](#a-title)",
        "cell",
    ]
    monkeypatch.setitem(language._known, "ru", po.Translations(SAID))
    page = markdown.translated(PAGE, "ru")
    assert page.startswith("# Заголовок\n\nСлова, `code that stays whole`. Слова")
    assert page.count("`code that stays whole`") == 5
    assert "\n- пункт\n- [a link](#a-title)\n" in page
    assert "| k08_broadcasting | клетка | `code` |\n|---|---|---|\n" in page
    assert page.endswith("```sh\nwords in a shell\n```\n")
    assert markdown.translated(PAGE, language.ENGLISH) == PAGE


@pytest.mark.parametrize("name", language.languages()[1:])
def test_the_readme_follows_the_english(name: str) -> None:
    """It is what translate writes, with the same commands, and its links lead somewhere."""
    page = translate.readme(name).read_text("utf-8")
    command = f"python -m spec.tools.translate {name} readme"
    assert page == markdown.translated(README, name), f"run {command}"
    assert FENCED.findall(page) == FENCED.findall(README)
    for each in (page, markdown.translated(folder.page(), name)):
        headings = {_anchor(title) for title in re.findall(r"^#+ (.*)$", each, re.MULTILINE)}
        assert set(re.findall(r"\]\(#([^)]+)\)", each)) <= headings


def _anchor(title: str) -> str:
    """What GitHub makes of a heading."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
