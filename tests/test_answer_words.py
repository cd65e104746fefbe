"""What answers say in words holds of their numbers: what is owed once, what moves, what is free, what is known, how sure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from recommender import Catalog, Option, Recommendation, compare, recommend
from recommender.catalog.requests import requirements_from
from recommender.cli import main
from recommender.explanation import report
from recommender.explanation.comparison import compared_with_words
from recommender.explanation.decision_record import decision_record
from recommender.explanation.html_report import html
from recommender.explanation.numbers import beyond, counted, duration, money, points, rates

ONCE: dict[str, Any] = {
    "task": "document_extraction",
    "workload": {"total_requests": 2_000_000, "pages": 1, "mode": "one_off", "deadline_hours": 720},
    "team": {"skills": "ml", "people": 2},
}
NIGHTLY: dict[str, Any] = {
    "task": "summarization",
    "workload": {"requests_per_month": 2_000_000, "input_tokens": 1500, "output_tokens": 200, "mode": "batch"},
    "privacy": {"sensitivity": "confidential", "boundary": "own_tenant"},
    "licence": {"open_weights": True},
    "team": {"skills": "ml", "people": 3},
}
SMALL: dict[str, Any] = {
    "task": "classification",
    "workload": {"requests_per_month": 1000, "input_tokens": 200, "output_tokens": 5},
    "only": ["cloudflare"],
}
SERIES: dict[str, Any] = {
    "task": "time_series_forecasting",
    "workload": {"requests_per_month": 150_000, "mode": "batch"},
    "data": {"series": 5000, "history": 730, "horizon": 28},
    "team": {"skills": "ml", "people": 1},
}
SPOKEN: dict[str, Any] = {"task": "text_to_speech", "workload": {"requests_per_month": 1000, "characters": 3000}}


def _answer(needs: dict[str, Any], catalog: Catalog, **more: Any) -> Recommendation:
    return recommend(needs, catalog, **{"detail": "answer", "draws": 0, **more})


def _won(answer: Recommendation) -> Option:
    assert answer.winner is not None
    return answer.winner


def test_what_is_owed_once_is_never_told_by_the_month(catalog: Catalog) -> None:
    answer = _answer(ONCE, catalog)
    option = _won(answer)
    assert {line.when for line in option.bill} >= {"monthly"}  # the contract's own word stays
    money_lines = [report.headline(option), *report.totals(option), *(row[2] for row in report.bill_rows(option))]
    money_lines += [one for one in option.reasons if "invoices" in one]
    assert [one for one in money_lines if "month" in one] == []
    assert "of invoices in all" in report.headline(option)
    assert "invoices a month" not in html(answer) and "invoices a month" not in report.markdown(answer)


def test_work_that_goes_on_is_told_by_the_month(catalog: Catalog) -> None:
    option = _won(_answer(NIGHTLY, catalog))
    assert "of invoices a month" in report.headline(option)
    assert "each month" in {row[2] for row in report.bill_rows(option)}


def test_a_spot_price_is_never_called_fixed(catalog: Catalog) -> None:
    answer = _answer(NIGHTLY, catalog, alternatives=10)
    spot = [one for one in (_won(answer), *answer.alternatives) if any("spot market" in line.label for line in one.bill)]
    assert spot
    for option in spot:
        hosting = next(one for one in option.reasons if one.startswith("It runs on machines you rent"))
        assert hosting.endswith("your own tenancy, a price that moves with the spot market.")


def test_calls_within_a_free_amount_stay_on_the_bill(catalog: Catalog) -> None:
    line = next(one for one in _won(_answer(SMALL, catalog)).bill if one.label.startswith("Calls"))
    assert (line.label, line.mid, line.when) == ("Calls to the model, within the free amount", 0.0, "monthly")
    paid = _answer({**SMALL, "workload": {**SMALL["workload"], "requests_per_month": 3_000_000}}, catalog)
    assert "Calls to the model, beyond what is free" in {one.label for one in _won(paid).bill}


def test_a_line_of_tuning_adds_up_by_hand(catalog: Catalog) -> None:
    answer = _answer({**NIGHTLY, "only": ["finetune_llm"]}, catalog, alternatives=10)
    lines = [line for one in (_won(answer), *answer.alternatives) for line in one.bill if line.label.startswith("Tuning runs:")]
    assert lines
    for line in lines:
        runs, hours, usd = re.findall(r"(\d[\d.,]*) (?:of|accelerator|USD)", line.label)
        assert float(runs) * float(hours.replace(",", "")) * float(usd) == pytest.approx(line.mid, rel=0.06)


def test_what_nobody_measured_is_said_alike_everywhere(catalog: Catalog) -> None:
    wish = {
        **SERIES,
        "data": {"series": 20, "history": 36},
        "only": ["ibm-granite/granite-timeseries-ttm-r2", "classical/seasonal-naive"],
    }
    answer = _answer(wish, catalog, detail="full")
    option, said = _won(answer), "typical of such models, no evidence of this one"
    assert option.estimates["quality"].grade == "none" and option.estimates["quality"].mid is not None
    assert f"({said})" in report.headline(option)
    assert any(said in one for one in option.reasons)
    assert answer.pilot is not None and said in answer.pilot.why


def test_a_pilot_says_what_it_does_not_know(catalog: Catalog) -> None:
    pilot = _answer({**SPOKEN, "only": ["amazon/polly-standard", "amazon/polly-neural"]}, catalog, detail="full").pilot
    assert pilot is not None and pilot.why.endswith("The first one's quality is not known.")


def test_a_machine_s_load_is_told_in_a_unit_that_can_be_read(catalog: Catalog) -> None:
    assert rates(0.76, 0.91) == "0.76 requests a second on average and 0.91 at the peak"
    assert rates(0.00002, 0.00005) == "1.7 requests a day on average and 4.3 at the peak"
    assert rates(0.057, 0.069) == "210 requests an hour on average and 250 at the peak"
    assert rates(0.00579, 0.00579) == "21 requests an hour"
    load = next(one for one in _won(_answer(SERIES, catalog)).reasons if "sized for" in one)
    assert "requests an hour on average" in load


def test_work_done_once_is_told_by_its_deadline(catalog: Catalog) -> None:
    work = {"mode": "one_off", "total_requests": 500, "audio_minutes": 60, "deadline_hours": 24}
    needs = {"task": "speech_to_text", "workload": work, "privacy": {"boundary": "own_tenant"}}
    load = next(one for one in _won(_answer(needs, catalog)).reasons if "sized for" in one)
    assert "sized for 21 requests an hour:" in load  # 500 in 24 hours


def test_one_is_one_and_nothing_has_no_sign() -> None:
    assert (counted(1.0, "point"), counted(1.5, "point"), counted(2.0, "point")) == ("1 point", "1.5 points", "2 points")
    assert (points(-0.001), points(-0.25), points(0.5)) == ("0.00", "-0.25", "0.50")


def test_trees_are_not_said_to_be_trees(catalog: Catalog) -> None:
    told = _won(_answer({**SERIES, "only": ["classical_ml"]}, catalog)).reasons[1]
    assert " is " not in told.partition(",")[0] and "boosted trees" not in told.partition(":")[2]


def test_a_spoken_answer_is_no_recording(catalog: Catalog) -> None:
    told = " ".join(_won(_answer(SPOKEN, catalog, draws=200)).reasons)
    assert "recordings" not in told


def test_a_provisional_answer_is_not_taken(catalog: Catalog) -> None:
    answer = _answer(SPOKEN, catalog, detail="full")
    assert answer.status == "needs_answers"
    record = decision_record(requirements_from(SPOKEN), answer)
    assert "We propose this" not in record and "Provisional" in record
    sure = answer.model_copy(update={"status": "recommended"})
    proposed = decision_record(requirements_from(SPOKEN), sure)
    assert "We propose this" in proposed and "Status: proposed." in proposed, "people accept, a download does not"


@pytest.mark.parametrize("shape", ["", "--markdown", "--html"])
def test_what_was_not_searched_is_no_recommendation(shape: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["recommend", str(root / "examples" / "shop-support.yaml"), "--brief", *([shape] if shape else [])]
    assert main(words) == 0
    told = capsys.readouterr().out
    assert "First answer" in told and "Recommended" not in told


def test_a_number_in_all_alone_means_work_done_once_and_is_told(catalog: Catalog) -> None:
    told = _answer({"task": "classification", "workload": {"total_requests": 5e6, "mode": "one_off"}}, catalog)
    taken = _answer({"task": "classification", "workload": {"total_requests": 5e6}}, catalog)
    assert _won(taken).id == _won(told).id and _won(taken).bill == _won(told).bill
    assert {*_won(taken).cautions} - {*_won(told).cautions} == {
        "You gave 5,000,000 requests in all and none a month: the answer is for work done once (otherwise say workload.mode)."
    }


def test_compared_options_of_work_done_once_have_no_monthly_row(catalog: Catalog) -> None:
    from recommender.explanation.comparison import Compared, text

    answer = _answer(ONCE, catalog)
    pair = (_won(answer), answer.alternatives[0])
    told = text(compared_with_words(tuple(Compared(asked=one.id, option=one) for one in pair)))
    assert "invoices for the work itself" in told and "a month" not in told.partition("- ")[0]


@pytest.fixture
def measured(tmp_path: Path) -> tuple[str, str]:
    """A question, and what a trial on a hundred examples of one's own said of linear models."""
    result = {
        "strategy": "classical_ml", "model": "classical/linear", "quality": 97.0, "standard_error": 0.5, "examples": 400,
        "metric": "macro_f1", "source": "own trial", "date": "2026-01-02",
    }  # fmt: skip
    needs, evidence = tmp_path / "needs.yaml", tmp_path / "evidence.json"
    needs.write_text("task: classification\ndata: {labelled_examples: 4000, classes: 8}\n", encoding="utf-8")
    evidence.write_text(json.dumps({"task": "classification", "results": [result]}), encoding="utf-8")
    return str(needs), str(evidence)


