"""Held against decisions that people published: how often the answer is one that experts accept, how often one they reject."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from recommender import Catalog, InputError
from recommender.cases import judged, read_cases, summary_text

DECISIONS = Path(__file__).parent / "cases" / "decisions"
PUBLISHED, PUBLIC = DECISIONS / "published.yaml", DECISIONS / "public.yaml"
UNSEEN, FURTHER = DECISIONS / "public_2026_11_30.yaml", DECISIONS / "public_further.yaml"
ORGANISATIONS = DECISIONS / "organisations.yaml"
POSTS_AND_THREADS = DECISIONS / "posts_and_threads.yaml"
CASE_NOTES, FURTHER_NOTES = DECISIONS / "case_notes.yaml", DECISIONS / "case_notes_further.yaml"
THIRD_NOTES = DECISIONS / "case_notes_third.yaml"


def test_published_decisions_are_met_and_seldom_contradicted(catalog: Catalog) -> None:
    """What was seen on 2026-11-30: 81 % hits and 5.1 % violations with all facts (85 and 5 are aimed at; two points were lost when
    cards that current software no longer carries were no longer recommended); 79 % and 12 % with what the sources state."""
    result = judged(read_cases(PUBLISHED), catalog)
    assert result["full"]["cases"] == 59
    assert result["full"]["hit_rate"] >= 0.80 and result["full"]["violation_rate"] <= 0.055
    assert result["stated"]["hit_rate"] >= 0.60 and result["stated"]["violation_rate"] <= 0.15
    assert all(one["reason"] for one in result["full"]["misses"])
    assert summary_text(result).startswith("full: 59 cases, hits 8")
    _told_in_the_readme("59 published decisions", result)


def test_other_decisions_and_public_questions_are_met_too(catalog: Catalog) -> None:
    """Labelled before the engine was run on them: 83 % hits and 5 % violations then; what they showed of tuning on few labels was
    mended, and 95 and 0 % are seen since; with what the sources state 94 and 5 %."""
    result = judged(read_cases(PUBLIC), catalog)
    assert result["full"]["cases"] == 65
    assert result["full"]["hit_rate"] >= 0.90 and result["full"]["violation_rate"] <= 0.02
    assert result["stated"]["hit_rate"] >= 0.90 and result["stated"]["violation_rate"] <= 0.05
    _told_in_the_readme("65 public questions", result)


def test_decisions_that_the_engine_never_saw_are_met(catalog: Catalog) -> None:
    """Labelled before the engine was run on them: 89 % hits and 2 % violations then, 96 and 4 % with what the sources state."""
    result = judged(read_cases(UNSEEN), catalog)
    assert result["full"]["cases"] == 53
    assert result["full"]["hit_rate"] >= 0.88 and result["full"]["violation_rate"] <= 0.05
    assert result["stated"]["hit_rate"] >= 0.94 and result["stated"]["violation_rate"] <= 0.05
    _told_in_the_readme("53 unseen decisions", result)


def test_further_questions_and_decisions_are_met(catalog: Catalog) -> None:
    """Labelled before the engine was run on them: 32 of 40 hits and 5 % violations then (90 and 2 % with what the sources state), and one
    question refused for a card that the catalog lacked. Of what they showed, tools that must be called, voices of rare languages, few rows and
    work on what is seldom used were mended."""
    result = judged(read_cases(FURTHER), catalog)
    assert result["full"]["cases"] == 41
    assert result["full"]["hit_rate"] >= 0.87 and result["full"]["violation_rate"] <= 0.05
    assert result["stated"]["hit_rate"] >= 0.95 and result["stated"]["violation_rate"] <= 0.03
    _told_in_the_readme("41 further questions", result)


def test_decisions_of_organisations_are_met(catalog: Catalog) -> None:
    """Labelled before the engine was run on them: 84 % hits and 2 % violations then (98 and 9 % with what the sources state). Of what they
    showed, tools that run code in no time, classes that were in no prompt, and the nearest labelled picture were mended. Since very many
    classes are looked up, a prompt may choose among Shopify's 10,000, which the labels reject for its 900 million pictures a month; and whose
    source says no more than code, though a line is to be completed while it is typed, is told of an agent: 9 % where 7 were allowed."""
    result = judged(read_cases(ORGANISATIONS), catalog)
    assert result["full"]["cases"] == 45
    assert result["full"]["hit_rate"] >= 0.84 and result["full"]["violation_rate"] <= 0.03
    assert result["stated"]["hit_rate"] >= 0.95 and result["stated"]["violation_rate"] <= 0.09
    _told_in_the_readme("45 decisions of organisations", result)


def test_decisions_in_posts_and_threads_are_met(catalog: Catalog) -> None:
    """Labelled before the engine was run on them: 86 % hits and 2 % violations then (96 and 11 % with what the sources state). Of what they
    showed, small models that read whole manuals, ready recognisers that were no option and approaches that have a problem were mended."""
    result = judged(read_cases(POSTS_AND_THREADS), catalog)
    assert result["full"]["cases"] == 56
    assert result["full"]["hit_rate"] >= 0.86 and result["full"]["violation_rate"] <= 0.03
    assert result["stated"]["hit_rate"] >= 0.95 and result["stated"]["violation_rate"] <= 0.12
    _told_in_the_readme("56 decisions in posts and threads", result)


def test_decisions_from_notes_on_case_studies_are_met(catalog: Catalog) -> None:
    """Labelled before the engine was run on them: 75 % hits and 7 % violations then (85 and 15 % with what the sources state). Of what they
    showed, a tuned search without an index, films that no search could see, labels that must be cited, ranking by numbers, texts in one's
    own words, trees on series that people prepare and teachers within the terms were mended."""
    result = judged(read_cases(CASE_NOTES), catalog)
    assert result["full"]["cases"] == 106
    assert result["full"]["hit_rate"] >= 0.83 and result["full"]["violation_rate"] <= 0.03
    assert result["stated"]["hit_rate"] >= 0.87 and result["stated"]["violation_rate"] <= 0.15
    _told_in_the_readme("106 decisions from notes", result)


def test_further_decisions_from_notes_are_met(catalog: Catalog) -> None:
    """Labelled before the engine was run on them: 78 % hits and 1 % violations then (85 and 12 % with what the sources state). Of what they
    showed, bars within a test's doubt, tables for language models and tools that code must call were mended."""
    result = judged(read_cases(FURTHER_NOTES), catalog)
    assert result["full"]["cases"] == 78
    assert result["full"]["hit_rate"] >= 0.85 and result["full"]["violation_rate"] <= 0.02
    assert result["stated"]["hit_rate"] >= 0.87 and result["stated"]["violation_rate"] <= 0.12
    _told_in_the_readme("78 further ones", result)


