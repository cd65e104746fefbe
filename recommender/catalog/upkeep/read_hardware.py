"""Lists of machines: Hugging Face (memory, power, list prices), gpuhunt (memory), hourly prices of clouds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import Field

from recommender.catalog.upkeep.listing import Facts, ListedMachine, Listing, listing
from recommender.catalog.upkeep.read_epoch import Cells, number_in
from recommender.catalog.upkeep.shapes import Amount, Row
from recommender.catalog.upkeep.source_files import read_csv, read_json
from recommender.errors import Fault, InputError


class Machine(Row):
    """One accelerator; `memory` lists its variants."""

    memory: list[Amount] | dict[str, Any] = Field(default_factory=list)
    power: Amount | None = None
    msrp: Amount | None = None


class HuggingFace(Row):
    """NVIDIA and AMD apart, everything else below SKUS."""

    NVIDIA_SKUS: dict[str, Machine]
    AMD_GPU_SKUS: dict[str, Machine]
    SKUS: dict[str, dict[str, dict[str, Any]]]


def read_hugging_face(path: Path) -> Listing:
    """Every accelerator. Its plain FLOP/s are without matrix units and left out."""
    lists: HuggingFace = read_json(path, HuggingFace)
    found = {**lists.NVIDIA_SKUS, **lists.AMD_GPU_SKUS}
    for vendors in lists.SKUS.values():
        for machines in vendors.values():
            found |= {name: Machine.model_validate(one) for name, one in machines.items() if isinstance(one, dict)}
    return listing(machines=tuple(_machine(name, one) for name, one in found.items()))


def _machine(name: str, one: Machine) -> ListedMachine:
    facts: Facts = {"power_w": one.power, "memory_gb": _only(one.memory)}
    return ListedMachine(name, {field: value for field, value in facts.items() if value}, one.msrp, ())


def _only(variants: list[float] | dict[str, Any]) -> float | None:
    """The memory of a machine that comes with no other."""
    return variants[0] if isinstance(variants, list) and len(variants) == 1 else None


def read_gpuhunt(path: Path) -> Listing:
    """Memory of accelerators; variants are told apart by it, as in `A100 80`."""
    rows: list[Cells] = read_csv(path, list[Cells])
    _needs(rows, ("vendor", "name", "memory_gb"), path)
    named = [(f"{row['name']} {row['memory_gb']}", number_in(row, "memory_gb", path)) for row in rows]
    return listing(machines=tuple(ListedMachine(name, {"memory_gb": memory}, None, ()) for name, memory in named))


def read_rentals(path: Path) -> Listing:
    """Hourly prices of one accelerator by cloud and region; prices of several at once count where there is none of one."""
    rows: list[Cells] = read_csv(path, list[Cells])
    _needs(rows, ("provider", "gpu", "gpus", "usd_per_gpu_hour"), path)
    found: dict[str, list[Facts]] = {}
    for row in rows:
        found.setdefault(row["gpu"], []).append(_rental(row, path))
    return listing(machines=tuple(ListedMachine(name, {}, None, tuple(rentals)) for name, rentals in found.items()))


def _rental(row: Cells, path: Path) -> Facts:
    count = number_in(row, "gpus", path) or 1
    spot = number_in(row, "spot_usd_per_hour_instance", path)
    return {
        "provider": row["provider"],
        "place": row.get("region"),
        "count": count,
        "usd_per_hour": number_in(row, "usd_per_gpu_hour", path),
        "spot_usd_per_hour": round(spot / count, 4) if spot else None,
    }


def _needs(rows: list[Cells], columns: tuple[str, ...], path: Path) -> None:
    for row in rows:
        lacking = [column for column in columns if column not in row]
        if lacking:
            raise InputError([Fault(str(path), f"a row without '{lacking[0]}'", "this is not such a list")])
    if not rows:
        raise InputError([Fault(str(path), "the table has no rows", "fetch the copy again")])