@pytest.mark.parametrize("shape", [[], ["--brief"], ["--markdown"], ["--html"]], ids=["text", "brief", "markdown", "html"])
def test_measurements_are_told_with_what_they_change(
    shape: list[str], measured: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    needs, evidence = measured
    assert main(["recommend", needs, *shape]) == 0
    assert "with what was measured" not in capsys.readouterr().out
    assert main(["recommend", needs, "--evidence", evidence, *shape]) == 0
    told = capsys.readouterr().out
    moved = re.search(
        r"expected quality was (\d+) without and is (\d+) with what was measured \(own trial \(2026-01-02\)", told
    )
    assert moved is not None and int(moved.group(1)) < int(moved.group(2)) == 97
    assert re.search(r"That changes the answer\. Without it: .+\. With it: Classical machine learning", told)
    assert "with what you measured on your own examples" in told and "97 of 100 (measured by third parties)" not in told


def test_a_comparison_weighs_measurements_in(measured: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    needs, evidence = measured
    words = ["compare", needs, "classical_ml/classical/linear", "few_shot"]
    assert main([*words, "--json"]) == 0
    without = json.loads(capsys.readouterr().out)
    assert main([*words, "--json", "--evidence", evidence]) == 0
    weighed = json.loads(capsys.readouterr().out)

    def quality(found: Any) -> float:
        mine = (one["option"] for one in found["compared"] if one["asked"].startswith("classical_ml"))
        return float(next(mine)["estimates"]["quality"]["mid"])

    assert quality(without) < quality(weighed) == pytest.approx(97.0, abs=1.0)
    assert main([*words, "--evidence", evidence]) == 0
    assert "Your measurements are weighed in: own trial (2026-01-02)" in capsys.readouterr().out


def test_a_known_model_on_a_machine_that_does_not_run_it_is_no_unknown_name(catalog: Catalog) -> None:
    names = ("zero_shot/qwen/qwen3-8b/l4-4-bit", "zero_shot/qwen/qwen3-8b", "zero_shot/qwen/qwen33-8b/l4-4-bit", "nonsense")
    there, alone, misspelt, nonsense = (
        next(one for one in compare(NIGHTLY, names, catalog, draws=0).compared if one.asked == name) for name in names
    )
    assert there.option is None and "in the catalog, but not in this way" in there.because[0]
    assert alone.option is not None or alone.barred
    for one in (misspelt, nonsense):
        assert one.because == (
            "Nothing in the catalog is named so for this task; `recommender catalog show` lists what there is.",
        )


def test_a_name_that_is_none_is_wrong_input_beside_one_that_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = tmp_path / "needs.yaml"
    asked.write_text("task: chat\n")
    assert main(["compare", str(asked), "zero_shot", "nonsense"]) == 2
    said = capsys.readouterr()
    assert not said.out and said.err.startswith("nonsense: is not an option; Nothing in the catalog is named so")
    assert main(["compare", str(asked), "zero_shot", " "]) == 2, "nothing is no second option"
    assert main(["compare", str(asked), "zero_shot", "train_from_scratch"]) == 0, "what a rule bars is named rightly"


def test_the_first_line_does_not_hide_what_is_bought(catalog: Catalog) -> None:
    bought = _won(_answer({"task": "chat", "privacy": {"boundary": "on_premises"}}, catalog))
    once, monthly = (bought.estimates[name].mid or 0.0 for name in ("one_time_cost_usd", "monthly_cost_usd"))
    assert once > max(monthly, 100.0) and f" a month and {money(once)} at the start, " in report.headline(bought)
    hosted = _won(_answer({"task": "chat", "only": ["openai"]}, catalog))
    assert "at the start" not in report.headline(hosted)


def _said(needs: dict[str, Any], catalog: Catalog) -> str:
    winner = _answer(needs, catalog).winner
    assert winner is not None
    return " ".join(winner.reasons)


def test_the_points_the_volume_and_the_bill_of_nothing_are_explained(catalog: Catalog) -> None:
    on_devices = {"task": "chat", "privacy": {"boundary": "on_device"}, "knowledge": {"documents": 0}}
    said = _said(on_devices, catalog)
    assert "What the points are: share of blind votes its answer wins" in said
    assert "no invoices come; with people's time" in said and "0 USD a month" not in said
    assert "How many requests come is assumed" in said
    stated = _said({**on_devices, "workload": {"requests_per_month": 500}}, catalog)
    assert "is assumed" not in stated


def test_programs_have_no_weights(catalog: Catalog) -> None:
    needs = {"task": "tabular_prediction", "data": {"labelled_examples": 20_000, "features": 30}}
    said = _said(needs, catalog)
    assert "(free software)" in said and "open weights" not in said


def test_limits_are_told_in_the_units_of_the_rest_of_the_answer(catalog: Catalog) -> None:
    needs = {"task": "chat", "latency": {"p95_ms": 3000}, "budget": {"monthly_usd": 300}}
    answer = recommend(needs, catalog, detail="answer")
    assert answer.winner is not None
    told = [one for one in answer.winner.cautions if "is passed" in one]
    assert [re.sub(r"[\d,.]+ (USD|s)\.$", r"N \1.", one) for one in told] == [
        "In unfavourable cases the monthly budget of 300 USD is passed: up to N USD.",
        "In unfavourable cases the time limit of 3 s is passed: up to N s.",
    ]


def test_a_relaxed_time_limit_is_told_with_its_unit(catalog: Catalog) -> None:
    told = report.text(recommend({"task": "chat", "latency": {"p95_ms": 100}}, catalog))
    assert "This cannot be had, whatever else gives way: the longest wait for 95 of 100 answers." in told
    assert re.search(r"^With the longest wait for 95 of 100 answers = \d+ ms: ", told, re.MULTILINE)


def test_a_record_says_what_was_stated_in_words_and_numbers(catalog: Catalog) -> None:
    needs = {
        "task": "extraction",
        "workload": {"requests_per_month": 15_000, "peak_requests_per_second": 0.25},
        "latency": {"p95_ms": 15_000},
        "hardware": {"owned": [{"accelerator": "a100", "count": 2}, {"accelerator": "h100", "count": 1}]},
        "privacy": {"boundary": "any_cloud", "residency": ["eu", "us"], "no_training": True},
        "knowledge": {"citations": False},
    }
    record = decision_record(requirements_from(needs), _answer(needs, catalog))
    stated = record.partition("What was asked for:\n\n")[2].partition("\n\n")[0].splitlines()
    assert stated == [
        "- the task: extraction",
        "- requests a month: 15,000",
        "- workload: peak requests per second: 0.25",
        "- the longest wait for 95 of 100 answers: 15,000 ms",
        "- knowledge: citations: no",
        "- where the data may go: any cloud",
        "- privacy: residency: eu, us",
        "- privacy: no training: yes",
        "- hardware: owned: accelerator a100, count 2; accelerator h100, count 1",
    ]


@pytest.mark.parametrize(
    ("value", "limit", "said", "told"),
    [
        (15_310.0, 15_000.0, duration, " by a little"),  # 15.31 s reads 15 s
        (15_600.0, 15_000.0, duration, ": up to 16 s"),
        (918_600.0, 900_000.0, duration, " by a little"),  # 15.31 min
        (120_400.0, 119_900.0, duration, " by a little"),  # 2 min against 120 s
        (304.0, 300.0, money, " by a little"),
        (306.0, 300.0, money, ": up to 310 USD"),
    ],
)
def test_a_limit_is_never_passed_up_to_itself(value: float, limit: float, said: Callable[[float], str], told: str) -> None:
    assert beyond(value, limit, said) == told
