"""Requirements into the form and out again; links; files."""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any

import pytest
from generated import needs
from hypothesis import given
from hypothesis import strategies as some
from recommender_form import facts
from recommender_form.asking import panel, sharing, state
from recommender_form.asking.fields import FIELDS
from recommender_form.asking.templates import TEMPLATES
from recommender_form.showing.exports import requirements_yaml

from recommender import InputError, Requirements


def through_the_form(given_needs: dict[str, Any]) -> dict[str, Any]:
    return state.requirements_of(state.state_of(given_needs), facts.usual, facts.usual_wait_ms)


@given(needs(most=15))
def test_requirements_pass_through_the_form_unchanged(wanted: dict[str, Any]) -> None:
    assert Requirements.model_validate(through_the_form(wanted)) == Requirements.model_validate(wanted)


@pytest.mark.parametrize(
    "wanted",
    [
        {"task": "chat", "preferences": {"quality": 0.5, "cost": 0.5}},
        {"task": "chat", "quality": {"bar": {"benchmark": "mmlu", "at_least": 80}}},
        {"modalities": {"input": ["audio"], "output": ["text"]}},
        {"task": "chat", "workload": {"mode": "streaming", "concurrent_streams": 5}},
        {"task": "chat", "workload": {"mode": "streaming", "concurrent_streams": 5, "requests_per_month": 9}},
        {"task": "speech_to_text", "workload": {"mode": "one_off", "total_requests": 900, "deadline_hours": 48}},
        {"task": "chat", "workload": {"concurrent_streams": 5}},
    ],
)
def test_what_the_form_does_not_ask_is_kept_aside_and_sent(wanted: dict[str, Any]) -> None:
    assert Requirements.model_validate(through_the_form(wanted)) == Requirements.model_validate(wanted)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_is_valid_and_passes_through_the_form(name: str) -> None:
    assert Requirements.model_validate(through_the_form(TEMPLATES[name])) == Requirements.model_validate(TEMPLATES[name])


def test_what_is_empty_is_not_sent() -> None:
    assert through_the_form({"task": "chat"}) == {"task": "chat"}
    zero = through_the_form({"task": "chat", "data": {"labelled_examples": 0}})
    assert zero == {"task": "chat", "data": {"labelled_examples": 0.0}}


def test_fast_enough_is_the_tasks_own_mark() -> None:
    told = {**state.state_of({"task": "chat"}), state.PACE: state.FAST_ENOUGH}
    assert state.requirements_of(told, facts.usual, facts.usual_wait_ms)["latency"] == {"p95_ms": 15000}
    own = {**told, "ask.latency.p95_ms": 2.0, "ask.latency.p95_ms.unit": "seconds"}
    assert state.requirements_of(own, facts.usual, facts.usual_wait_ms)["latency"] == {"p95_ms": 2000}


def test_every_requirement_of_the_contract_is_asked_for() -> None:
    asked = {field.path for field in FIELDS} | {
        "task", "modalities", "hardware.owned", "privacy.boundary_is", "workload.requests_per_month",
        "workload.concurrent_streams", "workload.total_requests",
    }  # fmt: skip
    parts = {name: field.annotation for name, field in Requirements.model_fields.items()}
    whole = {
        "task",
        "modalities",
        "capabilities",
        "languages",
        "target_languages",
        "preferences",
        "exclude",
        "only",
        "name",
        "notes",
    }
    for name in set(parts) - whole - {"incumbent"}:
        assert {f"{name}.{inner}" for inner in parts[name].model_fields} <= asked, name
    assert whole <= asked


@given(needs(most=15))
def test_a_link_restores_the_requirements_without_free_text(wanted: dict[str, Any]) -> None:
    found = sharing.requirements_in_link(sharing.link_text(wanted))
    assert found == sharing.without_free_text(wanted)
    assert not {"name", "notes"} & set(found)
    assert "problem" not in found.get("incumbent", {})


GOOD = sharing.link_text({"task": "chat", "budget": {"monthly_usd": 200}})


def packed(value: Any) -> str:
    raw = zlib.compress(value if isinstance(value, bytes) else json.dumps(value).encode())
    return f"1.{base64.urlsafe_b64encode(raw).decode().rstrip('=')}"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "other_version"),
        ("hello", "other_version"),
        ("2" + GOOD[1:], "other_version"),
        (GOOD[:-6], "not_whole"),
        (GOOD[:9] + ("A" if GOOD[9] != "A" else "B") + GOOD[10:], "not_whole"),
        ("1.!!!!", "not_whole"),
        ("1." + "A" * 7000, "too_long"),
        (packed(b"\0" * 1_000_000), "not_whole"),
        (packed([1, 2]), "not_whole"),
        (packed("x"), "not_whole"),
        (packed({"task": "chat", "notes": "secret"}), "not_whole"),
        (packed({"task": "chitchat"}), "not_valid"),
        (packed({"task": "chat", "budget": {"monthly_usd": -1}}), "not_valid"),
        (packed({"task": "chat", "surprise": 1}), "not_valid"),
        (packed({}), "not_valid"),
    ],
)
def test_a_bad_link_is_an_error_and_never_another_question(text: str, why: str) -> None:
    with pytest.raises(sharing.BadLink) as caught:
        sharing.requirements_in_link(text)
    assert caught.value.why == why


@given(some.text(max_size=60))
def test_no_text_breaks_the_reading_of_a_link(text: str) -> None:
    with pytest.raises(sharing.BadLink):
        sharing.requirements_in_link(f"1.{text}")


@given(needs(most=15))
def test_a_saved_file_reads_back_the_same(wanted: dict[str, Any]) -> None:
    found = panel.requirements_in_file(requirements_yaml(wanted).encode(), "saved.yaml")
    assert Requirements.model_validate(found) == Requirements.model_validate(wanted)


@pytest.mark.parametrize("raw", [b"", b"\x00\x01", b"task: chat\ntask: chat", b"- 1", b"task: " + b"x" * 300_000])
def test_a_bad_file_is_an_error(raw: bytes) -> None:
    with pytest.raises(InputError):
        panel.requirements_in_file(raw, "bad.yaml")
