"""The catalog's machines: accelerators, what renting an hour of one costs, and what buying one does. Facts only."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from recommender.domain.catalog_record import Record
from recommender.domain.records import Date, FactStatus, Positive, Provenance, Usd


class Commitment(Record):
    """An hour of a rented accelerator for whoever rents it without a break for years, used or not."""

    years: Literal[1, 3]
    usd_per_hour: Usd
    paid: Literal["monthly", "at_start"] = "monthly"
    since: Date
    source: str


class Rental(Record):
    """An hour of one accelerator at a cloud."""

    since: Date
    provider: str
    regions: tuple[str, ...] | None = None
    usd_per_hour: Usd
    spot_usd_per_hour: Usd | None = None
    commitments: tuple[Commitment, ...] = ()
    source: str
    status: FactStatus = "single"


class Purchase(Record):
    """The price of one accelerator (a whole machine for `machine: true`)."""

    since: Date
    usd: Usd
    source: str
    status: FactStatus = "single"


class Unsupported(Record):
    """From when on current builds of what runs models no longer carry an accelerator; who has one needs older builds."""

    since: Date
    why: str
    source: str
    url: str


class Accelerator(Record):
    """A machine part that runs models, or a whole small machine."""

    id: str
    name: str
    kind: Literal["datacenter", "workstation", "consumer", "apple", "cpu", "phone", "board"]
    memory_gb: Positive
    usable_memory_share: Annotated[float, Field(gt=0, le=1)] | None = None
    bandwidth_gbps: Positive | None = None
    bf16_tflops: Positive | None = None
    fp8_tflops: Positive | None = None
    fp4_tflops: Positive | None = None
    int8_tops: Positive | None = None
    power_w: Positive | None = None
    per_machine: Annotated[int, Field(ge=1, le=16)] = 1
    released: Date | None = None
    aliases: tuple[str, ...] = ()
    unsupported: Unsupported | None = None
    rentals: tuple[Rental, ...] = ()
    purchases: tuple[Purchase, ...] = ()
    provenance: dict[str, Provenance]


class HardwareVendor(Record):
    """One file `catalog/hardware/<vendor>.yaml`."""

    name: str
    accelerators: tuple[Accelerator, ...]
