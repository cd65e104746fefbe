"""Benchmarks that are wrong, as data; what is only likely wrong; and what is right and does less than one may think."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from recommender import CatalogError, load_catalog
from recommender.catalog.benchmark_notes import benchmark_notes
from recommender.catalog.report import checked, coverage

MISTAKES = yaml.safe_load((Path(__file__).parent / "bad" / "benchmarks.yaml").read_text(encoding="utf-8"))
SOURCE = 'source: {id: house, title: "Our own", url: "https://example.org", retrieved: 2026-11-20, licence: own}'
TEST = f"""id: own-test
name: "Our test"
measures: "what we ask"
axis: general
unit: percent
higher_is_better: true
reported_by: third_party
noise_floor: 3.1
ceiling: 100
{SOURCE}
# model, variant, value, day
scores:
  - [openai/gpt-5.4-mini, "", 66.1, 2026-11-20]
  - [openai/gpt-5.4-mini, high, 71.5, 2026-11-20]
  - [lab/older-7b, "", 0, 2026-11-20]
  - [lab/oldest-7b, "", 100, 2026-11-20]
"""
VOICES = f"""id: voices-test
name: "Our voices"
measures: "whom we like to hear"
axis: voices
unit: elo
higher_is_better: true
reported_by: third_party
noise_floor: 10
{SOURCE}
scores:
  - [openai/gpt-5.4-mini, "", 1466.1, 2026-11-20]
  - [lab/never-heard-of, "", 1300, 2026-11-20]
"""
FACTS = f"""id: models
kind: facts
{SOURCE}
models:
  lab/older-7b: {{lab: other, open: true, reasons: false}}
  lab/oldest-7b: {{lab: other, open: true, reasons: false}}
