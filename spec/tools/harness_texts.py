"""Every text of the machinery that a person reads: what its modules and pages hand to tr and trn.

An argument is a text, the name of a constant that holds one, or of a table of them; what else is
looked up, such as the words for a mistake, is in a kata's own catalogue.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import jinja2
import jinja2.ext

from spec.harness.files.catalogue import ROOT, SPEC
from spec.tools.learners_texts import Text

ROOMS = ("harness", "course", "grading")
FUNCTIONS = ("tr", "trn")
CHECKS = {"CheckFailure": 0, "assert_that": 1}  # which argument is a text

# Constants whose texts are looked up one by one, by what a variable holds.
TABLES = {
    "course/messages.py": ("REASONS",),
    "course/standing.py": ("COMMANDS",),
    "harness/checks/cost.py": ("OPERATIONS", "STEPS"),
    "harness/checks/results.py": ("WRONG",),
    "harness/doctor/finding.py": ("ABOUTS",),
    "harness/explaining/givens.py": (
        *("EMPTY", "NO_ITEMS", "NAN", "INFINITE", "SCALAR", "EXPANDED", "NOT_CONTIGUOUS", "HUGE"),
        *("TINY", "ONE", "ONE_LONG", "WHOLE", "DOUBLE"),
    ),
    "harness/explaining/items.py": ("ALL", "BOTH", "SOME", "ITEMS", "ORDINALS", "PARTS", "RESULTS"),
    "harness/explaining/lacking.py": ("WAYS",),
    "harness/explaining/layouts.py": ("TOO_LONG", "TOO_SHORT"),
    "harness/explaining/lines.py": ("LABELS",),
    "harness/explaining/meanings.py": ("MEANINGS",),
    "harness/explaining/numbers.py": ("FUNCTIONS", "KINDS", "TOO_LARGE", "TOO_SMALL"),
    "harness/running/promises.py": ("EXAMPLE_RULE", "STATE_RULE"),
    "harness/showing/drawings.py": ("SIDES",),
    "harness/running/state.py": ("SETTINGS",),
    "harness/showing/board.py": ("STATES",),
    "k15_init_symmetry.py": ("COLUMNS", "DEVIATION_IS_OFF", "MEAN_IS_OFF", "ROWS"),
}

KEYED = ("FUNCTIONS", "KINDS", "SETTINGS")  # tables whose keys are texts
PATTERNS = ("MEANINGS",)  # tables whose rows begin with a pattern

# Tables whose rows begin with a text of one number and that of others.
FORMS = {"course/standing.py": ("AGO",)}


def of_machinery() -> Iterator[Text]:
    """The texts of all rooms, in the order of their files."""
    for room in ROOMS:
        for path in sorted((SPEC / room).rglob("*")):
            if path.suffix == ".py":
                yield from of_module(path)
            elif path.suffix == ".html":
                yield from _of_page(path)


def of_module(path: Path) -> Iterator[Text]:
    """What a module says."""
    module = Module(path)
    place = path.relative_to(ROOT).as_posix()
    for name in TABLES.get(path.relative_to(SPEC).as_posix(), ()):
        for text in _of_table(name, module.constants[name]):
            yield Text(text, f"in {name}", place)
    for name in FORMS.get(path.relative_to(SPEC).as_posix(), ()):
        for one, many, *_ in ast.literal_eval(module.constants[name]):
            yield Text(one, f"in {name}", place, many)
    for call, function in module.calls():
        what = f"in {function}" if function else "said"
        for texts in module.arguments(call):
            yield Text(texts[0], what, place, texts[1] if len(texts) > 1 else None)


def _of_table(name: str, table: ast.expr) -> list[str]:
    """The texts of a table; values beside texts are none where they are single words."""
    if name in PATTERNS and isinstance(table, ast.Tuple):
        return [strings(row)[-1] for row in table.elts]
    if not isinstance(table, ast.Dict):
        return strings(table)
    keys = [text for key in table.keys if name in KEYED for text in strings(key)]
    return [*keys, *(text for part in table.values for text in strings(part) if " " in text)]


class Module:
    """A module's source, its constants, and where it looks texts up."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.constants = dict(_constants(self.tree))
        self.imported = dict(_imported(path, self.tree))

    def calls(self) -> Iterator[tuple[ast.Call, str]]:
        """The calls of tr and trn and of checks, and the function that each is in."""
        for node, function in _walk(self.tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in (*FUNCTIONS, *CHECKS):
                yield node, function

    def arguments(self, call: ast.Call) -> list[tuple[str, ...]]:
        """The texts that a call looks up: one, or the forms of one number and of another."""
        name = ast.unparse(call.func)
        if name == "trn":
            return list(zip(*map(self.texts, call.args[:2]), strict=True))
        place = CHECKS.get(name, 0)
        return [(text,) for each in call.args[place : place + 1] for text in self.texts(each)]

    def texts(self, node: ast.expr | None) -> list[str]:
        """The texts that an expression stands for, as far as they stand in a source."""
        if isinstance(node, ast.IfExp):
            return self.texts(node.body) + self.texts(node.orelse)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            table = self.resolved(node.func.value)  # of TABLE.get(…)
            return (
                [t for v in table.values for t in strings(v)] if isinstance(table, ast.Dict) else []
            )
        found = self.resolved(node) if node is not None else None
        return self.texts(found) if isinstance(found, ast.IfExp) else strings(found)

    def resolved(self, node: ast.expr) -> ast.expr | None:
        """What a constant's name stands for, here or in the module that it is imported from."""
        name = ast.unparse(node)
        if isinstance(node, ast.Name) and name in self.constants:
            return self.constants[name]
        owner, _, member = name.partition(".")
        if isinstance(node, ast.Name) and name in self.imported:
            path, member = self.imported[name]
        elif isinstance(node, ast.Attribute) and owner in self.imported:
            path = self.imported[owner][0]
        else:
            return node if isinstance(node, ast.Constant) else None
        return dict(_constants(ast.parse(path.read_text(encoding="utf-8")))).get(member)


def strings(node: ast.expr | None) -> list[str]:
    """The texts in an expression."""
    found = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant)] if node else []
    return [text for text in found if isinstance(text, str)]


