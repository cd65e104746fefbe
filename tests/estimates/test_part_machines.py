"""Further models beside a language model: at a vendor by use, elsewhere on machines that cost money and time."""

from __future__ import annotations

from typing import Any

import pytest

from recommender import Catalog, Option, compare

CALLS: dict[str, Any] = {
    "task": "speech_to_speech",
    "workload": {"requests_per_month": 2_628_000, "peak_requests_per_second": 7, "audio_minutes": 1},
}
PARTS = ("speech input", "speech output")


def _option(catalog: Catalog, name: str, **more: Any) -> Option:
    found = compare({**CALLS, **more}, [name], catalog, draws=0).compared[0].option
    assert found is not None, name
    return found


def _line(option: Option, label: str) -> float:
    return sum(one.mid for one in option.bill if one.label == label and one.mid is not None)


def _hosted_without_speech(catalog: Catalog) -> Option:
    """The best language model at a vendor that sells no speech."""
    return _option(catalog, "zero_shot", only=["fireworks"])


def test_speech_beside_a_hosted_model_is_rented_not_free(catalog: Catalog) -> None:
    option = _hosted_without_speech(catalog)
    placed = {one.role: one.deployment for one in option.components}
    assert {placed[part].place for part in PARTS} == {"own_cloud"}
    assert all(placed[part].accelerator and placed[part].provider for part in PARTS)
    assert any("that you rent and look after" in one for one in option.reasons)
    rentals, hardware = catalog.columns.rentals, catalog.columns.hardware
    machine = hardware.ids.index(str(placed["speech output"].accelerator))
    price = min(float(usd) for usd, one in zip(rentals.hourly_usd, rentals.hardware, strict=True) if one == machine)
    # Seven requests a second of a minute each. Heard at 3,333 times real time and spoken at 15 / 0.5 = 30 times on an A100:
    models = catalog.columns.models
    heard, spoken = (models.ids.index(str(one.model.id)) for one in option.components)
    scale = min(float(hardware.tflops_16[machine]) / 312.0, 2.0)
    seconds = 60.0 / (float(models.real_time_factor[heard]) * scale) + 60.0 / (15.0 / float(models.active_b[spoken]) * scale)
    machines = -(-7.0 * seconds / 0.7 // 1) + 1  # at most 70 % busy, and one to spare
    assert _line(option, "Machines rented for speech") == pytest.approx(machines * price * 730.0, rel=0.02)


def test_a_vendor_of_speech_is_paid_by_use_alone(catalog: Catalog) -> None:
    option = _option(catalog, "zero_shot", only=["mistral"])
    assert _line(option, "Machines rented for speech") == 0.0
    assert _line(option, "Speech input") > 0.0 and _line(option, "Speech output") > 0.0
    assert any("nothing to operate" in one for one in option.reasons)


def test_more_speech_takes_more_of_the_same_machines(catalog: Catalog) -> None:
    name = f"zero_shot/{_option(catalog, 'zero_shot', privacy={'boundary': 'on_premises'}).model.id}"
    quiet = _option(catalog, name, privacy={"boundary": "on_premises"}, workload={**CALLS["workload"], "audio_minutes": 0.001})
    busy = _option(catalog, name, privacy={"boundary": "on_premises"})
    assert _line(busy, "Machines bought") > _line(quiet, "Machines bought") > 0.0
    assert any(" more " in one for one in busy.reasons if one.startswith("Beside it works"))
    assert not any(" more " in one for one in quiet.reasons if one.startswith("Beside it works"))


def test_machines_for_speech_are_looked_after(catalog: Catalog) -> None:
    beside, served = _hosted_without_speech(catalog), _option(catalog, "zero_shot", only=["mistral"])
    for name in ("build_days", "upkeep_days_per_month"):
        one, other = beside.estimates[name].mid, served.estimates[name].mid
        assert one is not None and other is not None and one > other


def test_a_device_hears_and_speaks_by_itself(catalog: Catalog) -> None:
    option = _option(catalog, "zero_shot", privacy={"boundary": "on_device"}, workload={"requests_per_month": 1000})
    assert {one.deployment.place for one in option.components} == {"device"}
    assert option.estimates["monthly_cost_usd"].mid == 0.0


ASKING: dict[str, Any] = {
    "task": "question_answering",
    "knowledge": {"tokens": 3e8},
    "workload": {"requests_per_month": 30_000, "input_tokens": 200},
}


def _searching(catalog: Catalog, vendor: str, **more: Any) -> Option:
    found = compare({**ASKING, "only": [vendor], **more}, ["rag"], catalog, draws=0).compared[0].option
    assert found is not None
    return found


def test_search_beside_a_vendor_without_it_takes_a_small_machine(catalog: Catalog) -> None:
    option = _searching(catalog, "cortecs")
    hardware, rentals = catalog.columns.hardware, catalog.columns.rentals
    kinds = dict(zip(hardware.ids, hardware.kinds, strict=True))
    (part,) = option.components
    assert part.deployment.place == "own_cloud" and kinds[str(part.deployment.accelerator)] == "cpu"
    cheapest = min(
        float(usd) for usd, one in zip(rentals.hourly_usd, rentals.hardware, strict=True) if hardware.kinds[one] == "cpu"
    )
    assert _line(option, "Machine rented for search") == pytest.approx(cheapest * 730.0, rel=0.01)
    assert any("on a small machine that you rent" in one for one in option.reasons)


def test_many_questions_take_more_machines_for_search(catalog: Catalog) -> None:
    one = _line(_searching(catalog, "cortecs"), "Machine rented for search")
    busy = {**ASKING["workload"], "requests_per_month": 3e8}
    assert _line(_searching(catalog, "cortecs", workload=busy), "Machine rented for search") > 3 * one


def test_a_vendor_that_embeds_takes_none(catalog: Catalog) -> None:
    option = _searching(catalog, "mistral")
    assert _line(option, "Machine rented for search") == 0.0 and _line(option, "Embedding") > 0.0
    assert any("nothing to operate" in one for one in option.reasons)
