"""A simulated accelerator: from nothing to a device that checks devices as CUDA does.

This module is its face. Nothing of ours is imported here, so that it stands alone.
"""

from .characters import CHARACTERS, has_denormals, has_dtype
from .registration import is_registered, register

__all__ = ["CHARACTERS", "has_denormals", "has_dtype", "is_registered", "register"]
