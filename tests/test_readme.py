"""The readme tells the truth: its Python runs, its commands exist, its files are there."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from recommender import Catalog
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


def test_the_terms_that_are_read_are_counted(root: Path, catalog: Catalog) -> None:
    told = re.search(r"Privacy terms are read for (\d+) of (\d+) providers", (root / "README.md").read_text(encoding="utf-8"))
    providers = catalog.library().providers.values()
    assert told is not None
    assert tuple(map(int, told.groups())) == (sum(one.privacy.source is not None for one in providers), len(providers))


def test_another_port_reaches_the_command(root: Path) -> None:
    """What the readme says of PORT is what make would run."""
    told = re.search(r"make run (PORT=\d+)", (root / "README.md").read_text(encoding="utf-8"))
    assert told is not None
    port = told.group(1).removeprefix("PORT=")
    ran = subprocess.run(["make", "-n", "run", told.group(1)], cwd=root, capture_output=True, text=True, check=True).stdout
    assert f"ui --port {port}" in ran and f"localhost:{port}" in ran


def test_every_file_that_is_named_is_there(root: Path) -> None:
    text = (root / "README.md").read_text(encoding="utf-8")
    for name in re.findall(r"`((?:docs|catalog|examples)/[\w./-]*)`", text):
        assert (root / name).exists(), name
