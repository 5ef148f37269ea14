"""Courses that change, and learners who write what they like: what histories are drawn from."""

import ast
import random
from dataclasses import dataclass, field, replace

from spec.course.pieces import compiles
from spec.harness.files.catalogue import KATAS

NAMES = ("k08_broadcasting", "k13_backprop", "k14_mlp", "k18_training_loop")
STUBS = {name: (KATAS / f"{name}.py").read_text(encoding="utf-8") for name in NAMES}
NOT_STARTED = "raise NotImplementedError"


@dataclass(frozen=True)
class Block:
    """A function or class of a stub in lines: what is above its docstring, that, what is below."""

    name: str
    head: tuple[str, ...]
    doc: tuple[str, ...]
    body: tuple["Block | tuple[str, ...]", ...] = ()

    def text(self) -> list[str]:
        """Its lines, with a blank one between parts."""
        lines = [*self.head, *self.doc]
        for number, part in enumerate(self.body):
            lines += [""] * (number > 0 or len(self.body) > 1)
            lines += part.text() if isinstance(part, Block) else part
        return lines


@dataclass(frozen=True)
class Course:
    """A stub, taken apart so that it can be changed."""

    doc: tuple[str, ...]
    top: tuple[tuple[str, ...], ...]  # imports and constants
    blocks: tuple[Block, ...] = field(default=())

    def text(self) -> str:
        """The stub."""
        lines = [*self.doc, ""]
        for part in self.top:
            lines += part
        for block in self.blocks:
            lines += ["", "", *block.text()]
        return "\n".join(lines) + "\n"


def taken_apart(stub: str) -> Course:
    """A stub of ours as a course."""
    lines, tree = stub.split("\n"), ast.parse(stub)
    doc, *rest = tree.body
    top = [node for node in rest if not isinstance(node, ast.FunctionDef | ast.ClassDef)]
    blocks = [n for n in rest if isinstance(n, ast.FunctionDef | ast.ClassDef)]
    return Course(
        _lines(lines, doc),
        tuple(_lines(lines, node) for node in top),
        tuple(_block(lines, node) for node in blocks),
    )


def _lines(lines: list[str], node: ast.stmt) -> tuple[str, ...]:
    return tuple(lines[node.lineno - 1 : node.end_lineno])


def _block(lines: list[str], node: ast.FunctionDef | ast.ClassDef) -> Block:
    doc, *rest = node.body
    head = tuple(lines[node.lineno - 1 : doc.lineno - 1])
    inner = [_block(lines, n) if isinstance(n, ast.FunctionDef) else _lines(lines, n) for n in rest]
    if isinstance(node, ast.FunctionDef):
        inner = [_lines(lines, n) for n in rest]
    return Block(node.name, head, _lines(lines, doc), tuple(inner))


def changed(course: Course, dice: random.Random) -> Course:
    """The course a while later."""
    for _ in range(dice.randint(1, 4)):
        later = dice.choice(CHANGES)(course, dice)
        course = later if compiles(later.text()) else course
    return course


def _with(course: Course, dice: random.Random, change: object) -> Course:
    """The course with one of its functions, methods or classes changed."""
    blocks = list(course.blocks)
    if not blocks:
        return course
    at = dice.randrange(len(blocks))
    block = blocks[at]
    inner = [n for n, each in enumerate(block.body) if isinstance(each, Block)]
    if inner and dice.random() < 0.7:
        body = list(block.body)
        which = dice.choice(inner)
        body[which] = change(body[which], dice)  # type: ignore[operator]
        blocks[at] = replace(block, body=tuple(body))
    else:
        blocks[at] = change(block, dice)  # type: ignore[operator]
    return replace(course, blocks=tuple(blocks))


def new_words(course: Course, dice: random.Random) -> Course:
    """A docstring says something else."""

    def change(block: Block, dice: random.Random) -> Block:
        indent = block.doc[0][: len(block.doc[0]) - len(block.doc[0].lstrip())]
        words = f"Now it says {dice.randrange(99)}."
        if dice.random() < 0.5:
            return replace(block, doc=(f'{indent}"""{words}"""',))
        text = [f'{indent}"""{words}', "", f"{indent}And more.", f'{indent}"""']
        return replace(block, doc=tuple(text))

    if dice.random() < 0.3:
        return replace(course, doc=(f'"""Lesson {dice.randrange(99)}.', "", "Anew.", '"""'))
    return _with(course, dice, change)


def another(course: Course, dice: random.Random) -> Course:
    """A function is new."""
    name = f"added_{dice.randrange(999)}"
    block = Block(name, (f"def {name}(x):",), ('    """Do it."""',), ((f"    {NOT_STARTED}",),))
    blocks = list(course.blocks)
    blocks.insert(dice.randint(0, len(blocks)), block)
    return replace(course, blocks=tuple(blocks))


def other_name(course: Course, dice: random.Random) -> Course:
    """A function has another name."""

    def change(block: Block, dice: random.Random) -> Block:
        name = f"{block.name.strip('_')}_{dice.randrange(99)}"
        return replace(
            block, name=name, head=(block.head[0].replace(block.name, name, 1), *block.head[1:])
        )

    return _with(course, dice, change)


def fewer(course: Course, dice: random.Random) -> Course:
    """A function is gone."""
    blocks = list(course.blocks)
    if len(blocks) > 1:
        blocks.pop(dice.randrange(len(blocks)))
    return replace(course, blocks=tuple(blocks))


def other_order(course: Course, dice: random.Random) -> Course:
    """The functions come in another order."""
    blocks = list(course.blocks)
    dice.shuffle(blocks)
    return replace(course, blocks=tuple(blocks))


def parameter(course: Course, dice: random.Random) -> Course:
    """A function has one parameter more, or one of another name."""

    def change(block: Block, dice: random.Random) -> Block:
        head = "\n".join(block.head)
        if "(" not in head:
            return block
        first = dice.choice(["extra=1, *, ", "more=None, *, "])
        if dice.random() < 0.5 or "(self" in head:
            head = head.replace(")", ", *, extra=1)" if "()" not in head else "extra=1)", 1)
        else:
            head = head.replace("(", f"({first.split('=')[0]}_{dice.randrange(9)}, ", 1)
        return replace(block, head=tuple(head.split("\n")))

    return _with(course, dice, change)


def imports(course: Course, dice: random.Random) -> Course:
    """Something is imported, or no longer."""
    top = list(course.top)
    if top and dice.random() < 0.4:
        top.pop(dice.randrange(len(top)))
    else:
        top.append(
            (dice.choice(["import math", "import copy", "from os import path", "LIMIT = 3"]),)
        )
    return replace(course, top=tuple(top))


CHANGES = (new_words, new_words, another, other_name, fewer, other_order, parameter, imports)
