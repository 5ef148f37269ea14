"""The proof of each spec: solution, stub, right and wrong answers, run through pytest itself."""

import pytest

from spec.harness.explaining.suspects import known_mistakes
from spec.harness.files import catalogue
from spec.harness.files.catalogue import ROOT, Kata
from spec.harness.running.collecting import AnswerModule
from spec.tests import proofs
from spec.tests.inner import outcomes, run

each_kata = pytest.mark.parametrize("kata", catalogue.katas(), ids=lambda kata: kata.name)


@each_kata
def test_the_solution_passes_every_test_on_every_device(kata: Kata) -> None:
    """The reference answer is right, on the CPU and on the accelerator."""
    proof = proofs.solution(kata)
    assert not proof.problems, proof.text


@each_kata
def test_the_stub_passes_no_test(kata: Kata) -> None:
    """Whoever has written nothing has earned nothing."""
    proof = proofs.stub(kata)
    assert not proof.problems, proof.text


FEW = 4  # examples of a law, as a learner's run tries on its second device
IN_DEPTH = pytest.param("auto", None, marks=pytest.mark.slow)


@each_kata
@pytest.mark.parametrize(("device", "examples"), [("cpu", FEW), IN_DEPTH])
def test_every_right_answer_passes(kata: Kata, device: str, examples: int | None) -> None:
    """A right answer passes however it is written; when there is time, each on every device."""
    proof = proofs.right(kata, device, examples)
    assert not proof.problems, proof.text


@each_kata
def test_every_wrong_answer_is_rejected(kata: Kata, pytestconfig: pytest.Config) -> None:
    """A wrong answer fails a test of its own function, on the CPU alone where it can."""
    cache, place = getattr(pytestconfig, "cache", None), f"spec/rejected_by/{kata.name}"
    rejected_by = cache.get(place, {}) if cache else {}
    proof = proofs.wrong(kata, rejected_by)
    assert not proof.problems, proof.text
    if cache:  # which may be lost at any time
        cache.set(place, rejected_by)


@pytest.mark.slow
@each_kata
def test_every_loophole_is_closed(kata: Kata) -> None:
    """What nobody would write is rejected like any other wrong answer."""
    proof = proofs.loopholes(kata)
    assert not proof.problems, proof.text


@each_kata
def test_no_loophole_is_named_to_a_learner(kata: Kata) -> None:
    """Only what people do by mistake is told as a mistake."""
    assert set(proofs.answers(kata.wrong)) == set(known_mistakes(kata))
    assert not set(proofs.answers(kata.loopholes)) & set(known_mistakes(kata))


@each_kata
def test_answers_are_named_for_the_function_they_replace(kata: Kata) -> None:
    """An answer is called function__mistake, and every function has two wrong answers or more."""
    proof = proofs.answers_named(kata)
    assert not proof.problems, proof.text


def test_a_wrong_answer_is_collected_with_the_tests_of_its_own_function() -> None:
    """An answer stands in for one function, so only that function's tests judge it."""
    assert issubclass(AnswerModule, pytest.Module)
    kata = catalogue.katas()[0]
    collected: dict[str, set[str]] = {}

    class Note:
        """Keeps which tests each answer is collected with."""

        def pytest_collection_finish(self, session: pytest.Session) -> None:
            """Looks at all that is collected."""
            for item in session.items:
                module = item.getparent(AnswerModule)
                assert module is not None
                collected.setdefault(module.answer, set()).add(item.name)

    run(ROOT, str(kata.wrong), "--device=cpu", "--collect-only", plugins=[Note()])
    assert set(collected) == set(proofs.answers(kata.wrong))
    for name, tests in collected.items():
        function = name.partition("__")[0]
        assert all(test.startswith(f"test_{function}_") for test in tests)


def test_what_rejected_an_answer_before_is_tried_first() -> None:
    """Then nothing else is tried of it; what asks about the state keeps its place at the end."""
    kata, answer = catalogue.named("k08_broadcasting"), "center_columns__over_rows"
    alone = outcomes(kata.wrong, "cpu", only=[answer])
    *_, known, _ = alone.failed[answer]
    again = outcomes(kata.wrong, "cpu", stop_early=True, only=[answer], rejected_by={answer: known})
    assert again.failed[answer] == [known]
    assert not again.passed[answer]
    assert known != alone.failed[answer][0]
