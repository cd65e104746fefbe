"""Why an option, what to mind, what is not known, what to do next: plain sentences that quote the numbers."""

from __future__ import annotations

import math

import numpy as np

from recommender.decision.decide import Decision
from recommender.decision.live_speech import is_live
from recommender.decision.machines import DEVICE, OWN_SITE, VENDOR
from recommender.decision.robustness import Draws
from recommender.domain.method import StrategySpec
from recommender.domain.recommendation import DeploymentRef
from recommender.domain.words import GRADES, MODEL_TYPES, PICTURE_SEARCH
from recommender.explanation.at_hand import on_what_is_there
from recommender.explanation.contradictions import contradictions
from recommender.explanation.examples import of_classes, of_examples
from recommender.explanation.last_resorts import what_stands_behind
from recommender.explanation.licences import of_licences
from recommender.explanation.limits_passed import of_limits
from recommender.explanation.long_waits import of_a_long_wait
from recommender.explanation.near_tie import of_a_near_tie
from recommender.explanation.numbers import counted, duration, money, plain, points, rates, span
from recommender.explanation.options import Words, components_of, deployment_of
from recommender.explanation.plain_words import BELOW_DRAFT, LAST_RESORT
from recommender.explanation.quality_words import why_quality
from recommender.explanation.spoken import of_a_live_price, of_english_alone, of_speech
from recommender.explanation.stability import how_stable
from recommender.explanation.taught_by import taught_by
from recommender.explanation.terms import of_free_amounts, of_machines
from recommender.explanation.today import beside_today, bill_for_another_volume, of_todays_problem, unknown_today
from recommender.explanation.waits import DAY, waits_a_day
from recommender.explanation.wide_bills import of_a_wide_bill
from recommender.rules.columns import UNKNOWN
from recommender.rules.screening import Finding

TYPE_WORDS = {
    "decoder_llm": "a language model", "code_llm": "a language model for code", "vlm": "a language model that sees",
    "encoder": "a small text encoder", "encoder_decoder": "a small text-to-text model", "translation": "a translation model",
    "embedding": "an embedding model", "reranker": "a re-ranker", "moderation": "a moderation model",
    "asr": "a speech-recognition model", "tts": "a speaking model", "speech_to_speech": "a voice model",
    "audio": "an audio model", "image_generation": "a picture generator", "video_generation": "a film generator",
    "vision": "a vision model", "linear": "classical machine learning", "gbdt": "classical machine learning with decision trees", "tabular": "a model for tables",
    "time_series": "a forecasting model", "signal_processing": "signal processing", "rules": "rules by hand",
}  # fmt: skip
WITHOUT_WEIGHTS = frozenset(("linear", "gbdt", "signal_processing", "rules"))  # programs: what they learn is one's own
ANSWERS_COME, STANDS_WRITTEN = "95 of 100 answers come", "In 95 of 100 cases what is said stands written"
TO_STAY = (
    "Keep what runs, and measure its answers on 100 examples of your own.",
    "Ask again when its price, its model or your volume changes.",
)
TO_FIND_PICTURES = (
    "Collect 100 real queries with the pictures that should be found.",
    "Measure how often the right one comes first, and how often it is among the first ten.",
    "Look at what is found in its place: that is what users will see.",
)


def words_of(decision: Decision, draws: Draws, row: int) -> Words:
    """Everything said about one option."""
    strategy = decision.columns.strategies[decision.candidates.strategy[row]]
    return Words(
        reasons=_reasons(decision, draws, row),
        cautions=_cautions(decision, draws, row),
        unknowns=(*_unknowns(decision, row), *unknown_today(decision)),
        next_steps=TO_STAY if decision.candidates.is_incumbent[row] else _steps(decision, strategy),
    )


def _steps(decision: Decision, strategy: StrategySpec) -> tuple[str, ...]:
    """A strategy's own steps; those of a search speak of keywords, which pictures have none of."""
    return TO_FIND_PICTURES if decision.situation.scale == PICTURE_SEARCH else strategy.steps


def _reasons(decision: Decision, draws: Draws, row: int) -> tuple[str, ...]:
    return (
        _why_strategy(decision, row),
        _why_type(decision, row),
        why_quality(decision, row),
        _why_hosting(decision, row),
        _why_cost(decision, draws, row),
        *of_free_amounts(decision, row),
        _why_time(decision, row),
        *how_stable(decision, draws, row),
        *of_classes(decision.situation, decision.columns.strategies[decision.candidates.strategy[row]]),
        *_beside_it(decision, row),
        *taught_by(decision, row),
        *on_what_is_there(decision, row),
        *what_stands_behind(decision, row),
        *beside_today(decision, row),
    )


