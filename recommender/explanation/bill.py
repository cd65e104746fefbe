"""The bill of one option: its lines with intervals, each named after what is paid for and under which terms."""

from __future__ import annotations

import math

from recommender.decision.decide import Decision
from recommender.decision.deployments import DEVICE, OWN_CLOUD, VENDOR
from recommender.decision.robustness import Draws
from recommender.domain.recommendation import BillLine
from recommender.explanation.numbers import hourly, kept

LEAST_LINE_USD = 0.005


def bill_of(decision: Decision, draws: Draws, row: int) -> tuple[BillLine, ...]:
    """Lines above half a cent, with intervals."""
    lines = []
    for line in decision.estimates.lines:
        mid = float(line.usd[row])
        if math.isnan(mid) or mid < LEAST_LINE_USD:
            continue
        low, high = draws.interval(line.label, row) or (mid, mid)
        label, least, most = _label(decision, row, line.label), kept(min(low, mid)), kept(max(high, mid))
        lines.append(BillLine(label=label, low=least, mid=kept(mid), high=most, when=line.when, kind=line.kind))
    return tuple(lines)


def _label(decision: Decision, row: int, label: str) -> str:
    if label == "tuning runs":
        return _of_tuning(decision, row)
    return _of_answers(decision, row) if label == "answers" else label[0].upper() + label[1:]


def _of_answers(decision: Decision, row: int) -> str:
    place, deployments = decision.candidates.place[row], decision.deployments
    if place == VENDOR:
        is_partly_free = decision.estimates.running.free.of(row)[0] >= LEAST_LINE_USD
        return "Calls to the model, beyond what is free" if is_partly_free else "Calls to the model"
    if place != OWN_CLOUD:
        return "Use of the device" if place == DEVICE else "Power, room and spare parts"
    deployment = decision.candidates.deployment[row]
    years = int(deployments.committed_years[deployment])
    if deployments.is_spot[deployment]:
        return "Rented machines, spot market"
    return f"Rented machines, committed for {years} year{'s' if years > 1 else ''}" if years else "Rented machines"


def _of_tuning(decision: Decision, row: int) -> str:
    """Which machine the runs are priced on, at what price of which day; the vendor's own, or an assumed one, is not named."""
    columns, found = decision.columns, decision.tuned_on
    place = int(found.of[row])
    hardware, rental = int(found.hardware[place]), int(found.rental[place])
    is_vendors = decision.candidates.place[row] == VENDOR and bool(decision.rows.is_llm[row])
    if hardware < 0 or is_vendors:
        return "Tuning runs"
    name = columns.hardware.ids[hardware]
    if rental < 0:
        return f"Tuning runs on your own {name}"
    return f"Tuning runs on {name} at {hourly(float(found.usd_per_hour[place]))}, {columns.rentals.sources[rental]}"
