"""What katas draw: the learner's side beside the expected one, also while it is wrong."""

import time
from pathlib import Path

import pytest

from spec.harness import limits
from spec.harness.files import catalogue, sources
from spec.harness.files.catalogue import Kata
from spec.harness.showing import figures, graphs, plots, trying
from spec.harness.showing.drawings import (
    EXPECTED,
    SAME,
    YOURS,
    Curves,
    Plane,
)
from spec.tests.harness.drawn import drawings_of, handed_in, is_different, names, with_answer
from spec.tests.inner import of_dev

KATAS = [kata for kata in catalogue.katas() if kata.plots.exists()]
DIGITS = 8.0  # seconds of computing; all other drawings have two
WRONG = {  # a drawing, and an answer whose mistake shows in it
    "k08_broadcasting": {
        "columns": "center_columns__over_rows",
        "table": "outer_sum__swapped",
        "shapes": "broadcast_shape__from_the_left",
        "accident": "squared_error__broadcasts",
    },
    "k09_cat_stack": {
        "padded": "pad_and_stack__mask_from_the_value",
        "batch": "make_batch__cat",
        "parts": "split_like__never_raises",
    },
    "k11_loss_descent": {
        "descent": "descend__normalized",
        "line": "fit_line__factor_forgotten",
        "slopes": "slope__forward",
    },
    "k12_chain_rule": {
        "paths": "sum_over_paths__sums_along_a_path",
        "step": "chain__adds_along_the_path",
        "fork": "two_paths__no_cosine",
    },
    "k13_backprop": {
        "values": "Node__overwrites_the_grad",
        "xor": "Node__addition_of_slopes_wrong",
        "order": "topological_order__result_first",
    },
    "k14_mlp": {
        "moons": "mlp_backward__forgets_the_slope",
        "of_the_error": "mse_backward__wrong_sign",
        "learning": "training_step__uphill",
    },
    "k15_init_symmetry": {
        "twins": "zero_init__ones",
        "apart": "random_init__small_constant",
        "parting": "break_symmetry__one_row_for_all_neurons",
    },
    "k18_training_loop": {
        "history": "fit__no_step",
        "border": "solve_moons__linear",
        "digits": "train_epoch__no_zero_grad",
    },
}


def needing(kata: Kata) -> None:
    """Skips a test of drawings that need more than a learner has."""
    if kata.name > "k11":
        of_dev("matplotlib")
    if kata.name.startswith("k18"):
        of_dev("sklearn")


@pytest.mark.parametrize("kata", KATAS, ids=lambda kata: kata.name)
def test_the_solution_is_drawn_as_it_is_expected(kata: Kata) -> None:
    """In one picture, with a sentence above it and names at its axes, and in little time."""
    needing(kata)
    subject = plots.subject_of(kata, kata.solution)
    for name, needed in plots.needs(kata).items():
        assert set(needed) <= set(sources.promised(kata)), name
        plots.expected_of.cache_clear()
        before = time.process_time()
        side = plots.expected_of(kata, name)
        assert time.process_time() - before < (DIGITS if name == "digits" else 2.0), name
        assert not side.problem
        for picture in side.pictures:
            assert picture.title[0].isupper() and picture.title.endswith("."), picture.title
            if isinstance(picture, Curves | Plane):
                assert picture.across and picture.up, name
        drawing = plots.drawn(subject, name)
        assert len(drawing.figures) == len(side.pictures) > 0, name
        assert not drawing.lacks
        for figure in drawing.figures:
            assert not figure.problem
            assert not is_different(figure), name
            assert SAME in names(figure), name


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_is_drawn_beside_what_is_expected(name: str) -> None:
    """Each wrong answer has its picture, which differs from the expected one in the same figure."""
    kata = catalogue.named(name)
    needing(kata)
    for drawing, answer in WRONG[name].items():
        found = plots.drawn(with_answer(kata, kata.wrong, answer), drawing)
        assert not any(figure.problem for figure in found.figures), answer
        assert any(is_different(figure) for figure in found.figures), answer
        assert any(EXPECTED in " ".join(names(figure)) for figure in found.figures), answer


@pytest.mark.slow
@pytest.mark.parametrize("kata", KATAS, ids=lambda kata: kata.name)
def test_every_right_answer_is_drawn(kata: Kata) -> None:
    """However it is written: nothing is missing, and only what chance decides is different."""
    needing(kata)
    for answer in sources.definitions(kata.right.read_text("utf-8")):
        subject = with_answer(kata, kata.right, answer)
        for name, needed in plots.needs(kata).items():
            if answer.partition("__")[0] in needed:
                for figure in plots.drawn(subject, name).figures:
                    assert not figure.problem, answer
                    assert figure.note or not is_different(figure), (answer, name)


