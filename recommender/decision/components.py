"""The other models on the path, chosen before anything is crossed.

A component runs where the answer-giving model runs: at the same vendor, if that offer keeps the terms that were asked for
(`part_terms.py`), or else on the team's own machines. So no component can leave the boundary that the option keeps.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from recommender.decision.best_offers import best_offers, of_vendor
from recommender.decision.candidates import Candidates
from recommender.decision.estimation import DEVICE, VENDOR, Array, Rows
from recommender.decision.languages import parts_speak
from recommender.decision.lookups import are_of, looked_up
from recommender.decision.model_quality import model_quality
from recommender.decision.part_machines import (
    FIRST_SPOKEN_MINUTES,
    SPOKEN_TURN_MINUTES,
    part_seconds,
    rent_for_search,
    small_model_gb,
)
from recommender.decision.patterns import models_left_out
from recommender.decision.price_terms import regional_surcharge
from recommender.decision.request_sizes import TURNS
from recommender.decision.speakers import are_asked_for, are_told_apart_beside, seconds_per_request, separator
from recommender.domain.columns import Columns, Ints, Mask
from recommender.domain.record import record
from recommender.domain.situation import Quantity, Situation
from recommender.domain.units import MS_PER_SECOND
from recommender.domain.words import LANGUAGE_MODELS, PLACES
from recommender.rules.columns import FAIL, Verdicts

MIDDLE_SHARE, SLOW_SHARE = 0.5, 0.05  # of requests passed on, beyond which the middle and the slowest in twenty wait for both
SPEECH = ("asr", "tts")
TOLD_BESIDE = "speaker labels"
WORK_OF = {"embedding": "semantic_search", "asr": "speech_to_text", "tts": "text_to_speech"}


@record
class Part:
    """One more model on every candidate's path: which, where, at what price and delay per request, in the middle and for the
    slowest in twenty; on own machines, how long one accelerator works for a request [s] and what it holds for it [GB]; beside a vendor, what a machine for it
    costs [USD per month]."""

    role: str
    model: Ints
    offer: Ints
    usd: Array
    milliseconds: Array
    slow_milliseconds: Array
    applies: Mask
    own_seconds: Quantity = 0.0
    own_gb: Quantity = 0.0
    rent_usd: Quantity = 0.0


def parts_of(rows: Rows) -> tuple[Part, ...]:
    """Every component that any candidate needs."""
    spec = rows.situation.spec
    found = [_retrieval(rows), _escalation(rows)]
    if are_asked_for(rows.situation):
        found.append(_speakers(rows))
    if spec.hears:
        found.append(_speech(rows, "speech input", "asr"))
    if spec.speaks:
        found.append(_speech(rows, "speech output", "tts"))
    return tuple(_in_its_region(rows, part) for part in found if part.applies.any())


def _in_its_region(rows: Rows, part: Part) -> Part:
    """A component at a vendor pays for staying in a region as the answer-giving model does."""
    requirements = rows.situation.requirements
    if not requirements.privacy.residency:
        return part
    return replace(part, usd=part.usd * rows.wide(1.0 + regional_surcharge(rows.columns, requirements, part.offer)))


def _of_rows(rows: Rows, providers: Ints) -> Ints:
    """The component's offer for each candidate; -1 where its vendor has none."""
    return of_vendor(rows.columns, providers, rows.candidates.offer)


def stand_ins(columns: Columns, situation: Situation) -> dict[str, int]:
    """The open model of each kind that may be needed on own machines; -1 where there is none."""
    spoken = {*situation.spec.before, *situation.spec.after}
    kinds: tuple[str, ...] = ("embedding", *(kind for kind in SPEECH if kind in spoken))
    found = {kind: _open_model(columns, kind, situation) for kind in kinds}
    if are_asked_for(situation):
        found[TOLD_BESIDE] = separator(columns, components_left_out(columns, situation))
    return found


def stand_in(columns: Columns, kind: str, situation: Situation) -> int:
    """The one of a kind."""
    chosen = stand_ins(columns, situation) if situation.parts is None else situation.parts.stand_ins
    return chosen.get(kind, -1)


def _open_model(columns: Columns, kind: str, situation: Situation) -> int:
    """One measured to be good before all others, then one that knows the languages asked for (a multilingual one where none are),
    then the smallest."""
    models, heard = columns.models, _heard(columns, kind, situation)
    left_out, knows = _left_out(columns, heard, situation), models.is_multilingual if heard is None else heard
    usable = models.has_open_weights & (models.allows_commercial_use != 0) & (models.parameters_b > 0.02) & ~left_out
    fitting = np.flatnonzero(are_of(models.types, kind) & usable)
    fitting = fitting[models.outputs.members[fitting].any(axis=1)] if len(fitting) else fitting
    if not len(fitting):
        return -1
    is_good = _is_known_to_be_good(columns, kind)[fitting]
    order = np.lexsort((fitting, models.parameters_b[fitting], -knows[fitting], ~is_good))
    return int(fitting[order[0]])


