"""Training whose numbers have grown beyond all bounds."""

from collections.abc import Iterator, Sequence

import torch

from ..checks.plain import TENSORS
from ..language import tr
from ..running.subject import Call

OF_TRAINING = frozenset(("learning_rate", "rate", "lr", "steps", "epochs", "optimizer"))
TO_NAN = (
    "Training went to {what}: with every step the numbers grew, until no float could hold them. "
    "Do the steps go downhill, are they small enough, is each taken with its own gradient alone?"
)
DEEPEST = 4


def went_to_nan(call: Call, parameters: Sequence[str]) -> str | None:
    """A sentence where a call that trains has made NaN or inf of numbers that were finite."""
    trains = OF_TRAINING & {*parameters, *call.named} or isinstance(call.result, torch.nn.Module)
    if not trains or not call.returned:
        return None
    before = [*_tensors([*call.arguments, *call.named.values()], models=False)]
    after = [*_tensors([call.result, *call.given], models=True)]
    if not all(bool(x.isfinite().all()) for x in before):
        return None
    if any(bool(x.isnan().any()) for x in after):
        return tr(TO_NAN).format(what="NaN")
    return None if all(bool(x.isfinite().all()) for x in after) else tr(TO_NAN).format(what="inf")


def _tensors(values: object, models: bool, deepest: int = DEEPEST) -> Iterator[torch.Tensor]:
    """The floating numbers among values and in their lists, tuples, dicts and models."""
    if type(values) in TENSORS:
        assert isinstance(values, torch.Tensor)
        if values.is_floating_point():
            yield values.detach()
    elif isinstance(values, float):
        yield torch.tensor(values, dtype=torch.float64)
    elif isinstance(values, torch.nn.Module):
        yield from (p.detach() for p in values.parameters() if models)
    elif deepest and isinstance(values, dict):
        yield from _tensors([*values.values()], models, deepest - 1)
    elif deepest and isinstance(values, list | tuple):
        for value in values:
            yield from _tensors(value, models, deepest - 1)
