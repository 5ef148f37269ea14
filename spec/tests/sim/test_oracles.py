"""sim before judges that are not ours: OpInfo's database, CUDA's declarations, FakeTensorMode.

A sample of the operators is judged always, all of them with ``-m slow``. Figures are printed.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import pytest
import torch

from spec.harness import sim
from spec.harness.sim import rules
from spec.tests.sim import judging, mixes, oracles

SAMPLE = 23
# The figures below are those of this version; other versions have other operators.
EXACT = torch.__version__.split("+")[0] == "2.13.0"

NO_SPARSE = "sim has no sparse tensors"
CUDA_ONLY = "compiles for a GPU; the CPU gives no result to compare with"
DIFFERENT = {
    "to_sparse": NO_SPARSE,
    "tensor_split": "it wants its indices on the CPU, on every device: CUDA's own rule",
    "nn.functional.max_pool1d": "the CPU has a path of its own; on CUDA too the result is a view",
}
DIFFERENT_GRADIENTS = {name: DIFFERENT[name] for name in ("to_sparse", "tensor_split")}
UNCOMPARED = {
    "sparse.sampled_addmm": NO_SPARSE,
    "sparse.mm.reduce": NO_SPARSE,
    "jiterator_unary": CUDA_ONLY,
    "jiterator_binary": CUDA_ONLY,
    "jiterator_4inputs_with_extra_args": CUDA_ONLY,
    "jiterator_binary_return_by_ref": CUDA_ONLY,
    "jiterator_2inputs_2outputs": CUDA_ONLY,
}
UNCOMPARED_GRADIENTS = {
    "sparse.sampled_addmm": NO_SPARSE,
    "sparse.mm.reduce": NO_SPARSE,
    "normal.number_mean": "its result has no gradient",
}

# Where sim and FakeTensorMode differ on a mixture, sim is right, for these reasons.
DECLARED = "declared to want one device; FakeTensorMode lets a 0-dim CPU tensor into any operator"
WRITTEN = "a composite writes the accelerator's result into a CPU tensor, which CUDA refuses"
COPIED = "a composite that ends in copy_, which crosses devices"
INDEXED = "CPU indices may index an accelerator's tensor, never the reverse; values must match"
COMPOSED = "a composite, run as it is; FakeTensorMode takes another way"
CONVOLVED = "weight and bias elsewhere, which FakeTensorMode accepts until 2.13 and refuses later"
DISAGREEMENTS = {
    DECLARED: (
        *("addr", "bucketize", "clamp_max", "clamp_min", "complex", "igamma", "igammac"),
        *("index_reduce.amax", "index_reduce.amin", "index_reduce.mean", "index_reduce.prod"),
        *("index_select", "logaddexp", "masked_scatter", "native_dropout_backward", "normal"),
        *("nn.functional.embedding", "nn.functional.prelu", "polar", "take"),
        "nn.functional.linear_cross_entropy.chunked",
        "nn.functional.linear_cross_entropy.chunked_none",
    ),
    WRITTEN: (
        *("index_fill", "logical_and", "logical_or", "logical_xor"),
        "nn.functional.binary_cross_entropy_with_logits",
        "nn.functional.soft_margin_loss",
    ),
    COPIED: ("as_strided_scatter", "select_scatter"),
    INDEXED: ("_unsafe_masked_index", "_unsafe_masked_index_put_accumulate", "index_put"),
    COMPOSED: ("linalg.pinv", "nn.functional.bilinear"),
    CONVOLVED: tuple(
        f"nn.functional.conv{kind}{n}d" for kind in ("", "_transpose") for n in (1, 2, 3)
    ),
}
REASONS = {name: reason for reason, names in DISAGREEMENTS.items() for name in names}

judged = functools.cache(judging.in_processes_of_their_own)


@pytest.fixture(params=[SAMPLE, pytest.param(1, marks=pytest.mark.slow)], ids=["sample", "all"])
def every(request: pytest.FixtureRequest) -> int:
    """How many operators of the database go by for each one that is judged."""
    return int(request.param)


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Print a line past pytest's capture."""

    def line(text: str) -> None:
        with capsys.disabled():
            print(f"\n  {text}", end="")

    return line


