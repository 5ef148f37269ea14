"""What pip has installed for this Python, as it says itself."""

from __future__ import annotations

import ast
import json
import re
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from .finding import ROOT

NAME = "torch-katas"
LINK = re.compile(
    r"""'torch_katas': ('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
)  # in what setuptools writes


def version_of(name: str) -> str | None:
    """The version of a package, if it is there."""
    found = _installed(name)
    return found and found.version


def needed_by(name: str) -> list[str]:
    """What a package says it needs, without its extras."""
    found = _installed(name)
    return [each for each in (found and found.requires) or () if "extra ==" not in each]


def doors() -> dict[str, str]:
    """How pytest finds this project, as it was when it was installed from this folder."""
    found = _installed(NAME)
    if not found or home() != ROOT:
        return {}
    return {each.name: each.value for each in found.entry_points if each.group == "pytest11"}


def home() -> Path | None:
    """The folder that this project was installed from."""
    found = _installed(NAME)
    if not found:
        return None
    origin = json.loads(found.read_text("direct_url.json") or "{}")
    if "dir_info" not in origin:
        return _looked_in(found)
    return Path(url2pathname(urlsplit(origin["url"]).path)).resolve()


def _looked_in(found: Any) -> Path | None:
    """The folder that imports are answered from, where a tool has installed a link to it."""
    for file in found.files or ():
        if file.name.endswith("_finder.py"):
            match = LINK.search(file.locate().read_text(encoding="utf-8"))
            return Path(ast.literal_eval(match[1])).resolve().parent if match else None
    return None


def _installed(name: str) -> Any:
    """A package as it was installed; what a build has left in this folder tells nothing."""
    try:
        from importlib import metadata
    except ImportError:  # Python 3.7 has none
        return None
    elsewhere = [each for each in sys.path if Path(each or ".").resolve() != ROOT]
    return next(iter(metadata.distributions(name=name, path=elsewhere)), None)
