"""Write plain values as YAML that reads back the same everywhere: no anchors, no tags, no exponents; short rows on one line."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

PLAIN_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_./-]*\Z")
READ_AS_OTHER = frozenset(("yes", "no", "on", "off", "y", "n", "true", "false", "null"))
DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
WIDTH = 132


def plain_yaml(value: Mapping[str, Any], heading: str) -> str:
    """A mapping as text: block style until a value fits on one line."""
    lines = [f"# {line}" for line in heading.splitlines()]
    return "\n".join([*lines, *_block(value, 0)]) + "\n"


def _block(value: Mapping[str, Any], depth: int) -> list[str]:
    lines: list[str] = []
    for key, item in value.items():
        start = "  " * depth + _text(str(key)) + ":"
        flow = _flow(item)
        if not isinstance(item, Mapping) or not item or len(start) + 1 + len(flow) <= WIDTH:
            lines.append(f"{start} {flow}")
        else:
            lines += [start, *_block(item, depth + 1)]
    return lines


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_text(str(key))}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, date):
        return value.isoformat()
    return value if DAY.match(value) else _text(value)


def _number(value: float) -> str:
    if isinstance(value, int):
        return str(value)
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _text(value: str) -> str:
    is_plain = PLAIN_WORD.match(value) and value.lower() not in READ_AS_OTHER
    return value if is_plain else json.dumps(value, ensure_ascii=False)
