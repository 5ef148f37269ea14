"""A known mistake is recognised whoever wrote it down, and nothing else is."""

import ast
from pathlib import Path

import pytest

from spec.harness import settings
from spec.harness.explaining.progress import Note, Progress, focus, gather, noted
from spec.harness.files import catalogue, sources
from spec.harness.files.catalogue import Kata
from spec.tests.inner import Outcomes, Run, run

pytestmark = pytest.mark.slow

each_kata = pytest.mark.parametrize("kata", catalogue.katas(), ids=lambda kata: kata.name)
K08 = catalogue.find("k08_broadcasting")
NAMED_AT_LEAST = 0.96


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

    def words(self) -> dict[tuple[str, str], str | None]:
        """What a learner is told first, if anything, by folder and function or class."""
        entries: dict[tuple[str, str], list[Progress]] = {}
        for entry in gather(self.noted):
            kata = catalogue.named(entry.kata)
            owner = sources.units(kata)[entry.function].owner
            entries.setdefault((entry.file.split("/")[-2], owner), []).append(entry)
        shown = {key: focus(parts) for key, parts in entries.items()}
        return {
            key: " ".join(entry.mistakes()) or None
            for key, entry in shown.items()
            if entry is not None and entry.failures
        }


class Renaming(ast.NodeTransformer):
    """Another person's spelling: every local name is another, and there are no docstrings."""

    def __init__(self, names: set[str]) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:
        """Renames a variable."""
        return ast.Name(f"{node.id}_x" if node.id in self.names else node.id, node.ctx)

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
    other = Renaming(names).visit(ast.parse(ast.unparse(definition)).body[0])
    other.name = function
    if ast.get_docstring(definition) is not None:
        other.body[0] = ast.Pass()
    return ast.unparse(ast.fix_missing_locations(other))


def submissions(kata: Kata, answers: Path, folder: Path) -> list[str]:
    """Writes a folder for each answer: the solution with that answer in its function's place."""
    source = answers.read_text(encoding="utf-8")
    definitions = sources.definitions(source)
    private = [
        ast.unparse(node)
        for node in ast.parse(source).body
        if not (isinstance(node, sources.Definition) and node.name in definitions)
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


def functions_only(folder: Path, names: list[str], device: str, plugin: Named) -> Run:
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

    ran = run(folder, *names, f"--device={device}", "--all", plugins=[plugin, OwnTests()])
    assert ran.status in (0, 1), ran.output[-3000:]
    return ran


@each_kata
def test_wrong_answers_are_named(kata: Kata, tmp_path: Path) -> None:
    """96 of 100 mistakes are told to whoever makes them, and none is taken for another."""
    names = submissions(kata, kata.wrong, tmp_path)
    wrong = sources.definitions(kata.wrong.read_text(encoding="utf-8"))
    seen = Named()
    functions_only(tmp_path, names, "auto", seen)

    words = seen.words()
    told = {name: words.get((name, name.partition("__")[0])) for name in names}
    right = {name: " ".join((ast.get_docstring(wrong[name]) or "").split()) for name in names}
    mistaken = {name: words for name, words in told.items() if words not in (None, right[name])}
    missed = [name for name, words in told.items() if words is None]
    print(f"{kata.name}: {len(names) - len(missed) - len(mistaken)} of {len(names)} named")
    assert not mistaken
    assert len(missed) <= (1 - NAMED_AT_LEAST) * len(names), f"not named: {missed}"


@each_kata
def test_right_answers_are_never_diagnosed(kata: Kata, tmp_path: Path) -> None:
    """Whoever is right is told of no mistake."""
    names = submissions(kata, kata.right, tmp_path)
    seen = Named()
    functions_only(tmp_path, names, "cpu", seen)

    assert not seen.words()


def test_stubs_are_never_diagnosed() -> None:
    """What is not started is no mistake."""
    seen = Named()
    run(catalogue.ROOT, "katas", "--device=cpu", "--all", plugins=[seen])

    assert seen.noted
    assert not any(seen.words().values())


def test_two_mistakes_in_two_functions_are_both_named(tmp_path: Path) -> None:
    """With --all, each function has its own words."""
    (tmp_path / "k08_broadcasting.py").write_text(
        "def center_columns(m):\n    return m - m.mean(1, keepdim=True)\n\n\n"
        "def outer_sum(x, y):\n    return y[:, None] + x\n"
    )
    seen = run(tmp_path, ".", "--device=cpu", "--all")
    assert "mistake   You averaged each row (dim=1)." in seen.output
    assert "mistake   Your result is transposed" in seen.output


def test_an_unknown_mistake_is_not_guessed_at(tmp_path: Path) -> None:
    """No match, no word of a mistake."""
    (tmp_path / "k08_broadcasting.py").write_text(
        "def center_columns(m):\n    return m - m.mean(dim=0) + 0.25\n"
    )
    seen = run(tmp_path, ".", "--device=cpu", "-k", "center_columns")
    assert "what to mend" in seen.output
    assert "  mistake  " not in seen.output
