"""What a learner's own lines show is true, and nothing is said where it might be otherwise."""

import pytest

from spec.harness.explaining import code, facts, slips
from spec.harness.verdicts import About, CheckFailure
from spec.tests.noticing import seen

FACTS_OF_CODE = [
    (About.NOTHING, "def f(x):\n    x + 1", code.NO_RETURN.format(function="f")),
    (About.NOTHING, "def f(x):\n    return", code.EMPTY_RETURN.format(line=2)),
    (
        About.NOTHING,
        "def f(x):\n    for _ in x:\n        return x",
        code.RETURN_IN.format(block="for", line=2),
    ),
    (About.RAISES, "def f(x):\n    return x", code.NO_RAISE.format(function="f")),
    (
        About.RAISES,
        "def f(x):\n    if x:\n        raise ValueError\n    return x",
        code.RAISE_NOT_REACHED.format(line=3),
    ),
    (
        About.RAISES,
        "def f(x):\n    if x:\n        raise ValueError\n    raise TypeError",
        code.NONE_REACHED.format(lines="3", line=4),
    ),
    (About.ARGUMENT, "def f(x):\n    return x.pop()", code.WRITES.format(line=2)),
    (
        About.ARGUMENT,
        "def f(x):\n    y = []\n    y.append(1)\n    return x.pop()",
        code.WRITES.format(line=4),
    ),
    (About.LOOP, "def f(x):\n    y = x\n    for _ in x:\n        y += 1", code.LOOP.format(line=3)),
    (About.LOOP, "def f(x):\n    return [2 * a for a in x]", code.LOOP.format(line=2)),
    (About.LOOP, "def f(x):\n    return sum(x)", code.ONE_BY_ONE.format(name="sum", line=2)),
    (About.ARGUMENT, "def f(x):\n    x -= 1\n    return x", code.WRITES.format(line=2)),
    (About.ARGUMENT, "def f(x):\n    return x.sub_(1)", code.WRITES.format(line=2)),
    (About.ARGUMENT, "def f(x):\n    x[0] = 1\n    return x", code.WRITES.format(line=2)),
    (About.ARGUMENT, "def f(x):\n    x -= 1\n    x += 1", code.WRITE.format(lines="2", line=3)),
    (About.DEVICE, "def f(x):\n    return torch.zeros(3)", code.WITHOUT_DEVICE.format(line=2)),
    (About.COPY, "def f(x):\n    return x.clone()", code.COPIES.format(name="clone", line=2)),
    (About.RANDOM, "def f(x):\n    return x + torch.rand(2)", code.DRAWS.format(line=2)),
    (About.RANDOM, "def f(x):\n    np.random.seed(x)", code.DRAWS.format(line=2)),
    (About.RANDOM, "def f(x):\n    torch.manual_seed(x)", code.DRAWS.format(line=2)),
    (
        About.RANDOM,
        "def f(x):\n    random.seed(x)\n    return random.random(), x",
        code.DRAW.format(lines="2", line=3),
    ),
]


@pytest.mark.parametrize(("about", "source", "said"), FACTS_OF_CODE)
def test_the_line_is_named(about: About, source: str, said: str) -> None:
    """That nothing is returned, raised, that a loop, an in-place edit or a maker is in a line."""
    assert facts.notice(CheckFailure("", about=about), seen(source=source)) == said


@pytest.mark.parametrize(
    ("about", "source"),
    [
        (About.NOTHING, "def f(x):\n    return x"),
        (About.LOOP, "def f(x):\n    return g(x)"),
        (About.LOOP, "def f(x):\n    return x.sum() / len(x)"),
        (About.ARGUMENT, "def f(x):\n    y = x.__add__(1)\n    return y"),
        (About.DEVICE, "def f(x):\n    return torch.zeros(3, device=x.device)"),
        (About.DEVICE, "def f(x):\n    return np.zeros(x)"),
        (About.COPY, "def f(x):\n    return x.clone() + x.clone()"),
        (About.COPY, "def f(x):\n    return x.clone() + (\n        x.clone())"),
        (About.RANDOM, "def f(x):\n    return torch.rand(2, generator=x)"),
        (About.RANDOM, "def f(x):\n    return np.random.default_rng(x)"),
        (About.RANDOM, "def f(x):\n    return x.seed()"),
    ],
)
def test_no_line_is_named_where_it_might_be_another(about: About, source: str) -> None:
    """Two places, a place elsewhere, or none."""
    assert facts.notice(CheckFailure("", about=about), seen(source=source)) is None


SLIPS = [
    ("def f(x, n):\n    return x", slips.UNUSED_PARAMETER.format(function="f", name="n")),
    ("def f(x):\n    for p in x:\n        q = p", slips.UNUSED_VALUE.format(line=3, name="q")),
    ("def f(x):\n    x.clamp(0)\n    return x", slips.NOT_KEPT.format(line=2, code="x.clamp(0)")),
    ("def f(x):\n    x == 0\n    return x", slips.NOT_KEPT.format(line=2, code="x == 0")),
    ("def f(x):\n    return x\n    x += 1", slips.NEVER_REACHED.format(line=3, word="return")),
    (
        "def f(x):\n    for p in x:\n        p += 1\n        return p",
        slips.FIRST_ROUND.format(line=4, loop=2),
    ),
    (
        "class C:\n    def f(self, x, n):\n        return x",
        slips.UNUSED_PARAMETER.format(function="f", name="n"),
    ),
]


@pytest.mark.parametrize(("source", "said"), SLIPS)
def test_what_is_left_unused_is_named(source: str, said: str) -> None:
    """A parameter, a value, a result, a line, all rounds of a loop but the first."""
    assert facts.notice(CheckFailure(""), seen(source=source)) == said


@pytest.mark.parametrize(
    "source",
    [
        "def f(x, n):\n    def g():\n        return n\n    return x + g()",
        "def f(x, _):\n    return x",
        "def f(x, n):\n    return locals()",
        "def f(x):\n    total = 0\n    for p in x:\n        total += p",
        "def f(x):\n    _, n = x\n    for unused in n:\n        x.add_(1)",
        "def f(x):\n    x.clamp_(0)\n    x.sort()\n    torch.clamp(x, 0, out=x)",
        "def f(x):\n    x[0] = 1\n    x.grad = None",
        "def f(x):\n    for p in x:\n        if p:\n            continue\n        return p",
        "def f(x):\n    for p in x:\n        if p:\n            return p",
        "def f(x):\n    global y\n    y = x",
        "class C:\n    y = 1\n    def f(self, x):\n        self.y = x",
        "class C:\n    def f(self):\n        return 1",
    ],
)
def test_what_is_used_is_not_called_unused(source: str) -> None:
    """Used further inside, in place, for what it does, on purpose, or left for another round."""
    assert facts.notice(CheckFailure(""), seen(source=source)) is None
