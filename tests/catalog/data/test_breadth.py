"""How much there is: counts that the catalog promises."""

from __future__ import annotations

import datetime
from collections import Counter

import pytest

from recommender.catalog.library import Library
from recommender.catalog.task_sources import sourced_tasks
from recommender.domain.machine_records import Accelerator
from recommender.domain.words import MODEL_TYPES, TASKS

TODAY = datetime.date(2026, 11, 25)
FEW = {"time_series_forecasting": 3, "object_detection": 3, "image_segmentation": 3, "tabular_prediction": 3}
FEW |= {"audio_enhancement": 2, "audio_classification": 2}
ONLY_OPEN = {"audio_classification", "audio_enhancement", "object_detection", "image_segmentation", "tabular_prediction"}
ONLY_OPEN |= {"time_series_forecasting"}  # no hosted price list carries these


def accelerators(library: Library) -> list[Accelerator]:
    return [one for vendor in library.hardware.values() for one in vendor.accelerators]


def test_there_are_350_models_and_700_offers(library: Library) -> None:
    assert len(library.models) >= 350
    assert sum(len(provider.offers) for provider in library.providers.values()) >= 700


def test_every_type_of_model_is_there(library: Library) -> None:
    assert {model.type for model in library.models.values()} == set(MODEL_TYPES)


def test_fifteen_providers_sell_text_models(library: Library) -> None:
    sells = Counter(
        name
        for name, provider in library.providers.items()
        for offer in provider.offers
        if library.models[offer.model].type == "decoder_llm"
    )
    assert sum(count >= 3 for count in sells.values()) >= 15
    assert {"aws-bedrock", "azure", "google-vertex", "openai", "anthropic", "google", "mistral"} <= set(sells)
    assert {"ovhcloud", "scaleway", "nebius", "together", "fireworks", "deepinfra", "groq", "cerebras"} <= set(sells)
    assert {"cohere", "deepseek", "xai", "alibaba", "moonshotai", "zai"} <= set(sells)


def eligible(library: Library, task: str) -> set[str]:
    """Models still on offer whose file lists the task with a source: entered by type alone does not count."""
    return {
        name
        for name, model in library.models.items()
        if task in sourced_tasks(model) and not (model.retired and model.retired <= TODAY)
    }


@pytest.mark.parametrize("task", TASKS)
def test_every_task_has_enough_models_still_on_offer(library: Library, task: str) -> None:
    assert len(eligible(library, task)) >= FEW.get(task, 5)


@pytest.mark.parametrize("task", TASKS)
def test_every_task_has_an_open_model(library: Library, task: str) -> None:
    assert any(library.models[name].weights == "open" for name in eligible(library, task))


@pytest.mark.parametrize("task", sorted(set(TASKS) - ONLY_OPEN))
def test_every_task_of_the_market_has_a_hosted_model(library: Library, task: str) -> None:
    hosted = {
        offer.model
        for provider in library.providers.values()
        for offer in provider.offers
        if not (offer.retires and offer.retires <= TODAY)
    }
    assert eligible(library, task) & hosted


def test_two_in_five_listed_tasks_have_a_source(library: Library) -> None:
    """Seen on 2026-11-25: 2356 of 5378, and 689 of 765 models with at least one."""
    listed = sum(len(model.tasks) for model in library.models.values())
    sourced = [len(sourced_tasks(model)) for model in library.models.values()]
    assert sum(sourced) >= 0.4 * listed
    assert sum(count > 0 for count in sourced) >= 0.88 * len(sourced)


def test_the_hardware_covers_every_class(library: Library) -> None:
    machines = accelerators(library)
    assert len(machines) >= 25
    assert {one.kind for one in machines} == {"datacenter", "workstation", "consumer", "apple", "cpu", "phone", "board"}
    priced = [one for one in machines if one.rentals or one.purchases]
    assert len(priced) >= 15
    assert any(one.kind == "cpu" and one.rentals for one in priced)
    assert any(one.memory_gb <= 24 and one.kind == "datacenter" and one.rentals for one in priced)
    assert any(one.kind == "workstation" for one in priced)
    assert any("eu" in (rental.regions or ()) for one in priced for rental in one.rentals)


def test_every_machine_has_memory_bandwidth_speed_and_power(library: Library) -> None:
    lacking = [one.id for one in accelerators(library) if not (one.bandwidth_gbps and one.bf16_tflops)]
    assert lacking == []
    assert sum(one.power_w is None for one in accelerators(library)) <= 2


KNOWN_TO_LEARNERS = (
    "openai/whisper-1", "openai/dall-e-3", "midjourney/midjourney", "stabilityai/stable-diffusion-1.5",
    "openai/gpt-3.5-turbo", "openai/gpt-4", "openai/gpt-4o", "anthropic/claude-2", "google/bard", "meta-llama/llama-1",
    "bigscience/bloom", "stanford/alpaca", "codeparrot/codeparrot", "google-bert/bert-base-uncased",
    "facebook/bart-large-cnn", "google-t5/t5-base", "openai/text-embedding-ada-002",
)  # fmt: skip


@pytest.mark.parametrize("name", KNOWN_TO_LEARNERS)
def test_models_that_people_learned_on_stay_in(library: Library, name: str) -> None:
    assert name in library.models


LIVES_ON = {"midjourney/midjourney"}  # sold as ever, only not through an interface


@pytest.mark.parametrize("name", sorted(set(KNOWN_TO_LEARNERS) - LIVES_ON))
def test_what_people_learned_on_shows_the_way_on(library: Library, name: str) -> None:
    assert library.models[name].successor in library.models


@pytest.mark.parametrize("name", ["openai/gpt-3.5-turbo", "openai/gpt-4", "anthropic/claude-2", "google/bard"])
def test_a_service_that_ended_says_when(library: Library, name: str) -> None:
    retired = library.models[name].retired
    assert retired is not None and retired <= TODAY


def test_azure_sells_models_and_services(library: Library) -> None:
    kinds = {library.models[offer.model].type for offer in library.providers["azure-ai-services"].offers}
    assert {"asr", "tts"} <= kinds
    assert len(library.providers["azure"].offers) >= 50


def test_a_successor_is_not_itself_retired(library: Library) -> None:
    for name, model in library.models.items():
        if model.successor:
            heir = library.models[model.successor]
            assert not (heir.retired and heir.retired <= TODAY), f"{name} points to {model.successor}, which is retired"


def test_twenty_five_providers_have_terms_with_a_page_and_a_day(library: Library) -> None:
    read = [name for name, provider in library.providers.items() if provider.privacy.source]
    assert len(read) >= 25
    for name in read:
        terms = library.providers[name].privacy
        assert terms.url and terms.checked, name
        assert terms.source in library.sources, name


def test_a_european_request_finds_hosts(library: Library) -> None:
    european = [name for name, one in library.providers.items() if "eu" in (one.privacy.inference_regions or ())]
    assert len(european) >= 5
    assert any(library.providers[name].privacy.zero_retention == "default" for name in european)
