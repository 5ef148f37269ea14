"""A simulated accelerator: from nothing to a device that checks devices as CUDA does.

This module is its face. Nothing of ours is imported here, so that it stands alone.
"""

from spec.harness.sim.registration import is_registered, register

__all__ = ["is_registered", "register"]
