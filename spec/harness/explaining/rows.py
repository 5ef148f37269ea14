"""A failure as labelled texts."""

import textwrap

import pytest

from ..files import sources
from ..files.sources import Definition
from ..rendering import aligned
from ..running.cases import case_of, is_example, subject_of
from ..running.subject import Call, Subject
from ..verdicts import CheckFailure, Verdict
from . import between, errors, lacking, meanings, members
from .called import TALLEST, called
from .lines import Rows, lines

WINDOW = 24, 80  # lines and columns of the smallest that is common
OTHERS = 8  # lines for what else is said of a failure: the rule, the mistake, the hint
FEWEST = 5  # lines of arguments, however much else is said
PRINTED = 10  # lines of what a function printed
WIDEST = 200  # characters of such a line

UNUSABLE = "what came back can't be used: {message}"
OF_THE_SPEC = "the spec failed: {message}"


def shown_call(item: pytest.Function) -> tuple[Call | None, list[str]]:
    """The call that is shown, of the function or of what the class made, and its parameters."""
    subject, case = subject_of(item), case_of(item)
    owner, definition = case.unit.owner, sources.promised(case.kata)[case.unit.owner]
    call = subject.last_call(owner) or subject.objects.get(owner)
    is_made = call is not None and call.function != owner
    return call, (sources.called_with if is_made else sources.parameters)(definition)


def rows(item: pytest.Function, error: BaseException, nan: str | None) -> Rows:
    """The failure as labelled texts, in the order in which a learner needs them.

    `nan` says what became of the numbers, where training made NaN of them.
    """
    if isinstance(error, Verdict):
        return [("problem", error.problem), *_caught(error, subject_of(item)), ("do", error.advice)]
    subject, case = subject_of(item), case_of(item)
    definition = sources.promised(case.kata)[case.unit.owner]
    rule = [("rule", " ".join((item.obj.__doc__ or item.name).split()))]
    call, names = shown_call(item)
    if isinstance(error, CheckFailure):
        ended = _checked(error, call, definition)
    else:
        ended = _raised(error, subject, call, names, definition)
    if call is None:
        return [*rule, *ended]
    then = None if is_example(case) else between.written(call, names)
    ended = [
        *([("then", then)] if then else []),
        *ended,
        *([("meaning", nan)] if nan else []),
        *([("printed", shortened(call.printed))] if call.printed.strip() else []),
    ]
    left = WINDOW[0] - OTHERS - len(lines(ended, WINDOW[1]))
    fewest = 0 if getattr(error, "example", ()) else FEWEST  # its code has the values
    head, arguments = called(call, names, max(fewest, min(TALLEST, left)))
    text = "\n".join([head, *(textwrap.indent(argument, "  ") for argument in arguments)])
    return [*rule, ("called", text), *ended]


def _caught(verdict: Verdict, subject: Subject) -> Rows:
    """Where the learner's code was when its time was up."""
    path = subject.implementation.path
    return [("at", errors.place(path, verdict.caught))] if verdict.caught else []


def _checked(error: CheckFailure, call: Call | None, definition: Definition) -> Rows:
    """What was expected and what came; of a result with several parts, by the part's name."""
    got = error.got or (call.answer() if call else None)
    part = members.name_of(error.actual, call, definition) if call and error.got else None
    words = f"{part}: " if part else ""
    said = (
        [("example", "\n".join(f">>> {line}" for line in error.example))] if error.example else []
    )
    said += [("expected", aligned(words, error.expected))] if error.expected else []
    said += [("got", aligned(words, got))] if got else []
    return [*said, ("problem", error.problem)]


def _raised(
    error: BaseException,
    subject: Subject,
    call: Call | None,
    names: list[str],
    definition: Definition,
) -> Rows:
    """What was raised and where; or what is lacking of what came back, or of a class."""
    message = errors.message(error)
    path = subject.implementation.path
    own = errors.own_lines(error, path)
    lack = lacking.of_class(error, definition) if own else lacking.of(error, definition)
    advice = [("do", lack.advice)] if lack and lack.advice else []
    meaning = meanings.meaning(error)
    explained = [("meaning", meaning)] if meaning else []
    if own:
        given = call.by_name(names) if call and len(call.arguments) <= len(names) else {}
        tensors = errors.own_tensors(error, path, given)
        return [
            ("raised", message),
            *explained,
            ("at", "\n".join(own)),
            *([("with", "\n".join(tensors))] if tensors else []),
            *advice,
        ]
    got = call.answer() if call else None
    said = [("got", got)] if got else []
    if lack:
        return [*said, ("problem", lack.problem), *advice]
    words = UNUSABLE if got else OF_THE_SPEC
    return [*said, ("problem", words.format(message=message)), *explained]


def shortened(text: str) -> str:
    """The first lines of what was printed, and how many more there are."""
    said = text.strip("\n").splitlines()
    if len(said) > PRINTED:
        said[PRINTED:] = [f"… and {len(said) - PRINTED:,} lines more"]
    return "\n".join(line if len(line) <= WIDEST else f"{line[:WIDEST]} …" for line in said)
