"""The proof of each spec: solution, stub, right and wrong answers, run through pytest itself."""

from pathlib import Path
from typing import Any

import pytest

from spec.harness.files import catalogue, sources
from spec.harness.files.catalogue import Kata
from spec.harness.running.collecting import AnswerModule
from spec.tests.inner import outcomes

each_kata = pytest.mark.parametrize("kata", catalogue.katas(), ids=lambda kata: kata.name)


def answers(path: Path) -> list[str]:
    """The names of the answers in a file of wrong or right ones."""
    return list(sources.definitions(path.read_text(encoding="utf-8")))


def about_devices(path: Path) -> set[str]:
    """The wrong answers that only a second device can tell from right ones."""
    namespace: dict[str, Any] = {}
    exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), namespace)
    return set(namespace.get("ABOUT_DEVICES", ()))


@each_kata
def test_the_solution_passes_every_test_on_every_device(kata: Kata) -> None:
    """The reference answer is right, on the CPU and on the accelerator."""
    seen = outcomes(kata.solution, "auto")

    assert not seen.failed, "\n\n".join(seen.texts)
    assert not seen.skipped
    assert sum(map(len, seen.passed.values())) >= 2 * len(sources.promised(kata))


@each_kata
def test_the_stub_passes_no_test(kata: Kata) -> None:
    """Whoever has written nothing has earned nothing."""
    seen = outcomes(kata.stub, "auto")

    assert not seen.passed
    assert not seen.skipped


@each_kata
def test_every_right_answer_passes(kata: Kata) -> None:
    """A right answer passes however it is written."""
    seen = outcomes(kata.right, "auto")

    refused = {name: texts for name, texts in seen.failed.items() if texts}
    assert not refused, "\n\n".join(seen.texts)
    assert set(seen.passed) == set(answers(kata.right))


@each_kata
def test_every_wrong_answer_is_rejected(kata: Kata) -> None:
    """A wrong answer fails a test of its own function, on the CPU alone where it can."""
    only_elsewhere = about_devices(kata.wrong)
    on_cpu = outcomes(kata.wrong, "cpu", stop_early=True)
    let_through = [name for name in answers(kata.wrong) if not on_cpu.failed[name]]

    if only_elsewhere:
        everywhere = outcomes(kata.wrong, "auto", stop_early=True)
        let_through = [name for name in let_through if not everywhere.failed[name]] + [
            name for name in let_through if name not in only_elsewhere
        ]

    assert not let_through, f"the spec lets through: {', '.join(sorted(set(let_through)))}"


@each_kata
def test_answers_are_named_for_the_function_they_replace(kata: Kata) -> None:
    """An answer is called function__mistake, and every function has two wrong answers or more."""
    wrong = [name.partition("__")[0] for name in answers(kata.wrong)]
    right = [name.partition("__")[0] for name in answers(kata.right)]

    assert set(wrong + right) <= set(sources.promised(kata))
    assert not [name for name in sources.promised(kata) if wrong.count(name) < 2]


def test_a_wrong_answer_is_collected_with_the_tests_of_its_own_function() -> None:
    """An answer stands in for one function, so only that function's tests judge it."""
    assert issubclass(AnswerModule, pytest.Module)
    kata = catalogue.katas()[0]
    seen = outcomes(kata.wrong, "cpu")
    for name, tests in seen.failed.items():
        function = name.partition("__")[0]
        assert all(f"test_{function}_" in test for test in tests)
