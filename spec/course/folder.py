"""`torch-katas init`: a folder of one's own, with the stubs of all katas and little else."""

from dataclasses import dataclass
from pathlib import Path

from ..harness import language, markdown
from ..harness.language import tr
from . import disk, road, state
from .carrying import plain
from .disk import Deed
from .state import Refused

README = Path(__file__).with_name("folder.md")

GITIGNORE = """\
.hypothesis/
.pytest_cache/
.torch-katas/progress.json*
.venv/
__pycache__/
"""

SETTINGS = """\
{
  "python.testing.pytestArgs": ["."],
  "python.testing.pytestEnabled": true,
  "python.testing.unittestEnabled": false
}
"""

NO_FOLDER = "{folder} is a file. Name a folder that is new, or yours."
OURS = "{folder} is where the course itself lies. Name a folder of your own."
UNWRITABLE = "Nothing can be written into {folder}: {why}."


@dataclass(frozen=True)
class Made:
    """What a folder got, and which files were there before and stay as they are."""

    folder: Path
    written: tuple[str, ...]
    stayed: tuple[str, ...]


def templates() -> dict[str, str]:
    """What is handed out beside the katas, by its place in the folder."""
    return {
        ".gitignore": GITIGNORE,
        ".vscode/settings.json": SETTINGS,
        "README.md": markdown.translated(page(), language.spoken()),
    }


def page() -> str:
    """The README of a folder, in English."""
    return README.read_text(encoding="utf-8").format(road=road.table())


def made(folder: Path, course: dict[str, str] | None = None) -> Made:
    """Fills a folder, new or not, with all that it lacks; what is there stays as it is.

    It raises Refused, in words, where that can't be. Interrupted, it can be repeated.
    """
    if folder.exists() and not folder.is_dir():
        raise Refused(tr(NO_FOLDER).format(folder=folder))
    if state.is_forbidden(folder):
        raise Refused(tr(OURS).format(folder=folder))
    stubs = state.course() if course is None else course
    files = {**{f"{name}.py": text for name, text in stubs.items()}, **templates()}
    written, stayed, deeds = [], [], []
    try:
        for name, text in files.items():
            there = disk.read(folder / name)
            mirror = Deed(state.mirror(folder, name), text.encode())
            if there is None:
                written.append(name)
                deeds += [Deed(folder / name, text.encode()), mirror]
            elif plain(there.decode("utf-8", "replace")) == text:
                deeds.append(mirror)
            else:
                stayed.append(name)
        disk.do([*deeds, *state.speaking(folder), state.versioned(folder)])
        disk.sweep(state.folders(folder))
    except OSError as error:
        raise Refused(tr(UNWRITABLE).format(folder=folder, why=error.strerror)) from None
    return Made(folder, tuple(written), tuple(stayed))
