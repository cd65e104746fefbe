"""What sees the data keeps the terms: the large model of a cascade, the teacher of a student, a catalog that lost its rules."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from recommender import Catalog, CatalogError, InputError, Option, compare, load_catalog, recommend

CASCADES: dict[str, Any] = {"task": "chat", "workload": {"requests_per_month": 10_000}, "only": ["cascade"]}
TERMS: list[dict[str, Any]] = [
    {"privacy": {"residency": ["eu"]}, "exclude": ["mistral"]},
    {"privacy": {"boundary": "own_tenant"}, "exclude": ["aws-bedrock"]},
    {"privacy": {"certifications": ["hipaa"]}},
    {"privacy": {"zero_retention": True, "no_training": True}},
    {"licence": {"open_weights": True}},
]


def options(wish: dict[str, Any], catalog: Catalog, count: int = 30) -> list[Option]:
    answer = recommend(wish, catalog, detail="answer", draws=0, alternatives=count)
    return [one for one in (answer.winner, *answer.alternatives) if one is not None]


@pytest.mark.parametrize("terms", TERMS)
def test_the_large_model_of_a_cascade_keeps_the_terms_by_itself(terms: dict[str, Any], catalog: Catalog) -> None:
    wish = {**CASCADES, **terms}
    asked = {
        (part.model.id, str(part.deployment.provider))
        for one in options(wish, catalog)
        for part in one.components
        if part.role == "large model"
    }
    for model, provider in sorted(asked):
        name = f"zero_shot/{model}/{provider}"
        (found,) = compare({**wish, "only": [provider]}, [name], catalog, draws=0).compared
        assert found.option is not None, (name, found.because)


SEARCHES_OR_SPEAKS: list[dict[str, Any]] = [
    {"task": "chat", "knowledge": {"documents": 500}},
    {"task": "question_answering", "knowledge": {"documents": 500}},
    {"task": "speech_to_speech"},
]


def keeps(terms: dict[str, Any], offer: int, catalog: Catalog) -> bool:
    """Whether an offer is documented to keep what was asked for."""
    offers, asked = catalog.columns.offers, terms.get("privacy", {})
    inside = [place for place, name in enumerate(offers.regions.vocabulary) if name in asked.get("residency", ())]
    held = [place for place, name in enumerate(offers.certifications.vocabulary) if name in asked.get("certifications", ())]
    return bool(
        (not inside or (offers.regions.members[offer, inside] == 1).any())
        and (offers.certifications.members[offer, held] == 1).all()
        and (not asked.get("zero_retention") or offers.offers_zero_retention[offer] == 1)
        and (not asked.get("no_training") or offers.trains_on_customer_data[offer] == 0)
        and (asked.get("boundary") != "own_tenant" or offers.is_tenant_isolated[offer] == 1)
        and (not terms.get("licence") or catalog.columns.models.has_open_weights[offers.model[offer]])
    )


@pytest.mark.parametrize("wish", SEARCHES_OR_SPEAKS, ids=lambda wish: wish["task"])
@pytest.mark.parametrize("terms", TERMS)
def test_every_further_model_on_the_path_keeps_the_terms(terms: dict[str, Any], wish: dict[str, Any], catalog: Catalog) -> None:
    """A vendor's promise for one offer says nothing of its embedding; where none keeps them, an open model runs on own machines."""
    columns = catalog.columns
    found = options({**wish, **terms}, catalog, 60)
    parts = [part for one in found for part in one.components]
    at_vendors = [part for part in parts if part.deployment.place == "vendor"]
    for part in at_vendors:
        here = [columns.models.ids[model] == part.model.id for model in columns.offers.model]
        provider = columns.offers.provider_ids.index(str(part.deployment.provider))
        (offer,) = (place for place, is_it in enumerate(here) if is_it and columns.offers.provider[place] == provider)
        assert keeps(terms, offer, catalog), (part.role, part.model.id, part.deployment.provider)
    if "certifications" in terms.get("privacy", {}):
        assert all(part.deployment.place != "own_cloud" for part in parts)  # nobody read what rented machines are certified for


def test_a_cascade_never_escalates_to_itself_or_past_what_was_named(catalog: Catalog) -> None:
    found = options({"task": "chat", "only": ["openai/*"]}, catalog, 80)
    large = {(one.model.id, part.model.id) for one in found for part in one.components if part.role == "large model"}
    assert large
    assert all(small != big and big.startswith("openai/") for small, big in large)


