"""Runs of other tools: a whole run becomes evidence with its error; a failed, partial or foreign one is refused with the reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from recommender import Catalog, InputError
from recommender.trial.imports.evidence import imported

GPT = "openai/gpt-4o-mini"


def promptfoo(scores: list[float], **changes: Any) -> dict[str, Any]:
    rows = [
        {"success": one > 0.5, "score": one, "failureReason": int(one < 0.5), "provider": {"id": "openai:gpt-4o-mini"}, "promptIdx": 0,
         "testIdx": place, "latencyMs": 100 + place}
        for place, one in enumerate(scores)
    ]  # fmt: skip
    rows[0] |= changes
    return {"evalId": "e", "results": {"version": 3, "timestamp": "2026-11-20T10:00:00Z", "results": rows}}


def inspect_log(**changes: Any) -> dict[str, Any]:
    metrics = {"accuracy": {"name": "accuracy", "value": 0.8}, "stderr": {"name": "stderr", "value": 0.04}}
    results = {"total_samples": 100, "completed_samples": 100, "scores": [{"name": "match", "metrics": metrics}]}
    told: dict[str, Any] = {
        "version": 2, "status": "success", "eval": {"task": "mine", "model": GPT, "created": "2026-11-20T10:00:00+00:00"}, "results": results,
    }  # fmt: skip
    for path, value in changes.items():
        inner = told
        *folders, last = path.split("__")
        for folder in folders:
            inner = inner[folder]
        inner[last] = value
    return told


def lm_eval(**changes: Any) -> dict[str, Any]:
    return {
        "results": {"my_tickets": {"alias": "my_tickets", "acc,none": 0.75, "acc_stderr,none": 0.02}},
        "n-samples": {"my_tickets": {"original": 400, "effective": 400}}, "config": {"model": "hf", "limit": None},
        "model_name": GPT, "date": 1763632800.0, **changes,
    }  # fmt: skip


def mlflow(status: str = "FINISHED", **changes: Any) -> dict[str, Any]:
    params = [{"key": "model", "value": GPT}, {"key": "examples", "value": "250"}, {"key": "task", "value": "classification"}]
    data = {"metrics": [{"key": "accuracy", "value": 0.9}], "params": params, "tags": [], **changes}
    return {"run": {"info": {"run_id": "r1", "status": status, "end_time": 1763632800000}, "data": data}}


CSV = "strategy,model,example,score,date\n" + "".join(
    f"few_shot,{GPT},{place},{int(place < 6)},2026-11-20\n" for place in range(8)
)


def evidence(kind: str, told: Any, catalog: Catalog, folder: Path, task: Any = "classification", **more: Any) -> Any:
    path = folder / ("run.csv" if kind == "csv" else "run.json")
    path.write_text(told if isinstance(told, str) else json.dumps(told), encoding="utf-8")
    return imported(path, kind, task, catalog.columns, more.pop("names", {"openai:gpt-4o-mini": f"zero_shot/{GPT}"}), **more)


def test_promptfoo_by_its_scores(catalog: Catalog, tmp_path: Path) -> None:
    (one,) = evidence("promptfoo", promptfoo([1, 1, 0, 1, 1, 0, 1, 1, 1, 1]), catalog, tmp_path).results
    assert (one.strategy, one.model, one.quality, one.examples) == ("zero_shot", GPT, 80.0, 10)
    assert one.standard_error == pytest.approx(100 * (0.75 * 0.25 / 12) ** 0.5, abs=1e-3)  # 9 of 12 with one more of each kind
    assert one.latency_p50_ms == 104.5 and one.date.isoformat() == "2026-11-20" and "promptfoo run run.json" in one.says


def test_inspect_by_its_metric_and_error(catalog: Catalog, tmp_path: Path) -> None:
    (one,) = evidence("inspect_ai", inspect_log(), catalog, tmp_path).results
    assert (one.quality, one.standard_error, one.examples, one.metric) == (80.0, 4.0, 100, "accuracy")


def test_the_harness_by_its_only_task(catalog: Catalog, tmp_path: Path) -> None:
    (one,) = evidence("lm_eval", lm_eval(), catalog, tmp_path).results
    assert (one.quality, one.standard_error, one.examples, one.metric) == (75.0, 2.0, 400, "acc")


def test_mlflow_by_its_logged_metric(catalog: Catalog, tmp_path: Path) -> None:
    (one,) = evidence("mlflow", mlflow(), catalog, tmp_path).results
    assert (one.quality, one.examples) == (90.0, 250)
    assert one.standard_error == pytest.approx(100 * ((226 / 252) * (26 / 252) / 252) ** 0.5, abs=1e-3)


def test_csv_by_its_rows(catalog: Catalog, tmp_path: Path) -> None:
    (one,) = evidence("csv", CSV, catalog, tmp_path).results
    assert (one.strategy, one.quality, one.examples) == ("few_shot", 75.0, 8)


def test_a_word_error_rate_becomes_what_is_right(catalog: Catalog, tmp_path: Path) -> None:
    told = inspect_log(
        results__scores=[{"name": "wer", "metrics": {"wer": {"value": 0.12}}}], eval__model="openai/whisper-large-v3"
    )
    names = {"openai/whisper-large-v3": f"zero_shot/{GPT}"}
    (one,) = evidence("inspect_ai", told, catalog, tmp_path, task="speech_to_text", names=names).results
    assert one.quality == 88.0


REFUSED: dict[str, tuple[str, Any, str]] = {
    "promptfoo: a call failed": ("promptfoo", promptfoo([1] * 9, failureReason=2, error="429 too many"), "1 of 9 calls failed (429 too many)"),
    "promptfoo: nothing": ("promptfoo", {"results": {"results": []}}, "holds no results of promptfoo"),
    "promptfoo: few": ("promptfoo", promptfoo([1, 0]), "has 2 examples"),
    "promptfoo: points": ("promptfoo", promptfoo([1, 0, 1, 1, 80]), "score is 80, outside 0 to 1"),
    "promptfoo: cut off": ("promptfoo", '{"results": {"resul', "is not JSON"),
    "inspect: an error": ("inspect_ai", inspect_log(status="error"), "has the status 'error', not success"),
    "inspect: stopped": ("inspect_ai", inspect_log(status="cancelled"), "has the status 'cancelled'"),
    "inspect: partial": ("inspect_ai", inspect_log(results__completed_samples=60), "is partial: 60 of 100 examples"),
    "inspect: unscored": ("inspect_ai", inspect_log(results__scores=[]), "holds no scores"),
    "inspect: undated": ("inspect_ai", inspect_log(eval__created=None), "does not say when it ran"),
    "inspect: another task": ("inspect_ai", inspect_log(eval__metadata={"task": "summarization"}), "measures summarization, the question is classification"),
    "inspect: another metric": ("inspect_ai", inspect_log(results__scores=[{"metrics": {"wer": {"value": 0.1}}}]), "wer measures speech_to_text"),
    "harness: a limit": ("lm_eval", lm_eval(config={"limit": 50}), "is partial: it ran with --limit 50"),
    "harness: many tasks": ("lm_eval", lm_eval(results={"a": {}, "b": {}}), "measures 2 tasks: a, b"),
    "harness: public": ("lm_eval", lm_eval(**{"results": {"mmlu": {"acc,none": 0.7}}, "n-samples": {"mmlu": {"original": 9, "effective": 9}}}), "mmlu is a public benchmark"),
    "harness: partial": ("lm_eval", lm_eval(**{"n-samples": {"my_tickets": {"original": 400, "effective": 399}}}), "is partial: 399 of 400"),
    "harness: not a number": ("lm_eval", lm_eval(results={"my_tickets": {"acc,none": float("nan")}}), "acc is nan, not a number"),
    "harness: unknown model": ("lm_eval", lm_eval(model_name="openai/gpt-4o-minii"), f"--name 'openai/gpt-4o-minii=zero_shot/{GPT}'"),
    "mlflow: running": ("mlflow", mlflow("RUNNING"), "has the status 'RUNNING', not FINISHED"),
    "mlflow: killed": ("mlflow", mlflow("KILLED"), "has the status 'KILLED'"),
    "mlflow: no count": ("mlflow", mlflow(params=[{"key": "model", "value": GPT}]), "does not say on how many examples"),
    "mlflow: no metric": ("mlflow", mlflow(metrics=[]), "has no metric"),
    "mlflow: loss": ("mlflow", mlflow(metrics=[{"key": "train_loss", "value": 0.1}]), "'train_loss' is not a metric that is understood"),
    "csv: an example missing": ("csv", CSV + f"zero_shot,{GPT},0,1,2026-11-20\n", "is partial: 1 of 8 examples"),
    "csv: twice": ("csv", CSV + f"few_shot,{GPT},0,1,2026-11-20\n", "example '0' is there twice"),
    "csv: words": ("csv", CSV.replace(",1,", ",good,"), "score is 'good', not a number"),
    "csv: no strategy": ("csv", CSV.replace("few_shot", "magic"), "'magic' is not a strategy"),
}  # fmt: skip


@pytest.mark.parametrize("kind, told, words", REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_used_is_refused_with_the_reason(
    kind: str, told: Any, words: str, catalog: Catalog, tmp_path: Path
) -> None:
    with pytest.raises(InputError) as caught:
        evidence(kind, told, catalog, tmp_path)
    assert words in str(caught.value) and str(tmp_path) in str(caught.value)


def test_packed_and_lossy_exports_are_named(catalog: Catalog, tmp_path: Path) -> None:
    for kind, name, words in (("inspect_ai", "a.eval", "packed format"), ("promptfoo", "a.csv", "which calls failed")):
        (tmp_path / name).write_bytes(b"x")
        with pytest.raises(InputError, match=words):
            imported(tmp_path / name, kind, "classification", catalog.columns, {})


def test_a_file_that_is_not_there_is_one_line(catalog: Catalog, tmp_path: Path) -> None:
    for kind in ("promptfoo", "csv"):
        with pytest.raises(InputError, match="cannot be read"):
            imported(tmp_path / "none.json", kind, "classification", catalog.columns, {})


def texts(metric: str | None) -> str:
    names = "strategy,model,example,score,date" + (",metric" if metric else "")
    rows = (f"zero_shot,{GPT},{place},0.3,2026-11-20" + (f",{metric}" if metric else "") for place in range(8))
    return "\n".join((names, *rows)) + "\n"


def test_scores_of_texts_say_what_they_are(catalog: Catalog, tmp_path: Path) -> None:
    path = tmp_path / "runs.csv"
    path.write_text(texts("ROUGE-L"), encoding="utf-8")
    (one,) = imported(path, "csv", "summarization", catalog.columns, {}).results
    assert one.shared_words == "rougel" and one.quality == pytest.approx(30.0)
    path.write_text(texts(None), encoding="utf-8")
    with pytest.raises(InputError, match="does not say what its scores are; add --metric, or a column metric"):
        imported(path, "csv", "summarization", catalog.columns, {})
    (judged,) = imported(path, "csv", "summarization", catalog.columns, {}, "judge").results
    assert not judged.shared_words
    path.write_text(texts("rouge_l").replace("rouge_l", "bleu", 1), encoding="utf-8")
    with pytest.raises(InputError, match="one metric per file"):
        imported(path, "csv", "summarization", catalog.columns, {})


def test_a_metric_that_is_named_does_not_override_the_file(catalog: Catalog, tmp_path: Path) -> None:
    path = tmp_path / "runs.csv"
    path.write_text(texts("rouge_l"), encoding="utf-8")
    with pytest.raises(InputError, match="has the metric rouge_l, not judge"):
        imported(path, "csv", "summarization", catalog.columns, {}, "judge")
    path.write_text(texts("judge").replace("0.3,2026-11-20,judge\n", "0.3,2026-11-20,\n", 1), encoding="utf-8")
    with pytest.raises(InputError, match="does not say what its scores are"):
        imported(path, "csv", "summarization", catalog.columns, {})


def test_error_rates_in_percent_are_refused(catalog: Catalog, tmp_path: Path) -> None:
    path = tmp_path / "runs.csv"
    rows = "".join(f"pretrained_as_is,openai/whisper-large-v3,{place},12,2026-11-20\n" for place in range(8))
    path.write_text("strategy,model,example,score,date\n" + rows, encoding="utf-8")
    with pytest.raises(InputError, match="give shares, not percentages"):
        imported(path, "csv", "speech_to_text", catalog.columns, {}, "wer")


@pytest.mark.parametrize("wrong", [{"n-samples": []}, {"results": []}, {"date": "never"}, {"date": -9e9}])
def test_a_run_that_nothing_can_be_made_of_is_one_fault(wrong: dict[str, Any], catalog: Catalog, tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    path.write_text(json.dumps(lm_eval(**wrong)), encoding="utf-8")
    with pytest.raises(InputError):
        imported(path, "lm_eval", "classification", catalog.columns, {})
