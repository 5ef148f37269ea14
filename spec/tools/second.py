"""A second mistake in a wrong answer, made in its source: what spec.tools.naming tries in pairs."""

import ast
import copy
from collections.abc import Callable

from spec.harness.explaining import general, suspects
from spec.harness.files import sources
from spec.harness.files.catalogue import Kata
from spec.harness.files.sources import Definition


def _checks_dropped(definition: Definition, kata: Kata) -> Definition:
    return general.changed(definition, general.operators(kata)["check_dropped"])


def _device_left_out(definition: Definition, kata: Kata) -> Definition:
    return general.changed(definition, general.operators(kata)["device_left_out"])


def _dtype_left_out(definition: Definition, kata: Kata) -> Definition:
    return general.changed(definition, general.operators(kata)["dtype_left_out"])


def _other_error(definition: Definition, kata: Kata) -> Definition:
    def other(node: ast.AST) -> ast.AST:
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            return ast.Raise(ast.Call(ast.Name("TypeError"), node.exc.args, []))
        return node

    return general.changed(definition, other)


def _returning(definition: Definition, method: str) -> Definition:
    """The same function, which calls a method of the tensor that it returns."""

    def other(node: ast.AST) -> ast.AST:
        if not isinstance(node, ast.Return) or node.value is None:
            return node
        return ast.Return(ast.Call(ast.Attribute(node.value, method), [], []))

    return general.changed(definition, other)


def _on_the_cpu(definition: Definition, kata: Kata) -> Definition:
    return _returning(definition, "cpu")


def _in_float32(definition: Definition, kata: Kata) -> Definition:
    return _returning(definition, "float")


def _as_list(definition: Definition, kata: Kata) -> Definition:
    return _returning(definition, "tolist")


def _argument_written(definition: Definition, kata: Kata) -> Definition:
    """The same function, which adds 1 to its first argument at its end."""
    if not isinstance(definition, ast.FunctionDef):
        return definition
    first = definition.args.args[0].arg
    right = sources.promised(kata)[definition.name.partition("__")[0]]
    annotation = right.args.args[0].annotation if isinstance(right, ast.FunctionDef) else None
    if annotation is None or ast.unparse(annotation) != "torch.Tensor":
        return definition
    other = copy.deepcopy(definition)
    if isinstance(last := other.body[-1], ast.Return) and last.value is not None:
        kept = ast.Assign([ast.Name("kept_", ast.Store())], last.value)
        written = ast.parse(f"{first}.detach().add_(1)").body[0]
        other.body[-1:] = [kept, written, ast.Return(ast.Name("kept_"))]
    return ast.fix_missing_locations(other)


# By the general mistake that it is, and whether it can be made only where a tensor comes back.
SECOND: dict[str, tuple[Callable[[Definition, Kata], Definition], bool]] = {
    "check_dropped": (_checks_dropped, False),
    "device_left_out": (_device_left_out, False),
    "dtype_left_out": (_dtype_left_out, False),
    "raised_as_TypeError": (_other_error, False),
    "on_the_cpu": (_on_the_cpu, True),
    "in_float32": (_in_float32, True),
    "as_list": (_as_list, True),
    "written_into_the_first": (_argument_written, True),
}


def with_second(kata: Kata) -> dict[str, Definition]:
    """Every wrong answer of a kata with every second mistake that can be made in it."""
    found = {}
    for name, definition in suspects.catalogued(kata).items():
        right = sources.promised(kata)[suspects.function_of(name)]
        returned = right.returns if isinstance(right, ast.FunctionDef) else None
        tensor = returned is not None and ast.unparse(returned) == "torch.Tensor"
        for second, (make, of_tensors) in SECOND.items():
            made = make(definition, kata) if tensor or not of_tensors else definition
            if ast.unparse(made) != ast.unparse(definition):
                (found[f"{name}___{second}"],) = sources.definitions(ast.unparse(made)).values()
    return found