def _constants(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    for node in tree.body:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                yield from _assigned(target, node.value)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            yield node.target.id, node.value


def _assigned(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, part in zip(target.elts, value.elts, strict=False):
            yield from _assigned(one, part)


def _imported(path: Path, tree: ast.Module) -> Iterator[tuple[str, tuple[Path, str]]]:
    """Each name that is imported from a module of ours: that module's file, and the name there."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = path.parents[node.level - 1].joinpath(*(node.module or "").split("."))
            for alias in node.names:
                for file in (base / f"{alias.name}.py", base.with_suffix(".py")):
                    if file.exists():
                        yield alias.asname or alias.name, (file, alias.name)
                        break


def _walk(node: ast.AST, function: str = "") -> Iterator[tuple[ast.AST, str]]:
    """All nodes in the order of the source, each with the function that it is in."""
    for child in ast.iter_child_nodes(node):
        name = function
        if isinstance(child, ast.FunctionDef | ast.ClassDef):
            name = f"{function}.{child.name}".lstrip(".")
        yield child, name
        yield from _walk(child, name)


def _of_page(path: Path) -> Iterator[Text]:
    """What a page says."""
    environment = jinja2.Environment(extensions=[jinja2.ext.i18n])
    source = path.read_text(encoding="utf-8")
    for _, name, said in environment.extract_translations(source, FUNCTIONS):  # type: ignore[attr-defined]
        texts = [text for text in (said if isinstance(said, tuple) else (said,)) if text]
        many = texts[1] if name == "trn" else None
        if texts:
            yield Text(texts[0], "on the page", path.relative_to(ROOT).as_posix(), many)
