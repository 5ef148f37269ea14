"""A small course, what it is later, and what a learner does to a folder of it."""

from pathlib import Path

from spec.course.updating import Report


def stub(*names: str, words: str = "Do it.", top: str = "import math\n\n\n") -> str:
    """A small stub with these functions."""
    text = "\n\n\n".join(
        f'def {name}(x):\n    """{words}"""\n    raise NotImplementedError' for name in names
    )
    return f'"""A lesson."""\n\n{top}{text}\n'


OLD = {
    "k01_alone": stub("alone"),
    "k02_begun": stub("first", "second"),
    "k03_words": stub("told"),
    "k04_broken": stub("broken"),
    "k05_mended": stub("mended"),
    "k06_moved": stub("one", "two", "three"),
    "k07_same": stub("same"),
    "k08_gone": stub("gone"),
}
NEW = {
    "k01_alone": stub("alone", words="Do it anew."),
    "k02_begun": stub("second", "third", "first", words="Do it anew."),
    "k03_words": stub("told", words="Do it anew."),
    "k04_broken": stub("broken", words="Do it anew."),
    "k05_mended": stub("mended", words="Do it anew."),
    "k06_inserted": stub("inserted"),
    "k07_same": stub("same"),
    "k09_moved": stub("one", "two", "three", words="Do it anew."),
}
BODY = "    raise NotImplementedError\n"


def write(place: Path, name: str, old: str, new: str) -> None:
    """The learner exchanges one text for another in a file."""
    path = place / f"{name}.py"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def tree(place: Path) -> dict[str, bytes]:
    """All files of a folder."""
    files = (path for path in place.rglob("*") if path.is_file())
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in files}


def fate(report: Report) -> dict[str, tuple[str, ...]]:
    """The names in a report."""
    return {
        "added": report.added,
        "refreshed": report.refreshed,
        "carried": report.carried,
        "kept": tuple(each.name for each in report.kept),
        "unchanged": report.unchanged,
    }


FATES = {
    "added": ("k06_inserted",),
    "refreshed": ("k01_alone",),
    "carried": ("k02_begun", "k03_words", "k05_mended", "k09_moved"),
    "kept": ("k08_gone", "k03_words", "k04_broken", "k09_moved"),
    "unchanged": ("k07_same",),
}
