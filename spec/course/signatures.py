"""Which signature a carried function gets: the course's, unless the body needs its own."""

import ast

from .pieces import Function


def key(node: Function) -> str:
    """What makes two signatures equal, however they are laid out."""
    kind = "async " * isinstance(node, ast.AsyncFunctionDef)
    returns = ast.dump(node.returns) if node.returns else ""
    generic = [ast.dump(each) for each in getattr(node, "type_params", [])]
    return f"{kind}{ast.dump(node.args)} -> {returns} {generic}"


def choice(
    base: Function | None, edited: Function, new: Function, code: tuple[ast.stmt, ...]
) -> tuple[bool, bool]:
    """Whether it is the learner's, and whether that, or its loss, is worth a word."""
    clash = _clash(edited, new, code)
    if base is None or key(edited) == key(base):
        return clash, clash
    if accepts(edited, new):
        return True, False
    return clash, True


def _clash(edited: Function, new: Function, code: tuple[ast.stmt, ...]) -> bool:
    """Whether a body would not mean the same under the new signature."""
    if isinstance(edited, ast.AsyncFunctionDef) > isinstance(new, ast.AsyncFunctionDef):
        return True
    names = [node for each in code for node in ast.walk(each) if isinstance(node, ast.Name)]
    given = {node.id for node in names if not isinstance(node.ctx, ast.Load)}
    used = {node.id for node in names}
    old, fresh = _names(edited), _names(new)
    missing = {name for name, _ in old - fresh}
    hiding = {name for name, _ in fresh - old}
    return bool((missing & used) | (hiding & (used - given)))


def _names(node: Function) -> set[tuple[str, str]]:
    """The names of all parameters, and their stars."""
    args = node.args
    starred = [(args.vararg, "*"), (args.kwarg, "**")]
    plain = [(each, "") for each in (*args.posonlyargs, *args.args, *args.kwonlyargs)]
    return {(each.arg, stars) for each, stars in (*plain, *starred) if each}


def accepts(mine: Function, theirs: Function) -> bool:
    """Whether every call that the one signature takes is taken by the other too."""
    if isinstance(mine, ast.AsyncFunctionDef) != isinstance(theirs, ast.AsyncFunctionDef):
        return False
    own, asked = mine.args, theirs.args
    if (asked.vararg and not own.vararg) or (asked.kwarg and not own.kwarg):
        return False
    places = [each.arg for each in (*own.posonlyargs, *own.args)]
    wanted = [each.arg for each in (*asked.posonlyargs, *asked.args)]
    here, there = _optional(own), _optional(asked)
    by_name = {each.arg for each in (*own.args, *own.kwonlyargs)}
    if wanted[: len(places)] != places[: len(wanted)]:
        return False
    if not own.kwarg and not {a.arg for a in (*asked.args, *asked.kwonlyargs)} <= by_name:
        return False
    if len(wanted) > len(places) and not own.vararg:
        return False
    every = {*places, *(each.arg for each in own.kwonlyargs)}
    needed = every - here
    return needed <= {*wanted, *(each.arg for each in asked.kwonlyargs)} - there


def _optional(args: ast.arguments) -> set[str]:
    """The parameters that have defaults."""
    places = [each.arg for each in (*args.posonlyargs, *args.args)]
    with_default = places[len(places) - len(args.defaults) :]
    by_name = zip(args.kwonlyargs, args.kw_defaults, strict=True)
    return {*with_default, *(each.arg for each, default in by_name if default)}