@pytest.mark.parametrize(
    "privacy",
    [
        {"certifications": ["c5"]},
        {"residency": ["eu"]},
        {"zero_retention": True},
        {"no_training": True},
        {"boundary": "own_tenant"},
    ],
)
def test_a_teacher_keeps_the_terms_that_are_asked_for_and_is_named(privacy: dict[str, Any], catalog: Catalog) -> None:
    wish = {"task": "classification", "data": {"labelled_examples": 300, "classes": 8}, "privacy": privacy}
    told = "would label your examples: the best that is known to keep the terms you ask for."
    named = [
        [said for said in one.reasons if said.endswith(told)] for one in options({**wish, "only": ["distillation"]}, catalog)
    ]
    assert all(len(one) == 1 for one in named)
    for teacher in {one[0] for one in named}:
        alone = options({**wish, "only": [_named_in(teacher, catalog)]}, catalog)
        assert any(one.strategy.id in ("zero_shot", "few_shot") for one in alone), "what labels may be asked, too"
    assert not any(
        told in said for one in options({**wish, "privacy": {}, "only": ["distillation"]}, catalog) for said in one.reasons
    )


def _named_in(teacher: str, catalog: Catalog) -> str:
    models = catalog.as_of(None).columns.models
    return next(name for name, spoken in zip(models.ids, models.names, strict=True) if teacher.startswith(f"{spoken} "))


def test_who_is_excluded_labels_nothing(catalog: Catalog) -> None:
    wish = {
        "task": "classification",
        "data": {"labelled_examples": 300},
        "privacy": {"residency": ["eu"]},
        "only": ["distillation"],
    }
    told = "would label your examples"
    (first,) = {said for one in options(wish, catalog) for said in one.reasons if told in said}
    left_out = [_named_in(first, catalog)]
    (second,) = {said for one in options({**wish, "exclude": left_out}, catalog) for said in one.reasons if told in said}
    assert first != second and _named_in(second, catalog) not in left_out


@pytest.mark.parametrize("boundary", ["on_premises", "air_gapped"])
def test_nobody_labels_outside_of_one_s_premises(boundary: str, catalog: Catalog) -> None:
    """No machine was named that a teacher could run on, and the data may not leave."""
    wish = {
        "task": "classification",
        "data": {"labelled_examples": 300},
        "privacy": {"boundary": boundary},
        "only": ["distillation"],
    }
    assert options(wish, catalog) == []
    at_home = {**wish, "hardware": {"owned": [{"accelerator": "gpu 80gb", "count": 2}]}}
    assert any(
        "on your own machines would label your examples" in said for one in options(at_home, catalog) for said in one.reasons
    )


@pytest.mark.parametrize("lost", ["privacy.yaml", "licence.yaml", "fit.yaml"])
def test_a_catalog_without_the_rules_that_hold_limits_is_refused(lost: str, root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "catalog"
    shutil.copytree(root / "catalog", folder)
    (folder / "rules" / lost).unlink()
    with pytest.raises(CatalogError, match="would be dropped"):
        load_catalog(folder)


def test_everything_banned_means_nothing_fits(tmp_path: Path) -> None:
    (tmp_path / "bans.yaml").write_text('- {model: "*", because: "none of them"}\n')
    banned = load_catalog(overlays=[tmp_path])
    assert recommend({"task": "chat"}, banned, detail="answer", draws=0).status == "nothing_fits"


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "yesterday", 5])
def test_a_day_that_is_none_is_refused(day: Any, catalog: Catalog) -> None:
    with pytest.raises(InputError, match="is not a day"):
        recommend({"task": "chat"}, catalog, as_of=day)


def test_an_unknown_detail_is_refused(catalog: Catalog) -> None:
    with pytest.raises(InputError, match="use answer or full"):
        recommend({"task": "chat"}, catalog, detail="foo")  # type: ignore[arg-type]


def test_evidence_that_is_there_twice_is_refused(catalog: Catalog) -> None:
    row = {
        "strategy": "zero_shot", "model": "openai/gpt-4o-mini", "quality": 90.0, "standard_error": 1.0, "examples": 200,
        "metric": "accuracy", "source": "own", "date": "2026-11-01",
    }  # fmt: skip
    with pytest.raises(InputError, match="is there twice from 'own'"):
        recommend({"task": "classification"}, catalog, evidence={"task": "classification", "results": [row, row]})


def run(*arguments: str, folder: Path, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "recommender", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120, **options)


