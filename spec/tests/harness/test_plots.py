"""What katas draw: the learner's side beside the expected one, also while it is wrong."""

import io
import re
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from spec.harness import limits
from spec.harness.explaining.notes import Note
from spec.harness.explaining.progress import Progress, Tally
from spec.harness.files import catalogue, sources
from spec.harness.files.catalogue import Kata
from spec.harness.running import state
from spec.harness.running.subject import Subject
from spec.harness.showing import canvases, figures, graphs, grids, plots, trying
from spec.harness.showing.drawings import (
    EXPECTED,
    SAME,
    YOURS,
    Curves,
    Graph,
    Grids,
    Numbers,
    Plane,
    Stretched,
    sides,
)
from spec.harness.showing.figures import Figure
from spec.harness.showing.plots import Drawing
from spec.harness.texts import shown
from spec.harness.verdicts import Kind
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


def handed_in(folder: Path, kata: Kata, text: str) -> Subject:
    """The solution with what comes after it, as a learner's file."""
    path = folder / f"{kata.name}.py"
    path.write_text(kata.solution.read_text("utf-8") + "\n\n" + text, encoding="utf-8")
    return plots.subject_of(kata, path)


def with_answer(folder: Path, kata: Kata, answer: str) -> Subject:
    """The solution with a wrong answer in its function's place."""
    function = answer.partition("__")[0]
    return handed_in(folder, kata, f"{kata.wrong.read_text('utf-8')}\n\n{function} = {answer}\n")


def drawings_of(subject: Subject) -> Iterator[Drawing]:
    """All drawings of a kata."""
    for name in plots.needs(subject.implementation.kata):
        yield plots.drawn(subject, name)


def names(figure: Figure) -> list[str]:
    """What the sides of a figure are called, without what is said of them."""
    if figure.views[0].macro == "grids":
        return [panel["title"].partition(", ")[2] for panel in figure.views[0].drawn]
    return [view.name.partition(":")[0] for view in figure.views]


def is_different(figure: Figure) -> bool:
    """Whether it shows the learner's side apart from the expected one."""
    return any(name.split(" ")[0] == YOURS for name in names(figure))


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
def test_a_mistake_is_drawn_beside_what_is_expected(name: str, tmp_path: Path) -> None:
    """Each wrong answer has its picture, which differs from the expected one in the same figure."""
    kata = catalogue.named(name)
    needing(kata)
    for drawing, answer in WRONG[name].items():
        found = plots.drawn(with_answer(tmp_path, kata, answer), drawing)
        assert not any(figure.problem for figure in found.figures), answer
        assert any(is_different(figure) for figure in found.figures), answer
        assert any(EXPECTED in " ".join(names(figure)) for figure in found.figures), answer


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


def test_what_did_not_return_in_its_test_is_not_called_again(tmp_path: Path) -> None:
    """The line says what the test said."""
    kata = catalogue.named("k08_broadcasting")
    path = tmp_path / f"{kata.name}.py"
    text = kata.solution.read_text("utf-8")
    path.write_text(text + "\n\ndef outer_sum(a, b):\n    return a\n", encoding="utf-8")
    words = "outer_sum did not return within 30 seconds."
    note = Note(kata.name, str(path), 1, "outer_sum", kind=Kind.ENDLESS, rows=[("problem", words)])
    entry = Progress(kata.name, str(path), 1, "outer_sum", Tally(failures=[note]))
    (figure,) = plots.drawn(plots.subject_of(kata, path, [entry]), "table").figures
    assert figure.problem == f"{words} This is what is expected."


MISBEHAVING = """
def center_columns(matrix):
    print("printed")
    print("complained", file=sys.stderr)
    breakpoint()
    torch.manual_seed(1)
    torch.set_default_dtype(torch.float64)
    warnings.warn("warned")
    return matrix * 0


def normalize_rows(matrix):
    return input("? ")


def outer_sum(a, b):
    sys.exit("left")


def pairwise_distances(a, b):
    raise KeyboardInterrupt


def scale_channels(images, factors):
    return images.reshape(17, -1)


def broadcast_shape(a_shape, b_shape):
    return "anything"


def squared_error(prediction, target):
    return prediction.grad
"""


