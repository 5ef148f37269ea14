"""What a learner is told of answers that are wrong, or right: handed in, each in a folder."""

import ast
from collections.abc import Mapping
from pathlib import Path

import pytest

from spec.harness import settings
from spec.harness.explaining.notes import Note
from spec.harness.explaining.progress import Progress, focus, gather, noted
from spec.harness.files import catalogue, sources
from spec.harness.files.catalogue import Kata
from spec.tests.inner import Outcomes, Run, run

Answers = dict[tuple[str, str], Progress]  # what is shown first, by folder and function or class


class Named(Outcomes):
    """Collects which mistake is named for each submission: a folder with one kata."""

    def __init__(self) -> None:
        super().__init__(stop_early=False)
        self.noted: list[Note] = []

    def pytest_configure(self, config: pytest.Config) -> None:
        """Lets Hypothesis shrink: the smallest example is what a learner's mistake shows on."""
        settings.of(config).shrink = True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keeps what is noted of each test."""
        self.noted += noted([report])

    def shown(self) -> Answers:
        """What a learner sees first, where something fails."""
        entries: dict[tuple[str, str], list[Progress]] = {}
        for entry in gather(self.noted):
            kata = catalogue.named(entry.kata)
            owner = sources.units(kata)[entry.function].owner
            entries.setdefault((entry.file.split("/")[-2], owner), []).append(entry)
        first = {key: focus(parts) for key, parts in entries.items()}
        return {key: entry for key, entry in first.items() if entry is not None and entry.failures}

    def words(self) -> dict[tuple[str, str], str | None]:
        """What a learner is told first, if anything, by folder and function or class."""
        return {key: " ".join(entry.mistakes()) or None for key, entry in self.shown().items()}


class Renaming(ast.NodeTransformer):
    """Another person's spelling: every local name is another, and there are no docstrings."""

    def __init__(self, names: set[str], own: tuple[str, str]) -> None:
        self.names, self.own = names, dict([own])

    def visit_Name(self, node: ast.Name) -> ast.Name:
        """Renames a variable, or the function itself, where it calls itself."""
        other = f"{node.id}_x" if node.id in self.names else self.own.get(node.id, node.id)
        return ast.Name(other, node.ctx)

    def visit_arg(self, node: ast.arg) -> ast.arg:
        """Renames a parameter."""
        return ast.arg(f"{node.arg}_x" if node.arg in self.names else node.arg)


def rewritten(definition: sources.Definition, function: str) -> str:
    """The source of a wrong answer as someone else would have typed it, under its own name."""
    functions = [n for n in ast.walk(definition) if isinstance(n, ast.FunctionDef)]
    inside = [node for inner in functions for node in ast.walk(inner)]
    stored = {n.id for n in inside if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    arguments = {node.arg for node in ast.walk(definition) if isinstance(node, ast.arg)}
    keywords = {node.arg for node in ast.walk(definition) if isinstance(node, ast.keyword)}
    names = (stored | arguments) - {word for word in keywords if word} - {"self", "cls"}
    renaming = Renaming(names, (definition.name, function))
    other = renaming.visit(ast.parse(ast.unparse(definition)).body[0])
    other.name = function
    if ast.get_docstring(definition) is not None:
        other.body[0] = ast.Pass()
    return ast.unparse(ast.fix_missing_locations(other))


def submissions(kata: Kata, answers: Path, folder: Path) -> list[str]:
    """Writes a folder for each answer: the solution with that answer in its function's place."""
    definitions = sources.definitions(answers.read_text(encoding="utf-8"))
    return handed_in(kata, answers, folder, definitions)


def handed_in(
    kata: Kata, answers: Path, folder: Path, definitions: Mapping[str, sources.Definition]
) -> list[str]:
    """The same of these, by function__name, which use what the file of answers has beside them."""
    source = answers.read_text(encoding="utf-8")
    public = sources.definitions(source)
    private = [
        ast.unparse(node)
        for node in ast.parse(source).body
        if not (isinstance(node, sources.Definition) and node.name in public)
    ]
    for name, definition in definitions.items():
        function = name.partition("__")[0]
        place = folder / name
        place.mkdir()
        text = [kata.solution.read_text(encoding="utf-8"), *private]
        (place / f"{kata.name}.py").write_text(
            "\n\n".join([*text, rewritten(definition, function)]), encoding="utf-8"
        )
    return list(definitions)


def functions_only(
    folder: Path, names: list[str], device: str, plugin: Named, *more: object
) -> Run:
    """Runs each submission against the tests of the function it got wrong."""

    class OwnTests:
        """Leaves out the tests of the functions that are as in the solution."""

        def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
            """Keeps an item where its folder's mistake is in its function."""
            items[:] = [
                item
                for item in items
                if item.name.startswith(f"test_{item.path.parent.name.partition('__')[0]}_")
            ]

    plugins = [plugin, OwnTests(), *more]
    ran = run(folder, *names, f"--device={device}", "--all", plugins=plugins)
    assert ran.status in (0, 1), ran.output[-3000:]
    return ran
