"""Tests that take minutes: `make check-long` runs them, `make test` does not."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
