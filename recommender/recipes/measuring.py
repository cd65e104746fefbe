"""How the evaluation plan is carried out: how many examples, and a command of `recommender trial` that runs as it stands."""

from __future__ import annotations

import math
import re
from typing import Any

from recommender.catalog.library import Library
from recommender.decision.decide import Decision
from recommender.domain.recommendation import Option, Recommendation
from recommender.domain.words import LEARNABLE, PROMPTED
from recommender.recipes.engines import LANGUAGE

UNTOLD = 200  # examples, where nobody computed how many tell two options apart
ON_DOCUMENTS = ("rag", "long_context")
STEPS_EXAMPLES = re.compile(r"\b(\d+) (?:real|of your own|examples)\b")
BY_HAND = (
    "recommender trial NEEDS.yaml SCORES.csv --import csv --out evidence.json",
    "Build it first: a trial asks models by prompts alone, at an address that speaks OpenAI's API. Let it answer the examples, and write "
    "SCORES.csv with a row for each: strategy, model, example, score from 0 to 1, date.",
)


def examples_needed(option: Option, answer: Recommendation) -> int:
    """Examples that tell the option from its rival; never fewer than a step of the README asks for."""
    stepped = (int(count) for step in option.next_steps for count in STEPS_EXAMPLES.findall(step))
    return max((answer.pilot.examples if answer.pilot else UNTOLD), *stepped, 0)


def trial_values(decision: Decision, option: Option, library: Library, called: dict[str, Any], examples: int) -> dict[str, Any]:
    """The command that measures an option, and what to know before it runs.

    Args:
        decision: what was decided.
        option: what is to be measured.
        library: the catalog's records.
        called: how the option is called: its name there, its address, its key.
        examples: that are asked.
    """
    if option.strategy.id == "classical_ml" and decision.situation.task in LEARNABLE and option.model.type != "embedding":
        command, note = (
            "recommender trial NEEDS.yaml EXAMPLES.csv --out evidence.json",
            "It runs on this machine and sends nothing.",
        )
    elif _is_asked(option, decision.situation.task) and (address := _openai_address(option, library, called)):
        command, note = _asking(option, called, address, examples, _usd_per_request(decision, option))
    else:
        command, note = BY_HAND
    return {"trial_command": command, "trial_note": note}


def _is_asked(option: Option, task: str | None) -> bool:
    """Whether a trial can send what the strategy sends."""
    if option.strategy.id == "pretrained_as_is":
        return option.model.type == "asr" and task == "speech_to_text"
    return option.strategy.id in PROMPTED and option.model.type in LANGUAGE


def _openai_address(option: Option, library: Library, called: dict[str, Any]) -> str | None:
    """Where the option answers by OpenAI's API; a word to replace where every account has its own address."""
    if option.deployment.hosting != "api" or called["shape"] == "openai_compatible":
        return str(called["address"] or called["address_variable"])
    found = library.providers[option.deployment.provider or ""].address
    return found.openai_url if found else None


def _asking(option: Option, called: dict[str, Any], address: str, examples: int, usd: float | None) -> tuple[str, str]:
    free = " --minute-price 0" if option.model.type == "asr" else " --price 0,0"
    price = "" if option.deployment.hosting == "api" else free
    documents = " --documents DOCUMENTS" if option.strategy.id in ON_DOCUMENTS else ""
    cap = max(math.ceil(2.0 * examples * (usd or 0.0)), 1)
    command = (
        f"recommender trial NEEDS.yaml EXAMPLES.csv --candidate {option.strategy.id}/{option.model.id}={called['api_id']} "
        f"--endpoint {address} --key-variable {called['key_variable']} --cap {cap}{price}{documents} --out evidence.json"
    )
    held = f"At most {cap} USD are spent"
    folder = " DOCUMENTS is the folder of your texts (.txt, .md)." if documents else ""
    where = "" if "://" in address else f" Write your account's address in the place of {address}."
    return command, f"{held}: raise --cap if it stops before the end.{folder}{where}"


def _usd_per_request(decision: Decision, option: Option) -> float | None:
    """The upper end of what a request costs. [USD]"""
    month = option.estimates["monthly_cost_usd"].high
    requests = float(decision.situation.requests_per_month)
    return month / requests if month is not None and requests > 0 else None
