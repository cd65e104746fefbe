"""A requirements file that is wrong: every fault at once, each with its line, what is wrong and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from recommender.catalog.requests import read_requirements, requirements_from
from recommender.cli import main
from recommender.errors import CatalogError, InputError

FIELDS = "must be fields with their values, not one value; leave the field out if it is unknown"
WRONG = {
    "two parts without fields": (
        "task: chat\nworkload:\nprivacy: ~\n",
        [f"2: workload: (empty): {FIELDS}", f"3: privacy: (empty): {FIELDS}"],
    ),
    "two numbers for fields": (
        "task: chat\nworkload: 5\nlatency: 7\n",
        [f"2: workload: 5: {FIELDS}", f"3: latency: 7: {FIELDS}"],
    ),
    "a wrong word and a part without fields": (
        "task: chat\nworkload: {mode: 1}\nlatency: ~\n",
        [
            "2: workload.mode: 1 is not known here; use one of interactive, streaming, batch, one_off",
            f"3: latency: (empty): {FIELDS}",
        ],
    ),
    "fields for a word, and a text for a number": (
        "task: chat\nworkload:\n  mode: {is: batch}\n  images: few\n",
        [
            "3: workload.mode: {is: batch} is not known here; use one of interactive, streaming, batch, one_off",
            "4: workload.images: 'few': must be a number; leave the field out if it is unknown",
        ],
    ),
    "a word that may be fields is told about as a word, and only so": (
        "task: chat\nquality: {bar: fine}\n",
        ["2: quality.bar: 'fine' is not known here; use one of draft, good, high, best"],
    ),
    "fields that may be a word are told about as fields, and only so": (
        "task: chat\nquality: {bar: {benchmark: mmlu}}\n",
        ["2: quality.bar: {benchmark: mmlu}: give either at_least or at_most"],
    ),
    "weights of nothing, under another field": (
        "task: chat\npreferences: {}\n",
        ["2: preferences: {}: at least one weight must be above zero"],
    ),
    "weights of zero": (
        "task: chat\npreferences:\n  cost: 0\n",
        ["2: preferences: {cost: 0}: at least one weight must be above zero"],
    ),
    "the name of a language where a list of codes belongs": (
        "task: chat\nlanguages: english\n",
        ["2: languages: 'english': must be a list; write codes, not names, in brackets, such as [en]"],
    ),
    "a name where a list belongs": (
        "task: chat\nonly: mistral/*\n",
        [
            "2: only: 'mistral/*': must be a list; write it in brackets, even a single one, or leave the field out if it is unknown"
        ],
    ),
    "a word that would be misread, beside a word that is none and a check over several fields": (
        "task: chatt\nworkload: {mode: btach, images: 1e6}\nquality: {bar: {benchmark: mmlu}}\nincumbent: {model: no, quality: 2026-02-31}\n",
        [
            "1: task: 'chatt' is not known here; did you mean 'chat'?",
            "2: '1e6' is read as text, not as a number; write the number out, such as 1000000",
            "2: workload.mode: 'btach' is not known here; did you mean 'batch'?",
            "3: quality.bar: {benchmark: mmlu}: give either at_least or at_most",
            "4: '2026-02-31' is not a day of the calendar; write YYYY-MM-DD",
            "4: 'no' may be read as true or false; write true or false, or put the text in quotes",
        ],
    ),
    "a check over several fields, beside a fault of another field": (
        "latency: {p95_ms: -4}\n",
        [
            "1: give a task, or modalities",
            "1: latency.p95_ms: -4: should be greater than or equal to 0; check the unit",
        ],
    ),
    "no check over a field that is wrong itself": (
        "modalities: text\n",
        ["1: modalities: 'text': must be fields with their values, not one value; leave the field out if it is unknown"],
    ),
    "numbers as people write them": (
        "task: chat\nworkload:\n  requests_per_month: 100,000\n  input_tokens: 1.0e+5\n  output_tokens: '200'\n  images: 0,5\n",
        [
            "3: workload.requests_per_month: '100,000': must be a number; write 100000, in digits alone",
            "4: '1.0e+5' is read by some as a number and by others as text; write the number out, such as 100000",
            "5: workload.output_tokens: '200': must be a number; write 200, without quotes",
            "6: workload.images: '0,5': must be a number; write 0.5, with a point",
        ],
    ),
    "numbers with their units": (
        "task: chat\nworkload:\n  input_tokens: 6k\n  output_tokens: 1.5M\n  images: 2s\n  deadline_hours: 3 days\n"
        "latency:\n  p95_ms: 2s\n  first_token_p95_ms: 300 ms\nbudget:\n  monthly_usd: $500\n  one_time_usd: 2k\n",
        [
            "3: workload.input_tokens: '6k': must be a number; write 6000, in digits alone",
            "4: workload.output_tokens: '1.5M': must be a number; write 1500000, in digits alone",
            "5: workload.images: '2s': must be a number; leave the field out if it is unknown",
            "6: workload.deadline_hours: '3 days': must be a number; write 72, in hours",
            "8: latency.p95_ms: '2s': must be a number; write 2000, in milliseconds",
            "9: latency.first_token_p95_ms: '300 ms': must be a number; write 300, in milliseconds",
            "11: budget.monthly_usd: '$500': must be a number; write 500, in US dollars",
            "12: budget.one_time_usd: '2k': must be a number; write 2000, in US dollars",
        ],
    ),
    "a number with a comma within braces": (
        "task: chat\nworkload: {requests_per_month: 100,000}\n",
        ["2: '000' is not a field; within braces a comma ends a number: write it in digits alone"],
    ),
    "a word for a yes or no, and nobody in the team": (
        "task: chat\ndata: {labels_obtainable: 'yes'}\nteam: {people: 0}\n",
        [
            "2: data.labels_obtainable: 'yes': must be true or false; write it without quotes, or leave the field out if it is unknown",
            "3: team.people: 0: should be greater than 0; check the unit",
        ],
    ),
}


@pytest.mark.parametrize("sign", ["\N{ROCKET}", "\x07", "\u202e", "\ufe0f"])
def test_no_machine_has_a_picture_or_what_nobody_sees_in_its_name(sign: str) -> None:
    def named(name: str) -> dict[str, object]:
        return {"task": "chat", "hardware": {"owned": [{"accelerator": name}]}}

    with pytest.raises(InputError, match=r"owned\.0\.accelerator: .* holds signs that no machine's name has; write letters"):
        requirements_from(named(f"rtx {sign} 4090"))
    assert requirements_from(named("GeForce RTX\N{TRADE MARK SIGN} 4090 (24 GB)"))


@pytest.mark.parametrize("name", WRONG)
def test_all_faults_of_a_file_are_told_at_once(name: str, tmp_path: Path) -> None:
    text, told = WRONG[name]
    file = tmp_path / "q.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_requirements(file)
    assert [str(fault) for fault in caught.value.faults] == [f"{file}:{line}" for line in told]


@pytest.mark.parametrize("kind", [InputError, CatalogError])
def test_an_error_of_input_without_a_fault_cannot_be_made(kind: type[InputError]) -> None:
    with pytest.raises(ValueError, match="at least one fault"):
        kind(())


UNKNOWN = """task: classification
only: [mistrall/*]
exclude:
  - openai/*
  - opnai
hardware:
  owned: [{accelerator: rtx 9999}]
privacy:
  residency: [us, europe, xx]
quality:
  bar: {benchmark: mmlux, at_least: 3}
incumbent: {model: gpt-99, provider: openia}
"""
TOLD = (
    "2: only.0: 'mistrall/*' matches nothing in the catalog; did you mean 'mistral'?",
    "5: exclude.1: 'opnai' is not in the catalog; did you mean 'openai'?",
    "7: hardware.owned.0.accelerator: 'rtx 9999' is not in the catalog; did you mean",
    "9: privacy.residency.1: 'europe' is not a region; write two letters: eu, us, uk, ch, jp",
    "9: privacy.residency.2: 'xx' is not a region; write two letters: eu, us, uk, ch, jp",
    "11: quality.bar.benchmark: 'mmlux' is not in the catalog; did you mean 'mmlu'?",
    "12: incumbent.provider: 'openia' is not in the catalog; did you mean 'openai'?",
)


@pytest.mark.parametrize(
    "command",
    [
        "recommend FILE --brief",
        "frontier FILE",
        "compare FILE zero_shot rag",
        "recipe FILE zero_shot --out OUT",
        "catalog diff CATALOG CATALOG --examples FOLDER",
        "trial FILE EXAMPLES",
    ],
)
def test_names_that_the_catalog_does_not_have_are_told_at_their_lines(
    command: str, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, examples = tmp_path / "q.yaml", tmp_path / "examples.csv"
    file.write_text(UNKNOWN, encoding="utf-8")
    examples.write_text("text,expected\n" + "".join(f"{word} {n},{word}\n" for n in range(40) for word in ("good", "bad")))
    stands_for = {"FILE": file, "FOLDER": tmp_path, "OUT": tmp_path / "out", "CATALOG": root / "catalog", "EXAMPLES": examples}
    assert main([str(stands_for.get(word, word)) for word in command.split()]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == len(TOLD)
    assert all(line.startswith(f"{file}:{told}") for line, told in zip(lines, TOLD, strict=True)), lines


@pytest.mark.parametrize(
    "name, words",
    [
        (
            "models",
            "name one of those in catalog/benchmarks, such as arena-text, mmlu, mteb-retrieval, open-asr-short; or a level: ",
        ),
        (
            "zzzz",
            "name one of those in catalog/benchmarks, such as arena-text, mmlu, mteb-retrieval, open-asr-short; or a level: ",
        ),
        ("arena-txt", "did you mean 'arena-text'?"),
    ],
)
def test_a_bar_on_what_has_no_scores_names_some_that_have(
    name: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "q.yaml"
    file.write_text(f"task: chat\nquality:\n  bar: {{benchmark: {name}, at_least: 1}}\n", encoding="utf-8")
    assert main(["recommend", str(file), "--brief"]) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"{file}:3: quality.bar.benchmark: '{name}' is n") and words in err
    file.write_text("task: chat\nquality:\n  bar: {benchmark: arena-text, at_least: 1}\n", encoding="utf-8")
    assert main(["recommend", str(file), "--brief"]) == 0


def test_a_name_that_was_set_from_outside_is_told_by_its_setting(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "q.yaml"
    file.write_text("task: chat\nonly: [openai/*]\n", encoding="utf-8")
    assert main(["recommend", str(file), "--brief", "--set", "exclude=[opnai]"]) == 2
    assert capsys.readouterr().err == "--set exclude: exclude.0: 'opnai' is not in the catalog; did you mean 'openai'?\n"


def test_a_name_that_the_catalog_does_not_have_hides_behind_no_other_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "q.yaml"
    text = "task: chatt\nprivacy: {residency: [europe], boundary: cloud}\nonly: [mistrall/*]\nlatency: {p95_ms: no}\n"
    file.write_text(text, encoding="utf-8")
    assert main(["recommend", str(file), "--brief"]) == 2
    told = [line.removeprefix(f"{file}:").partition(";")[0] for line in capsys.readouterr().err.splitlines()]
    assert told == [
        "1: task: 'chatt' is not known here",
        "2: privacy.boundary: 'cloud' is not known here",
        "2: privacy.residency.0: 'europe' is not a region",
        "3: only.0: 'mistrall/*' matches nothing in the catalog",
        "4: 'no' may be read as true or false",
    ]
