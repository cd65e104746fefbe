"""The readme tells the truth: its Python runs, its commands exist, its files are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from recommender.cli import main


def test_the_python_example_runs(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    block = re.search(r"```python\n(.*?)```", (root / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    exec(compile(block.group(1), "README.md", "exec"), {})
    out = capsys.readouterr().out
    assert "finetune_encoder" in out or "classical_ml" in out


def test_the_first_answer_is_the_one_shown(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recommend", str(root / "examples" / "shop-support.yaml"), "--brief"]) == 0
    first = capsys.readouterr().out.split(";")[0]
    assert first in (root / "README.md").read_text(encoding="utf-8")


def test_every_file_that_is_named_is_there(root: Path) -> None:
    text = (root / "README.md").read_text(encoding="utf-8")
    for name in re.findall(r"`((?:docs|catalog|examples)/[\w./-]*)`", text):
        assert (root / name).exists(), name
