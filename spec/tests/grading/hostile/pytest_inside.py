# k08_broadcasting.outer_sum: pytest is run in pytest
import pytest

pytest.main(["-p", "no:cacheprovider", "--version"])


def outer_sum(a, b):
    return None