def _why_strategy(decision: Decision, row: int) -> str:
    strategy = decision.columns.strategies[decision.candidates.strategy[row]]
    situation = decision.situation
    others = decision.candidates.strategy[decision.competing] != decision.candidates.strategy[row]
    rival = int(decision.competing[others][0]) if others.any() else None
    beaten = ""
    if rival is not None:
        other = decision.columns.strategies[decision.candidates.strategy[rival]]
        beaten = (
            f" The best of another kind, {other.name.lower()}, scores {points(float(decision.total[rival]))}"
            f" against {points(float(decision.total[row]))}."
        )
    labels = ""
    has_labels = float(np.asarray(situation.labels)) > 0
    learns = strategy.learns_from_labels and strategy.least_labels > 0  # a student learns from what its teacher labels
    if has_labels and learns and situation.spec.needs_labels_to_learn:
        labels = of_examples(situation)
    return f"{strategy.name}: {_lower_first(strategy.shines)}{labels}{beaten}"


def _lower_first(text: str) -> str:
    return text[0].lower() + text[1:]


MARKS_EDITS = "correct a text word by word"  # all that an encoder can do with one


def _why_type(decision: Decision, row: int) -> str:
    models = decision.columns.models
    model = decision.candidates.model[row]
    kind = TYPE_WORDS[MODEL_TYPES[models.types[model]]]
    size = models.parameters_b[model]
    sized = "" if math.isnan(size) else f" with {plain(float(size))} billion parameters"
    is_open = bool(models.has_open_weights[model])
    kind_of_program = "free software" if MODEL_TYPES[models.types[model]] in WITHOUT_WEIGHTS else "open weights"
    weights = kind_of_program if is_open else "a hosted service"
    marks_edits = decision.columns.strategies[decision.candidates.strategy[row]].id == "finetune_encoder"
    what = MARKS_EDITS if marks_edits and decision.situation.task == "rewriting" else decision.situation.spec.what
    is_enough = float(decision.quality.mid[row]) >= decision.situation.spec.levels.good
    return f"{models.names[model]}: {kind}{sized} ({weights}), {'which is enough ' if is_enough else ''}to {what}."


def _why_hosting(decision: Decision, row: int) -> str:
    place = decision.candidates.place[row]
    where = deployment_of(decision, row)
    if place == VENDOR:
        name = decision.columns.offers.provider_names[decision.columns.offers.provider[decision.candidates.offer[row]]]
        beside = {one.role for one in components_of(decision, row) if one.deployment.accelerator}
        if beside - {"embedding"}:
            return f"It runs at {name}, paid by use; what hears and speaks beside it runs on machines that you rent and look after."
        if beside:
            return f"It runs at {name}, paid by use; the model that searches runs beside it on a small machine that you rent."
        return f"It runs at {name}: nothing to operate, paid by use."
    machine = _machines(where)
    if place == DEVICE:
        return f"It runs on the device itself ({where.accelerator} or better, {where.precision}): nothing leaves it."
    if place == OWN_SITE:
        return f"It runs on your own premises on {machine} ({where.precision}), {_sized(decision)}: no data leave them."
    is_spot = decision.deployments.is_spot[decision.candidates.deployment[row]]
    price = "a price that moves with the spot market" if is_spot else "a fixed price"
    return f"It runs on machines you rent, {machine} ({where.precision}), {_sized(decision)}: your own tenancy, {price}."


def _machines(where: DeploymentRef) -> str:
    """How many of what: machines, and accelerators in each where there are several."""
    each = where.accelerator if (where.count or 1) == 1 else f"({where.count} x {where.accelerator})"
    return f"{where.replicas or 1} x {each}"


def _beside_it(decision: Decision, row: int) -> tuple[str, ...]:
    """The other models on the path."""
    others = " and ".join(f"{one.model.name} ({one.role})" for one in components_of(decision, row))
    more = float(decision.estimates.running.beside[row])
    if others and more > 0:
        return (f"Beside it works {others}, on {plain(more)} more {deployment_of(decision, row).accelerator}.",)
    return (f"Beside it works {others}.",) if others else ()


def _sized(decision: Decision) -> str:
    """The load that machines are sized for."""
    situation = decision.situation
    mean = float(np.asarray(situation.mean_requests_per_second))
    peak = float(np.asarray(situation.peak_requests_per_second))
    return f"sized for {rates(mean, peak)}"


