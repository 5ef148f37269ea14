"""Mistakes that nobody knows yet, as drafts for spec/wrong: one person's code without the person.

Comments and docstrings go, and so do texts and names of variables that neither the course nor
torch uses: they may be somebody's name. What is left does what it did.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from ...harness.files import catalogue, sources
from ..alike import bound, used
from ..intake.pointing import reaches
from ..outcomes import Result
from . import groups
from .anonymous import Anonymous, Vocabulary, people_in
from .groups import Group
from .report import Report

MOST = 40  # drafts in a file
STAR = "*"  # what `from torch import *` binds
RULE = "rule"  # the row of a failure that says what does not hold, in the spec's words

HEAD = '''"""Drafts for spec/wrong: mistakes that no words are known for, the commonest first.

Each is one person's code, of those who failed alike. Write the words, give it a name that says what
was done, and put it into the file of its kata. python -m spec.tools.check judges it there.
"""
'''
SECTION = "# For spec/wrong/{kata}.py"
NOBODY = "# Every function that failed was recognised, or was not started."
ABOUT = "# {count}, in: {rule}"
WORDS = "PLACEHOLDER: what was done, then what to do or think of, short of the answer."


@dataclass
class _Draft:
    """One mistake: its group, the imports that it needs, and its own statements."""

    group: Group
    result: Result  # of the one whose code it is
    imports: list[ast.stmt]
    body: list[ast.stmt]

    @property
    def size(self) -> int:
        """How much there is to read."""
        return sum(len(ast.unparse(node)) for node in self.body)


@dataclass
class _Imports:
    """The imports of all drafts, which stand at the top of one file."""

    lines: dict[str, str] = field(default_factory=dict)  # a name, the line that binds it

    def add(self, node: ast.stmt) -> bool:
        """Adds an import, unless it binds a name that is another's already."""
        text = ast.unparse(node)
        names = bound(node) if STAR not in bound(node) else {text}
        if any(self.lines.get(name, text) != text for name in names):
            return False
        self.lines |= dict.fromkeys(names, text)
        return True


def written(report: Report) -> str:
    """The file of drafts."""
    found = [
        group
        for kata, function in report.scheme.weights
        for group in groups.unknown(report.results, kata, function)
    ]
    found.sort(key=lambda group: -len(group.results))
    people = people_in(report.results)
    imports, number = _Imports(), 0
    sections: dict[str, list[str]] = {}
    for group in found[:MOST]:
        draft = _smallest(group)
        if draft is None:
            continue
        number += 1
        sections.setdefault(group.kata, []).append(_text(draft, number, people, imports))
    lines = [HEAD, *dict.fromkeys(imports.lines.values())]
    for kata, texts in sorted(sections.items()):
        lines += ["", "", SECTION.format(kata=kata), *texts]
    return "\n".join(lines if sections else [HEAD, NOBODY]) + "\n"


def _smallest(group: Group) -> _Draft | None:
    """The shortest code of the group that can be read, of those that reach for nothing."""
    drafts: list[_Draft] = []
    for result in group.results:
        if not reaches(result.pointers.get(group.kata, ())):
            drafts += _taken(group, result)
    return min(drafts, key=lambda draft: draft.size, default=None)


def _taken(group: Group, result: Result) -> Iterator[_Draft]:
    """A function of a person with all of the file that it uses."""
    kata = catalogue.named(group.kata)
    owner = sources.units(kata)[group.function].owner
    try:
        body = ast.parse(result.submission.files[group.kata]).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    defined = [node for node in body if isinstance(node, sources.Definition)]
    if owner not in {node.name for node in defined}:
        return
    waiting, kept = {owner}, set[str]()
    while waiting:
        kept |= waiting
        waiting = {name for n in body if bound(n) & waiting for name in used(n)} - kept
    kept.add(STAR)
    wanted = [node for node in body if bound(node) & kept]
    imports = [node for node in wanted if isinstance(node, ast.Import | ast.ImportFrom)]
    singles = [single for node in imports for single in _singles(node) if bound(single) & kept]
    yield _Draft(group, result, singles, [node for node in wanted if node not in imports])


def _singles(node: ast.Import | ast.ImportFrom) -> Iterator[ast.stmt]:
    for alias in node.names:
        if isinstance(node, ast.Import):
            yield ast.Import([alias])
        else:
            yield ast.ImportFrom(node.module, [alias], node.level)


def _text(draft: _Draft, number: int, people: frozenset[str], imports: _Imports) -> str:
    """The statements of a draft under new names, the function last said with its words."""
    group = draft.group
    kata = catalogue.named(group.kata)
    owner = sources.units(kata)[group.function].owner
    vocabulary = Vocabulary.of(kata, people)
    shared = [
        node
        for node in draft.imports
        if all(map(vocabulary.has, bound(node))) and imports.add(node)
    ]
    own = [*(node for node in draft.imports if node not in shared), *draft.body]
    helpers = sorted({name for node in own for name in bound(node)} - {owner})
    mine = {name: f"_draft_{number}_{place}" for place, name in enumerate(helpers, start=1)}
    mine[owner] = f"{owner}__draft_{number}"
    rewrite = Anonymous(mine, vocabulary, own)
    texts = []
    for node in own:
        clean = rewrite.visit(node)
        if isinstance(clean, sources.Definition) and clean.name == mine[owner]:
            clean.body.insert(0, ast.Expr(ast.Constant(WORDS)))
            texts.append(_about(draft))
        texts.append(ast.unparse(ast.fix_missing_locations(clean)) + "\n\n")
    return "\n" + "\n".join(texts).rstrip()


def _about(draft: _Draft) -> str:
    """How many there are, and the promise that they break, which is the spec's text."""
    group = draft.group
    outcome = draft.result.outcomes[group.kata, group.function]
    rules = [" ".join(text.split()) for name, text in outcome.rows if name == RULE]
    count = len(group.results)
    who = "1 person" if count == 1 else f"{count} people"
    return ABOUT.format(count=who, rule=rules[0] if rules else group.function)