def _is_known_to_be_good(columns: Columns, kind: str) -> Mask:
    """Models whose measured quality at what such a component does reaches the task's `good`."""
    task = WORK_OF.get(kind, "")
    if task not in columns.tasks:
        return np.zeros(len(columns.models.ids), bool)
    return np.asarray(model_quality(columns, task) >= columns.tasks[task].levels.good, bool)


def _heard(columns: Columns, kind: str, situation: Situation) -> Verdicts | None:
    """What is known of the languages of speech models, where some are asked for; of embeddings the multilingual ones come first."""
    return parts_speak(columns, kind, situation) if kind in SPEECH else None


def _left_out(columns: Columns, heard: Verdicts | None, situation: Situation) -> Mask:
    """Models that may be no component of a kind: those that may be none at all, and those that lack a language asked for."""
    left_out = components_left_out(columns, situation)
    return left_out if heard is None else left_out | (heard == FAIL)


def components_left_out(columns: Columns, situation: Situation) -> Mask:
    """Models that may be no component: named in `exclude`, or not known to allow the commercial use that is asked for."""
    requirements = situation.requirements
    left_out = models_left_out(columns, requirements.exclude)
    if requirements.licence.commercial_use:
        left_out = left_out | (columns.models.allows_commercial_use != 1)
    return left_out


def has_component(columns: Columns, candidates: Candidates, kind: str, situation: Situation) -> Mask:
    """Whether a model of a type can stand beside each candidate: at its vendor, or an open one on own machines."""
    if stand_in(columns, kind, situation) >= 0:
        return np.ones(len(candidates), bool)
    return _is_at_vendor(columns, candidates, kind, situation)


def parts_keep_terms(columns: Columns, candidates: Candidates, situation: Situation, searches: Mask) -> Mask:
    """Whether every further model on a candidate's path has a place on the terms that were asked for.

    Args:
        searches: whether each candidate looks things up, so that its questions are embedded.
    """
    kept = np.ones(len(candidates), bool)
    if situation.parts is None or situation.parts.may_be_rented:
        return kept
    types = columns.models.types[candidates.model]
    spec, is_llm = situation.spec, are_of(types, *LANGUAGE_MODELS)
    needed = {
        "embedding": searches,
        "asr": (is_llm | spec.is_transcribed) & spec.hears,
        "tts": (is_llm | are_of(types, "asr")) & spec.speaks,
    }
    for kind, needs in needed.items():
        if needs.any():
            kept &= ~needs | (candidates.place != VENDOR) | _is_at_vendor(columns, candidates, kind, situation)
    return kept


def _is_at_vendor(columns: Columns, candidates: Candidates, kind: str, situation: Situation) -> Mask:
    return np.asarray(of_vendor(columns, _best(columns, kind, situation), candidates.offer) >= 0, bool)


def _best(columns: Columns, kind: str, situation: Situation) -> Ints:
    """Each vendor's cheapest offer of a type that keeps the terms."""
    offers = columns.offers
    price = {"embedding": offers.input_price, "asr": offers.audio_input_price, "tts": offers.character_price}[kind]
    barred = None if situation.parts is None else situation.parts.barred
    return best_offers(columns, (kind,), price, _left_out(columns, _heard(columns, kind, situation), situation), barred)


def _component_model(rows: Rows, offer: Ints, kind: str) -> Ints:
    own = stand_in(rows.columns, kind, rows.situation)
    return looked_up(rows.columns.offers.model, offer, own)


def _retrieval(rows: Rows) -> Part:
    """The embedding of each question. On own machines it costs next to nothing beside the language model; beside a vendor that
    sells none, it takes a small machine."""
    situation = rows.situation
    offers = rows.columns.offers
    offer = _of_rows(rows, _best(rows.columns, "embedding", situation))
    model, looks_up = _component_model(rows, offer, "embedding"), np.asarray(rows.demand.retrievals, float)
    price = rows.wide(looked_up(offers.input_price, offer, 0.0))
    usd = price * situation.input_tokens / 1e6 * looks_up
    hosted = rows.wide((offer >= 0).astype(float)) * situation["hosted_ms_embedding"]
    milliseconds = (hosted + situation["encoder_fixed_ms"]) * looks_up
    is_beside = (rows.wide(offer < 0) > 0) & rows.at(VENDOR) & (looks_up > 0)
    rent = np.where(is_beside, rent_for_search(rows, model, looks_up), 0.0) if is_beside.any() else 0.0
    slow = milliseconds * situation["parts_tail_factor"]
    return Part("embedding", model, offer, usd, milliseconds, slow, _positive(looks_up), rent_usd=rent)


