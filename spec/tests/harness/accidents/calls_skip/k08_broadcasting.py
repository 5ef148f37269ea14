import sys

import pytest
import torch


def outer_sum(a, b):
    pytest.skip()
    return a[:, None] + b
