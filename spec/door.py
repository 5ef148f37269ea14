"""pytest's way in: a run that is about katas gets the harness, and no other run notices it.

Every pytest of an environment loads this, whatever it tests, so nothing heavy stands here.
"""

import os
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path

import pytest

SPEC = Path(__file__).resolve().parent
HOME = SPEC.parent
HARNESS = f"{__package__}.harness.plugin"
HARNESSES = {HARNESS, "spec.harness.plugin"}  # the second is that of a checkout, by its conftest
OPTIONS = {
    "--all",
    "--core",
    "--device",
    "--examples",
    "--hint",
    "--lang",
    "--pictures",
    "--reset",
    "--sim-as",
    "--watch",
}
LEVELS, FOLDERS = 4, 1000  # how deep and how far katas are looked for

TAKEN = "torch-katas: stays out, as {options} is an option of this project's own"


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(
    early_config: pytest.Config, parser: pytest.Parser, args: list[str]
) -> Generator[None, None, None]:
    """Brings the harness after the conftests, which may have options of the same names.

    Whoever uses an option of ours that nobody else has means katas, and may be in a wrong folder.
    """
    yield
    manager = early_config.pluginmanager
    if any(map(manager.has_plugin, HARNESSES)):
        return
    taken = OPTIONS & set(_options(parser))
    asked = OPTIONS & {word.partition("=")[0] for word in args}
    if is_about_katas(early_config) or (asked and not taken):
        early_config.stash[_taken] = sorted(taken)
        if not taken:
            manager.import_plugin(HARNESS)


_taken: pytest.StashKey[list[str]] = pytest.StashKey()


def pytest_report_header(config: pytest.Config) -> list[str]:
    """Says why katas do not run, where they can't."""
    taken = config.stash.get(_taken, [])
    return [TAKEN.format(options=", ".join(taken))] if taken else []


def is_about_katas(config: pytest.Config) -> bool:
    """Whether a run is started in the katas' home, or names a kata or a folder that holds some."""
    here = config.invocation_params.dir
    words = [str(word).partition("::")[0] for word in config.known_args_namespace.file_or_dir]
    named = [here / word for word in words if (here / word).exists()]
    if (HOME / "katas").is_dir() and any(_is_at_home(path) for path in (here, *named)):
        return True
    names = {path.name for path in SPEC.glob("k??_*.py")}
    return any(path.name in names for path in _files(named or [here]))


def _is_at_home(path: Path) -> bool:
    return path.resolve().is_relative_to(HOME)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files among these paths, and those below them that are quickly found."""
    left, level = list(paths), 0
    looked_at = 0
    while left and level <= LEVELS and looked_at < FOLDERS:
        yield from (path for path in left if path.is_file())
        folders = [path for path in left if path.is_dir()][: FOLDERS - looked_at]
        left = [path for folder in folders for path in _inside(folder)]
        looked_at += len(folders)
        level += 1


def _inside(folder: Path) -> list[Path]:
    """Python files and folders in a folder; none in one that is hidden from pytest too."""
    if (folder / "pyvenv.cfg").exists():
        return []
    try:
        with os.scandir(folder) as entries:
            return [
                Path(entry.path)
                for entry in entries
                if entry.name.endswith(".py")
                or (entry.is_dir() and entry.name[0] not in "._" and entry.name != "node_modules")
            ]
    except OSError:
        return []


def _options(parser: pytest.Parser) -> Iterator[str]:
    """The options that are there already."""
    for group in [*parser._groups, parser._anonymous]:
        for option in group.options:
            yield from option.names()
