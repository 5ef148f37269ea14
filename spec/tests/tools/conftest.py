"""A place of its own for the tools that write katas."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from spec.harness.files import catalogue, sources
from spec.harness.files.catalogue import ROOT

KATA = "k08_broadcasting"


def _forget() -> None:
    catalogue.katas.cache_clear()
    sources.promised.cache_clear()


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A small copy of the repository, with one kata; the catalogue looks there."""
    shutil.copy(ROOT / "README.md", tmp_path)
    kata = catalogue.Kata(KATA)
    for path in (kata.stub, kata.solution, kata.spec, kata.wrong, kata.right, kata.hints):
        place = tmp_path / path.relative_to(ROOT)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, place)
    monkeypatch.setattr(catalogue, "ROOT", tmp_path)
    for name in ("SPEC", "KATAS", "SOLUTIONS"):
        monkeypatch.setattr(catalogue, name, tmp_path / name.lower())
    monkeypatch.chdir(tmp_path)
    _forget()
    yield tmp_path
    _forget()
