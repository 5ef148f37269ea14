"""Training whose numbers grew beyond all bounds is called so."""

from typing import Any

import pytest
import torch

from spec.harness.explaining import training
from spec.harness.running.subject import Call


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (torch.tensor([1.0, torch.nan]), "Training went to NaN"),
        ([(torch.tensor(torch.inf), torch.ones(1))], "Training went to inf"),
        (torch.nn.Parameter(torch.tensor(torch.nan)), "Training went to NaN"),
        (float("nan"), "Training went to NaN"),
        (torch.ones(2), None),
    ],
    ids=["path", "layers", "parameter", "loss", "finite"],
)
def test_training_that_went_to_nan_says_so(result: Any, words: str | None) -> None:
    """Where numbers were finite before, and a rate or steps are among the arguments."""
    call = Call("fit", (torch.ones(2), 0.1), {}, result=result, returned=True)
    said = training.went_to_nan(call, ["start", "learning_rate"])
    assert (said or "").startswith(words or "")
    assert bool(said) == bool(words)
    assert training.went_to_nan(call, ["x", "factor"]) is None
    call.arguments = (torch.tensor(torch.nan), 0.1)
    assert training.went_to_nan(call, ["start", "learning_rate"]) is None


def test_a_model_whose_weights_are_nan_says_so() -> None:
    """The model is an argument, or it is what came back."""
    model = torch.nn.Linear(1, 1)
    trained = Call("train", (model, 0.1), {}, returned=True, given=(model, 0.1))
    assert training.went_to_nan(trained, ["model", "learning_rate"]) is None
    with torch.no_grad():
        model.weight.fill_(torch.nan)
    assert training.went_to_nan(trained, ["model", "learning_rate"])
    made = Call("solve", (torch.ones(1),), {}, result=model, returned=True)
    assert training.went_to_nan(made, ["x"])
