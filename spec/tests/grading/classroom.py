"""Classes for tests of grading: submissions made of solutions, and the report on them."""

import ast
import contextlib
import io
import json
import re
from pathlib import Path
from typing import Any

from spec.grading import __main__
from spec.harness.files import catalogue, sources
from spec.harness.files.catalogue import SPEC, Kata
from spec.harness.files.sources import Definition, parameters

HEAD = re.compile(r"# (k\d\d_\w+)\.(\w+): (.*)\n")


def case(path: Path) -> tuple[Kata, str, str]:
    """The kata, the function and the code of a file that begins with `# kata.function: what`."""
    text = path.read_bytes().decode("utf-8")
    match = HEAD.match(text)
    assert match, f"{path.name} does not say what it is about"
    kata = catalogue.named(match[1])
    assert match[2] in sources.promised(kata)
    return kata, match[2], text[match.end() :]


def submission(kata: Kata, code: str) -> str:
    """The code, and behind it the solution, with what the code defines left out."""
    source = kata.solution.read_text(encoding="utf-8")
    mine = _defined(code)
    lines = source.splitlines(keepends=True)
    for node in ast.parse(source).body:
        if isinstance(node, Definition) and node.name in mine:
            last = node.end_lineno or node.lineno
            lines[node.lineno - 1 : last] = ["\n"] * (last - node.lineno + 1)
    return f"{code}\n{''.join(lines)}"


def _defined(code: str) -> set[str]:
    names = {node.name for node in ast.parse(code).body if isinstance(node, Definition)}
    for node in ast.parse(code).body:
        if isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return names


class Graded:
    """A class, the report on it, and what was on the disk and in the process table besides."""

    def __init__(self, place: Path, out: Path, *options: str) -> None:
        self.place, self.out = place, out
        before = _files_of_ours()
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            self.code = __main__.main([str(place), "--out", str(out), *options])
        self.output = said.getvalue()
        self.changed = _files_of_ours() != before
        report = json.loads((out / "grades.json").read_text(encoding="utf-8"))
        self.people = {person["person"]: person for person in report["people"]}

    def function(self, person: str, function: str) -> dict[str, Any]:
        """The outcome of one function of a person."""
        found = self.people[person]["functions"]
        parts = [e for e in found if function in (e["function"], _owner(e["kata"], e["function"]))]
        assert parts, f"{person} has no {function}"
        return {
            **parts[0],
            "passed": sum(part["passed"] for part in parts),
            "total": sum(part["total"] for part in parts),
        }


def hand_in(folder: Path, kata: Kata, source: str) -> None:
    """Puts a kata into a person's folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{kata.name}.py").write_bytes(source.encode("utf-8"))


def _owner(kata: str, function: str) -> str:
    """The function or class that a unit is, or is a part of."""
    return sources.units(catalogue.named(kata))[function].owner


def idle(kata: Kata, function: str) -> str:
    """Code that returns what it was given, which is what a trick must not be worth more than."""
    definition = sources.promised(kata)[function]
    names = parameters(definition)
    if isinstance(definition, ast.ClassDef) or not names:
        return nothing(kata, function)
    return f"def {function}({', '.join(names)}):\n    return {names[0]}\n"


def nothing(kata: Kata, function: str) -> str:
    """Code that returns nothing, and is worth nothing."""
    definition = sources.promised(kata)[function]
    if isinstance(definition, ast.ClassDef):
        return f"class {function}:\n    def __init__(self, *arguments):\n        pass\n"
    return f"def {function}({', '.join(parameters(definition))}):\n    return None\n"


def _files_of_ours() -> dict[Path, tuple[int, int]]:
    """The size and time of every file that a submission might want to change."""
    found = {}
    for folder in (SPEC, catalogue.KATAS, catalogue.SOLUTIONS):
        for path in folder.rglob("*.py"):
            found[path] = (path.stat().st_size, path.stat().st_mtime_ns)
    return found
