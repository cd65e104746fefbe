"""What own machines cost: rented by the hour, owned, or bought."""

from __future__ import annotations

import numpy as np

from recommender.domain.record import record
from recommender.domain.units import (
    HOURS_PER_MONTH,
    MINUTES_PER_HOUR,
    MONTHS_PER_YEAR,
    SECONDS_PER_HOUR,
    TOKENS_PER_MTOK,
    WATTS_PER_KW,
    Quantity,
)


@record
class Site:
    """One's own premises: years that a bought machine serves, and what running it takes."""

    years: Quantity
    usd_per_kwh: Quantity
    power_overhead: Quantity
    hosting_usd_per_month: Quantity


def rented_usd_per_month(usd_per_hour: Quantity, accelerators: Quantity, hours: Quantity = HOURS_PER_MONTH) -> Quantity:
    """Rent for machines that run all month. [USD per month]

    rent = price * accelerators * hours

    References:
        [1] skypilot-org/skypilot-catalog, hourly prices per accelerator, read 2026-11-23.
    """
    return usd_per_hour * accelerators * hours


def start_hours(weights_gb: Quantity, minutes: Quantity, gb_per_second: Quantity) -> Quantity:
    """Time until a rented machine answers: it is had, its image is there, its weights are in memory. [h]

    hours = minutes / 60 + weights / (rate * 3600)

    Args:
        weights_gb: that are loaded. [GB]
        minutes: until a machine without weights is ready. [min]
        gb_per_second: at which weights come from a disk or the network. [GB/s]

    References:
        [1] Arithmetic: time to be ready, and gigabytes over gigabytes per second.
    """
    return minutes / MINUTES_PER_HOUR + weights_gb / (gb_per_second * SECONDS_PER_HOUR)


def discounted_usd_per_hour(on_demand_usd: Quantity, share: Quantity) -> Quantity:
    """An hourly price on the spot market, or under a commitment. [USD per hour]

    price = on demand * share

    Args:
        on_demand_usd: price without commitment. [USD per hour]
        share: 0.41 to 0.42 for spot at Nebius [1]; for one year 0.63 and for three 0.45 at Google Cloud's L4 [2]. [share]

    References:
        [1] skypilot-org/skypilot-catalog, catalogs/v8/nebius/vms.csv, spot over on-demand price, read 2026-11-23.
        [2] Cyclenerd/google-cloud-pricing-cost-calculator, pricing.yml generated 2025-03-06, g2-standard-4, read 2026-11-25.
    """
    return on_demand_usd * share


def commitment_break_even(committed_usd: Quantity, on_demand_usd: Quantity) -> Quantity:
    """Share of the hours above which a commitment costs less than renting by the hour. [share]

    share = committed / on demand

    Whoever commits pays for every hour of the term; whoever does not pays for the hours in which a machine is needed.

    References:
        [1] Closed form: committed * all hours = on demand * share * all hours.
    """
    return committed_usd / on_demand_usd


def usd_per_million_tokens(
    usd_per_hour: Quantity, accelerators: Quantity, tokens_per_second: Quantity, utilisation: Quantity
) -> Quantity:
    """What own tokens cost, idle time included. [USD per million output tokens]

    cost = price * accelerators / (3600 * speed * utilisation) * 1e6

    References:
        [1] Arithmetic: dollars per hour over tokens per hour.
    """
    return usd_per_hour * accelerators / (SECONDS_PER_HOUR * tokens_per_second * utilisation) * TOKENS_PER_MTOK


def power_usd_per_month(power_w: Quantity, accelerators: Quantity, usd_per_kwh: Quantity, overhead: Quantity) -> Quantity:
    """Electricity of machines on one's own site, cooling and the rest of the machine included. [USD per month]

    power = watts / 1000 * accelerators * overhead * hours * price

    References:
        [1] Eurostat, electricity prices for non-household consumers, 2025 (the range is an assumption of ours).
    """
    return power_usd_per_hour(power_w, usd_per_kwh, overhead) * accelerators * HOURS_PER_MONTH


def power_usd_per_hour(power_w: Quantity, usd_per_kwh: Quantity, overhead: Quantity) -> Quantity:
    """Electricity of one accelerator at work, cooling and the rest of the machine included. [USD per hour]

    power = watts / 1000 * overhead * price

    References:
        [1] As `power_usd_per_month`.
    """
    return power_w / WATTS_PER_KW * overhead * usd_per_kwh


def purchase_usd(usd_each: Quantity, accelerators: Quantity, machine_share: Quantity) -> Quantity:
    """Accelerators bought, with the machine around them. [USD]

    price = accelerators * price each * (1 + share of the machine around them)

    References:
        [1] Makers' list prices, huggingface/tasks hardware list 0.21.54, read 2026-09-29.
    """
    return usd_each * accelerators * (1.0 + machine_share)


def bought_usd_per_month(price_usd: Quantity, power_w: Quantity, accelerators: Quantity, site: Site) -> Quantity:
    """Machines bought and run on one's own site, the price spread over their years. [USD per month]

    cost = price / (12 * years) + power + hosting

    References:
        [1] Straight-line depreciation.
    """
    return price_usd / (MONTHS_PER_YEAR * site.years) + owned_usd_per_month(power_w, accelerators, site)


def owned_usd_per_month(power_w: Quantity, accelerators: Quantity, site: Site) -> Quantity:
    """Machines that are there already: power and hosting only. [USD per month]

    cost = power + hosting

    References:
        [1] As `power_usd_per_month`; a price paid in the past is not a cost of this decision.
    """
    power = power_usd_per_month(power_w, accelerators, site.usd_per_kwh, site.power_overhead)
    return power + site.hosting_usd_per_month


def break_even_requests(fixed_usd_per_month: Quantity, usd_per_request: Quantity) -> Quantity:
    """Monthly volume above which a fixed monthly cost is cheaper than paying per request. [requests per month]

    volume = fixed / price per request

    References:
        [1] Closed form of two straight lines.
    """
    return fixed_usd_per_month / usd_per_request


def stepped_break_even(
    fixed_usd_per_month: Quantity,
    usd_per_machine_month: Quantity,
    spare_machines: Quantity,
    usd_per_request: Quantity,
    requests_per_machine: Quantity,
) -> Quantity:
    """Monthly volume above which machines, added one by one as they are needed, always cost less than paying per request; NaN
    where one more machine costs more than the requests it takes over. [requests per month]

    last = ceil(((fixed + machine * spare) / price + capacity) / (capacity - machine / price)) - 1
    volume = min((fixed + machine * (last + spare)) / price, capacity * last), and 0 where last < 1

    References:
        [1] Closed form: the cost of machines is a stair, and `last` the last step whose beginning lies above the line.
    """
    step = usd_per_machine_month / usd_per_request
    start = (fixed_usd_per_month + usd_per_machine_month * spare_machines) / usd_per_request
    with np.errstate(divide="ignore", invalid="ignore"):
        last = np.ceil((start + requests_per_machine) / (requests_per_machine - step) - 1e-9) - 1.0
    volume = np.minimum(start + step * last, requests_per_machine * last)
    return np.where(np.asarray(step < requests_per_machine), np.maximum(volume, 0.0), np.nan)
