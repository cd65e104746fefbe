"""Text of the catalog, the engine and the user, shown as text: no markup of theirs takes effect."""

from __future__ import annotations

MARKS = "\\`*_{}[]<>#|$~:!&"


def plain(text: object) -> str:
    """Escaped for Streamlit's Markdown, on one line."""
    shown = " ".join(str(text).split())
    escaped = "".join("\\" + sign if sign in MARKS else sign for sign in shown)
    return _without_list_mark(escaped)


def _without_list_mark(text: str) -> str:
    """A leading `- `, `+ ` or `1. ` would start a list."""
    if text[:1] in ("-", "+", "="):
        return "\\" + text
    head, dot, rest = text.partition(".")
    return f"{head}\\.{rest}" if dot and head.isdigit() else text


def cell_safe(value: object) -> str:
    """A table cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") else text
