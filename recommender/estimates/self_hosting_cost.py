"""What own machines cost: rented by the hour, owned, or bought."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recommender.domain.units import HOURS_PER_MONTH

Quantity = float | NDArray[np.float64]


def rented_usd_per_month(usd_per_hour: Quantity, accelerators: Quantity, hours: Quantity = HOURS_PER_MONTH) -> Quantity:
    """Rent for machines that run all month. [USD per month]

    rent = price * accelerators * hours

    References:
        [1] skypilot-org/skypilot-catalog, hourly prices per accelerator, read 2026-11-23.
    """
    return usd_per_hour * accelerators * hours


def power_usd_per_month(power_w: Quantity, accelerators: Quantity, usd_per_kwh: Quantity, overhead: Quantity) -> Quantity:
    """Electricity of machines on one's own site, cooling and the rest of the machine included. [USD per month]

    power = watts / 1000 * accelerators * overhead * hours * price

    References:
        [1] Eurostat, electricity prices for non-household consumers, 2025 (the range is an assumption of ours).
    """
    return power_w / 1000.0 * accelerators * overhead * HOURS_PER_MONTH * usd_per_kwh


def purchase_usd(usd_each: Quantity, accelerators: Quantity, machine_share: Quantity) -> Quantity:
    """Accelerators bought, with the machine around them. [USD]

    price = accelerators * price each * (1 + share of the machine around them)

    References:
        [1] Makers' list prices, huggingface/tasks hardware list 0.21.54, read 2026-09-29.
    """
    return usd_each * accelerators * (1.0 + machine_share)


def break_even_requests(fixed_usd_per_month: Quantity, usd_per_request: Quantity) -> Quantity:
    """Monthly volume above which a fixed monthly cost is cheaper than paying per request. [requests per month]

    volume = fixed / price per request

    References:
        [1] Closed form of two straight lines.
    """
    return fixed_usd_per_month / usd_per_request