def test_all_that_can_be_drawn_is_tried_with_mistakes() -> None:
    """Three or more of each kata that draws."""
    assert list(WRONG) == [kata.name for kata in KATAS]
    assert all(len(wrong) >= 3 for wrong in WRONG.values())
    for kata in KATAS:
        known = sources.definitions(kata.wrong.read_text("utf-8"))
        for drawing, answer in WRONG[kata.name].items():
            assert answer in known
            assert answer.partition("__")[0] in plots.needs(kata)[drawing]


@pytest.mark.parametrize("kata", KATAS, ids=lambda kata: kata.name)
def test_of_what_is_not_started_the_expected_side_is_drawn_alone(kata: Kata) -> None:
    """And a line says why."""
    needing(kata)
    for drawing in drawings_of(plots.subject_of(kata, kata.stub)):
        first = drawing.functions[0]
        assert drawing.figures
        for figure in drawing.figures:
            assert figure.problem == f"{first} is not started. This is what is expected."
            assert not is_different(figure) and SAME not in names(figure)


@pytest.mark.parametrize("kata", KATAS, ids=lambda kata: kata.name)
def test_a_loop_without_an_end_is_ended(
    kata: Kata, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each function is called once, and then known not to return."""
    endless = [
        f"class {name}:\n    def __init__(self, *_):\n        while True:\n            pass\n"
        if name[0].isupper()
        else f"def {name}(*_):\n    while True:\n        pass\n"
        for name in sources.promised(kata)
    ]
    subject = handed_in(tmp_path, kata, "\n\n".join(endless))
    monkeypatch.setattr(trying, "ENOUGH", 0.02)
    monkeypatch.setattr(limits, "GLANCE", 0.01)
    for name, needed in plots.needs(kata).items():
        side = trying.drawn(plots.draw_of(kata, name), subject, needed)
        assert not side.pictures
        if "sklearn" not in side.problem:
            assert side.problem in [
                f"{each} did not return within 0.02 seconds." for each in needed
            ]


def test_what_came_before_an_error_is_drawn(tmp_path: Path) -> None:
    """The values of a graph, by who has not written backward."""
    kata = catalogue.named("k13_backprop")
    unwritten = "class Node(Node):\n    def backward(self):\n        raise NotImplementedError\n\n"
    unwritten += "    def forward(self):\n        pass\n"
    values, slopes = plots.drawn(handed_in(tmp_path, kata, unwritten), "values").figures
    assert (values.problem, names(values)) == ("", [SAME])
    assert slopes.problem == "Node.backward is not started. This is what is expected."


def test_numbers_of_a_graph_that_differ_are_marked() -> None:
    """In a box, and below the graph."""
    kata = catalogue.named("k13_backprop")
    subject = with_answer(kata, kata.wrong, "Node__overwrites_the_grad")
    view, expected = plots.drawn(subject, "values").figures[1].views
    marked = {box.name: f.instead for box in view.drawn["layout"].boxes for f in box.facts}
    assert marked["x"] == "13" and marked["w"] == ""
    assert "x: value 2, grad 13;" in expected.words
    kata = catalogue.named("k12_chain_rule")
    subject = with_answer(kata, kata.wrong, "sum_over_paths__sums_along_a_path")
    (figure,) = plots.drawn(subject, "paths").figures
    assert figure.views[0].drawn["sums"][-1] == graphs.Fact("all paths", "36.5", "76")


def test_without_a_solution_the_learner_s_side_is_drawn_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As it is, with nothing to compare it with."""
    monkeypatch.setattr(plots, "expected_of", lambda kata, name: trying.Side())
    kata = catalogue.named("k08_broadcasting")
    for drawing in drawings_of(with_answer(kata, kata.wrong, "outer_sum__swapped")):
        for figure in drawing.figures:
            assert not figure.problem
            assert YOURS in names(figure) and EXPECTED not in names(figure)


def test_without_matplotlib_grids_and_graphs_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """And a curve is not: the page says what it lacks."""
    monkeypatch.setattr(figures, "has_matplotlib", lambda: False)
    kata = catalogue.named("k12_chain_rule")
    found = {d.name: d for d in drawings_of(plots.subject_of(kata, kata.solution))}
    assert found["paths"].figures and not found["paths"].lacks
    assert found["shares"].figures and not found["shares"].lacks
    assert not found["bell"].figures and found["bell"].lacks
