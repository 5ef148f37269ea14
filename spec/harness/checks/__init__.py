"""A kata is checked: what a spec is written with, from drawing arguments to judging a result.

This module is its face: a spec imports from here, and nothing else of ours.
"""

from spec.harness.checks.copies import copied
from spec.harness.checks.cost import Effort, assert_no_loops, effort
from spec.harness.checks.laws import (
    assert_owns_memory,
    assert_shares_memory,
    by_hand,
    random_states_kept,
    unchanged,
)
from spec.harness.checks.oracles import array, central_difference
from spec.harness.checks.results import (
    assert_metadata,
    assert_raises,
    assert_tensor,
    assert_that,
    assert_value,
    count,
)
from spec.harness.checks.strategies import (
    COUNTING,
    EVERY_DTYPE,
    FLOATING,
    INTEGERS,
    NON_NEGATIVE,
    NUMERIC,
    NUMPY,
    ORDINARY,
    POSITIVE,
    SPECIAL,
    WIDE,
    laid_out,
    on_row,
    tensors,
)
from spec.harness.devices import has_dtype
from spec.harness.rendering import show
from spec.harness.verdicts import CheckFailure

__all__ = [
    "COUNTING",
    "CheckFailure",
    "EVERY_DTYPE",
    "Effort",
    "FLOATING",
    "INTEGERS",
    "NON_NEGATIVE",
    "NUMERIC",
    "NUMPY",
    "ORDINARY",
    "POSITIVE",
    "SPECIAL",
    "WIDE",
    "array",
    "assert_metadata",
    "assert_no_loops",
    "assert_owns_memory",
    "assert_raises",
    "assert_shares_memory",
    "assert_tensor",
    "assert_that",
    "assert_value",
    "by_hand",
    "central_difference",
    "copied",
    "count",
    "effort",
    "has_dtype",
    "laid_out",
    "on_row",
    "random_states_kept",
    "show",
    "tensors",
    "unchanged",
]
