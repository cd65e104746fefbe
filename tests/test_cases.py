"""Held against decisions that people published: how often the answer is one that experts accept, how often one they reject."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from recommender import Catalog, InputError
from recommender.cases import judged, read_cases, summary_text

DECISIONS = Path(__file__).parent / "cases" / "decisions"


class Expected(NamedTuple):
    """What is seen of a file's cases, as the README tells it too: the least rate of hits and the most of violations, each with all facts
    and with what the sources state."""

    cases: int
    in_the_readme: str
    full: tuple[float, float]
    stated: tuple[float, float]
    summary: str = ""


EXPECTED = {
    # What was seen on 2026-11-30: 81 % hits and 5.1 % violations with all facts (85 and 5 are aimed at; two points were lost when cards
    # that current software no longer carries were no longer recommended); 79 % and 12 % with what the sources state.
    "published": Expected(59, "59 published decisions", (0.80, 0.055), (0.60, 0.15), "full: 59 cases, hits 8"),
    # Labelled before the engine was run on them: 83 % hits and 5 % violations then; what they showed of tuning on few labels was mended,
    # and 97 and 0 % are seen since; with what the sources state 94 and 5 %.
    "public": Expected(65, "65 public questions", (0.90, 0.02), (0.90, 0.05)),
    # Labelled before the engine was run on them: 89 % hits and 2 % violations then, 96 and 4 % with what the sources state. One hit was
    # luck: a text embedding of no known quality that was to moderate pictures. Since prompted models have scores there, 87 %.
    "public_2026_11_30": Expected(53, "53 unseen decisions", (0.86, 0.05), (0.94, 0.05)),
    # Labelled before the engine was run on them: 32 of 40 hits and 5 % violations then (90 and 2 % with what the sources state), and one
    # question refused for a card that the catalog lacked. Of what they showed, tools that must be called, voices of rare languages, few
    # rows and work on what is seldom used were mended.
    "public_further": Expected(41, "41 further questions", (0.87, 0.05), (0.95, 0.03)),
    # Labelled before the engine was run on them: 84 % hits and 2 % violations then (98 and 9 % with what the sources state). Of what they
    # showed, tools that run code in no time, classes that were in no prompt, and the nearest labelled picture were mended. Since very
    # many classes are looked up, a prompt may choose among Shopify's 10,000, which the labels reject for its 900 million pictures a
    # month; and whose source says no more than code, though a line is to be completed while it is typed, is told of an agent: 9 % where 7
    # were allowed.
    "organisations": Expected(45, "45 decisions of organisations", (0.84, 0.03), (0.95, 0.09)),
    # Labelled before the engine was run on them: 86 % hits and 2 % violations then (96 and 11 % with what the sources state). Of what
    # they showed, small models that read whole manuals, ready recognisers that were no option and approaches that have a problem were
    # mended.
    "posts_and_threads": Expected(56, "56 decisions in posts and threads", (0.86, 0.03), (0.95, 0.12)),
    # Labelled before the engine was run on them: 75 % hits and 7 % violations then (85 and 15 % with what the sources state). Of what
    # they showed, a tuned search without an index, films that no search could see, labels that must be cited, ranking by numbers, texts
    # in one's own words, trees on series that people prepare and teachers within the terms were mended. A voice that must answer within a
    # second on a phone is no option since its time counts a sentence: 82 % with all facts.
    "case_notes": Expected(106, "106 decisions from notes", (0.82, 0.03), (0.87, 0.15)),
    # Labelled before the engine was run on them: 78 % hits and 1 % violations then (85 and 12 % with what the sources state). Of what
    # they showed, bars within a test's doubt, tables for language models and tools that code must call were mended.
    "case_notes_further": Expected(78, "78 further ones", (0.85, 0.02), (0.87, 0.12)),
    # Labelled before the engine was run on them: 87 % hits and no violation (92 and 8 % with what the sources state).
    "case_notes_third": Expected(86, "86 that mended nothing", (0.86, 0.01), (0.91, 0.09)),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_recorded_decisions_are_met_and_seldom_contradicted(name: str, catalog: Catalog) -> None:
    expected = EXPECTED[name]
    result = judged(read_cases(DECISIONS / f"{name}.yaml"), catalog)
    assert result["full"]["cases"] == expected.cases
    for facts, (least_hits, most_violations) in (("full", expected.full), ("stated", expected.stated)):
        assert result[facts]["hit_rate"] >= least_hits and result[facts]["violation_rate"] <= most_violations, facts
    assert all(one["reason"] for one in result["full"]["misses"])
    assert summary_text(result).startswith(expected.summary or f"full: {expected.cases} cases, hits ")
    _told_in_the_readme(expected.in_the_readme, result)


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
