"""The whole bill and the whole path of every candidate: invoices and people apart, monthly and one-time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from recommender.decision.components import Part, parts_of
from recommender.decision.estimation import DEVICE, OWN_SITE, VENDOR, Array, Line, Rows, Running
from recommender.decision.index_bill import SearchIndex, indexing_hours, indexing_usd, search_index
from recommender.decision.live_speech import is_live
from recommender.decision.lookups import known_or
from recommender.decision.part_machines import rent_beside_a_vendor
from recommender.decision.price_terms import regional_surcharge
from recommender.decision.running import running
from recommender.decision.situations import SKILL_UNSTATED, TRAINING_SKILLS
from recommender.decision.staying import as_it_runs, as_timed, at_once, with_the_switch, within
from recommender.decision.training_bill import pretraining_usd, tuning_bill, worth_an_invoice
from recommender.domain.columns import Mask
from recommender.domain.parameters import ProgrammeParameters
from recommender.domain.record import record
from recommender.domain.situation import Situation
from recommender.domain.units import HOURS_PER_MONTH, HOURS_PER_WEEK, MONTHS_PER_YEAR, Quantity
from recommender.estimates.energy import Machines, embodied_grams_per_1k, grams_per_1k
from recommender.estimates.totals import labelling_days, people_usd, retuning_usd_per_month, total_usd

ANSWERS, SURCHARGE = "answers", "surcharge for staying in a region"
SEARCH_INDEX = "search index"
PER_REQUEST = (ANSWERS, SURCHARGE)  # lines that grow with the requests, beside the other models on the path
ONE_ACCELERATOR_B = 30.0  # parameters whose adapters one accelerator of 80 GB tunes, the weights in 16 bits [billions]
WORKDAYS_PER_WEEK = 5.0
SETTLING_WEEKS = 0.5  # until what is built runs for everybody; a team in a hurry does without
MONTHS_OF_A_PURCHASE = 36.0


@record
class Estimates:
    """Every candidate's estimates: money in USD, time in ms and days, memory in GB, carbon in grams. Unknown is NaN.

    `spread_cost_usd` is what running takes with what is paid at the start spread over three years [USD per month]; of work done
    once it is all of it. Of live speech the times are those that what is written lags behind what is said, and `whole_ms` is what it
    takes to write down all of it.
    """

    lines: tuple[Line, ...]
    parts: tuple[Part, ...]
    index: SearchIndex
    running: Running
    monthly_cost_usd: Array
    one_time_cost_usd: Array
    spread_cost_usd: Array
    first_year_cost_usd: Array
    first_year_invoices_usd: Array
    three_year_cost_usd: Array
    build_days: Array
    upkeep_days_per_month: Array
    weeks_to_launch: Array
    soonest_weeks: Array
    latency_p50_ms: Array
    latency_p95_ms: Array
    first_token_p95_ms: Array
    whole_ms: Array
    memory_gb: Array
    gco2e_per_1k_requests: Array

    @property
    def days_in_first_year(self) -> Array:
        """Work until it runs and to keep it right for a year. [days]"""
        return np.asarray(self.build_days + 12.0 * self.upkeep_days_per_month)


def estimates_of(rows: Rows) -> Estimates:
    """All estimates but quality, for every candidate (and draw) at once."""
    fitted = rows.columns.physics
    parts = parts_of(rows)
    own_speech = sum((part.own_seconds for part in parts), np.zeros(1))
    run = running(rows, fitted, own_speech)
    keeps_speech = np.asarray(own_speech > 0) & rows.at(VENDOR)
    build, upkeep = build_days(rows, keeps_speech), upkeep_days(rows, keeps_speech)
    tuning, index = tuning_bill(rows), search_index(rows, parts, run)
    busy_weeks = tuning.weeks + _indexing_weeks(rows, run)
    once = _one_time(rows, run, index, tuning.usd, fitted.programme)
    lines = as_it_runs(rows, (*_monthly(rows, run, parts, index, tuning.usd), *once, *_people(rows, build, upkeep)))
    monthly, one_time = _sum(rows, lines, "monthly", "invoice"), _sum(rows, lines, "one_time", "invoice")
    people_monthly, people_once = _sum(rows, lines, "monthly", "people"), _sum(rows, lines, "one_time", "people")
    months, free = rows.situation.months_per_year, run.free
    extra, slow = (
        sum((getattr(part, name) for part in parts), np.zeros_like(run.latency_ms))
        for name in ("milliseconds", "slow_milliseconds")
    )
    held = sum((part.own_gb for part in parts), np.zeros(1))
    beside = _held_beside(rows, run, held)
    lags = is_live(rows.situation)
    middle, tail = (run.first_token_ms, run.first_token_p95_ms) if lags else (run.latency_ms, run.latency_p95_ms)
    return Estimates(
        lines=lines,
        parts=parts,
        index=index,
        running=replace(run, fits=run.fits * index.fits * _has_room(rows, run, beside)),
        monthly_cost_usd=monthly,
        one_time_cost_usd=one_time,
        spread_cost_usd=np.asarray(monthly + one_time / (1.0 if rows.situation.mode == "one_off" else MONTHS_OF_A_PURCHASE)),
        first_year_cost_usd=free.off(np.asarray(total_usd(one_time + people_once, monthly + people_monthly, 1.0, months))),
        first_year_invoices_usd=free.off(np.asarray(total_usd(one_time, monthly, 1.0, months))),
        three_year_cost_usd=free.off(np.asarray(total_usd(one_time + people_once, monthly + people_monthly, 3.0, months))),
        build_days=build,
        upkeep_days_per_month=upkeep,
        weeks_to_launch=at_once(rows, _weeks(rows, build) + busy_weeks + SETTLING_WEEKS),
        soonest_weeks=at_once(rows, _weeks(rows, _hurried_days(rows, build)) + busy_weeks),
        latency_p50_ms=within(rows, middle + extra),
        latency_p95_ms=as_timed(rows, tail + slow),
        first_token_p95_ms=within(rows, run.first_token_p95_ms + slow),
        whole_ms=run.latency_ms + extra,
        memory_gb=run.memory_gb + beside,
        gco2e_per_1k_requests=_carbon(rows, run),
    )


def _held_beside(rows: Rows, run: Running, held: Quantity) -> Array:
    """What speech models hold on the machine that the answering model runs on, where they share it. [GB]"""
    shares = ~rows.at(VENDOR) & (run.beside <= 0)
    return np.where(shares, np.asarray(held, float), 0.0) + np.zeros_like(run.memory_gb)


def _has_room(rows: Rows, run: Running, beside: Array) -> Array:
    """Whether the machine holds both; of users' devices a rule judges the memory. [0 or 1]"""
    room = rows.of_hardware(rows.columns.hardware.memory_gb) * rows.of_deployment(rows.deployments.count)
    return np.where((beside > 0) & ~rows.at(DEVICE), run.memory_gb + beside <= room, True).astype(float)


