"""How pictures of any kind look: where boxes stand, what is told apart, what is marked."""

import re

import pytest
import torch

from spec.harness.showing import canvases, graphs, grids
from spec.harness.showing.drawings import (
    EXPECTED,
    YOURS,
    Curves,
    Graph,
    Grids,
    Numbers,
    Stretched,
    sides,
)
from spec.tests.inner import of_dev


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
