"""What changed between two catalogs, and which example answers change with it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from recommender.catalog.upkeep.difference import differences
from recommender.cli import main

PRICE = "      - {since: 2026-11-01, input_usd_per_mtok: 0.3, output_usd_per_mtok: 4.5, source: litellm, as_of: 2026-11-12}\n"


@pytest.fixture
def changed(small_catalog: Path, tmp_path: Path) -> Path:
    """The small catalog with a price appended, a fact changed, a field gone and a file new."""
    folder = tmp_path / "after"
    shutil.copytree(small_catalog, folder)
    offers = folder / "offers" / "example.yaml"
    offers.write_text(offers.read_text(encoding="utf-8") + PRICE, encoding="utf-8")
    model = folder / "models" / "openai" / "gpt-5.4-mini.yaml"
    text = model.read_text(encoding="utf-8").replace("context_tokens: 400000", "context_tokens: 500000")
    model.write_text(text.replace("max_input_tokens: 272000\n", ""), encoding="utf-8")
    (folder / "offers" / "other.yaml").write_text(
        "name: Other\nkind: host\nchecked: 2026-11-20\noffers: []\n", encoding="utf-8"
    )
    return folder


def test_each_field_that_differs_is_named(small_catalog: Path, changed: Path) -> None:
    found = [f"{one.file} {one}" for one in differences(small_catalog, changed)]
    assert found == [
        "models/openai/gpt-5.4-mini.yaml   context_tokens: 400000 -> 500000",
        "models/openai/gpt-5.4-mini.yaml - max_input_tokens: 272000",
        "offers/example.yaml + offers.[openai/gpt-5.4-mini].prices.[2026-11-01]: since 2026-11-01, input_usd_per_mtok 0.3, "
        "output_usd_per_mtok 4.5, source litellm, as_of 2026-11-12",
        "offers/other.yaml + the whole file",
    ]


def test_the_order_of_the_alphabet_is_no_difference(small_catalog: Path, tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    after.mkdir()
    (before / "a.yaml").write_text("- {id: a, value: 1}\n- {id: b, value: 2}\n", encoding="utf-8")
    (after / "a.yaml").write_text("- {id: b, value: 2}\n- {id: a, value: 1}\n", encoding="utf-8")
    assert differences(before, after) == ()


def test_the_shipped_catalog_does_not_differ_from_itself(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalog", "diff", str(root / "catalog")]) == 0
    assert capsys.readouterr().out == "0 differences\n\nanswers: 0 of 3 examples change\n"


def test_a_cheaper_price_changes_an_answer(
    small_catalog: Path, changed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wish = tmp_path / "wishes" / "chat.yaml"
    wish.parent.mkdir()
    wish.write_text(
        "task: chat\nworkload: {requests_per_month: 100000, input_tokens: 1000, output_tokens: 100}\n", encoding="utf-8"
    )
    assert main(["catalog", "diff", str(small_catalog), str(changed), "--examples", str(wish.parent)]) == 0
    out = capsys.readouterr().out
    assert "answers: 1 of 1 examples change" in out
    stays = re.search(r"chat: zero_shot/openai/gpt-5.4-mini/example stays, at (\S+) USD a month instead of (\S+)\n", out)
    assert stays is not None
    now, was = float(stays[1]), float(stays[2])
    answers = 100_000 * 100 / 1e6 * 4.5  # as dear as before
    assert now - answers == pytest.approx((was - answers) * 0.3 / 0.75, abs=0.02)


def test_a_folder_without_examples_is_one_line(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalog", "diff", str(root / "catalog"), "--examples", str(tmp_path)]) == 2
    assert "holds no requirement files; give a folder with --examples" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalog", "diff", "no/such"]) == 2
    assert "no/such: there is no such folder" in capsys.readouterr().err
