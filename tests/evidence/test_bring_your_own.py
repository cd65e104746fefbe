"""A user's own copy of a leaderboard becomes an overlay."""

from __future__ import annotations

from datetime import date

import pytest

from recommender import load_catalog
from recommender.catalog.strict_yaml import read_document
from recommender.cli import main
from recommender.errors import InputError
from recommender.evidence.benchmarks import read_benchmarks
from recommender.evidence.bring_your_own import imported_records, overlay_texts, remarks
from recommender.whole_files import write_all

HEAD = "benchmark,model,variant,value,date,source"


def test_a_newer_score_of_a_known_benchmark_keeps_its_description(benchmark_records):
    text = f"{HEAD}\narena-text,openai/gpt-5.5,high,1498,2026-11-20,arena.ai copy\n"
    found = imported_records(text, "mine.csv", benchmark_records)["arena-text.yaml"]
    assert found["unit"] == "elo" and found["imported_from"] == ["arena.ai copy"]
    assert found["scores"] == [["openai/gpt-5.5", "high", 1498.0, date(2026, 11, 20)]]


def test_an_in_house_table_becomes_a_benchmark_that_reads_back(tmp_path, benchmark_records):
    text = f"{HEAD},unit,axis\n" + tickets(4)
    paths = write_all(tmp_path, overlay_texts(imported_records(text, "mine.csv", benchmark_records)))
    read = {path.name: read_document(path.read_bytes(), path.name).value for path in paths}
    (benchmark,) = read_benchmarks(read)
    assert benchmark.id == "our-tickets" and benchmark.scores[1].value == 71.5


def tickets(count: int, axis: str = "general", name: str = "our-tickets") -> str:
    return "".join(f"{name},m/{i},,{70.5 + i},2026-11-21,in-house,percent,{axis}\n" for i in range(count))


def faults_of(lines: str, known) -> list[str]:
    with pytest.raises(InputError) as caught:
        imported_records(f"{HEAD},unit,axis\n{lines}", "mine.csv", known)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize("axis", ["chat", "nonsense", "General"])
def test_an_axis_that_is_none_is_a_fault_of_its_line_with_the_words_there_are(axis, benchmark_records):
    faults = faults_of(tickets(4) + tickets(1, axis, "other"), benchmark_records)
    assert len(faults) == 1 and faults[0].startswith(f"mine.csv:6: no axis is called '{axis}'; write ")
    assert "documents, general, " in faults[0] and "vision, or one that moves no quality at a task: " in faults[0]
    assert "speech" in faults[0] and "facts" not in faults[0]


def test_a_new_benchmark_says_how_many_scores_it_needs(benchmark_records):
    """Efforts of one model in one mode are one row of the fit."""
    efforts = "our-tickets,m/0,low,60,2026-11-21,us,percent,general\nour-tickets,m/0,high,66,2026-11-21,us,percent,general\n"
    (fault,) = faults_of(efforts + "our-tickets,m/1,,50,2026-11-21,us,percent,general\n", benchmark_records)
    assert fault.startswith("mine.csv:2: 'our-tickets' has scores of 2 models, too few to be used; ")
    assert "needs at least 4" in fault
    assert faults_of(tickets(3), benchmark_records) and imported_records(
        f"{HEAD},unit,axis\n{tickets(4)}", "mine.csv", benchmark_records
    )


def test_one_benchmark_has_one_axis(benchmark_records):
    faults = faults_of(tickets(4) + tickets(1, "vision"), benchmark_records)
    assert faults[0].startswith("mine.csv:6: 'our-tickets' is percent, vision here and percent, general on line 2")


@pytest.mark.parametrize("name", ["models", "imported-models"])
def test_facts_are_not_overwritten_by_a_benchmark_of_their_name(name, benchmark_records):
    assert f"'{name}' is the name of a record of facts" in faults_of(tickets(4, name=name), benchmark_records)[0]


def test_what_does_less_than_one_may_think_is_told(benchmark_records):
    text = f"{HEAD},unit,axis\nmmlu,openai/gpt-4o,,88,2026-01-01,own copy\n"
    known = imported_records(text, "mine.csv", benchmark_records)
    assert remarks(known, benchmark_records, {"openai/gpt-4o"}) == ()
    assert remarks(known, benchmark_records, set()) == (
        "not in the catalog, so they only help to place the others: openai/gpt-4o",
    )
    speech = imported_records(f"{HEAD},unit,axis\n{tickets(1, 'speech', 'our-calls')}", "mine.csv", benchmark_records)
    (told,) = remarks(speech, benchmark_records, {"m/0"})
    assert told.startswith("'our-calls' moves no quality: of the axis speech only the catalog's own benchmarks are read")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("nothing-known,m,,50,2026-11-20,me", "mine.csv:2: 'nothing-known' is not a benchmark of the catalog"),
        ("arena-text,m,,high,2026-11-20,me", "'high' is not a number"),
        ("bfcl-live,m,,150,2026-11-20,me", "150 is outside 0 to 100"),
        ("bfcl-live,m,,50,20.11.2026,me", "'20.11.2026' is not a day; write YYYY-MM-DD"),
        ("bfcl-live,m,,50,9999-11-20,me", "'9999-11-20' is no day that a score of today can have"),
        ("bfcl-live,m,,50,0026-11-20,me", "'0026-11-20' is no day that a score of today can have"),
        ("../evil,m,,50,2026-11-20,me", "'../evil' cannot be a file's name; use letters, digits"),
        ("bfcl-live,,,50,2026-11-20,me", "benchmark, model or source is empty"),
        ('bfcl-live,m,,50,2026-11-20,"me\nand you"', "a field holds a line break"),
        ("bfcl-live,m\x1b[31m,,50,2026-11-20,me", "a character that nobody sees; write it in one line"),
        ("bfcl-live,m,,50,2026-11-20,me\nbfcl-live,m,,60,2026-11-20,me", "mine.csv:3: 'm' stands on line 2 already"),
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


def test_a_new_table_that_no_task_reads_is_told_as_such(benchmark_records):
    own = imported_records(f"{HEAD},unit,axis\n{tickets(4)}", "mine.csv", benchmark_records)
    (told,) = remarks(own, benchmark_records, {f"m/{i}" for i in range(4)})
    assert told == "'our-tickets' only says how capable a model is: no task's quality is read on it"
