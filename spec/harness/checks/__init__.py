"""A kata is checked: what a spec is written with, from drawing arguments to judging a result.

This module is its face: a spec imports from here, and nothing else of ours.
"""

import pytest

from ..devices import has_denormals, has_dtype
from ..language import tr
from ..rendering import show
from ..verdicts import CheckFailure
from .copies import copied
from .cost import Effort, assert_no_loops, effort, reference, timed
from .laws import (
    assert_owns_memory,
    assert_shares_memory,
    by_hand,
    random_states_kept,
    unchanged,
)
from .oracles import (
    array,
    arrays,
    as_network,
    central_difference,
    counting,
    floating,
    precise,
)
from .results import (
    assert_metadata,
    assert_raises,
    assert_tensor,
    assert_that,
    assert_value,
    count,
)
from .strategies import (
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
    either,
    laid_out,
    on_row,
    tensors,
)

edge = (
    pytest.mark.edge
)  # what is promised besides the idea: lengths of 0 and 1, ties, other dtypes …

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
    "arrays",
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
    "counting",
    "edge",
    "effort",
    "either",
    "floating",
    "has_denormals",
    "has_dtype",
    "laid_out",
    "as_network",
    "on_row",
    "precise",
    "random_states_kept",
    "reference",
    "show",
    "tensors",
    "timed",
    "tr",
    "unchanged",
]