def test_code_that_misbehaves_is_guarded_as_in_a_test(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is printed, nothing read, nothing left changed; errors are told in a line."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("an answer"))
    kata = catalogue.named("k08_broadcasting")
    subject = handed_in(tmp_path, kata, f"import sys\nimport warnings\n{MISBEHAVING}")
    with warnings.catch_warnings(action="error"):
        told = {d.name: d.figures[0].problem for d in drawings_of(subject)}
    assert state.disturbed("a drawing") is None
    assert capsys.readouterr() == ("", "")
    where = rf"at {re.escape(shown(subject.implementation.path))}:\d+\. This is what is expected\."
    assert told["columns"] == told["shapes"] == told["accident"] == ""
    assert re.fullmatch(f"normalize_rows raised EOFError: .*, {where}", told["shares"])
    assert told["table"].startswith("outer_sum tried to end the run, by SystemExit.")
    assert told["pairs"].startswith("pairwise_distances tried to end the run, by KeyboardInterr")
    assert re.fullmatch(f"scale_channels raised RuntimeError: .*, {where}", told["channels"])


def test_what_can_not_be_drawn_is_said(tmp_path: Path) -> None:
    """Where the learner's code raises nothing, but no number comes of it."""
    of_dev("matplotlib")
    kata = catalogue.named("k12_chain_rule")
    subject = handed_in(tmp_path, kata, "def sigmoid_slope(x):\n    return 'steep'\n")
    (figure,) = plots.drawn(subject, "bell").figures
    assert figure.problem.startswith("What came of sigmoid_slope can't be drawn. ValueError")
    assert names(figure) == [EXPECTED]


def test_what_came_before_an_error_is_drawn(tmp_path: Path) -> None:
    """The values of a graph, by who has not written backward."""
    kata = catalogue.named("k13_backprop")
    unwritten = "class Node(Node):\n    def backward(self):\n        raise NotImplementedError\n\n"
    unwritten += "    def forward(self):\n        pass\n"
    values, slopes = plots.drawn(handed_in(tmp_path, kata, unwritten), "values").figures
    assert (values.problem, names(values)) == ("", [SAME])
    assert slopes.problem == "Node.backward is not started. This is what is expected."


def test_numbers_of_a_graph_that_differ_are_marked(tmp_path: Path) -> None:
    """In a box, and below the graph."""
    kata = catalogue.named("k13_backprop")
    subject = with_answer(tmp_path, kata, "Node__overwrites_the_grad")
    view, expected = plots.drawn(subject, "values").figures[1].views
    marked = {box.name: f.instead for box in view.drawn["layout"].boxes for f in box.facts}
    assert marked["x"] == "13" and marked["w"] == ""
    assert "x: value 2, grad 13;" in expected.words
    kata = catalogue.named("k12_chain_rule")
    subject = with_answer(tmp_path, kata, "sum_over_paths__sums_along_a_path")
    (figure,) = plots.drawn(subject, "paths").figures
    assert figure.views[0].drawn["sums"][-1] == graphs.Fact("all paths", "36.5", "76")


def test_boxes_lie_apart_and_arrows_lead_down_between_them() -> None:
    """Also those that pass a row."""
    arrows = (("a", "c", "2"), ("b", "c", ""), ("c", "d", ""), ("a", "d", ""), ("a", "e", ""))
    boxes = {name: {"value": 1.0} for name in "abcde"}
    layout = graphs.layout(Graph(title="", boxes=boxes, arrows=arrows), None)
    at = {box.name: (box.x, box.y) for box in layout.boxes}
    assert at["a"][1] == at["b"][1] < at["c"][1] == at["e"][1] < at["d"][1]
    for box in layout.boxes:
        assert box.x >= 0 and box.x + layout.wide <= layout.width
        for other in layout.boxes:
            apart = abs(box.x - other.x) >= layout.wide or abs(box.y - other.y) >= layout.high
            assert apart or box is other
    for arrow in layout.arrows:
        ys = [y for _, y in arrow.points]
        assert ys == sorted(ys)
    (passing,) = [arrow for arrow in layout.arrows if len(arrow.points) > 2]
    for x, _ in passing.points[1:-1]:
        assert not any(at[name][0] <= x <= at[name][0] + layout.wide for name in "ce")


def test_copies_of_a_stretched_tensor_are_marked() -> None:
    """And what can't be stretched to a shape is said."""
    row = Stretched(torch.tensor([1, 2]), (2, 2))
    odd = Stretched(torch.tensor([1, 2]), (3,))
    both = Grids(title="", given={"row": row}, found={"odd": odd})
    drawn, said = grids.panels(both, both)
    again = [[cell["again"] for cell in line] for line in drawn["grids"][0]["rows"]]
    assert again == [[False, False], [True, True]]
    assert said["text"] == "(2,) can't be stretched to (3,)."


def a_curve(*y: float) -> Curves:
    """A line through these heights."""
    return Curves(title="", across="x", up="y", x=(0.0, 1.0, 2.0), lines={"": y})


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ((0.0, 0.9, 0.0), ">yours<"),
        ((90.0, 91.0, 92.0), ">yours, outside, at 92<"),
        ((float("nan"), float("inf"), float("nan")), ">yours, no number<"),
        ((), ">yours, no number<"),
        ((0.0, 1e300, -1e300), ">yours<"),
    ],
    ids=["near", "far", "none", "empty", "huge"],
)
def test_any_line_is_drawn_or_named(line: tuple[float, ...], said: str) -> None:
    """However far it lies from what is expected, which stays readable."""
    of_dev("matplotlib")
    both = sides(a_curve(*line), a_curve(0.0, 1.0, 0.0))
    ((name, svg),) = canvases.curves(both, "key").items()
    assert name == "yours and expected"
    assert said in svg and ">expected<" in svg


def test_many_lines_are_drawn_side_by_side_on_equal_axes() -> None:
    """Four and four in one picture could not be told apart."""
    of_dev("matplotlib")

    def lines(height: float) -> Curves:
        many: dict[str, Numbers] = {f"neuron {n}": (0.0, height, n / 4) for n in range(4)}
        return Curves(title="", across="x", up="y", x=(0.0, 1.0, 2.0), lines=many)

    drawn = canvases.curves(sides(lines(1.0), lines(1.2)), "key")
    assert list(drawn) == [YOURS, EXPECTED]
    ticks = [re.findall(r">(-?[0-9.]+)</text>", svg) for svg in drawn.values()]
    assert ticks[0] == ticks[1] and ticks[0]


def test_without_matplotlib_grids_and_graphs_are_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And a curve is not: the page says what it lacks."""
    monkeypatch.setattr(figures, "has_matplotlib", lambda: False)
    kata = catalogue.named("k12_chain_rule")
    found = {d.name: d for d in drawings_of(plots.subject_of(kata, kata.solution))}
    assert found["paths"].figures and not found["paths"].lacks
    assert found["shares"].figures and not found["shares"].lacks
    assert not found["bell"].figures and found["bell"].lacks
