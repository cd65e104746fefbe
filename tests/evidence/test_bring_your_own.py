"""A user's own copy of a leaderboard becomes an overlay."""

from __future__ import annotations

from datetime import date

import pytest

from recommender import load_catalog
from recommender.catalog.strict_yaml import read_document
from recommender.cli import main
from recommender.errors import InputError
from recommender.evidence.benchmarks import read_benchmarks
from recommender.evidence.bring_your_own import imported_records, overlay_texts
from recommender.whole_files import write_all

HEAD = "benchmark,model,variant,value,date,source"


def test_a_newer_score_of_a_known_benchmark_keeps_its_description(benchmark_records):
    text = f"{HEAD}\narena-text,openai/gpt-5.5,high,1498,2026-11-20,arena.ai copy\n"
    found = imported_records(text, "mine.csv", benchmark_records)["arena-text.yaml"]
    assert found["unit"] == "elo" and found["imported_from"] == ["arena.ai copy"]
    assert found["scores"] == [["openai/gpt-5.5", "high", 1498.0, date(2026, 11, 20)]]


def test_an_in_house_table_becomes_a_benchmark_that_reads_back(tmp_path, benchmark_records):
    text = f"{HEAD},unit,axis\nour-tickets,qwen/qwen3.5-9b,,71.5,2026-11-21,in-house,percent,general\n"
    paths = write_all(tmp_path, overlay_texts(imported_records(text, "mine.csv", benchmark_records)))
    read = {path.name: read_document(path.read_bytes(), path.name).value for path in paths}
    (benchmark,) = read_benchmarks(read)
    assert benchmark.id == "our-tickets" and benchmark.scores[0].value == 71.5


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("nothing-known,m,,50,2026-11-20,me", "mine.csv:2: 'nothing-known' is not a benchmark of the catalog"),
        ("arena-text,m,,high,2026-11-20,me", "'high' is not a number"),
        ("bfcl-live,m,,150,2026-11-20,me", "150 is outside 0 to 100"),
        ("bfcl-live,m,,50,20.11.2026,me", "'20.11.2026' is not a day; write YYYY-MM-DD"),
        ("../evil,m,,50,2026-11-20,me", "'../evil' cannot be a file's name; use letters, digits"),
        ("bfcl-live,,,50,2026-11-20,me", "benchmark, model or source is empty"),
    ],
)
def test_a_wrong_line_says_where_what_and_what_to_do(line, words, benchmark_records):
    with pytest.raises(InputError) as caught:
        imported_records(f"{HEAD}\n{line}\n", "mine.csv", benchmark_records)
    assert words in str(caught.value)


def test_a_missing_column_is_named(benchmark_records):
    with pytest.raises(InputError, match="no column source"):
        imported_records("benchmark,model,variant,value,date\n", "mine.csv", benchmark_records)


def test_a_table_without_scores_is_refused(benchmark_records):
    with pytest.raises(InputError, match=r"mine\.csv:1: holds no scores"):
        imported_records(f"{HEAD}\n", "mine.csv", benchmark_records)


def test_an_imported_score_reaches_the_answer_through_an_overlay(benchmark_records, tmp_path):
    text = f"{HEAD}\narena-text,mistralai/mistral-small-4-119b-2603,,1450,2026-11-20,own copy\n"
    write_all(tmp_path, overlay_texts(imported_records(text, "mine.csv", benchmark_records)))
    scores = load_catalog(overlays=[tmp_path]).columns.benchmarks["arena-text"]
    assert scores["mistralai/mistral-small-4-119b-2603"] == 1450
    assert len(scores) > 20  # the catalog's own are still there


def test_what_was_imported_passes_the_check(benchmark_records, tmp_path, capsys):
    text = f"{HEAD}\nmmlu,openai/gpt-4o,,88,2026-01-01,own copy\n"
    write_all(tmp_path, overlay_texts(imported_records(text, "mine.csv", benchmark_records)))
    assert main(["catalog", "check", "--overlay", str(tmp_path)]) == 0, capsys.readouterr()
