"""The questions, and the requirements that the answers make. What is left empty stays unknown."""

from __future__ import annotations

from typing import Any

import streamlit as st
import words

DAYS_PER_MONTH = 30.4
REGIONS = ("eu", "us", "uk", "ch", "ca", "au", "jp", "in")
CERTIFICATIONS = ("gdpr", "hipaa", "soc2", "iso27001", "fedramp", "pci", "hds", "c5")


def asked() -> dict[str, Any]:
    """The form, and what was answered as plain requirements without empty fields."""
    given: dict[str, Any] = {"task": _choice(words.TASK, words.TASKS, "task")}
    with st.container(border=True):
        given["privacy"] = _boundary()
        given["hardware"] = _hardware()
        given["languages"] = _listed(st.text_input(words.LANGUAGES, key="languages", help=words.LANGUAGES_HELP))
        given["incumbent"] = _incumbent()
        given["data"] = {"labelled_examples": _number(words.EXAMPLES, "labels", words.EXAMPLES_HELP)}
    _volume(given)
    _knowledge(given)
    _privacy(given)
    _team(given)
    return _without_empty(given)


def _choice(label: str, options: dict[Any, str], key: str) -> Any:
    return st.selectbox(label, list(options), format_func=lambda option: options[option], key=key)


def _number(label: str, key: str, help_text: str | None = None) -> float | None:
    value = st.number_input(label, min_value=0.0, value=None, step=1.0, format="%g", key=key, help=help_text)
    return None if value is None else float(value)


def _boundary() -> dict[str, Any]:
    boundary = _choice(words.BOUNDARY, words.BOUNDARIES, "boundary")
    if boundary is None:
        return {}
    is_must = st.checkbox(words.BOUNDARY_IS_MUST, value=True, key="boundary_must")
    return {"boundary": boundary, "boundary_is": "must" if is_must else "wish"}


def _hardware() -> dict[str, Any]:
    machine = st.text_input(words.HARDWARE, key="machine", help=words.HARDWARE_HELP).strip()
    return {"owned": [{"accelerator": machine}]} if machine else {}


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _incumbent() -> dict[str, Any]:
    model = st.text_input(words.INCUMBENT, key="incumbent", help=words.INCUMBENT_HELP).strip()
    return {"model": model} if model else {}


def _volume(given: dict[str, Any]) -> None:
    with st.expander(words.MORE["volume"]):
        per_day = _number(words.REQUESTS, "requests")
        given["workload"] = {
            "requests_per_month": None if per_day is None else per_day * DAYS_PER_MONTH,
            "audio_minutes": _number(words.AUDIO, "audio") if given["task"] in SPOKEN else None,
        }
        given["latency"] = {
            "p95_ms": _in_ms(_number(words.LATENCY, "latency")),
            "first_token_p95_ms": _in_ms(_number(words.FIRST, "first_token")),
        }
        given["budget"] = {"monthly_usd": _number(words.BUDGET, "budget")}


SPOKEN = ("speech_to_text", "text_to_speech", "speech_to_speech", "audio_classification", "audio_enhancement")


def _in_ms(seconds: float | None) -> float | None:
    return None if seconds is None else seconds * 1000.0


def _knowledge(given: dict[str, Any]) -> None:
    with st.expander(words.MORE["knowledge"]):
        given["knowledge"] = {
            "documents": _number(words.DOCUMENTS, "documents"),
            "updates": _choice(words.UPDATES, words.UPDATE_WORDS, "updates"),
            "citations": st.checkbox(words.CITATIONS, key="citations") or None,
        }


def _privacy(given: dict[str, Any]) -> None:
    with st.expander(words.MORE["privacy"]):
        given["privacy"] |= {
            "sensitivity": _choice(words.SENSITIVITY, words.SENSITIVITIES, "sensitivity"),
            "residency": st.multiselect(words.RESIDENCY, REGIONS, key="residency"),
            "certifications": st.multiselect(words.CERTIFICATIONS, CERTIFICATIONS, key="certifications"),
            "zero_retention": st.checkbox(words.ZERO_RETENTION, key="zero_retention") or None,
            "no_training": st.checkbox(words.NO_TRAINING, key="no_training") or None,
        }
        given["licence"] = {"commercial_use": st.checkbox(words.COMMERCIAL, key="commercial") or None}


def _team(given: dict[str, Any]) -> None:
    with st.expander(words.MORE["team"]):
        given["team"] = {"skills": _choice(words.SKILLS, words.SKILL_WORDS, "skills")}
        given["quality"] = {
            "bar": _choice(words.BAR, words.BARS, "bar"),
            "error_cost": _choice(words.ERROR_COST, words.ERROR_COSTS, "error_cost"),
        }
        given["preferences"] = _choice(words.PROFILE, words.PROFILES, "profile")


def _without_empty(value: dict[str, Any]) -> dict[str, Any]:
    """What was not answered is not sent: unknown, never zero."""
    kept: dict[str, Any] = {}
    for name, inner in value.items():
        found = _without_empty(inner) if isinstance(inner, dict) else inner
        if found is not None and found != {} and found != []:
            kept[name] = found
    return kept
