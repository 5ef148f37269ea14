import sys

import pytest
import torch


def outer_sum(a, b):
    pytest.fail('no')
    return a[:, None] + b
