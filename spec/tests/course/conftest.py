"""A disk that does not keep one waiting."""

import os

import pytest


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here outlasts the machine."""
    monkeypatch.setattr(os, "fsync", lambda handle: None)
