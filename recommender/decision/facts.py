"""Where rules read: candidate facts as columns over models, deployments and strategies; case facts as plain values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from functools import cached_property
from typing import Any

import numpy as np

from recommender.decision.bars import benchmark_bar
from recommender.decision.beside_text import has_pictures_beside_text
from recommender.decision.candidates import Candidates
from recommender.decision.components import TOLD_BESIDE, has_component, parts_keep_terms, stand_in
from recommender.decision.deployments import Deployments
from recommender.decision.languages import are_rare, known_languages
from recommender.decision.lengths import Lengths, served_windows
from recommender.decision.lookups import are_of
from recommender.decision.machines import DEVICE, OWN_CLOUD, VENDOR
from recommender.decision.many_classes import most_classes
from recommender.decision.named_candidates import named_in
from recommender.decision.request_sizes import changes_length
from recommender.decision.situations import TRAINING_SKILLS
from recommender.decision.speakers import SPEAKERS, are_asked_for, are_told_apart_beside
from recommender.decision.taken_in import taken_in
from recommender.decision.trialled import measured_beside_quality
from recommender.domain.columns import Columns, Floats, Ints, Mask, SetColumn, Truth
from recommender.domain.record import record
from recommender.domain.requirements import BenchmarkBar
from recommender.domain.situation import Situation
from recommender.domain.units import MS_PER_SECOND, SECONDS_PER_HOUR, SECONDS_PER_MINUTE
from recommender.domain.words import FAMILIES, HOSTINGS, MODALITIES, MODEL_TYPES, PLACES, STRATEGIES
from recommender.rules.columns import Column, Numbers, Sets, Truths, Words

HOSTING_OF_PLACE = {"vendor": "api", "own_cloud": "self_host", "own_site": "self_host", "device": "edge"}
HALF_A_YEAR = 182  # days
HUGE_TOKENS = 1e10
REASONS_TOKENS = 60.0  # in an answer that is a label, from which on reasons must be meant, assumed
LARGE_TOKENS = 1e9
MS_PER_HOUR = MS_PER_SECOND * SECONDS_PER_HOUR
SCRATCH_DAY_RATES = 800.0  # of people: about half a million USD


@record
class CandidateFacts:
    """Facts of one set of candidates. Estimates are added once they are known."""

    columns: Columns
    deployments: Deployments
    candidates: Candidates
    situation: Situation
    raw_tokens: float
    device_memory_gb: float
    quality_bar: float | None
    searches: Mask
    lengths: Lengths
    fits_in_memory: Truth
    estimates: dict[str, Floats] = field(default_factory=dict)

    def column(self, name: str) -> tuple[Column, Ints | None]:
        """The column of a candidate fact, and each candidate's place in it."""
        if name.startswith("estimate."):
            return Numbers(self.estimates[name.removeprefix("estimate.")]), None
        make, place = self._table[name]
        return make(), place

    def value(self, name: str) -> Any:
        """The value of a requirement or case fact; None where nothing is stated."""
        if name.startswith("requirements."):
            return self._requirement(name)
        return self._case[name.removeprefix("case.")]

    def _requirement(self, name: str) -> Any:
        value: Any = self.situation.requirements
        for part in name.split(".")[1:]:
            value = getattr(value, part, None)
            if value is None or value == ():
                return self._default(name)
        if name.endswith("languages"):
            return tuple(tag.split("-")[0] for tag in value)
        return value

    def _default(self, name: str) -> Any:
        """What stands in for a field of which nothing is said: an empty list says nothing. Modalities follow from the task where they are not stated."""
        if name == "requirements.modalities.input":
            return self.situation.spec.input[:1]
        if name == "requirements.modalities.output":
            return self.situation.spec.output
        return None

    @cached_property
    def _case(self) -> dict[str, Any]:
        needs = self.situation.requirements
        budget = needs.budget
        rate = float(np.mean(self.situation.day_rate_usd))
        total = 12 * (budget.monthly_usd or 0.0) + (budget.one_time_usd or 0.0)
        is_research = needs.team.skills == "research"
        boundary = needs.privacy.boundary
        return {
            "task": self.situation.task,
            "rests_on_a_corpus": self.situation.rests_on_a_corpus,
            "corpus_is_known_to_hold_answers": needs.knowledge.answers_in_corpus,
            "corpus_tokens": needs.knowledge.tokens,
            "labels_can_be_had": needs.data.labels_obtainable,
            "names_features": bool(needs.data.features),
            "searches_films": self.situation.task == "semantic_search" and "video" in needs.goes_in,
            "has_pictures_beside_text": has_pictures_beside_text(self.situation),
            "asks_for_reasons": (needs.workload.output_tokens or 0.0) >= REASONS_TOKENS,
            "changes_length": changes_length(needs.workload),
            "can_train_from_scratch": self.raw_tokens >= HUGE_TOKENS and is_research and total >= SCRATCH_DAY_RATES * rate,
            "can_continue_pretraining": self.raw_tokens >= LARGE_TOKENS and needs.team.skills in ("ml", "research"),
            "quality_bar": self.quality_bar,
            "benchmark_bar": benchmark_bar(self.situation.requirements),
            "budget_for_all_usd": budget.monthly_usd if budget.one_time_usd is None else None,
            "device_memory_gb": self.device_memory_gb,
            "deadline_ms": None if self.situation.deadline_hours is None else self.situation.deadline_hours * MS_PER_HOUR,
            "speech_ms": float(np.mean(self.situation.audio_minutes)) * SECONDS_PER_MINUTE * MS_PER_SECOND or None,
            "boundary": boundary if needs.privacy.boundary_is == "must" else None,
            "has_teacher": self.situation.parts is None or not np.isnan(self.situation.parts.teacher.points),
            "skills": needs.team.skills,
            "largest_tuned_b": None
            if needs.team.skills in TRAINING_SKILLS
            else float(np.mean(self.situation["largest_tuned_b"])),
            "error_cost": needs.quality.error_cost,
            "languages_are_rare": are_rare(self.columns, needs),
            "names_only": bool(needs.only),
        }

    @cached_property
    def _table(self) -> dict[str, tuple[Callable[[], Column], Ints | None]]:
        """The one table of candidate facts: how each column is made, and over what."""
        rows = self.candidates
        strategy, model, deployment = rows.strategy, rows.model, rows.deployment
        specs, models = self.columns.strategies, self.columns.models
        return {
            "strategy.id": (lambda: _words([spec.id for spec in specs], STRATEGIES), strategy),
            "strategy.family": (lambda: _words([spec.family for spec in specs], FAMILIES), strategy),
            "strategy.changes_weights": (lambda: _truths([spec.changes_weights for spec in specs]), strategy),
            "strategy.learns_from_labels": (lambda: _truths([spec.learns_from_labels for spec in specs]), strategy),
            "strategy.brings_knowledge": (lambda: _truths([spec.brings_knowledge for spec in specs]), strategy),
            "strategy.least_labels": (lambda: Numbers(np.array([spec.least_labels for spec in specs], float)), strategy),
            "strategy.has_enough_labels": (lambda: _truths([self._has_labels(spec.least_labels) for spec in specs]), strategy),
            "model.type": (lambda: Words(models.types, MODEL_TYPES), model),
            "model.maker": (lambda: _words(models.makers, tuple(sorted(set(models.makers)))), model),
            "model.input": (self._inputs, None if self.situation.spec.before else model),
            "model.output": (self._outputs, None if self.situation.spec.after else model),
            "model.capabilities": (self._capabilities, None if are_asked_for(self.situation) else model),
            "model.languages": (lambda: known_languages(self.columns, self.situation.task), model),
            "model.target_languages": (lambda: known_languages(self.columns), model),
            "model.parameters_b": (lambda: Numbers(models.parameters_b), model),
            "model.max_training_rows": (lambda: Numbers(models.max_training_rows), model),
            "model.max_input_tokens": (lambda: Numbers(models.max_input_tokens), model),
            "model.max_output_tokens": (lambda: Numbers(models.max_output_tokens), model),
            "model.max_features": (lambda: Numbers(models.max_features), model),
            "model.has_open_weights": (lambda: Truths(models.has_open_weights.astype(np.int8)), model),
            "model.allows_commercial_use": (lambda: Truths(models.allows_commercial_use), model),
            "model.is_retired": (lambda: Truths((models.retired <= self._too_soon).astype(np.int8)), model),
            "model.is_deprecated": (lambda: Truths(models.is_deprecated), model),
            "model.is_preview": (lambda: Truths(models.is_preview), model),
            "model.benchmark_score": (lambda: Numbers(self._benchmark_scores()), model),
            "deployment.place": (lambda: Words(self.deployments.place, PLACES), deployment),
            "deployment.hosting": (self._hosting, deployment),
            "deployment.regions": (self._regions, deployment),
            "deployment.certifications": (self._certifications, deployment),
            "deployment.is_tenant_isolated": (lambda: self._promise("is_tenant_isolated", 1), deployment),
            "deployment.trains_on_customer_data": (lambda: self._promise("trains_on_customer_data", 0), deployment),
            "deployment.offers_zero_retention": (lambda: self._promise("offers_zero_retention", 1), deployment),
            "deployment.keeps_nothing_by_default": (lambda: self._promise("keeps_nothing_by_default", 1), deployment),
            "deployment.can_serve_own_weights": (lambda: self._promise("can_tune", 1), deployment),
            "deployment.is_offered": (self._offered, deployment),
            "deployment.context_tokens": (lambda: Numbers(served_windows(self.columns, self.deployments)), deployment),
            "deployment.fits_in_memory": (lambda: Truths(self.fits_in_memory), None),
            "candidate.named_in_only": (lambda: self._named(self.situation.requirements.only), None),
            "candidate.named_in_exclude": (lambda: self._named(self.situation.requirements.exclude), None),
            "candidate.is_taught_to_speak": (self._taught_to_speak, None),
            "candidate.parts_keep_terms": (lambda: self._parts_keep_terms(), None),
            "candidate.most_classes": (lambda: Numbers(most_classes(self.columns, rows, self.situation.task)), None),
            "candidate.needed_context_tokens": (lambda: Numbers(self.lengths.context), None),
            "candidate.needed_input_tokens": (lambda: Numbers(self.lengths.input), None),
            "candidate.answer_tokens": (lambda: Numbers(self.lengths.answer), None),
            "candidate.measured_p95_ms": (lambda: self._measured("latency_p95_ms"), None),
            "candidate.measured_monthly_usd": (self._measured_bill, None),
        }

    def _has_labels(self, least: float) -> bool | None:
        """Enough at hand; or they can be made; or nobody knows."""
        situation = self.situation
        obtainable = situation.requirements.data.labels_obtainable
        if not situation.spec.needs_labels_to_learn:
            return True
        has = bool(np.all(np.asarray(situation.labels_at_hand) >= max(least, 0.0)))
        if least == 0 and np.all(np.asarray(situation.labels_at_hand) == 0):
            has = obtainable is not False
        return True if has else obtainable

    def _inputs(self) -> Column:
        return self._with_converters(taken_in(self.columns), self.situation.spec.before, "audio")

    def _outputs(self) -> Column:
        return self._with_converters(self.columns.models.outputs, self.situation.spec.after, "audio")

    def _with_converters(self, column: SetColumn, converters: tuple[str, ...], adds: str) -> Column:
        """A converter before or after the model, where there is one, adds its modality to a language model's own."""
        if not converters:
            return _sets(column)
        members = column.members[self.candidates.model]
        reads = are_of(self.columns.models.types, "decoder_llm", "vlm") | self.situation.spec.is_transcribed
        core = reads[self.candidates.model]
        there = np.all([has_component(self.columns, self.candidates, kind, self.situation) for kind in converters], axis=0)
        members[core & there, MODALITIES.index(adds)] = 1
        return Sets(members, column.vocabulary)

    def _capabilities(self) -> Column:
        """What models can do, where it is asked who speaks with a further model beside those that cannot tell."""
        column = self.columns.models.capabilities
        if not are_asked_for(self.situation):
            return _sets(column)
        members = column.members[self.candidates.model]
        told_by = stand_in(self.columns, TOLD_BESIDE, self.situation)
        members[are_told_apart_beside(self.columns, self.candidates, told_by), SPEAKERS] = 1
        return Sets(members, column.vocabulary)

    def _benchmark_scores(self) -> Floats:
        """Each model's score on the benchmark that the bar names; unknown where nobody published one."""
        bar = self.situation.requirements.quality.bar
        scores = self.columns.benchmarks.get(bar.benchmark, {}) if isinstance(bar, BenchmarkBar) else {}
        return np.array([scores.get(name, np.nan) for name in self.columns.models.ids], float)

    def _hosting(self) -> Column:
        codes = np.array([HOSTINGS.index(HOSTING_OF_PLACE[place]) for place in PLACES])
        return Words(codes[self.deployments.place], HOSTINGS)

    def _regions(self) -> Column:
        """Where an offer processes requests and keeps them; a rental's regions; one's own site and device are wherever the team is,
        listed or not."""
        offers, rentals = _sets(self.columns.offers.regions), _sets(self.columns.rentals.regions)
        stored = _sets(self.columns.offers.stored)
        asked = self.situation.requirements.privacy.residency or ()
        regions = tuple(dict.fromkeys((*offers.vocabulary, *asked)))
        places = self.deployments.place
        members = np.ones((len(places), len(regions)), np.int8)
        is_offer, is_rental = places == VENDOR, places == OWN_CLOUD
        for column, region in enumerate(regions):
            both = np.stack([offers.of(region), stored.of(region)])[:, self.deployments.offer[is_offer]]
            members[is_offer, column] = np.where((both == 0).any(axis=0), 0, both.min(axis=0))
            members[is_rental, column] = rentals.of(region)[self.deployments.rental[is_rental]]
        return Sets(members, regions)

    def _certifications(self) -> Column:
        """One's own premises answer for themselves; a vendor's are documented or unknown; whoever rents out machines was
        not read, so a rented machine is unknown too."""
        column = self.columns.offers.certifications
        members = np.ones((len(self.deployments), len(column.vocabulary)), np.int8)
        is_offer = self.deployments.place == VENDOR
        members[is_offer] = column.members[self.deployments.offer[is_offer]]
        members[self.deployments.place == OWN_CLOUD] = -1
        return Sets(members, column.vocabulary)

    def _promise(self, name: str, own: int) -> Column:
        """What an offer promises; on own machines it is in one's own hand."""
        values = np.full(len(self.deployments), own, np.int8)
        is_offer = self.deployments.place == VENDOR
        values[is_offer] = getattr(self.columns.offers, name)[self.deployments.offer[is_offer]]
        return Truths(values)

    def _taught_to_speak(self) -> Column:
        """Voices that are tuned on recordings of one's own, which teach them another language too."""
        is_voice = are_of(self.columns.models.types, "tts")[self.candidates.model]
        tuned = np.array([spec.changes_weights for spec in self.columns.strategies])[self.candidates.strategy]
        return Truths((is_voice & tuned).astype(np.int8))

    @property
    def _too_soon(self) -> int:
        """The last day too soon to be retired on: nobody builds on what ends in half a year; work done once is done by then."""
        return self.columns.as_of.toordinal() + (0 if self.situation.mode == "one_off" else HALF_A_YEAR)

    def _offered(self) -> Column:
        values = np.ones(len(self.deployments), np.int8)
        is_offer = self.deployments.place == VENDOR
        values[is_offer] = ~(self.columns.offers.ends <= self._too_soon)[self.deployments.offer[is_offer]]
        return Truths(values)

    def _parts_keep_terms(self) -> Column:
        """What no offer documents and no rented machine promises is not known."""
        kept = parts_keep_terms(self.columns, self.candidates, self.situation, self.searches)
        return Truths(np.where(kept, 1, -1).astype(np.int8))

    def _measured(self, name: str) -> Numbers:
        return Numbers(measured_beside_quality(self.columns, self.candidates, self.situation.task, name))

    def _measured_bill(self) -> Column:
        thousands = float(np.mean(self.situation.requests_per_month)) / 1000.0
        return Numbers(self._measured("usd_per_1k_requests").values * thousands)

    def _named(self, patterns: tuple[str, ...] | None) -> Column:
        return Truths(named_in(patterns, self.columns, self.candidates, self.deployments).astype(np.int8))

    @property
    def on_device(self) -> Truth:
        """Candidates that run on the users' devices."""
        return np.asarray(self.candidates.place == DEVICE, np.int8)


def _words(values: Any, vocabulary: tuple[str, ...]) -> Words:
    return Words(np.array([vocabulary.index(value) for value in values], np.int64), vocabulary)


def _truths(values: Any) -> Truths:
    return Truths(np.array([-1 if value is None else int(value) for value in values], np.int8))


def _sets(column: SetColumn) -> Sets:
    return Sets(column.members, column.vocabulary)
