"""What learners do to a file: bodies, helpers, notes, accidents."""

import ast
import random
import re

BODIES = (
    ("return {name}",),
    ("result = {name}  # as it is", "", "# keep the axis", "return result"),
    ("def inner(a, b=1):", '    """Mine."""', "    return a + b", "return inner(1)"),
    ("text = '''", "x = 1", "        deep", "'''", "return text"),
    ("if True:", "    # first", "    return 1", "else:", "    return 2", "# never"),
    ("for _ in range(3):", "    pass", "return math.pi"),
    ("return [", "    1,", "  2,  # two", "]"),
    ("class Local:", "    def f(self):", "        return 1", "return Local().f()"),
    ("\x0cvalue = 3", "return value"),
    ('print("ä → ·")', "return None"),
    ("pass",),
    ("global COUNT", "COUNT = 3", "return COUNT"),
    ("raise NotImplementedError  # later",),
    ("import itertools as it", "return list(it.chain([1], [2]))"),
    ("yield 1", "yield 2"),
    ("...",),
)
TOPS = (
    ("import math",),
    ("import numpy as np", "from collections import defaultdict"),
    ("from __future__ import annotations",),
    ("MINE = 3  # my own",),
    ("# a note of mine",),
    ("# first", "# second"),
    ("def _helper(x, y=2):", "    # inside", "    return x * y"),
    ("def _twice(f):", "    return f", "", "@_twice", "def decorated():", "    return 1"),
    ("class _Mine:", "    size = 3", "", "    def area(self): return self.size"),
    ("try:", "    import torch as T", "except ImportError:", "    T = None"),
    ("table = {", "    'a': 1,", "", "    # in it", "    'b': 2,", "}"),
    ("async def later():", "    return 3"),
    ('if __name__ == "__main__":', "    print(3)"),
    ("x = 1; y = 2",),
    ("one = lambda a: a",),
    ("import sys; import os",),
    ("def center_columns(matrix): return matrix",),
    ("total = (1 +", "         2)"),
    ('"""A text of mine."""',),
)


def edited(text: str, dice: random.Random) -> str:
    """The file after an evening."""
    for _ in range(dice.randint(1, 6)):
        text = dice.choice(EDITS)(text, dice)
    return dice.choice(HABITS)(text) if dice.random() < 0.2 else text


def body(text: str, dice: random.Random) -> str:
    """A function is written."""
    places = list(re.finditer(r"(?m)^([ \t]+)raise NotImplementedError$", text))
    if not places:
        return text
    place = dice.choice(places)
    lines = [line.format(name="None") if "{name}" in line else line for line in dice.choice(BODIES)]
    indent, quoted, written = place[1], False, []
    for line in lines:
        feed, line = ("\x0c", line[1:]) if line.startswith("\x0c") else ("", line)
        written.append(line if quoted or not line.strip() else feed + indent + line)
        quoted ^= line.count("'''") % 2 == 1
    return text[: place.start()] + "\n".join(written) + text[place.end() :]


def _tree(text: str) -> ast.Module | None:
    try:
        return ast.parse(text.replace("\r\n", "\n").removeprefix("\ufeff"))
    except (SyntaxError, ValueError):
        return None


def top(text: str, dice: random.Random) -> str:
    """Something stands between the functions."""
    tree, lines = _tree(text), text.split("\n")
    if tree is None or not tree.body:
        return text
    node = dice.choice(tree.body)
    after = dice.random() < 0.5
    start = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
    at = (node.end_lineno or 0) if after else start - 1
    blank = [""] * dice.randint(0, 2)
    lines[at:at] = [*blank, *dice.choice(TOPS), *([""] * dice.randint(0, 2))]
    return "\n".join(lines)


def comment(text: str, dice: random.Random) -> str:
    """A comment anywhere, as deep as the line above or not."""
    lines = text.split("\n")
    at = dice.randrange(len(lines))
    indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())] if dice.random() < 0.7 else ""
    lines.insert(at, f"{indent}# note {dice.randrange(99)}")
    return "\n".join(lines)


def _functions(text: str) -> list[ast.FunctionDef]:
    tree = _tree(text)
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)] if tree else []


def docstring(text: str, dice: random.Random) -> str:
    """A line in a docstring, or a docstring that is gone."""
    found = [n for n in _functions(text) if ast.get_docstring(n) and len(n.body) > 1]
    if not found:
        return text
    lines, node = text.split("\n"), dice.choice(found).body[0]
    if dice.random() < 0.3:
        del lines[node.lineno - 1 : node.end_lineno]
    else:
        lines.insert(node.lineno, f"  my words {dice.randrange(99)}")
    return "\n".join(lines)


def signature(text: str, dice: random.Random) -> str:
    """Other parameters, a decorator, async, a comment, or all in one line."""
    found = _functions(text)
    if not found:
        return text
    lines, node = text.split("\n"), dice.choice(found)
    at, line = node.lineno - 1, lines[node.lineno - 1]
    indent = line[: len(line) - len(line.lstrip())]
    what = dice.randrange(6)
    if what == 0:
        lines[at] = line.replace("):", ", mine=1):")
    elif what == 1:
        lines[at] = line.replace("def ", "async def ", 1)
    elif what == 2:
        lines[at:at] = [f"{indent}@staticmethod"]
    elif what == 3:
        lines[at] = f"{line}  # mine"
    elif what == 4:
        lines[at : node.end_lineno] = [f"{indent}def {node.name}(*a): return a"]
    else:
        lines[at] = re.sub(r"\(\w+", "(renamed", line, count=1)
    return "\n".join(lines)


def twice(text: str, dice: random.Random) -> str:
    """A function a second time, or no more."""
    found = _functions(text)
    if not found:
        return text
    lines, node = text.split("\n"), dice.choice(found)
    if dice.random() < 0.5:
        lines[node.end_lineno : node.end_lineno] = ["", *lines[node.lineno - 1 : node.end_lineno]]
    else:
        del lines[node.lineno - 1 : node.end_lineno]
    return "\n".join(lines)


def accident(text: str, dice: random.Random) -> str:
    """A line is lost, or two are exchanged, or something is typed."""
    lines = text.split("\n")
    at = dice.randrange(len(lines))
    what = dice.randrange(4)
    if what == 0:
        del lines[at]
    elif what == 1:
        lines.insert(at, dice.choice(["def (", "    return", "x =", '"""', "@", "\\", "é = 1"]))
    elif what == 2:
        other = dice.randrange(len(lines))
        lines[at], lines[other] = lines[other], lines[at]
    else:
        lines[at] = lines[at].replace("    ", "\t", 1) + " "
    return "\n".join(lines)


EDITS = (body, body, body, body, top, top, top, comment, docstring, signature, twice, accident)
HABITS = (
    lambda text: text.replace("\r\n", "\n").replace("\n", "\r\n"),
    lambda text: "\ufeff" + text.removeprefix("\ufeff"),
    lambda text: text.rstrip(),
    lambda text: text.replace("    ", "\t"),
    lambda text: text.replace("    ", "  "),
    lambda text: text.replace("\n\n", "\n\x0c\n"),
    lambda text: f"#!/usr/bin/env python3\n# of mine\n{text}",
    lambda text: text + "\n\n\n# the end",
    lambda text: re.sub(r"(?m)$", "  ", text),
    lambda text: f"# -*- coding: latin-1 -*-\n{text}",
)