def _escalation(rows: Rows) -> Part:
    """The large model of a cascade; none on own machines, where its cost is unknown. Requests in the middle never see it, and
    where more than one in twenty is passed on, the slowest in twenty have all waited for both models."""
    situation, offers = rows.situation, rows.columns.offers
    offer = rows.candidates.escalates_to
    asked = rows.wide(looked_up(offers.input_price, offer, np.nan))
    answered = rows.wide(looked_up(offers.output_price, offer, np.nan))
    share = rows.demand.escalations
    whole = situation.input_tokens + rows.demand.prefix_tokens
    usd = share * (whole * asked + situation.output_tokens * answered) / 1e6
    speed = rows.wide(looked_up(offers.tokens_per_second, offer, np.nan))
    speed = np.where(np.isnan(speed), situation["hosted_tokens_per_second"], speed)
    once = situation["hosted_first_token_ms"] + situation.output_tokens / speed * 1000.0
    model = looked_up(offers.model, offer, -1)
    middle, slow = (np.where(share > rare, once, 0.0) for rare in (MIDDLE_SHARE, SLOW_SHARE))
    return Part("large model", model, offer, np.where(share > 0, usd, 0.0), middle, slow, _positive(share))


def _speech(rows: Rows, role: str, kind: str) -> Part:
    """Speech in front of and behind a language model: the vendor's by the minute, else an open model on own machines."""
    situation, offers = rows.situation, rows.columns.offers
    minutes, speaks = situation.audio_minutes, kind == "tts"
    per_minute = offers.character_price * 900.0 / 1e6 if speaks else offers.audio_input_price
    offer = _of_rows(rows, _best(rows.columns, kind, situation))
    reads = rows.is_llm | situation.spec.is_transcribed
    is_core = rows.is_llm | rows.is_type("asr") if speaks else reads
    is_core = is_core if not rows.has_draws else is_core[:, 0]
    model = _component_model(rows, offer, kind)
    is_turn = situation.spec.core_task is not None or situation.task in TURNS
    first = FIRST_SPOKEN_MINUTES if speaks else SPOKEN_TURN_MINUTES if is_turn else np.inf
    alone, busy = part_seconds(rows, model, minutes, first, speaks=speaks)
    is_own, needed = rows.wide(offer < 0) > 0, rows.wide(is_core) > 0
    of_a_turn = situation["hosted_ms_hearing"] + situation["end_of_turn_ms"]
    heard = of_a_turn if is_turn else minutes * situation["hosted_ms_per_audio_minute"]
    at_vendor = situation["hosted_ms_speech"] if speaks else heard
    on_own = alone * MS_PER_SECOND + situation["encoder_fixed_ms"]
    waits = np.where(needed, np.where(is_own, on_own, at_vendor), 0.0) + 0.0 * minutes
    return Part(
        role,
        model,
        offer,
        np.where(needed & ~is_own, rows.wide(looked_up(per_minute, offer, 0.0)) * minutes, 0.0),
        waits,
        waits * situation["parts_tail_factor"],
        np.asarray(is_core),
        np.where(needed & is_own, busy, 0.0),
        _held_gb(rows, model, needed & is_own),
    )


def _held_gb(rows: Rows, model: Ints, is_own: Mask) -> Array:
    """What a recogniser before texts holds on own machines. In conversations by voice it is left out: small voices and recognisers would do
    there, and which ones are chosen hangs on no memory. [GB]"""
    if not rows.situation.spec.is_transcribed:
        return np.zeros(1)
    parameters = looked_up(rows.columns.models.parameters_b, model, np.nan)
    return np.where(is_own, rows.wide(small_model_gb(parameters)), 0.0)


def _speakers(rows: Rows) -> Part:
    """Who speaks, told by a further model on the recogniser's own machines."""
    told_by = stand_in(rows.columns, TOLD_BESIDE, rows.situation)
    beside = are_told_apart_beside(rows.columns, rows.candidates, told_by)
    busy, nowhere = seconds_per_request(rows, beside), np.full(len(rows.candidates), -1)
    model = np.where(beside, told_by, -1)
    waits = busy * MS_PER_SECOND
    slow = waits * rows.situation["parts_tail_factor"]
    return Part(TOLD_BESIDE, model, nowhere, 0.0 * waits, waits, slow, beside, busy)


def _positive(values: Quantity) -> Mask:
    found = np.asarray(np.asarray(values) > 0)
    return np.asarray(found if found.ndim == 1 else found.any(axis=1), bool)


def place_of(rows: Rows, part: Part, row: int) -> str:
    """Where a candidate's component runs."""
    if part.offer[row] >= 0:
        return PLACES[VENDOR]
    place = int(rows.candidates.place[row])
    return PLACES[place] if place != VENDOR else PLACES[DEVICE - 2]