def _sum(rows: Rows, lines: tuple[Line, ...], when: str, kind: str) -> Array:
    chosen = [line.usd for line in lines if line.when == when and line.kind == kind]
    return np.asarray(sum(chosen, np.zeros((len(rows.candidates), *rows.situation.draws))))


def _monthly(rows: Rows, run: Running, parts: tuple[Part, ...], index: SearchIndex, tuned: Array) -> list[Line]:
    situation, demand = rows.situation, rows.demand
    lines = [Line(ANSWERS, run.monthly_usd, "monthly", "invoice")]
    if situation.requirements.privacy.residency:
        share = rows.wide(regional_surcharge(rows.columns, situation.requirements, rows.candidates.offer))
        lines.append(Line(SURCHARGE, run.monthly_usd * share, "monthly", "invoice"))
    if situation.spec.hears or situation.spec.speaks:
        seconds = np.asarray(sum((part.own_seconds for part in parts), np.zeros(1)))
        lines.append(Line("machines rented for speech", rent_beside_a_vendor(rows, seconds), "monthly", "invoice"))
    rents = [np.asarray(part.rent_usd, float) for part in parts]
    lines += [Line("machine rented for search", usd, "monthly", "invoice") for usd in rents if np.any(usd)]
    for part in parts:
        lines.append(Line(part.role, part.usd * situation.requests_per_month, "monthly", "invoice"))
    refreshed = _indexed_usd(rows, demand.refreshed_tokens_per_month)
    lines.append(Line(SEARCH_INDEX, index.usd_per_month, "monthly", "invoice"))
    lines.append(Line("indexing what changes", refreshed, "monthly", "invoice"))
    lines.append(Line("hosting of the tuned model", _tuned_hosting(rows), "monthly", "invoice"))
    one_run = 1.0 / situation["tuning_runs"]  # of all that are made at the start
    again = retuning_usd_per_month(one_run, _retunings_per_year(rows))
    lines.append(Line("tuning again as things change", tuned * again, "monthly", "invoice"))
    return lines


