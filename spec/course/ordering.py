"""In which order pieces stand: as the course has them, and nothing before what it needs."""

import ast
from collections import defaultdict
from dataclasses import dataclass, field

from . import scopes
from .pieces import Piece, Unit

Nodes = tuple[ast.stmt, ...]
ACTED = ""  # what calls something comes after what did so before it


@dataclass(eq=False)
class Item:
    """A piece of what comes out, and what it is in the learner's text and in the course's."""

    piece: Piece
    mine: Nodes = ()
    theirs: Nodes = ()

    @property
    def nodes(self) -> Nodes:
        """The statements from both texts."""
        return self.mine + self.theirs


@dataclass
class _Names:
    bound: set[str] = field(default_factory=set)
    read: set[str] = field(default_factory=set)


def ordered(wanted: list[Item], mine: list[Item], theirs: list[Item]) -> list[Item]:
    """The items as wanted, but each after those that it needs in one of the two texts.

    An order of two in the learner's text counts for more than one in the course's.
    """
    earlier = _needs([(item, item.mine or item.theirs) for item in mine])
    place = {item: number for number, item in enumerate(mine)}
    for item, needed in _needs([(item, item.theirs) for item in theirs]).items():
        for other in needed:
            if not (item in place and other in place and place[item] < place[other]):
                earlier[item].append(other)
    done: dict[Item, None] = {}
    begun: set[Item] = set()

    def put(item: Item) -> None:
        if item in begun:
            return
        begun.add(item)
        for other in earlier[item]:
            put(other)
        done[item] = None

    for item in wanted:
        put(item)
    return list(done)


def _needs(items: list[tuple[Item, Nodes]]) -> defaultdict[Item, list[Item]]:
    """For each item those before it that bind what it reads, or read or bind what it binds."""
    inner = {
        node.name: scopes.mentioned([node])
        for _, nodes in items
        for node in nodes
        if isinstance(node, Unit)
    }
    needs: defaultdict[Item, list[Item]] = defaultdict(list)
    seen: list[tuple[Item, _Names]] = []
    for item, nodes in items:
        names = _Names(scopes.bound(nodes), scopes.read_at_once(nodes))
        if scopes.acts(nodes):
            names.bound.add(ACTED)
        names.read |= _reached(scopes.called_at_once(nodes), inner)
        for other, their in seen:
            if their.bound & (names.read | names.bound) or their.read & names.bound:
                needs[item].append(other)
        seen.append((item, names))
    return needs


def _reached(names: set[str], inner: dict[str, set[str]]) -> set[str]:
    """These names, and those that are read when what they stand for is called."""
    reached: set[str] = set()
    left = list(names)
    while left:
        name = left.pop()
        if name not in reached:
            reached.add(name)
            left += inner.get(name, ())
    return reached
