"""Names out of a catalog, made harmless: an overlay's may hold quotes or braces, and what they close would run as code."""

from __future__ import annotations

import re
from typing import Any

NAMES = ("id", "strategy", "model", "deployment", "components")  # of an option; its sentences keep their quotes
PLACES = ("repository", "embedding_repository", "embedding_id", "rival")
_CLOSES = re.compile(r"[\"'`\\{}$]|[^\S ]|[\x00-\x1f\x7f\x85\u2028\u2029]")


def with_plain_names(values: dict[str, Any]) -> dict[str, Any]:
    """The values of a recipe, with nothing in a name that ends a text, a comment or a line of any template."""
    option = {**values["option"], **{name: plain_name(values["option"][name]) for name in NAMES}}
    return {**values, "option": option, **{name: plain_name(values[name]) for name in PLACES}}


def plain_name(value: Any) -> Any:
    """A name without quotes, backticks, backslashes, braces, dollars and line breaks; parts of a record each by itself."""
    if isinstance(value, dict):
        return {name: plain_name(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain_name(part) for part in value]
    return _CLOSES.sub("", value) if isinstance(value, str) else value