def _why_cost(decision: Decision, draws: Draws, row: int) -> str:
    estimates = decision.estimates
    monthly, first = float(estimates.monthly_cost_usd[row]), float(estimates.first_year_cost_usd[row])
    if math.isnan(monthly):
        return "What it costs is not known."
    low, high = draws.interval("monthly_cost_usd", row) or (monthly, monthly)
    low, high = min(low, monthly), max(high, monthly)
    once = float(estimates.one_time_cost_usd[row])
    at_start = f"{money(once)} once at the start" if once >= 1 else ""
    volume = f"{float(np.asarray(decision.situation.requests_per_month)):,.0f}"
    requests = "request" if volume == "1" else "requests"
    is_once = decision.situation.mode == "one_off"
    asked, paid, whole = ("once", "", "all of it") if is_once else ("a month", " a month", "the first year")
    work = decision.requirements.workload
    told = (work.requests_per_month, work.total_requests, work.concurrent_streams, work.peak_requests_per_second)
    is_assumed = all(one is None for one in told)
    invoices = f"the invoices are about {money(monthly)}{paid} ({span(low, high, 'USD')}){f', {at_start}' * bool(at_start)}"
    if plain(high) == "0":
        invoices = f"no invoices come{f' but {at_start}' * bool(at_start)}"
    return (
        f"At {volume} {requests} {asked} {invoices}; with people's time {whole} comes to about {money(first)}."
        f"{' How many requests come is assumed, since you stated nothing.' if is_assumed else ''}"
    )


def _why_time(decision: Decision, row: int) -> str:
    latency = float(decision.estimates.latency_p95_ms[row])
    weeks, days = float(decision.estimates.weeks_to_launch[row]), float(decision.estimates.build_days[row])
    if waits_a_day(decision, row):
        answer = f"Answers come within {DAY}, which is all that the batch tariff promises."
    elif math.isnan(latency):
        answer = "How long answers take is not known."
    else:
        answer = f"{STANDS_WRITTEN if is_live(decision.situation) else ANSWERS_COME} within {duration(latency)}."
    if decision.candidates.is_incumbent[row]:
        return f"{answer} It runs already."
    return f"{answer} It could run in about {counted(weeks, 'week')} ({counted(days, 'day')} of work)."


def _cautions(decision: Decision, draws: Draws, row: int) -> tuple[str, ...]:
    unlike = bill_for_another_volume(decision)
    found = [
        *of_a_near_tie(decision, draws, row),
        *contradictions(decision),
        *([unlike] if unlike else []),
        *of_todays_problem(decision, row),
        *(_caution(one, row) for one in decision.findings if one.cautions_at(row)),
        *of_licences(decision, row),
        *of_speech(decision, row),
        *of_a_live_price(decision, row),
        *of_english_alone(decision, row),
        *of_a_long_wait(decision, row),
        *of_limits(decision, draws, row),
    ]
    quality, levels = float(decision.quality.mid[row]), decision.situation.spec.levels
    if quality < levels.draft:
        is_all = not (decision.quality.mid[decision.fits] >= levels.draft).any()
        found.append(f"{BELOW_DRAFT}{': nothing that fits is good enough' * is_all}.")
    elif np.round(quality) < levels.good and decision.requirements.quality.bar != "draft":
        found.append("Its expected quality is below what counts as good for this task: people will have to correct it.")
    if GRADES[int(decision.quality.grades[row])] == "predicted":
        found.append(
            "Its quality here is unverified: it is predicted from other evidence, so measure it on your own examples first."
        )
    if decision.fits[row] and not decision.first_choices[row]:
        found.append(f"{LAST_RESORT}: it stands behind everything else that fits, whatever its score.")
    if decision.candidates.place[row] == DEVICE and decision.requirements.privacy.boundary != "on_device":
        found.append(
            "It runs on each user's own device, and you have not said that all of them have one that is strong enough."
        )
    found += (*of_machines(decision, row), *of_a_wide_bill(decision, draws, row))
    return tuple(dict.fromkeys(found))


def _caution(finding: Finding, row: int) -> str:
    """What a rule warns of; where the fact is not known, what to ask instead."""
    is_unknown = finding.verdicts[row] == UNKNOWN
    return f"Not known, so ask: {finding.rule.ask}" if is_unknown and finding.rule.ask else finding.rule.because


def _unknowns(decision: Decision, row: int) -> tuple[str, ...]:
    found = []
    if math.isnan(float(decision.quality.mid[row])):
        found.append("Quality at this task: no published evidence.")
    offer = int(decision.candidates.offer[row])
    if offer >= 0:
        offers = decision.columns.offers
        if offers.trains_on_customer_data[offer] < 0:
            found.append("Whether the vendor trains on customers' data was not read in its terms.")
        if (offers.regions.members[offer] < 0).all():
            found.append("The regions where the vendor processes requests were not read.")
        if (
            not decision.candidates.is_incumbent[row]
            and np.isnan(offers.tokens_per_second[offer])
            and math.isfinite(float(decision.estimates.latency_p95_ms[row]))
            and not waits_a_day(decision, row)  # no time is shown then
        ):
            found.append("No measured speed for this offer; the time shown is typical of hosted models.")
    if decision.columns.models.allows_commercial_use[decision.candidates.model[row]] < 0:
        found.append("The licence was not read: check that it allows your use.")
    return tuple(found)
