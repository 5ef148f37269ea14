"""A failing call as panels: each tensor's elements in grids, with shape, axes and strides."""

import itertools
import math
from typing import Any

import torch

from ..files.catalogue import Kata
from ..files.sources import parameters, promised
from ..language import tr
from ..rendering import show
from ..running.subject import Call
from ..verdicts import CheckFailure

MOST = 400  # elements of a tensor that are drawn
AXES = ("columns", "rows")

Panel = dict[str, Any]


def panels(kata: Kata, call: Call | None, error: BaseException) -> list[Panel]:
    """The arguments of the call, what was expected and what came, in data that can be sent."""
    found = []
    if call is not None:
        names = parameters(promised(kata)[call.function])
        given = [*zip(names, call.arguments, strict=False), *call.named.items()]
        found = [panel(name, value) for name, value in given]
    if isinstance(error, CheckFailure) and error.tensors is not None:
        wanted, got = error.tensors
        found += [panel("expected", wanted), panel("got", got, wanted)]
    elif call is not None and call.returned:
        found.append(panel("got", call.result))
    return found


def panel(title: str, value: object, wanted: torch.Tensor | None = None) -> Panel:
    """One value: a tensor in grids, anything else as text; what differs from `wanted` is marked."""
    if not isinstance(value, torch.Tensor):
        return {"title": title, "text": show(value)}
    facts = {
        "title": title,
        "dtype": str(value.dtype).removeprefix("torch."),
        "shape": list(value.shape),
        "strides": list(value.stride()),
        "contiguous": value.is_contiguous(),
        "device": str(value.device),
    }
    if value.numel() > MOST:
        return {
            **facts,
            "text": tr("{numel:,} elements, too many to draw").format(numel=value.numel()),
        }
    return {**facts, "grids": _grids(value.detach().cpu(), wanted)}


def _grids(x: torch.Tensor, wanted: torch.Tensor | None) -> list[dict[str, Any]]:
    """The last two axes as rows and columns, and a grid for each index of the others."""
    rank = x.dim()
    leading = x.shape[: max(rank - 2, 0)]
    flat = [float(value) for value in x.flatten().tolist()] if not x.is_complex() else []
    largest = max((abs(value) for value in flat if math.isfinite(value)), default=0.0) or 1.0
    alike = wanted is not None and wanted.shape == x.shape
    grids = []
    for index in itertools.product(*map(range, leading)):
        part = x[index].reshape(x.shape[-2:] if rank > 1 else (1, -1))
        other = wanted[index].reshape(part.shape) if alike and wanted is not None else None
        rows = [
            [
                _cell(value, largest, None if other is None else other[i, j].item())
                for j, value in enumerate(row)
            ]
            for i, row in enumerate(part.tolist())
        ]
        label = f"[{', '.join(map(str, index))}]" if index else ""
        grids.append({"label": label, "rows": rows, "columns": part.shape[1]})
    return grids


def _cell(value: Any, largest: float, wanted: Any) -> dict[str, Any]:
    number = float(value)
    text = str(value) if isinstance(value, (bool, int)) else f"{number:.4g}"
    strength = min(abs(number) / largest, 1.0) if math.isfinite(number) else 0.0
    same = wanted is None or math.isclose(number, wanted, rel_tol=1e-6, abs_tol=1e-9)
    same = same or (math.isnan(number) and math.isnan(wanted))
    return {
        "text": text,
        "sign": "odd" if not math.isfinite(number) else "below" if number < 0 else "above",
        "strength": round(0.85 * strength, 2),
        "wrong": not same,
    }
