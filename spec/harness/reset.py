"""A stub is its solution minus the bodies."""

import ast
import sys

from spec.harness import catalogue

NOT_STARTED = "raise NotImplementedError"


def stub_of(solution: str) -> str:
    """The source of the stub: the solution's text, each body replaced, private helpers left out."""
    lines = solution.splitlines()
    tree = ast.parse(solution)
    for node in reversed(tree.body):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            _hollow(node, lines)
        elif _is_private_name(node):
            del lines[node.lineno - 1 : node.end_lineno]
    text = "\n".join(lines).rstrip() + "\n"
    while "\n\n\n\n" in text:
        text = text.replace("\n\n\n\n", "\n\n\n")
    return text


def _hollow(node: ast.FunctionDef | ast.ClassDef, lines: list[str]) -> None:
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    if node.name.startswith("_") and not node.name.startswith("__"):
        del lines[first - 1 : node.end_lineno]
        return
    if isinstance(node, ast.ClassDef):
        for child in reversed(node.body):
            if isinstance(child, ast.FunctionDef):
                _hollow(child, lines)
        return
    docstring = node.body[0]
    assert ast.get_docstring(node), f"{node.name} has no docstring"
    indent = " " * docstring.col_offset
    lines[docstring.end_lineno : node.end_lineno] = [indent + NOT_STARTED]


def _is_private_name(node: ast.stmt) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else []
    return any(isinstance(target, ast.Name) and target.id.startswith("_") for target in targets)


def main(names: list[str]) -> None:
    """Writes the stubs of these katas anew from their solutions."""
    for name in names:
        kata = catalogue.find(name)
        if kata is None:
            known = ", ".join(kata.name for kata in catalogue.katas())
            sys.exit(f"{name} is no kata; there are: {known}")
        source = kata.solution.read_text(encoding="utf-8")
        kata.stub.write_text(stub_of(source), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
