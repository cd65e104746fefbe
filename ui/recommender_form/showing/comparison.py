"""A side-by-side table: one column per thing, one row per fact, rows that differ marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from recommender_form.markup import plain
from recommender_form.words import say

DIFFERS = "≠"


@dataclass(frozen=True)
class Line:
    """One fact of everything compared, already in words. Text that is not `is_safe` is escaped when shown."""

    label: str
    values: tuple[str, ...]
    is_safe: bool = False

    @property
    def differs(self) -> bool:
        """Whether not all have the same."""
        return len(set(self.values)) > 1


def show(headings: Sequence[str], lines: Sequence[Line], key: str) -> None:
    """The table, with a switch for differences only."""
    only = st.toggle(say("compare.only_differences"), key=f"{key}.only")
    shown = [line for line in lines if line.differs or not only]
    if not shown:
        st.info(say("compare.all_alike"))
        return
    st.table(rows(headings, shown), border="horizontal", hide_index=True, alt=say("compare.title"))
    st.caption(say("compare.legend", mark=DIFFERS, count=sum(line.differs for line in lines), total=len(lines)))


def rows(headings: Sequence[str], lines: Sequence[Line]) -> list[dict[str, str]]:
    """The table's rows: a mark and bold values where they differ."""
    names = _told_apart(headings)
    found = []
    for line in lines:
        values = [value if line.is_safe else plain(value) for value in line.values]
        cells = [f"**{value}**" if line.differs and value else value for value in values]
        label = f"{DIFFERS} {line.label}" if line.differs else line.label
        found.append({say("compare.fact"): label, **dict(zip(names, cells, strict=True))})
    return found


def _told_apart(headings: Sequence[str]) -> list[str]:
    """Column names that differ even where two things are called the same."""
    found: list[str] = []
    for heading in headings:
        name = heading
        while name in found:
            name += "'"
        found.append(name)
    return [plain(name) for name in found]
