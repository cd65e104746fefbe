"""The Markdown report of the shop's answer can be read without knowing machine learning."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from recommender import Catalog, recommend
from recommender.catalog.requests import read_requirements
from recommender.explanation.decision_record import decision_record
from recommender.explanation.html_report import html
from recommender.explanation.report import markdown

JARGON = (
    "retrieval", "embedding", "parameters", "open weights", "re-ranker", "recall", "prompt", "tokens", "context window", "draws",
    "distillation", "fine-tuning", "inference", "quantisation", "LoRA", "RAG", "latency", "throughput", "p95", "benchmark",
)  # fmt: skip


@pytest.fixture(scope="module")
def report(root: Path, catalog: Catalog) -> str:
    return markdown(recommend(read_requirements(root / "examples" / "shop-support.yaml"), catalog))


def test_every_term_of_the_trade_is_explained(report: str) -> None:
    body, _, glossary = report.partition("## Words used here")
    told = re.sub(r"\([\w./-]+/[\w./-]+\)", "", body)  # ids of options in brackets
    used = [word for word in JARGON if re.search(rf"\b{re.escape(word)}\b", told)]
    assert [word for word in used if f"**{word}**" not in glossary] == []


def test_numbers_have_two_digits_and_a_unit(report: str) -> None:
    body = report.partition("## Words used here")[0]
    reasons = body.partition("## Why")[2].partition("## What it costs")[0]
    amounts = re.findall(r"(\d[\d,.]*) (?:USD|s|ms|weeks|days)\b", reasons)
    assert amounts
    assert [one for one in amounts if len(one.replace(",", "").replace(".", "").strip("0")) > 2] == []


def test_the_page_needs_nothing_else_and_escapes_words(root: Path, catalog: Catalog) -> None:
    needs = {"task": "chat", "name": "<script>alert(1)</script>\x1b[31m", "notes": "<b>"}
    answer = recommend(needs, catalog)
    page, told = html(answer), decision_record(read_needs(needs), answer)
    assert "<script" not in page and "http" not in page.replace("http://www.w3.org", "")
    assert page.count("<svg") == 2 and 'aria-label="' in page
    assert "\x1b" not in told and "<script" not in told.replace("\\<script", "")
    for chapter in ("Context", "Options", "Decision", "Consequences", "Revisit when"):
        assert f"## {chapter}" in told


def read_needs(needs: dict[str, str]):  # type: ignore[no-untyped-def]
    from recommender import Requirements

    return Requirements.model_validate(needs)
