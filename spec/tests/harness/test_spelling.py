"""Of mistakes that behave alike the one is told that is in the code."""

from dataclasses import replace

import pytest

from spec.harness.explaining.notes import Note
from spec.harness.explaining.progress import Progress
from spec.harness.explaining.spelling import closeness
from spec.harness.files.sources import Definition, definitions
from spec.harness.verdicts import Kind

VIEW = "def f(x):\n    return x.view(2, -1)"
RESHAPE = "def f(x):\n    return x.reshape(2, -1)"
LONG_VIEW = "def f(tensor: torch.Tensor):\n    rows = 2\n    return tensor.view(rows, -1)"


def read(source: str) -> Definition:
    """The function that this source defines."""
    return definitions(source)["f"]


def test_names_of_ones_own_make_no_difference() -> None:
    """Code is close to itself, whatever its variables are called, and closer than to another."""
    assert closeness(read(VIEW), read(VIEW.replace("x", "array"))) == 1.0
    assert closeness(read(LONG_VIEW), read(VIEW)) > closeness(read(LONG_VIEW), read(RESHAPE)) + 0.1


@pytest.mark.parametrize(
    ("spelt", "said"),
    [
        ({"f__view": 0.9, "f__reshape": 0.6}, ["viewed"]),
        ({"f__view": 0.6, "f__reshape": 0.9}, ["reshaped"]),
        ({"f__view": 0.61, "f__reshape": 0.6}, []),
        ({}, []),
    ],
)
def test_of_two_that_behave_alike_the_one_that_is_written_like_it_is_told(
    spelt: dict[str, float], said: list[str]
) -> None:
    """And none where both might be meant."""
    mistakes = {"f__view": "viewed", "f__reshape": "reshaped"}
    progress = Progress("k04_reshape", "k04_reshape.py", 1, "f")
    progress.count(
        Note(
            "k04_reshape",
            "k04_reshape.py",
            1,
            "f",
            kind=Kind.TEST,
            judged=True,
            mistakes=mistakes,
            exact=list(mistakes),
            spelt=spelt,
        )
    )
    assert progress.mistakes() == said


KNOWN = Note("k04_reshape", "k04_reshape.py", 1, "f", kind=Kind.TEST, judged=True)
LOOPED = replace(KNOWN, mistakes={"f__loop": "looped"})


@pytest.mark.parametrize(
    ("telling", "weak", "others", "close", "said"),
    [
        (3, 0, 0, 0.3, ["looped"]),
        (2, 0, 0, 0.3, []),
        (2, 5, 0, 0.3, []),
        (3, 0, 1, 0.3, []),
        (3, 0, 1, 0.7, ["looped"]),
        (1, 1, 0, 0.7, ["looped"]),
        (1, 2, 0, 0.7, []),
        (0, 1, 0, 0.7, []),
        (0, 1, 0, 0.9, ["looped"]),
        (3, 0, 0, 0.0, []),
    ],
)
def test_the_less_speaks_for_a_mistake_the_more_it_has_to_be_written_like_the_answer(
    telling: int, weak: int, others: int, close: float, said: list[str]
) -> None:
    """That there is a loop does not tell which one; nor do two tests, or three of four."""
    progress = Progress("k04_reshape", "k04_reshape.py", 1, "f")
    found = replace(LOOPED, spelt={"f__loop": close})
    for note in [found] * telling + [replace(found, weak=True)] * weak + [KNOWN] * others:
        progress.count(note)
    assert progress.mistakes() == said


@pytest.mark.parametrize(
    ("name", "close", "others", "said"),
    [
        ("f__everywhere.as_list", 1.0, 3, ["looped"]),
        ("f__loop", 0.9, 3, ["looped"]),
        ("f__loop", 0.7, 3, []),
        ("f__everywhere.as_list", 1.0, 2, []),
    ],
)
def test_what_is_wrong_beside_something_else_is_told(
    name: str, close: float, others: int, said: list[str]
) -> None:
    """Where it is surely there: in most tests, and general or written almost like the answer."""
    progress = Progress("k04_reshape", "k04_reshape.py", 1, "f")
    found = replace(KNOWN, mistakes={name: "looped"}, spelt={name: close})
    for note in [KNOWN] + [found] * others:
        progress.count(note)
    assert progress.mistakes() == said


@pytest.mark.parametrize(("device", "said"), [("sim", ["looped"]), ("cpu", [])])
def test_what_fails_on_an_accelerator_alone_tells_enough(device: str, said: list[str]) -> None:
    """One error there is as good as several elsewhere."""
    progress = Progress("k04_reshape", "k04_reshape.py", 1, "f")
    progress.count(replace(LOOPED, spelt={"f__loop": 0.4}, weak=True, device=device))
    assert progress.mistakes() == said


@pytest.mark.parametrize(("exact", "said"), [(["f__loop"], ["looped"]), ([], [])])
def test_a_shape_tells_nothing_of_the_numbers_in_it(exact: list[str], said: list[str]) -> None:
    """Alike by their shape are many answers; word for word, with their numbers, few."""
    progress = Progress("k04_reshape", "k04_reshape.py", 1, "f")
    found = replace(LOOPED, spelt={"f__loop": 0.7}, rough=True, exact=exact)
    for note in [found] * 3:
        progress.count(note)
    assert progress.mistakes() == said


@pytest.mark.parametrize(
    ("name", "weak", "others", "said"),
    [
        ("f__everywhere.on_the_cpu", True, 1, ["looped"]),
        ("f__everywhere.on_the_cpu", True, 2, []),
        ("f__everywhere.negated", False, 1, []),
        ("f__loop", True, 1, []),
    ],
)
def test_a_wrong_device_is_told_beside_wrong_numbers(
    name: str, weak: bool, others: int, said: list[str]
) -> None:
    """What is shown is no number, and half of the tests end so: it is there, whatever else is."""
    progress = Progress("k04_reshape", "k04_reshape.py", 1, "f")
    progress.count(replace(KNOWN, mistakes={name: "looped"}, weak=weak))
    for _ in range(others):
        progress.count(KNOWN)
    assert progress.mistakes() == said


@pytest.mark.parametrize(
    ("first", "weak", "said"),
    [
        ("f__loop", False, ["looped", "seeded"]),
        ("f__loop", True, []),
        ("f__everywhere.negated", True, ["looped", "seeded"]),
    ],
)
def test_of_two_together_each_is_general_or_something_tells_of_it(
    first: str, weak: bool, said: list[str]
) -> None:
    """That both may have ended so is not enough for either."""
    progress = Progress("k04_reshape", "k04_reshape.py", 1, "f")
    progress.count(replace(KNOWN, mistakes={first: "looped"}, spelt={first: 0.9}, weak=weak))
    progress.count(replace(KNOWN, mistakes={"f__seed": "seeded"}, spelt={"f__seed": 0.9}))
    assert progress.mistakes() == said