def test_input_that_does_not_end_is_refused(tmp_path: Path) -> None:
    done = run("recommend", "/dev/zero", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "/dev/zero: does not end; at most 1,000,000 bytes are read\n"


def test_a_trial_writes_over_nothing_but_evidence(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text("task: classification\n")
    rows = "".join(f"a nice {word} thing {n},{word}\n" for n in range(20) for word in ("red", "blue"))
    (tmp_path / "rows.csv").write_text("input,expected\n" + rows)
    for out in ("rows.csv", "c.yaml"):
        before = (tmp_path / out).read_text()
        done = run("trial", "c.yaml", "rows.csv", "--out", out, folder=tmp_path)
        assert done.returncode == 2 and "is no evidence" in done.stderr
        assert (tmp_path / out).read_text() == before
    for _ in range(2):  # earlier evidence may be replaced
        assert run("trial", "c.yaml", "rows.csv", "--out", "evidence.json", folder=tmp_path).returncode == 0
    assert run("trial", "c.yaml", "rows.csv", "--out", ".", folder=tmp_path).returncode == 2
    assert sorted(os.listdir(tmp_path)) == ["c.yaml", "evidence.json", "rows.csv"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--endpoint", "file:///etc/passwd"), "is no web address"),
        (("--endpoint", "http://127.0.0.1:9/v1", "--cap", "nan"), "is no amount of money"),
        (("--endpoint", "http://127.0.0.1:9/v1", "--cap", "-1"), "is no amount of money"),
    ],
)
def test_an_endpoint_or_a_cap_that_is_none_is_refused(arguments: tuple[str, ...], told: str, tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text("task: classification\n")
    (tmp_path / "rows.csv").write_text("input,expected\n" + "".join(f"thing {n},{n % 2}\n" for n in range(12)))
    done = run("trial", "c.yaml", "rows.csv", "--candidate", "zero_shot/openai/gpt-4o-mini", *arguments, folder=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr


def test_markup_in_names_is_harmless_in_markdown(tmp_path: Path) -> None:
    wish = "task: chat\nincumbent:\n  model: '<b>evil</b> [a](javascript:1)'\n"
    (tmp_path / "c.yaml").write_text(wish)
    for shape in ("--markdown", "--record"):
        told = run("recommend", "c.yaml", shape, folder=tmp_path).stdout
        assert "evil" in told
        assert "<b>" not in told and "](" not in told


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("own_cloud", "own_tenant"), ("Private Cloud", "own_tenant"), ("vpc", "own_tenant"), ("our-cloud", "own_tenant"),
        ("on_prem", "on_premises"), ("onprem", "on_premises"), ("local", "on_premises"), ("my_cloud", None), ("any_clouds", None),
    ],
)  # fmt: skip
def test_a_wrong_word_for_a_boundary_is_never_answered_with_a_looser_one(word: str, meant: str | None) -> None:
    with pytest.raises(InputError) as caught:
        recommend({"task": "chat", "privacy": {"boundary": word}})
    told = str(caught.value)
    assert told.endswith("use one of any_cloud, own_tenant, on_premises, air_gapped, on_device")
    assert (f"did you mean '{meant}'?" in told) if meant else "did you mean" not in told


@pytest.mark.parametrize("field", [{"sensitivity": "publicly"}, {"boundary_is": "wished"}, {"certifications": ["iso27002"]}])
def test_no_word_of_privacy_is_guessed_by_its_letters(field: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="use one of") as caught:
        recommend({"task": "chat", "privacy": field})
    assert "did you mean" not in str(caught.value)


CAPABILITY = "A capability that you need is not documented for this model."


@pytest.mark.parametrize(
    ("model", "capability"),
    [
        ("coherelabs/cohere-transcribe-03-2026", "diarization"),
        ("openai/gpt-4o-transcribe", "timestamps"),
        ("openai/gpt-transcribe", "diarization"),
        ("openai/gpt-live-transcribe", "timestamps"),
    ],
)
def test_a_recogniser_whose_maker_denies_it_is_out(catalog: Catalog, model: str, capability: str) -> None:
    wish = {"task": "speech_to_text", "capabilities": [capability], "only": [model]}
    answer = recommend(wish, catalog, detail="answer", draws=0)
    assert answer.winner is None and not answer.if_confirmed


def test_who_speaks_and_when_is_relied_on_only_where_it_was_read(catalog: Catalog) -> None:
    wish = {"task": "speech_to_text", "languages": ["en"], "capabilities": ["diarization", "timestamps"]}
    models = catalog.library().models
    for option in options(wish, catalog):
        known = models[option.model.id].provenance
        has_speaker_model = any(one.role == "speaker labels" for one in option.components)
        for word in ("timestamps",) if has_speaker_model else ("diarization", "timestamps"):
            origin = known.get(f"capabilities.{word}") or known["capabilities"]
            assert origin.status != "assumed", option.id


def test_what_follows_from_the_kind_of_model_alone_waits_to_be_confirmed(catalog: Catalog) -> None:
    wish = {"task": "speech_to_text", "capabilities": ["diarization"], "only": ["xai/*"]}
    answer = recommend(wish, catalog, detail="answer", draws=0)
    assert answer.winner is None
    assert {one.model.id for one in answer.if_confirmed} == {"xai/grok-voice-transcribe-2.0"}
    (found,) = compare(wish, ["xai/grok-voice-transcribe-2.0"], catalog, draws=0).compared
    assert CAPABILITY in found.because


def test_a_peak_that_stands_for_more_than_may_be_stated_is_answered(catalog: Catalog) -> None:
    needs = {"task": "extraction", "workload": {"peak_requests_per_second": 1e12}}
    assert recommend(needs, catalog, draws=0).winner is not None