@pytest.mark.parametrize("part", ["forward", "gradients"])
def test_operators_give_what_they_give_on_the_cpu(
    every: int, part: str, say: Callable[[str], None]
) -> None:
    """Values to the bit, shape, dtype, stride, device, view flags; whatever differs is listed."""
    forward = part == "forward"
    different = DIFFERENT if forward else DIFFERENT_GRADIENTS
    uncompared = UNCOMPARED if forward else UNCOMPARED_GRADIENTS

    verdicts = judged(every)[part]

    differ = {verdict["name"]: verdict["problems"] for verdict in verdicts if verdict["problems"]}
    nothing = {v["name"] for v in verdicts if not v["compared"] and not v["problems"]}
    equal = len(verdicts) - len(differ) - len(nothing)
    say(
        f"sim, {part}: {equal} of {len(verdicts)} operators equal the CPU's to the bit "
        f"({sum(v['compared'] for v in verdicts)} samples; "
        f"{sum(len(v['uncompared']) for v in verdicts)} samples have no CPU result); "
        f"differ: {', '.join(differ) or 'none'}; nothing compared: {', '.join(nothing) or 'none'}"
    )
    assert {name: differ[name] for name in differ if name not in different} == {}
    assert nothing <= set(uncompared)
    if EXACT and every == 1:
        assert set(differ) == set(different)
        assert nothing == set(uncompared)
        assert (equal, len(verdicts)) == ((667, 677) if forward else (535, 540))


def test_operators_check_devices_as_they_are_declared(
    every: int, say: Callable[[str], None]
) -> None:
    """Each operator that meets mixed devices refuses or accepts them as CUDA's declaration says."""
    found = judged(every)["mixtures"]

    say(f"sim, mixed devices: {found['declared']} calls judged by native_functions.yaml")
    assert found["undeclared"] == []
    assert found["declared"] >= ((1700 if every == 1 else 30) if EXACT else 20)


def test_mixtures_differ_from_fake_tensors_only_for_known_reasons(
    every: int, say: Callable[[str], None]
) -> None:
    """FakeTensorMode on cuda:0 agrees, or the disagreement is listed with its reason."""
    found = judged(every)["mixtures"]
    differ: dict[str, list[str]] = found["differ"]

    count = sum(len(lines) for lines in differ.values())
    say(
        f"sim, mixed devices: {found['judged'] - count} of {found['judged']} mixtures as "
        f"FakeTensorMode on cuda:0; {count} in {len(differ)} operators otherwise, each listed; "
        f"{found['mixtures'] - found['judged']} it cannot judge"
    )
    for reason in DISAGREEMENTS:
        names = [name for name in differ if REASONS.get(name) == reason]
        if names:
            say(f"  {sum(len(differ[name]) for name in names)}: {reason} ({', '.join(names)})")
    assert {name: differ[name] for name in differ if name not in REASONS} == {}
    if EXACT and every == 1:
        assert set(REASONS) - set(differ) == set(), "these agree now: take them from the list"


def test_the_comparison_sees_what_differs() -> None:
    """Each property that is compared is seen to differ."""
    device = torch.device("cpu")
    one = torch.tensor([[0.0, 1.0], [2.0, 3.0]])
    others = {
        "values": torch.tensor([[-0.0, 1.0], [2.0, 3.0]]),
        "shape": one[:1],
        "dtype": one.double(),
        "stride": one.T.contiguous().T,
        "is on": one.to("meta"),
        "layout": one.to_sparse(),
    }
    compare: Any = oracles.differences

    assert list(compare([one], [one.clone()], device, True)) == []
    for word, other in others.items():
        assert any(word in line for line in compare([one], [other], device, word == "values"))
    assert any("results" in line for line in compare([one], [], device, True))
    assert list(compare(["view True"], ["view False"], device, True)) != []


@pytest.mark.parametrize("rule", ["check_iterator", "check_wrapper", "check_indexing"])
def test_the_declarations_judge_sees_a_broken_rule(
    rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one of sim's rules taken out, the judge by declarations finds calls that go wrong."""
    device = sim.register()
    x, cpu = torch.ones(3, 3, device=device), torch.ones(3, 3)
    calls: dict[str, Callable[[], Any]] = {
        "check_iterator": lambda: x + cpu,
        "check_wrapper": lambda: x @ cpu,
        "check_indexing": lambda: cpu[torch.tensor([0], device=device)],
    }
    watch = mixes.Watch()
    with watch, pytest.raises(RuntimeError):
        calls[rule]()
    assert (watch.judged, watch.problems) == (1, [])

    monkeypatch.setattr(rules, rule, lambda *_: None)
    with watch:
        calls[rule]()

    assert len(watch.problems) == 1
