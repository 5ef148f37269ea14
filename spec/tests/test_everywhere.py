"""Mistakes that can be made in any function: each is rejected, and told by name."""

from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest

from spec.harness.explaining import diagnosis, general, suspects
from spec.harness.explaining.choosing import EVERYWHERE
from spec.harness.explaining.notes import Note
from spec.harness.explaining.progress import Progress
from spec.harness.files import catalogue
from spec.harness.files.catalogue import Kata
from spec.harness.verdicts import Kind
from spec.tests.general import harmless, let_through, pairs
from spec.tests.inner import Run, run

each_kata = pytest.mark.parametrize("kata", catalogue.katas(), ids=lambda kata: kata.name)
SAMPLE = 10  # one in so many is tried every day, in every fourth kata


@pytest.mark.parametrize("kata", catalogue.katas()[::4], ids=lambda kata: kata.name)
def test_a_sample_of_general_mistakes_is_rejected(kata: Kata) -> None:
    """Of all that is not harmless, every so manyth fails a test of its own function."""
    names = [name for name in pairs(kata) if name not in harmless(kata)]
    assert let_through(kata, names[catalogue.katas().index(kata) :: SAMPLE]) == []


@pytest.mark.slow
@each_kata
def test_every_general_mistake_is_rejected_or_harmless(kata: Kata) -> None:
    """What no test notices is listed with a reason, and nothing else is."""
    names = pairs(kata)
    assert len(names) >= len(general.operators(kata)) / 10
    unnoticed = set(let_through(kata, names))
    assert unnoticed - harmless(kata) == set(), "the spec lets these through"
    assert harmless(kata) - unnoticed == set(), "these are rejected, and no longer harmless"


def test_what_is_harmless_could_be_done() -> None:
    """Each pair that is listed is one: its function can have the mistake."""
    for kata in catalogue.katas():
        assert harmless(kata) <= set(pairs(kata))
    assert sum(len(harmless(kata)) for kata in catalogue.katas()) > 100


def test_general_mistakes_have_words() -> None:
    """A learner is told a sentence or two, and no two mistakes say the same."""
    operators = general.operators(catalogue.katas()[0])
    words = [general.words(operator) for operator in operators.values()]
    assert len(set(words)) == len(words) > 80
    for said in words:
        assert said.endswith(".")
        assert 20 <= len(said) <= 240, said


def test_every_general_mistake_is_made_somewhere() -> None:
    """None is listed for nothing, and none has a name twice."""
    made = {name.partition(EVERYWHERE)[2] for kata in catalogue.katas() for name in pairs(kata)}
    assert made == set(general.operators(catalogue.katas()[0]))
    listed = general._listed(catalogue.katas()[0])
    assert len({operator.__name__ for _, operator, _ in listed}) == len(listed)


# What a learner writes, the mistake that it is, and where.
WRITTEN = {
    "squeezed": (
        "k08_broadcasting",
        "def scale_channels(images, factors):\n"
        "    return (images * factors.reshape(-1, 1, 1)).squeeze()\n",
    ),
    "axis_in_front": (
        "k03_indexing",
        "def last_column(matrix):\n    return torch.stack([row[-1] for row in matrix])[None]\n",
    ),
    "as_list": (
        "k08_broadcasting",
        "def center_columns(matrix):\n    return matrix.sub(matrix.mean(0)).tolist()\n",
    ),
    "as_number": (
        "k11_loss_descent",
        "def binary_cross_entropy(logits, targets):\n"
        "    f = torch.nn.functional.binary_cross_entropy_with_logits\n"
        "    losses = torch.nn.functional.softplus(logits) - logits * targets\n"
        "    return float(losses.mean())\n",
    ),
    "exchanged": ("k12_chain_rule", "def chain(a, b):\n    return torch.matmul(b, a)\n"),
    "raised_as_TypeError": (
        "k08_broadcasting",
        "def squared_error(p, t):\n"
        "    if p.size() != t.size():\n"
        "        raise TypeError('these differ')\n"
        "    return ((p - t) ** 2).mean()\n",
    ),
    "check_dropped": (
        "k07_elementwise",
        "def clip(x, low, high):\n    return x.where(~(x > high), high).where(~(x < low), low)\n",
    ),
    "times_elements": (
        "k11_loss_descent",
        "def mean_squared_error(p, t):\n"
        "    if p.size() != t.size():\n"
        "        raise ValueError('these differ')\n"
        "    return ((p - t) ** 2).sum()\n",
    ),
    "no_grad_left_out": (
        "k16_autograd",
        "def sgd_step(parameters, learning_rate):\n"
        "    for p in parameters:\n"
        "        if p.grad is not None:\n"
        "            p -= learning_rate * p.grad\n"
        "            p.grad = None\n",
    ),
    "list_for_iterator": (
        "k18_training_loop",
        "def minibatches(x, y, batch_size, seed):\n"
        "    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(seed))\n"
        "    order = order.to(x.device)\n"
        "    return [(x[o], y[o]) for o in order.split(batch_size) if len(o)]\n",
    ),
}


