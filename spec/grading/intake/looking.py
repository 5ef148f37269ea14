"""One file, looked at node by node: what in it goes beyond what a kata needs."""

import ast
import re
from collections.abc import Iterator
from importlib.util import find_spec
from types import ModuleType

from ...harness.language import tr
from . import allowlist as known
from . import texts, written
from .allowlist import Found, Weight
from .naming import (
    Function,
    Names,
    beginning,
    is_taken,
    names_of,
    receiver,
    value_of,
)

PLAIN = (ast.Name, ast.Attribute, ast.Constant)


class Look:
    """One file, looked at node by node."""

    def __init__(self, tree: ast.Module) -> None:
        nodes = list(ast.walk(tree))
        self.names: Names = names_of(nodes, known.READ)
        self.called = {id(node.func): node for node in nodes if isinstance(node, ast.Call)}
        self.documents = {
            id(node.value)
            for node in nodes
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        self.in_classes: set[int] = set()
        self.methods: set[int] = set()
        self.own: set[int] = set()  # uses of a method's self
        for klass in self.names.classes.values():
            self._take(klass)
        self.top = {id(node) for node in tree.body}
        self.split = {
            id(inner)
            for node in nodes
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in known.SPLITTING
            for inner in (getattr(node.func, "value", node), *node.args)
        }
        words = {getattr(node, "attr", getattr(node, "id", "")) for node in nodes}
        self.unpacks = {"numpy", "tolist"} <= words or bool(known.UNCOUNTED & words)
        self.runs_docstrings = "doctest" in self.names.imported.values()
        self.templates = texts.Templates(tree)
        whole = (ast.Attribute, ast.Assign)
        self.followed = {id(node.value) for node in nodes if isinstance(node, whole) and node.value}
        self.functions = {node.name for node in nodes if isinstance(node, Function)}

    def _take(self, klass: ast.ClassDef) -> None:
        for statement in klass.body:
            self.in_classes.add(id(statement))
            if isinstance(statement, Function):
                self.methods.add(id(statement))
                name = receiver(statement)
                self.own |= {
                    id(node)
                    for node in ast.walk(statement)
                    if isinstance(node, ast.Name) and node.id == name
                }
            elif isinstance(statement, ast.Assign) and isinstance(statement.value, PLAIN):
                self.methods |= {id(target) for target in statement.targets}  # __radd__ = __add__

    def at(self, node: ast.AST) -> Iterator[Found]:
        """What is to be said of one node."""
        yield from self._imports(node)
        yield from written.bindings(node, self.methods, self.runs_docstrings)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield from self._name(node)
        elif isinstance(node, ast.Attribute):
            yield from self._attribute(node)
        elif isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
            yield from self._item(node)
        elif isinstance(node, ast.Call):
            yield from self._call(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in self.documents:
                yield from written.text(node, self.split)
        elif isinstance(node, ast.BinOp):
            yield from written.operation(node)
        elif isinstance(node, ast.ClassDef) and node.keywords:
            plain = [ast.unparse(word.value) for word in node.keywords if word.arg == "metaclass"]
            if plain not in ([], ["ABCMeta"], ["abc.ABCMeta"]):
                yield Weight.REACHES, tr(known.METACLASS)

    def _imports(self, node: ast.AST) -> Iterator[Found]:
        if not isinstance(node, ast.Import | ast.ImportFrom):
            return
        if id(node) in self.in_classes:
            yield Weight.REACHES, tr(known.IN_A_CLASS)
        if isinstance(node, ast.Import):
            unknown = [alias.name for alias in node.names if alias.name not in known.MODULES]
        elif node.level:
            unknown = ["." * node.level + (node.module or "")]
        else:
            unknown = [] if node.module in known.MODULES else [str(node.module)]
            if not unknown and node.module != "__future__":
                for alias in node.names:
                    yield from self._path(f"{node.module}.{alias.name}")
        tops = {name.partition(".")[0] for name in _modules(node)} & known.REPLACED
        for name in sorted(name for name in tops if find_spec(name) is None):
            yield Weight.UNUSUAL, tr(known.ABSENT).format(name=name)
        for name in unknown:
            top = name.partition(".")[0]
            if top in tops:
                continue
            if top in known.ORDINARY and top != name:
                yield from self._path(name)
                continue
            odd = re.match(r"k\d\d_", name) or not _is_there(top)
            yield (Weight.UNUSUAL if odd else Weight.REACHES), tr(known.MODULE).format(name=name)

    def _name(self, node: ast.Name) -> Iterator[Found]:
        name = node.id
        if name in known.BUILTINS:
            yield Weight.REACHES, known.part(name)
        elif name in known.UNUSUAL_BUILTINS and name not in self.names.bound:
            yield Weight.UNUSUAL, known.part(name)
        elif name in known.BY_NAME and id(node) not in self.called:
            yield Weight.REACHES, known.part(tr("{name} as a value").format(name=name))
        elif known.SPECIAL.fullmatch(name) and name not in known.NAMES | known.METHODS:
            yield Weight.REACHES, known.part(name)
        if name in self.names.imported:
            path = self.names.imported[name]
            yield from self._path(path, whole=False)
            if path in known.ORDINARY and id(node) not in self.followed:
                yield Weight.REACHES, tr(known.AS_VALUE).format(name=path)

    def _attribute(self, node: ast.Attribute) -> Iterator[Found]:
        name, path = node.attr, self.names.path(node)
        mine = isinstance(node.value, ast.Name) and id(node.value) in self.own
        foreign = isinstance(node.value, ast.Name) and node.value.id in self.names.foreign
        owned = mine or (name in self.names.attributes and path is None and not foreign)
        if path is not None and isinstance(node.ctx, ast.Load):
            yield from self._path(path)
        if name in known.ATTRIBUTES and not (owned and name in self.names.attributes):
            if path is None or not path.startswith(("os.", "sys.", "io.", "numpy.random")):
                yield Weight.REACHES, known.inside(name)
        elif known.SPECIAL.fullmatch(name):
            if name == "__dict__":
                yield (Weight.UNUSUAL if mine else Weight.REACHES), known.inside(name)
            elif name not in known.READABLE:
                yield Weight.REACHES, known.inside(name)
        elif name.startswith("_") and not owned and not name.startswith("_foreach_"):
            far = foreign or path is not None
            yield (Weight.REACHES if far else Weight.UNUSUAL), known.inside(name)
        if name == "format" and _is_load(node) and path is None and not owned:
            yield from self._template(node)
        if not _is_load(node):
            yield from self._set(node, name, path, mine)

    def _template(self, node: ast.Attribute) -> Iterator[Found]:
        """text.format(x), or str.format(text, x): what is read of x stands in the text."""
        template: ast.expr | None = node.value
        if isinstance(template, ast.Name) and template.id == "str":
            call = self.called.get(id(node))
            template = call.args[0] if call and call.args else None
        if template is None or self.templates.is_computed(template):
            yield Weight.REACHES, tr(known.PIECES)

    def _set(self, node: ast.Attribute, name: str, path: str | None, mine: bool) -> Iterator[Found]:
        if path is not None:
            yield from known.set_path(path)
        elif known.SPECIAL.fullmatch(name):
            harmless = name == "__name__" or (name == "__doc__" and not self.runs_docstrings)
            weight = Weight.UNUSUAL if harmless else Weight.REACHES
            yield weight, tr(known.SETS).format(name=name)
        elif not mine and name not in known.SETTABLE and is_taken(name):
            yield Weight.REACHES, tr(known.SETS).format(name=name)

    def _item(self, node: ast.Subscript) -> Iterator[Found]:
        path = self.names.path(node.value)
        if path is not None:
            yield from known.set_path(path)

    def _path(self, path: str, whole: bool = True) -> Iterator[Found]:
        """What is to be said of something imported, by where it comes from."""
        module, _, name = path.partition(".")
        if module in known.ORDINARY and name:
            first = name.partition(".")[0]
            if first == "*" or first not in known.ORDINARY[module] | known.UNUSUAL_PARTS[module]:
                yield Weight.REACHES, known.part(path)
            elif first in known.UNUSUAL_PARTS[module]:
                yield Weight.UNUSUAL, known.part(path)
            return
        if path in known.FUNCTIONS:
            yield Weight.REACHES, known.part(path)
            return
        value = value_of(path, known.READ) if whole or "." in path else None
        if isinstance(value, ModuleType) and value.__name__ not in known.MODULES:
            yield Weight.REACHES, known.inside(path)
        elif type(value).__name__ == "PytestTester" or any(value is each for each in _REFUSED):
            yield Weight.REACHES, known.part(path)

    def _call(self, node: ast.Call) -> Iterator[Found]:
        function = node.func
        if isinstance(function, ast.Name):
            yield from self._builtin(function.id, node)
        elif isinstance(function, ast.Call) and _is_type(function):
            kind = function.args[0] if function.args else None
            if isinstance(kind, ast.Name) and kind.id not in self.names.bound:
                yield Weight.REACHES, tr(known.A_CLASS)
        elif isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
            yield from self._unbound(function.value.id, function.attr, node)
        if self.names.path(function) == "functools.wraps" and (node.keywords or len(node.args) > 1):
            yield Weight.REACHES, known.part(tr("functools.wraps with other attributes"))
        path = self.names.path(function) or ""
        mapping = ast.unparse(function).rpartition(".")[2] in ("map", "starmap")
        if path in known.LOOPING or (self.unpacks and mapping):
            mapped = self.names.path(node.args[0]) if node.args else None
            if mapped is not None and mapped.startswith("operator."):
                yield Weight.REACHES, tr(known.LOOP)
        if path.startswith("timeit.") and texts.is_timer(node):
            yield from self._timed(node)
        named = [word.arg for word in node.keywords if word.arg != "verbose"]
        if path.startswith("doctest.") and (node.args or named):
            yield Weight.REACHES, tr(known.RUN_TEXT)
        if path.startswith("logging.") and any(word.arg == "style" for word in node.keywords):
            forms = [*node.args, *(w.value for w in node.keywords if w.arg in ("fmt", "format"))]
            if any(self.templates.is_computed(form) for form in forms):
                yield Weight.REACHES, tr(known.PIECES)

    def _timed(self, node: ast.Call) -> Iterator[Found]:
        """What is timed is a function, or a text that can be read and is looked at."""
        texts_given = [*node.args, *(w.value for w in node.keywords if w.arg in ("stmt", "setup"))]
        for each in texts_given:
            is_function = isinstance(each, ast.Name) and each.id in self.functions
            if not (is_function or isinstance(each, ast.Constant | ast.Lambda)):
                yield Weight.REACHES, tr(known.RUN_TEXT)

    def _builtin(self, name: str, node: ast.Call) -> Iterator[Found]:
        if name in known.BY_NAME:
            yield from self._by_name(name, node)
        elif name == "type" and len(node.args) != 1:
            yield Weight.REACHES, tr(known.A_CLASS)
        elif name == "breakpoint" and node.args and name not in self.names.bound:
            yield Weight.REACHES, known.part(tr("breakpoint with arguments"))
        elif name == "vars" and node.args and name not in self.names.bound:
            mine = isinstance(node.args[0], ast.Name) and id(node.args[0]) in self.own
            yield (Weight.UNUSUAL if mine else Weight.REACHES), known.part(name)
        elif name == "chr" and [getattr(each, "value", 0) for each in node.args] == [95]:
            yield Weight.REACHES, tr(known.TEXT)

    def _by_name(self, name: str, node: ast.Call) -> Iterator[Found]:
        """getattr(x, "shape") is x.shape; a name that is computed can't be read."""
        if len(node.args) < 2:
            yield Weight.REACHES, tr(known.COMPUTED).format(name=name)
            return
        begins, whole = beginning(node.args[1])
        mine = isinstance(node.args[0], ast.Name) and id(node.args[0]) in self.own
        if whole and begins is not None:
            context = ast.Load() if name in ("getattr", "hasattr") else ast.Store()
            yield from self._attribute(ast.Attribute(node.args[0], begins, context))
        elif not mine or not begins or begins.startswith(known.INTERPRETERS):
            yield Weight.REACHES, tr(known.COMPUTED).format(name=name)

    def _unbound(self, klass: str, method: str, node: ast.Call) -> Iterator[Found]:
        """Helper.put(x): the method takes for its self what may be anything."""
        if klass not in self.names.classes or not node.args or id(node.args[0]) in self.own:
            return
        found = [
            each for each in self.names.classes[klass].body if getattr(each, "name", "") == method
        ]
        if any(isinstance(each, Function) and not each.decorator_list for each in found):
            yield Weight.REACHES, tr(known.FOREIGN).format(name=klass)


def _modules(node: ast.Import | ast.ImportFrom) -> list[str]:
    names = [alias.name for alias in node.names]
    return names if isinstance(node, ast.Import) else [node.module or ""]


def _is_there(package: str) -> bool:
    """Whether importing it can do anything."""
    return not package or package.startswith(".") or find_spec(package) is not None


def _is_load(node: ast.Attribute) -> bool:
    return isinstance(node.ctx, ast.Load)


def _is_type(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == "type"


_REFUSED = [
    value
    for path in known.FUNCTIONS
    if callable(value := value_of(path, known.COURSE)) and not isinstance(value, ModuleType)
]