def _retunings_per_year(rows: Rows) -> Quantity:
    """How often one more run is paid for: as inputs drift, and as often as the documents are said to change, monthly at most,
    unless an index follows them. Work that is done once is never tuned again."""
    situation = rows.situation
    if situation.mode == "one_off":
        return 0.0
    drift = situation["retunings_per_year"]
    if situation.requirements.knowledge.updates is None:
        return drift
    changes = min(situation.refreshes_per_month, 1.0) * MONTHS_PER_YEAR
    return np.where(np.asarray(rows.demand.corpus_tokens) > 0, drift, np.maximum(drift, changes))


def _indexed_usd(rows: Rows, tokens: Quantity) -> Array:
    """Embedding some of the corpus. [USD]"""
    return worth_an_invoice(rows, indexing_usd(rows, tokens), rows.at(OWN_SITE) | rows.at(DEVICE))


def _tuned_hosting(rows: Rows) -> Array:
    """What a vendor asks by the hour for keeping a tuned model ready; assumed where it states neither that nor tuned prices."""
    offers, situation = rows.columns.offers, rows.situation
    hourly = rows.of_offer(offers.tuned_hosting_price)
    by_token = rows.of_offer(offers.tuned_input_price)
    assumed = np.where(np.isnan(by_token), situation["tuned_hosting_usd_per_hour"], 0.0)
    usd = np.where(np.isnan(hourly), assumed, hourly) * HOURS_PER_MONTH
    return np.where((rows.demand.tuning_tokens > 0) & rows.at(VENDOR), usd, 0.0)


def _one_time(rows: Rows, run: Running, index: SearchIndex, tuned: Array, fitted: ProgrammeParameters) -> list[Line]:
    situation, demand = rows.situation, rows.demand
    taught = np.asarray(demand.taught_items * situation["teacher_usd_per_item"])
    return [
        Line("machines bought", run.bought_usd, "one_time", "invoice"),
        Line("memory bought for the search index", index.bought_usd, "one_time", "invoice"),
        Line("indexing the documents", _indexed_usd(rows, demand.corpus_tokens), "one_time", "invoice"),
        Line("tuning runs", tuned, "one_time", "invoice"),
        Line("large model's labels", taught, "one_time", "invoice"),
        Line("pre-training", pretraining_usd(rows, fitted), "one_time", "invoice"),
    ]


def build_days(rows: Rows, keeps_speech: Mask) -> Array:
    """Days of work until it runs: the techniques', the place's, the test set's; tuning takes longer without the skill.

    Args:
        keeps_speech: where machines for speech are looked after beside a hosted language model.
    """
    situation, demand = rows.situation, rows.demand
    skills = situation.requirements.team.skills
    factor = 1.0 if skills in TRAINING_SKILLS else situation["skill_factor_no_code" if skills == "no_code" else SKILL_UNSTATED]
    tuning = (demand.tuning_days + _days_of_size(rows)) * factor
    own_head = rows.is_type("embedding") & (demand.tuned_examples > 0)  # a hosted embedding still needs a service around it
    at_vendor = np.where(own_head | keeps_speech, situation["build_days_self_host"] * 0.5, 0.0)
    of_a_service = situation["job_share"] if situation.is_offline else 1.0
    machine = np.where(rows.at(VENDOR), at_vendor, situation["build_days_self_host"] * of_a_service)
    machine = machine + situation["build_days_own_site"] * _share_of_own_site(rows)
    machine = np.where(rows.at(DEVICE), situation["build_days_device"], machine)
    machine = machine * np.where(rows.is_type("linear", "gbdt", "rules", "signal_processing"), 0.5, 1.0)
    hard = factor if skills == "no_code" else 1.0
    further = 1.0 * situation.spec.hears + 1.0 * situation.spec.speaks  # models to put in place
    spoken = np.where(rows.is_llm | situation.spec.is_transcribed, further, 0.0) * situation["build_days_component"]
    days = demand.build_days + tuning + machine * hard + _labelling(rows) + spoken + situation["build_days_evaluation"]
    return with_the_switch(rows, np.asarray(days))


def _share_of_own_site(rows: Rows) -> Array:
    """Of the days that a machine on one's own premises takes: all for one that is bought, few for one that stands and runs there. [0-1]"""
    at_hand = rows.of_deployment(rows.deployments.is_owned) > 0
    return np.where(rows.at(OWN_SITE), np.where(at_hand, rows.situation["at_hand_share"], 1.0), 0.0)


def _seconds_per_label(situation: Situation) -> Quantity:
    """To label one item by hand: deciding, and reading it where it is text. [s]"""
    read = situation.input_tokens if situation.spec.input[0] == "text" else 0.0
    return situation["seconds_per_label"] + situation["reading_seconds_per_100_tokens"] * read / 100.0


