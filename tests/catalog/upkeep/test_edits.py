"""Editing leaves everything else as it is, in every file that sync may write."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from recommender.catalog.strict_yaml import read_document
from recommender.catalog.upkeep.changes import Edit
from recommender.catalog.upkeep.edits import edited_texts
from recommender.errors import MissingExtra

WORD = {"models": ("weights",), "offers": ("kind",), "hardware": ("accelerators", 0, "kind")}  # one that stands in every file


@pytest.mark.parametrize("top", WORD)
def test_a_file_written_back_is_the_same_byte_for_byte(top: str, root: Path) -> None:
    """An edit that sets a word to itself; one file in fifteen, by the alphabet, is enough to notice a habit."""
    folder = root / "catalog"
    names = [path.relative_to(folder).as_posix() for path in sorted((folder / top).rglob("*.yaml"))[::15]]
    texts = edited_texts(folder, [Edit(name, WORD[top], _word(folder / name, WORD[top])) for name in names])
    changed = [name for name in names if texts[name] != (folder / name).read_text(encoding="utf-8")]
    assert changed == []


def _word(path: Path, way: tuple[str | int, ...]) -> Any:
    value: Any = read_document(path.read_bytes(), path.name).value
    for step in way:
        value = value[step]
    return value


def test_a_new_field_stands_before_the_provenance(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("name: A\nprovenance:\n  default: {source: mteb}\n", encoding="utf-8")
    edits = [Edit("a.yaml", ("parameters_b",), 8.0), Edit("a.yaml", ("provenance", "parameters_b"), {"source": "llmfit"})]
    assert edited_texts(tmp_path, edits)["a.yaml"] == (
        "name: A\nparameters_b: 8\nprovenance:\n  default: {source: mteb}\n  parameters_b: {source: llmfit}\n"
    )


def test_a_part_that_is_not_there_yet_is_made(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("name: A\nprovenance:\n  default: {source: mteb}\n", encoding="utf-8")
    text = edited_texts(tmp_path, [Edit("a.yaml", ("card", "derived_from"), "B base")])["a.yaml"]
    assert text == 'name: A\ncard:\n  derived_from: "B base"\nprovenance:\n  default: {source: mteb}\n'


def test_without_the_extra_the_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ruamel.yaml", None)
    (tmp_path / "a.yaml").write_text("name: A\n", encoding="utf-8")
    with pytest.raises(MissingExtra, match=r"pip install -e '\.\[edit\]'"):
        edited_texts(tmp_path, [Edit("a.yaml", ("name",), "B")])