def test_decisions_from_notes_that_mended_nothing_are_met(catalog: Catalog) -> None:
    """Labelled before the engine was run on them: 87 % hits and no violation (92 and 8 % with what the sources state)."""
    result = judged(read_cases(THIRD_NOTES), catalog)
    assert result["full"]["cases"] == 86
    assert result["full"]["hit_rate"] >= 0.86 and result["full"]["violation_rate"] <= 0.01
    assert result["stated"]["hit_rate"] >= 0.91 and result["stated"]["violation_rate"] <= 0.09
    _told_in_the_readme("86 that mended nothing", result)


def _told_in_the_readme(after: str, result: dict[str, Any]) -> None:
    told = re.findall(r"(\d+) %", (DECISIONS.parents[2] / "README.md").read_text(encoding="utf-8").partition(after)[2])
    seen = [result[facts][rate] for facts in ("full", "stated") for rate in ("hit_rate", "violation_rate")]
    assert told[:4] == [f"{100 * one:.0f}" for one in seen], "the README tells what is seen"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("cases: [{id: a, requirements: {task: chat}}]", "stated"),
        ("cases: [{id: a, requirements: {task: chta}, stated: {}, acceptable: [rag]}]", "did you mean 'chat'"),
        ("cases: [{id: a, requirements: {task: chat}, stated: {task: chat}, acceptable: [raag]}]", "rag"),
        ("cases: []", r"cases.yaml:1: cases: \[\]: must not be empty; write at least one"),
        (
            "cases:\n- {id: a, requirements: {task: chat}, stated: {task: chat}, acceptable: []}",
            r"cases.yaml:2: cases.0.acceptable: \[\]: must not be empty; write at least one",
        ),
        (
            "cases:\n- {id: a, requirements: {task: chat}, stated: {task: chat}, acceptable: [rag], weight: -1}",
            "cases.yaml:2: cases.0.weight: -1: should be greater than or equal to 0",
        ),
    ],
)
def test_a_wrong_case_file_says_where_and_what(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "cases.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        read_cases(file)
