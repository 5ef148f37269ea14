"""Hands the harness under spec/ to pytest."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

pytest_plugins = ["spec.harness.plugin"]
