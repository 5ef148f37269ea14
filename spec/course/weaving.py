"""A file, or a class's body, from two texts: the course's order, the learner's pieces in it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from . import functions, scopes
from .left import Left, Why
from .ordering import Item, ordered
from .pieces import (
    CAN_T_PARSE,
    Function,
    Kind,
    Piece,
    is_not_started,
    pieces_of_class,
    stripped,
)

Key = tuple[str, int]


@dataclass
class Woven:
    """Pieces in their order, the names of what the learner wrote in them, and what is left."""

    pieces: list[Piece] = field(default_factory=list)
    carried: list[str] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)


def rendered(pieces: list[Piece]) -> tuple[str, ...]:
    """The lines of pieces, with the blank ones between them: one at least around a function."""
    lines: list[str] = []
    before: Piece | None = None
    for piece, after in zip(pieces, [*pieces[1:], None], strict=True):
        if before is not None and not before.tight:
            near = (before, piece, after if piece.tight else None)
            least = any(each is not None and each.kind is Kind.UNIT for each in near)
            lines += [""] * max(piece.blanks, least)
        lines += piece.lines
        before = piece
    return tuple(lines)


def keyed(pieces: Iterable[Piece]) -> dict[Key, Piece]:
    """Functions and classes by name, and by how many of that name come later."""
    found: dict[Key, Piece] = {}
    later: Counter[str] = Counter()
    for piece in reversed(list(pieces)):
        if piece.kind is Kind.UNIT:
            name = piece.unit.name
            found[name, later[name]] = piece
            later[name] += 1
    return found


def woven(base: list[Piece] | None, edited: list[Piece], new: list[Piece], path: str = "") -> Woven:
    """The learner's pieces among the course's."""
    return _Weaver(base, edited, new, path).woven()


def _document(pieces: list[Piece]) -> Piece | None:
    return next((piece for piece in pieces if piece.kind is Kind.DOC), None)


class _Weaver:
    def __init__(
        self, base: list[Piece] | None, edited: list[Piece], new: list[Piece], path: str
    ) -> None:
        self.known, self.path = base is not None, path
        self.base, self.edited, self.new = base or [], edited, new
        self.units = keyed(self.base), keyed(edited), keyed(new)
        self.result = Woven()
        self.items: dict[int, Item] = {}  # by the id of a piece of the learner's text
        self.fresh: dict[int, Item] = {id(piece): Item(piece, (), piece.nodes) for piece in new}
        self.gone: list[Piece] = []  # what the course had, and has no more
        self.spare: list[Piece] = []  # what the course had, and the learner left as it was

    def woven(self) -> Woven:
        """Sorts the learner's pieces, then puts all into their places."""
        self._match_units()
        self._match_others()
        self._keep_what_is_needed()
        wanted = list(self._wanted())
        mine = [self.items[id(piece)] for piece in self.edited if id(piece) in self.items]
        theirs = [item for item in map(self._item_of, self.new) if item in wanted]
        items = ordered(wanted, [item for item in mine if item in wanted], theirs)
        self.result.pieces = [item.piece for item in items]
        return self.result

    def _item_of(self, piece: Piece) -> Item:
        return self.fresh[id(piece)]

    def _match_units(self) -> None:
        before, mine, theirs = self.units
        for key, piece in mine.items():
            was, now = before.get(key), theirs.get(key)
            if now is not None:
                merged = self._merged(was, piece, now)
                item = Item(merged, piece.nodes if merged.lines != now.lines else (), now.nodes)
                self.items[id(piece)] = self.fresh[id(now)] = item
            elif (was is not None and was.key == piece.key) or (
                was is None and not self.known and is_not_started(piece)
            ):
                self.spare.append(piece)
            else:
                self.items[id(piece)] = Item(piece, piece.nodes)
                if was is not None:
                    self.gone.append(piece)
                    text = "\n".join(piece.lines)
                    self.result.left.append(Left(self._name(piece), Why.GONE, text, ""))
        self.result.carried.reverse()
        self.result.left.reverse()

    def _name(self, piece: Piece) -> str:
        return f"{self.path}{piece.unit.name}"

    def _merged(self, was: Piece | None, mine: Piece, now: Piece) -> Piece:
        """A function or class that is in both texts."""
        if was is not None and was.key == mine.key:
            inner = functions.parts(mine).indent, functions.parts(now).indent
            return replace(now, lines=functions.reindented(now.lines, inner[1], inner[0]))
        if not self.known and is_not_started(mine):
            return now
        name = self._name(mine)
        try:
            lines, carried, left = self._mixed(was, mine, now, name)
        except CAN_T_PARSE:
            lines, carried, left = mine.lines, [name], []
            left = [Left(name, Why.MIXED, "\n".join(mine.lines), "\n".join(now.lines))]
        self.result.carried += reversed(carried)
        self.result.left += reversed(left)
        return replace(now, lines=lines)

    def _mixed(
        self, was: Piece | None, mine: Piece, now: Piece, name: str
    ) -> tuple[tuple[str, ...], list[str], list[Left]]:
        kinds = isinstance(mine.unit, Function), isinstance(now.unit, Function)
        if kinds[0] != kinds[1]:
            raise SyntaxError("a function can't be carried into a class")
        if was is not None and isinstance(was.unit, Function) != kinds[0]:
            was = None
        if kinds[0]:
            lines, left = functions.merged(was, mine, now, name)
            functions.verify(mine, lines)
            return lines, [name], left
        inner = woven(
            pieces_of_class(was) if was else ([] if self.known else None),
            pieces_of_class(mine),
            self._moved(mine, now),
            f"{name}.",
        )
        head, left = functions.class_header(was, mine, now, name)
        return (*head, *rendered(inner.pieces)), inner.carried or [name], left + inner.left

    @staticmethod
    def _moved(mine: Piece, now: Piece) -> list[Piece]:
        """The pieces of the course's class, with the learner's indent."""
        old, new = functions.parts(now).inner, functions.parts(mine).inner
        return [
            replace(piece, lines=functions.reindented(piece.lines, old, new))
            for piece in pieces_of_class(now)
        ]

    def _match_others(self) -> None:
        """Statements and comments: those of the course go, unless it has them still."""
        handed_out = Counter(p.key for p in self.base if p.kind is not Kind.UNIT)
        still: defaultdict[str, list[Piece]] = defaultdict(list)
        for piece in self.new:
            if piece.kind is not Kind.UNIT:
                still[piece.key].append(piece)
        document = _document(self.new)
        for piece in self.edited:
            if piece.kind is Kind.UNIT:
                continue
            ours = handed_out[piece.key] > 0
            handed_out[piece.key] -= ours
            if still[piece.key]:
                item = self._item_of(still[piece.key].pop(0))
                item.mine = piece.nodes
                self.items[id(piece)] = item
            elif ours:
                self.spare.append(piece)
            elif piece.kind is Kind.DOC and document is not None:
                self._leave_words(piece, document)
            else:
                self.items[id(piece)] = Item(piece, piece.nodes)

    def _leave_words(self, mine: Piece, now: Piece) -> None:
        """A docstring that the learner wrote into gives way to the course's, where that is new."""
        was = _document(self.base)
        if was is not None and stripped(was.lines) == stripped(now.lines):
            self.items[id(mine)] = self.fresh[id(now)] = Item(mine, mine.nodes, now.nodes)
            return
        own = functions.own_words(was.lines if was else (), mine.lines, now.lines)
        if own and self.known:
            name = self.path.rstrip(".")
            self.result.left.append(Left(name, Why.DOCSTRING, "\n".join(own), "\n".join(now.lines)))

    def _keep_what_is_needed(self) -> None:
        """What the course has no more stays if something of the learner's mentions it."""
        while True:
            there = scopes.bound(n for item in self.fresh.values() for n in item.nodes)
            there |= scopes.bound(n for item in self.items.values() for n in item.mine)
            asked = scopes.mentioned(n for item in self.items.values() for n in item.mine) - there
            needed = [piece for piece in self.spare if scopes.bound(piece.nodes) & asked]
            if not needed:
                return
            for piece in needed:
                self.spare.remove(piece)
                self.items[id(piece)] = Item(piece, piece.nodes)

    def _wanted(self) -> Iterator[Item]:
        """The order that one would like: the course's, with the learner's own where they were."""
        units = [piece for piece in self.new if piece.kind is Kind.UNIT]
        first = self.new.index(units[0]) if units else len(self.new)
        head, rest = self.new[:first], self.new[first:]
        top, own_head, above, tail = self._own()
        documents = [piece for piece in head if piece.kind is Kind.DOC]
        yield from (item for item in top)
        yield from map(self._item_of, documents)
        future = [item for item in own_head if scopes.comes_first(item.mine)]
        yield from future
        yield from (self._item_of(piece) for piece in head if piece not in documents)
        yield from (item for item in own_head if item not in future)
        skipped = self._bound_elsewhere(units)
        for piece in rest:
            item = self._item_of(piece)
            yield from above[item]
            if piece not in skipped:
                yield item
        for piece in self.gone:
            yield from above[self.items[id(piece)]]
            yield self.items[id(piece)]
        yield from tail

    def _own(self) -> tuple[list[Item], list[Item], defaultdict[Item, list[Item]], list[Item]]:
        """The learner's own pieces: at the top, in the head, above a function, at the end."""
        theirs = set(self.fresh.values())
        late = {self.items[id(piece)] for piece in self.gone}
        above: defaultdict[Item, list[Item]] = defaultdict(list)
        top: list[Item] = []
        head: list[Item] = []
        waiting: list[Item] = []
        begun = False
        for piece in self.edited:
            item = self.items.get(id(piece))
            if piece.kind is Kind.UNIT and item is not None and item in theirs | late:
                near = 0 if begun else len(waiting)
                while near and waiting[near - 1].piece.tight:
                    near -= 1
                head += waiting[:near]
                above[item] += waiting[near:]
                waiting, begun = [], True
            elif item is not None and item not in theirs:
                (top if piece.top else waiting).append(item)
        return (top, head, above, waiting) if begun else (top, waiting, above, [])

    def _bound_elsewhere(self, units: list[Piece]) -> list[Piece]:
        """The course's functions whose names the learner gives a meaning without a `def`."""
        mine = {name for name, _ in self.units[1]}
        own = [n for i in self.items.values() if not i.theirs for n in i.mine]
        names, everything = scopes.bound(own), scopes.takes_all(own)
        before = {name for name, _ in self.units[0]}
        skipped = []
        for piece in units:
            name = piece.unit.name
            unknown = everything and (name in before or not self.known)
            if name not in mine and (name in names or unknown):
                skipped.append(piece)
                ours = "\n".join(piece.lines)
                self.result.left.append(Left(self._name(piece), Why.ELSEWHERE, "", ours))
        return skipped