"""
FILES = {"own-test": TEST, "other-test": TEST.replace("own-test", "other-test"), "voices-test": VOICES, "models": FACTS}


@pytest.fixture
def scored(own_catalog: Path) -> Path:
    """The small catalog with three benchmarks and what is known of their models."""
    written(own_catalog, FILES)
    return own_catalog


def written(folder: Path, files: dict[str, str]) -> None:
    (folder / "benchmarks").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / "benchmarks" / f"{name}.yaml").write_text(text, encoding="utf-8")


def refused(folder: Path, *overlays: Path) -> str:
    with pytest.raises(CatalogError) as caught:
        load_catalog(folder, overlays=overlays)
    return str(caught.value)


def said(folder: Path, *overlays: Path) -> list[str]:
    return [str(fault) for fault in checked(folder, overlays)[0]]


def test_right_benchmarks_are_read(scored: Path) -> None:
    assert said(scored) == []
    assert load_catalog(scored).columns.benchmarks["own-test"] == {"openai/gpt-5.4-mini": 71.5}


@pytest.mark.parametrize("mistake", MISTAKES, ids=[one["name"] for one in MISTAKES])
def test_a_mistake_is_named_with_its_line(mistake: dict[str, Any], scored: Path) -> None:
    text = TEST
    for before, after in ((mistake["replace"], mistake["with"]), *([mistake["and"]] if "and" in mistake else [])):
        assert before in text
        text = text.replace(before, after, 1)
    written(scored, {"own-test": text})
    assert mistake["says"] in refused(scored)
    assert any(mistake["says"] in one for one in said(scored)), "the check says the same as an answer would"


WRONG = (
    ("id: own-test", "id: our-test"),
    ("axis: general", "axis: generel"),
    ("66.1,", "661,"),
    ("71.5,", "-6,"),
    ("ceiling: 100", "same_scale_as: nothing"),
    ("third_party", "vendor\nvendor_bias: 400"),
)


def test_everything_wrong_is_told_at_once(scored: Path) -> None:
    text = TEST
    for before, after in WRONG:
        text = text.replace(before, after, 1)
    written(scored, {"own-test": text, "voices-test": VOICES.replace("1300", "-1300")})
    told = refused(scored)
    for words in ("our-test", "generel", "661", "-6 is", "'nothing'", "vendor_bias 400", "lab/never-heard-of: -1300"):
        assert words in told


def test_an_overlay_is_held_to_the_same(scored: Path, tmp_path: Path) -> None:
    written(tmp_path / "ours", {"new-test": TEST.replace("own-test", "new-test").replace("66.1", "661")})
    words = "ours/benchmarks/new-test.yaml:13: openai/gpt-5.4-mini: 661 is outside 0 to 100"
    assert words in refused(scored, tmp_path / "ours")
    assert any(words in one for one in said(scored, tmp_path / "ours"))


ONE = TEST.partition("  - [openai/gpt-5.4-mini, high")[0]


def test_an_overlay_may_add_scores_of_the_same_day(scored: Path, tmp_path: Path) -> None:
    written(tmp_path / "ours", {"own-test": ONE.replace("66.1", "80")})
    assert said(scored, tmp_path / "ours") == []
    assert load_catalog(scored, overlays=[tmp_path / "ours"]).columns.benchmarks["own-test"] == {"openai/gpt-5.4-mini": 80.0}


def test_an_overlay_may_not_mean_something_else_by_the_name(scored: Path, tmp_path: Path) -> None:
    written(tmp_path / "ours", {"own-test": ONE.replace("unit: percent", "unit: elo").replace("66.1", "1466")})
    told = refused(scored, tmp_path / "ours")
    words = "unit is elo here, and percent in the benchmark that these scores are added to; leave it as it is there, or give"
    assert f"ours/benchmarks/own-test.yaml:5: {words}" in told
    assert "ours/benchmarks/own-test.yaml:13: openai/gpt-5.4-mini: 1466 is outside 0 to 100" in told


def test_a_wrong_score_below_an_overlay_is_still_told(scored: Path, tmp_path: Path) -> None:
    written(scored, {"own-test": TEST.replace("66.1", "661")})
    written(tmp_path / "ours", {"own-test": ONE})
    assert "catalog/benchmarks/own-test.yaml: openai/gpt-5.4-mini: 661 is outside 0 to 100" in refused(
        scored, tmp_path / "ours"
    )


def test_several_runs_pass_where_the_file_says_so(scored: Path) -> None:
    again = '  - [openai/gpt-5.4-mini, "", 67, 2026-11-20]\n'
    written(scored, {"own-test": TEST.replace("ceiling: 100", "ceiling: 100\nhas_repeats: true") + again})
    assert said(scored) == []


@pytest.mark.parametrize("day", ["2026-11-30", "2027-02-25"])
def test_a_score_read_since_the_edition_passes(scored: Path, day: str) -> None:
    written(scored, {"own-test": TEST.replace("66.1, 2026-11-20", f"66.1, {day}")})
    assert said(scored) == []


def test_a_score_from_a_far_day_is_named(scored: Path) -> None:
    written(scored, {"own-test": TEST.replace("66.1, 2026-11-20", "66.1, 2062-11-20")})
    assert said(scored) == [
        "catalog/benchmarks/own-test.yaml:13: the score of 'openai/gpt-5.4-mini' is of 2062-11-20, more than 92 days after the "
        "catalog's own day, 2026-11-25; check the year, or move as_of in catalog.yaml on"
    ]


@pytest.mark.parametrize(
    ("name", "is_fault"),
    [
        ("openai/gpt-5.5-mini", False),  # another edition, which the catalog need not have
        ("openai/gpt-5.4-minii", True),
        ("gpt-5.4-mini", True),
        ("lab/gpt-5.4-mini", False),
        ("linear", False),  # a bare word may be another maker's
    ],
)
def test_on_an_ability_of_its_own_a_strange_name_is_named_only_where_it_is_a_slip(
    scored: Path, name: str, is_fault: bool
) -> None:
    written(scored, {"voices-test": VOICES.replace("lab/never-heard-of", name)})
    words = [
        f"catalog/benchmarks/voices-test.yaml:12: model '{name}' is not in the catalog; did you mean 'openai/gpt-5.4-mini'?"
    ]
    assert said(scored) == (words if is_fault else [])


def test_benchmarks_that_no_task_reads_are_told_and_models_that_nobody_has(scored: Path) -> None:
    faults, library = checked(scored)
    assert library is not None and not faults
    told = list(benchmark_notes(library))
    assert told == [
        "these benchmarks move no quality, as recommender/evidence/task_mixes.py does not name them: voices-test (voices)",
        "these only say how capable a model is, as recommender/evidence/task_mixes.py does not name them: other-test, own-test",
        "scores of models that the catalog does not have only link tables: voices-test 1 of 2",
    ]
    assert all(f"\nnote: {one}" in coverage(library) for one in told)


def test_too_few_scores_place_nobody(scored: Path) -> None:
    written(scored, {"own-test": ONE})
    library = checked(scored)[1]
    assert library is not None
    assert "own-test (general), voices-test (voices)" in next(benchmark_notes(library))


OF_SHARES = ONE.replace("66.1", "0.661")


def test_shares_in_place_of_percentages_are_named(scored: Path) -> None:
    written(scored, {"own-test": OF_SHARES})
    assert said(scored) == [
        "catalog/benchmarks/own-test.yaml:12: in percent every score here lies between 0 and 1; if they are shares of one, write a "
        "hundred times as much"
    ]


@pytest.mark.parametrize(("below", "is_fault"), [("66.1", True), ("0.7", False)])
def test_shares_on_top_of_percentages_are_named(scored: Path, tmp_path: Path, below: str, is_fault: bool) -> None:
    written(scored, {"own-test": TEST.replace("66.1", below)} if below == "0.7" else {"own-test": ONE})
    written(tmp_path / "ours", {"own-test": OF_SHARES})
    told = said(scored, tmp_path / "ours")
    assert [one for one in told if "lies between 0 and 1" in one and one.startswith("ours/")] == (told if is_fault else [])


@pytest.mark.parametrize(("chance", "is_fault"), [("80", True), ("25", False), ("66.1", False)])
def test_scores_that_are_all_below_guessing_are_named(scored: Path, chance: str, is_fault: bool) -> None:
    written(scored, {"own-test": ONE.replace("ceiling: 100", f"chance: {chance}")})
    words = [
        "catalog/benchmarks/own-test.yaml:9: every score is below chance 80; the best is 66.1; check the scores, their unit and the chance"
    ]
    assert said(scored) == (words if is_fault else [])


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2014-11-20", "before 2015; check the year"),
        ("2025-03-20", "362 days before the model was released, 2026-03-17; check the year, and which model it is"),
        ("2026-03-01", None),
    ],
)
def test_a_score_of_a_day_long_past_is_named(scored: Path, day: str, words: str | None) -> None:
    written(scored, {"own-test": TEST.replace("66.1, 2026-11-20", f"66.1, {day}")})
    told = f"catalog/benchmarks/own-test.yaml:13: the score of 'openai/gpt-5.4-mini' is of {day}, {words}"
    assert said(scored) == ([told] if words else [])


def test_scores_before_a_release_are_noted(scored: Path) -> None:
    written(scored, {"own-test": TEST.replace("66.1, 2026-11-20", "66.1, 2026-01-10")})
    faults, library = checked(scored)
    assert library is not None and not faults
    told = "scores of a day more than 31 days before their model was released, so perhaps of a preview or another version: "
    assert f"{told}own-test (openai/gpt-5.4-mini)" in list(benchmark_notes(library))


def test_an_overlays_score_that_contradicts_the_catalogs_is_noted(scored: Path, tmp_path: Path) -> None:
    written(tmp_path / "ours", {"own-test": ONE.replace("66.1", "80")})
    library = checked(scored, [tmp_path / "ours"])[1]
    assert library is not None
    assert list(benchmark_notes(library))[-1] == (
        "ours/benchmarks/own-test.yaml:13: 'openai/gpt-5.4-mini' has 80 here and 66.1 below, of the same benchmark and day; both are "
        "kept, and where one score counts, the better"
    )
    written(tmp_path / "ours", {"own-test": ONE})
    library = checked(scored, [tmp_path / "ours"])[1]
    assert library is not None and not any("below, of the same" in one for one in benchmark_notes(library))