def written(folder: Path, kata: str, source: str) -> Run:
    """What a learner who wrote this reads, where the catalogue knows no mistake."""
    (folder / f"{kata}.py").write_text(f"import torch\n\n\n{source}", encoding="utf-8")
    function = source.split("(")[0].removeprefix("def ")
    with mock.patch.object(suspects, "known_mistakes", lambda kata: {}):
        return run(folder, ".", "--device=cpu", "-k", f"test_{function}_")


@pytest.mark.parametrize("mistake", WRITTEN)
def test_a_general_mistake_is_told_by_name(mistake: str, tmp_path: Path) -> None:
    """Whoever makes it reads its words, though nobody wrote it down for this function."""
    seen = written(tmp_path, *WRITTEN[mistake])
    words = general.words(general.operators(catalogue.katas()[0])[mistake])
    assert words in " ".join(seen.output.split()), seen.output


def test_the_catalogue_comes_first(tmp_path: Path) -> None:
    """What is written down for a function is said in its own words."""
    source = "def center_columns(m):\n    return m - m.mean(dim=1, keepdim=True)\n"
    (tmp_path / "k08_broadcasting.py").write_text(source, encoding="utf-8")
    seen = run(tmp_path, ".", "--device=cpu", "-k", "center_columns")
    assert "mistake   You averaged each row (dim=1)." in seen.output


def test_there_is_no_time_for_general_mistakes_without_end(tmp_path: Path) -> None:
    """Where the time is used up, none is tried any more."""
    with mock.patch.object(diagnosis, "PATIENCE", -1.0):
        seen = written(tmp_path, *WRITTEN["as_list"])
    assert "what to mend" in seen.output
    assert "  mistake  " not in seen.output


@pytest.mark.parametrize(
    "source",
    [
        "def outer_sum(a, b):\n    return a.unsqueeze(1) + b\n",
        "def outer_sum(a, b):\n    return a[:, None] + b + 0.5\n",
        "def outer_sum(a, b):\n    return a[:, None] * b - len(a)\n",
    ],
)
def test_nobody_is_told_of_a_general_mistake_that_is_not_theirs(
    source: str, tmp_path: Path
) -> None:
    """Neither a right answer nor one that is wrong in a way of its own has words."""
    assert "  mistake  " not in written(tmp_path, "k08_broadcasting", source).output


def said(*failures: dict[str, str]) -> list[str]:
    """What is told where tests fail, each as these mistakes would."""
    progress = Progress("k08_broadcasting", "k08_broadcasting.py", 1, "outer_sum")
    for mistakes in failures:
        note = Note("k08_broadcasting", "k08_broadcasting.py", 1, "outer_sum", Kind.TEST)
        progress.count(replace(note, judged=True, mistakes=mistakes))
    return progress.mistakes()


def test_of_general_mistakes_that_are_as_good_the_first_is_told() -> None:
    """What they say is true of both; what is written down for the function is told before them."""
    first, second = f"f{EVERYWHERE}negated", f"f{EVERYWHERE}exchanged"
    assert said({first: "A.", second: "B."}) == ["A."]
    assert said({first: "A.", "f__own": "C."}) == ["C."]
    assert said({"f__own": "C.", "f__other": "D."}) == []


def test_two_general_mistakes_are_no_explanation() -> None:
    """Between them they explain too much; beside one that is written down, one may stand."""
    first, second = f"f{EVERYWHERE}negated", f"f{EVERYWHERE}exchanged"
    assert said({first: "A."}, {second: "B."}) == []
    assert said({first: "A."}, {"f__own": "C."}) == ["A.", "C."]


def test_some_general_mistakes_are_never_told() -> None:
    """A number that is one too large on the smallest example may be wrong in any way."""
    kata = catalogue.named("k02_shape")
    assert f"rank{EVERYWHERE}one_less" in pairs(kata)
    assert f"rank{EVERYWHERE}one_less" not in suspects.general_mistakes(kata, "rank")
