"""Every text of a kata that a learner reads, in the order of its files, with where it is from."""

import ast
import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from spec.course import folder
from spec.harness import markdown
from spec.harness.explaining import general
from spec.harness.files import sources, stubs
from spec.harness.files.catalogue import EVERYWHERE, ROOT, Kata
from spec.harness.passages import passages
from spec.harness.showing import hints

Documented = ast.Module | ast.ClassDef | ast.FunctionDef


@dataclass(frozen=True)
class Text:
    """An English text: what it is, for a translator, and the file and function it stands in."""

    english: str
    what: str
    place: str
    many: str | None = None  # the same of several, where the number decides


def of_kata(kata: Kata) -> Iterator[Text]:
    """The lesson and docstrings of its stub, its rules, its mistakes and its hints."""
    yield from _of_stub(kata)
    yield from _of_rules(kata)
    yield from _of_mistakes(kata)
    for function, steps in hints.of(kata).items():
        for number, step in enumerate(steps, 1):
            yield Text(step, f"hint {number} for {function}", _place(kata.hints, function))


def of_any_kata() -> Iterator[Text]:
    """The mistakes that can be made in any function, but those that nobody is told of."""
    for path in EVERYWHERE:
        module = importlib.import_module(f"spec.wrong.{path.stem}")
        listed = (tells for name, tells in vars(module).items() if name.startswith("IN_"))
        untold = getattr(module, "UNTOLD", ())
        for mistake in (each for tells in listed for each in tells if each not in untold):
            what = f"mistake {mistake.__name__}, of any function"
            yield Text(general.words(mistake), what, _place(path, mistake.__name__))


def of_readmes() -> Iterator[Text]:
    """The project's README, and that of a folder of one's own."""
    for path, page in (
        (ROOT / "README.md", (ROOT / "README.md").read_text(encoding="utf-8")),
        (folder.README, folder.page()),
    ):
        for text in markdown.texts(page):
            yield Text(text, "of a README", _place(path, ""))


def _of_stub(kata: Kata) -> Iterator[Text]:
    tree = ast.parse(stubs.stub_of(sources.read(kata.solution)))
    for name, node in _documented(tree):
        for passage in passages(ast.get_docstring(node, clean=False) or ""):
            what = f"docstring of {name}" if name else "lesson"
            what += f", {passage.section}" if passage.section else ""
            what += ", drawn: keep its columns" if passage.drawn else ""
            yield Text(passage.text, what, _place(kata.stub, name))


def _documented(tree: Documented, name: str = "") -> Iterator[tuple[str, Documented]]:
    """A module, its functions, its classes and their methods, by name: Node.backward."""
    yield name, tree
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield from _documented(node, f"{name}.{node.name}".lstrip("."))


def _of_rules(kata: Kata) -> Iterator[Text]:
    source = sources.read(kata.spec)
    for name, node in sources.definitions(source).items():
        if name.startswith("test_"):
            what = f"rule of {name}, function {sources.function_of(kata, name)}"
            yield Text(_joined(ast.get_docstring(node) or name), what, _place(kata.spec, name))


def _of_mistakes(kata: Kata) -> Iterator[Text]:
    for name, node in sources.definitions(sources.read(kata.wrong)).items():
        function, _, mistake = name.partition("__")
        what = f"mistake {mistake} in {function}"
        yield Text(_joined(ast.get_docstring(node) or ""), what, _place(kata.wrong, name))


def _joined(text: str) -> str:
    return " ".join(text.split())


def _place(path: Path, name: str) -> str:
    where = path.relative_to(ROOT).as_posix()
    return f"{where}:{name}" if name else where
