"""A known mistake is recognised whoever wrote it down, and nothing else is."""

import ast
from pathlib import Path

import pytest

from spec.harness.explaining import suspects
from spec.harness.files import catalogue, sources
from spec.harness.files.catalogue import Kata
from spec.tests.inner import run
from spec.tests.naming import Named, functions_only, submissions
from spec.tools.check import chosen
from spec.tools.naming import told

pytestmark = pytest.mark.slow

each_kata = pytest.mark.parametrize("kata", catalogue.katas(), ids=lambda kata: kata.name)
K08 = catalogue.find("k08_broadcasting")
NAMED_AT_LEAST = 0.96


@each_kata
def test_wrong_answers_are_named(kata: Kata, tmp_path: Path) -> None:
    """96 of 100 mistakes are told to whoever makes them, and none is taken for another."""
    names = submissions(kata, kata.wrong, tmp_path)
    wrong = sources.definitions(kata.wrong.read_text(encoding="utf-8"))
    seen = Named()
    functions_only(tmp_path, names, "auto", seen)

    words = seen.words()
    told = {name: words.get((name, name.partition("__")[0])) for name in names}
    right = {name: " ".join((ast.get_docstring(wrong[name]) or "").split()) for name in names}
    mistaken = {name: words for name, words in told.items() if words not in (None, right[name])}
    missed = [name for name, words in told.items() if words is None]
    print(f"{kata.name}: {len(names) - len(missed) - len(mistaken)} of {len(names)} named")
    assert not mistaken
    assert len(missed) <= (1 - NAMED_AT_LEAST) * len(names), f"not named: {missed}"


@each_kata
def test_right_answers_are_never_diagnosed(kata: Kata, tmp_path: Path) -> None:
    """Whoever is right is told of no mistake."""
    names = submissions(kata, kata.right, tmp_path)
    seen = Named()
    functions_only(tmp_path, names, "cpu", seen)

    assert not seen.words()


def test_stubs_are_never_diagnosed() -> None:
    """What is not started is no mistake."""
    seen = Named()
    run(catalogue.ROOT, "katas", "--device=cpu", "--all", plugins=[seen])

    assert seen.noted
    assert not any(seen.words().values())


def test_two_mistakes_in_two_functions_are_both_named(tmp_path: Path) -> None:
    """With --all, each function has its own words."""
    (tmp_path / "k08_broadcasting.py").write_text(
        "def center_columns(m):\n    return m - m.mean(1, keepdim=True)\n\n\n"
        "def outer_sum(x, y):\n    return y[:, None] + x\n"
    )
    seen = run(tmp_path, ".", "--device=cpu", "--all")
    assert "mistake   You averaged each row (dim=1)." in seen.output
    assert "mistake   Your result is transposed" in seen.output


UNKNOWN = (  # which were told, while the catalogue lacked them, what is false of their code
    ("k03", "channel__empty_slice", "every_other_row__odd"),
    ("k04", "to_rows__rows_of_that_length"),
    ("k06", "like__dtype_alone", "like__result_thrown_away"),
    ("k07", "almost_equal__equal", "count_between__either"),
    ("k10", "is_linear__returned_in_the_loop", "sigmoid__tanh"),
    ("k11", "descend__without_the_start", "descend__one_step_short"),
    ("k14", "mse_backward__difference_alone", "mse_backward__mean_over_samples"),
    ("k15", "break_symmetry__noise_on_the_cpu", "symmetry_survives__momentum"),
    ("k16", "freeze__state_dict", "freeze__gradient_cleared_once"),
    ("k18", "accuracy__only_the_outer_mode", "minibatches__global_seed"),
)
TRUE = {  # what may be said of them
    "count_between__either": "You counted every element: ",
    "descend__one_step_short": "One step is missing: your loop ends a round too early",
    "freeze__gradient_cleared_once": "The parameters require grad as before",
    "freeze__state_dict": "The parameters require grad as before",
    "like__dtype_alone": "device= is missing: what you make anew lies on the CPU, and what you ",
    "like__result_thrown_away": "Your result has the dtype of x, ",
    "sigmoid__tanh": "Right on paper, but far below zero ",
    "minibatches__global_seed": "You set the seed of the global generator, ",
}


@pytest.mark.parametrize("names", UNKNOWN, ids=lambda names: names[0])
def test_what_is_said_of_an_unknown_mistake_is_true(names: tuple[str, ...]) -> None:
    """Nothing, or what holds for this code as well."""
    (kata,) = chosen(names[0])
    answers = {name: suspects.catalogued(kata)[name] for name in names[1:]}
    found = {each.name: each for each in told(kata, answers, without_own=True)}
    assert list(found) == list(answers)
    for name, each in found.items():
        words = TRUE.get(name)
        assert not each.mistakes or (words and "".join(each.mistakes).startswith(words)), name


def test_an_unknown_mistake_is_not_guessed_at(tmp_path: Path) -> None:
    """No match, no word of a mistake."""
    (tmp_path / "k08_broadcasting.py").write_text(
        "def center_columns(m):\n    return m - m.mean(dim=0) + 0.25\n"
    )
    seen = run(tmp_path, ".", "--device=cpu", "-k", "center_columns")
    assert "what to mend" in seen.output
    assert "  mistake  " not in seen.output