def _days_of_size(rows: Rows) -> Array:
    """Days more for a language model that no single accelerator tunes; a vendor that tunes it has them behind it. [days]"""
    tenfolds = np.log10(np.maximum(known_or(rows.of_model(rows.columns.models.parameters_b), 0.0) / ONE_ACCELERATOR_B, 1.0))
    needed = (rows.demand.tuning_tokens > 0) & rows.is_llm & ~rows.at(VENDOR)
    return np.asarray(np.where(needed, rows.situation["tuning_days_per_tenfold"] * tenfolds, 0.0))


def upkeep_days(rows: Rows, keeps_speech: Mask) -> Array:
    """Days of work a month once it runs; speech models beside a hosted language model are as light as any other small ones."""
    situation = rows.situation
    machine = np.where(rows.at(VENDOR), 0.0, situation["upkeep_days_self_host"])
    machine = machine + situation["upkeep_days_own_site"] * _share_of_own_site(rows)
    machine = np.where(rows.at(DEVICE), situation["upkeep_days_device"], machine)
    light = np.where(rows.is_type("linear", "gbdt", "rules", "signal_processing"), 0.4, np.where(rows.is_llm, 1.0, 0.6))
    beside = np.where(keeps_speech, situation["upkeep_days_self_host"] * 0.6, 0.0)
    return np.asarray(rows.demand.upkeep_days + machine * light + beside)


def _people(rows: Rows, build: Array, upkeep: Array) -> list[Line]:
    rate = rows.situation.day_rate_usd
    return [
        Line("building and testing", np.asarray(people_usd(build, rate)), "one_time", "people"),
        Line("keeping it right", np.asarray(people_usd(upkeep, rate)), "monthly", "people"),
    ]


def _indexing_weeks(rows: Rows, run: Running) -> Array:
    """Until all documents are embedded on one's own site; elsewhere whoever is in a hurry rents as many machines as it takes. [weeks]"""
    machines = np.maximum(known_or(rows.of_deployment(rows.deployments.count) * run.replicas, 1.0), 1.0)
    return np.where(rows.at(OWN_SITE), indexing_hours(rows) / machines / HOURS_PER_WEEK, 0.0)


def _weeks(rows: Rows, build: Array) -> Array:
    """Work shared by the team, or the wait for a machine that must be bought. [weeks]"""
    bought = rows.of_deployment(rows.deployments.purchase_usd) > 0
    ordered = np.where(rows.at(OWN_SITE) & bought, rows.situation["purchase_weeks"], 0.0)
    return np.asarray(np.maximum(build / rows.situation.people / WORKDAYS_PER_WEEK, ordered))


def _hurried_days(rows: Rows, build: Array) -> Array:
    """The work of a team in a hurry: labelling takes as long as ever. [days]"""
    labels = _labelling(rows)
    return np.asarray(labels + (build - labels) * rows.situation["hurried_share"])


def _labelling(rows: Rows) -> Array:
    """Examples labelled by hand. [days]"""
    return np.asarray(labelling_days(rows.demand.labels_checked, _seconds_per_label(rows.situation)))


def _carbon(rows: Rows, run: Running) -> Array:
    """Own machines from their power and their making; users' devices are there anyway, so only their power counts. Vendors'
    closed models by an order of magnitude per token."""
    situation = rows.situation
    watts, count = rows.of_hardware(rows.columns.hardware.power_w), rows.of_deployment(rows.deployments.count)
    used = grams_per_1k(watts * count, 1.0, situation["power_overhead"], _grid_grams_per_kwh(situation))
    made = np.where(rows.at(DEVICE), 0.0, embodied_grams_per_1k(1.0, Machines(watts, count)))
    own = run.full_power_seconds * used + run.busy_seconds * made  # of one second each
    hosted = np.maximum(situation.output_tokens, 1.0) * situation["vendor_grams_per_1k_tokens"]
    known = np.where(rows.is_llm, hosted, np.nan)
    return np.where(rows.at(VENDOR), known, own)


def _grid_grams_per_kwh(situation: Situation) -> Quantity:
    """Of the regions in which data must stay, on average; of anywhere where none is stated. [gCO2e per kWh]"""
    names = [f"grid_grams_per_kwh_{region}" for region in situation.requirements.privacy.residency or ()]
    known = [situation[name] for name in names if name in situation.assumptions]
    return sum(known[1:], start=known[0]) / len(known) if known else situation["grid_grams_per_kwh"]
