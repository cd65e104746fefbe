"""Records of a catalog and of the overlays on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Records = Mapping[str, Mapping[str, Any]]


def merged(layers: Sequence[Records]) -> Records:
    """Later layers add scores to the benchmarks of earlier ones, and records of their own."""
    found: dict[str, Mapping[str, Any]] = {}
    for layer in layers:
        for name, record in layer.items():
            before = found.get(name)
            both = before is not None and "scores" in before and "scores" in record
            found[name] = {**before, "scores": [*before["scores"], *record["scores"]]} if before and both else record
    return found
