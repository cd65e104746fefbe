"""The bill of one option: its lines with intervals, each named after what is paid for and under which terms."""

from __future__ import annotations

import math

from recommender.decision.costing import ANSWERS, SEARCH_INDEX
from recommender.decision.decide import Decision
from recommender.decision.index_bill import BESIDE_THE_MODEL, IN_A_STORE, IN_RENTED_MEMORY, ON_OWN_SITE
from recommender.decision.machines import DEVICE, OWN_CLOUD, VENDOR
from recommender.decision.robustness import Draws
from recommender.decision.tuning_machines import stays_home
from recommender.domain.recommendation import BillLine
from recommender.explanation.numbers import gigabytes, hourly, kept, plain
from recommender.explanation.waits import is_at_batch_tariff

LEAST_LINE_USD = 0.005
INDEX_LIES = {
    IN_A_STORE: "in a hosted store",
    BESIDE_THE_MODEL: "beside the model",
    ON_OWN_SITE: "in memory on your own site",
    IN_RENTED_MEMORY: "in rented memory",
}


def bill_of(decision: Decision, draws: Draws, row: int) -> tuple[BillLine, ...]:
    """Lines above half a cent, with intervals, and those that are told though they come to nothing."""
    lines = []
    for line in decision.estimates.lines:
        mid = float(line.usd[row])
        if math.isnan(mid) or (mid < LEAST_LINE_USD and not _is_told_anyway(decision, row, line.label)):
            continue
        low, high = draws.interval(line.label, row) or (mid, mid)
        label, least, most = _label(decision, row, line.label, mid), kept(min(low, mid)), kept(max(high, mid))
        lines.append(BillLine(label=label, low=least, mid=kept(mid), high=most, when=line.when, kind=line.kind))
    return tuple(lines)


def _label(decision: Decision, row: int, label: str, usd: float) -> str:
    if label == "tuning runs":
        return _of_tuning(decision, row, usd)
    if label == SEARCH_INDEX:
        return _of_index(decision, row)
    return _of_answers(decision, row, usd) if label == ANSWERS else label[0].upper() + label[1:]


def _is_told_anyway(decision: Decision, row: int, label: str) -> bool:
    """Of the lines that come to nothing: the model's own where the rest is free, and an index that lies beside the model."""
    if label == SEARCH_INDEX:
        return float(decision.estimates.index.gigabytes[row]) > 0.0
    return label == ANSWERS and _is_partly_free(decision, row)


def _is_partly_free(decision: Decision, row: int) -> bool:
    """Whether a free amount that lasts takes something off."""
    return decision.estimates.running.free.of(row)[0] >= LEAST_LINE_USD


def _of_answers(decision: Decision, row: int, usd: float) -> str:
    place, deployments = decision.candidates.place[row], decision.deployments
    if place == VENDOR:
        calls = "Calls to the model, batch tariff" if is_at_batch_tariff(decision, row) else "Calls to the model"
        if not _is_partly_free(decision, row):
            return calls
        return f"{calls}, beyond what is free" if usd >= LEAST_LINE_USD else "Calls to the model, within the free amount"
    if place != OWN_CLOUD:
        return "Use of the device" if place == DEVICE else "Power, room and spare parts"
    deployment = decision.candidates.deployment[row]
    years = int(deployments.committed_years[deployment])
    if deployments.is_spot[deployment]:
        return "Rented machines, spot market"
    return f"Rented machines, committed for {years} year{'s' if years > 1 else ''}" if years else "Rented machines"


def _of_index(decision: Decision, row: int) -> str:
    """How large the index is, and where it lies."""
    index = decision.estimates.index
    return f"Search index of {gigabytes(float(index.gigabytes[row]))} {INDEX_LIES[int(index.lies[row])]}"


def _of_tuning(decision: Decision, row: int, usd: float) -> str:
    """How many runs of how many hours, on which machine, at what price of which day: their product is the line."""
    columns, found = decision.columns, decision.tuned_on
    place = int(found.of[row])
    hardware, rental = int(found.hardware[place]), int(found.rental[place])
    count = float(decision.situation["tuning_runs"])
    is_vendors = decision.candidates.place[row] == VENDOR and bool(decision.rows.is_llm[row])
    if is_vendors:
        return f"Tuning runs: {count:.0f} at the vendor"
    price = float(found.usd_per_hour[place])
    runs = f"Tuning runs: {count:.0f} of {plain(usd / price / count)} accelerator hours each"
    if hardware < 0 and stays_home(decision.requirements):
        return f"{runs}, on a machine of your own that holds it, taken to cost {hourly(price)}"
    if hardware < 0:
        return f"{runs}, at an assumed {hourly(price)}"
    name = columns.hardware.ids[hardware]
    if rental < 0:
        return f"{runs} on your own {name}, power at {hourly(price)}"
    return f"{runs} on {name} at {hourly(price)}, {columns.rentals.sources[rental]}"
