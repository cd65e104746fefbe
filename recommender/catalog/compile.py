"""Records into columns: done once per catalog and day, then kept in the cache."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from statistics import median

import numpy as np

from recommender.catalog.compile_abilities import capabilities, language_terms, languages_of
from recommender.catalog.compile_clips import compiled_clips
from recommender.catalog.compile_columns import days, numbers, passed_b, served_window, sets, truths
from recommender.catalog.compile_free import compiled_free
from recommender.catalog.compile_hardware import compiled_hardware, compiled_rentals
from recommender.catalog.compile_quality import best_scores, compiled_quality, counting_errors
from recommender.catalog.library import Library
from recommender.domain.columns import (
    Columns,
    Floats,
    LicenceTerms,
    Mask,
    ModelColumns,
    OfferColumns,
    SetColumn,
)
from recommender.domain.records import HostedTuning, Model, Offer, Price, Privacy, Provider
from recommender.domain.words import CERTIFICATIONS, MODALITIES, MODEL_TYPES, TASKS

REASONING = ("none", "optional", "always")
SOON = datetime.timedelta(days=180)  # nobody should tune a model where tuning ends within half a year


def compiled(library: Library, digest: str, as_of: datetime.date | None) -> Columns:
    """The columns of a catalog as of a day (None: the catalog's own)."""
    day = as_of or library.edition.as_of
    model_ids = tuple(sorted(library.models))
    return Columns(
        version=library.edition.version,
        digest=digest,
        as_of=day,
        edition_day=library.edition.as_of,
        models=_models(library, model_ids, day),
        offers=_offers(library, model_ids, day),
        hardware=compiled_hardware(library, day),
        rentals=compiled_rentals(library, day, _region_words(library)),
        quality=compiled_quality(library, model_ids),
        tasks={task: library.tasks[task] for task in TASKS if task in library.tasks},
        strategies=tuple(library.strategies[name] for name in sorted(library.strategies)),
        rules=tuple(sorted(library.rules, key=lambda rule: rule.id)),
        profiles=library.profiles,
        languages=language_terms(library.languages),
        assumptions=dict(sorted(library.assumptions.items())),
        calibration={name: value for name, value in library.calibration.items() if name != "quality"},
        benchmarks=best_scores(library.benchmarks, frozenset(model_ids)),
        error_rates=counting_errors(library.benchmarks),
        sources={name: source.title for name, source in sorted(library.sources.items())},
        licence_terms=_licence_terms(library),
        banned=library.banned,
        ban_doubts=library.ban_doubts,
    )


def _licence_terms(library: Library) -> dict[str, LicenceTerms]:
    """A licence of which nobody knows whether it allows commercial use was not read, and is told as such elsewhere."""
    return {
        name: LicenceTerms(one.name, one.conditions)
        for name, one in sorted(library.licences.items())
        if one.commercial_use is not None and not one.permissive
    }


def _models(library: Library, ids: tuple[str, ...], day: datetime.date) -> ModelColumns:
    models = [library.models[name] for name in ids]
    licences = [library.licences.get(model.licence) for model in models]
    shapes = [model.geometry for model in models]

    def shape(field: str) -> Floats:
        return numbers(getattr(one, field) if one else None for one in shapes)

    def fact(field: str) -> Floats:
        return numbers(getattr(model, field) for model in models)

    spoken, multilingual = languages_of(models, language_terms(library.languages))
    return ModelColumns(
        ids=ids,
        names=tuple(model.name for model in models),
        types=np.array([MODEL_TYPES.index(model.type) for model in models], np.int64),
        architectures=tuple(model.architecture for model in models),
        licences=tuple(model.licence for model in models),
        makers=tuple(model.maker or name.split("/")[0] for name, model in zip(ids, models, strict=True)),
        tasks=_flags([model.tasks for model in models]),
        ready_for=_flags([model.ready_for for model in models]),
        inputs=sets([model.input for model in models], MODALITIES),
        outputs=sets([model.output for model in models], MODALITIES),
        capabilities=capabilities(models),
        languages=spoken,
        is_multilingual=multilingual,
        context_tokens=fact("context_tokens"),
        max_input_tokens=fact("max_input_tokens"),
        max_output_tokens=fact("max_output_tokens"),
        parameters_b=fact("parameters_b"),
        active_b=numbers(model.active_parameters_b or model.parameters_b for model in models),
        passed_b=numbers(passed_b(model) for model in models),
        layers=shape("layers"),
        hidden=shape("hidden"),
        kv_heads=shape("kv_heads"),
        head_dim=shape("head_dim"),
        kv_lora_rank=shape("kv_lora_rank"),
        rope_dim=shape("rope_dim"),
        experts=shape("experts"),
        experts_active=shape("experts_active"),
        full_attention_share=shape("full_attention_share"),
        window_tokens=shape("window_tokens"),
        embedding_dimensions=fact("embedding_dimensions"),
        max_training_rows=fact("max_training_rows"),
        max_features=fact("max_features"),
        has_open_weights=np.array([model.weights == "open" for model in models], bool),
        allows_commercial_use=truths(licence.commercial_use if licence else None for licence in licences),
        released=days(model.released for model in models),
        retired=days(model.retired for model in models),
        is_deprecated=truths(model.deprecated for model in models),
        is_preview=truths(model.preview for model in models),
        reasons=np.array([REASONING.index(model.reasoning) if model.reasoning else -1 for model in models], np.int64),
        real_time_factor=numbers(map(_on_accelerators, models)),
        real_time_tflops=numbers(map(_real_time_tflops, models)),
        diffusion_steps=numbers(model.diffusion.steps if model.diffusion else None for model in models),
        diffusion_passes=numbers(model.diffusion.passes if model.diffusion else None for model in models),
        clips=compiled_clips(models),
        source_ids=tuple(_first_source(model) for model in models),
    )


def _flags(tasks: Sequence[Collection[str]]) -> Mask:
    """Which tasks each model lists. [models, tasks]"""
    return np.array([[task in listed for task in TASKS] for listed in tasks], bool).reshape(len(tasks), len(TASKS))


def _on_accelerators(model: Model) -> float | None:
    """The best speed measured on an accelerator. [times real time]"""
    return max((one.real_time_factor for one in model.speech if one.tflops is None), default=None)


def _real_time_tflops(model: Model) -> float | None:
    """Speed of a processor that just keeps up with sound, the median of those it was measured on. [TFLOP/s]"""
    needed = [one.tflops / one.real_time_factor for one in model.speech if one.tflops is not None]
    return median(needed) if needed else None


def _first_source(model: Model) -> str:
    default = model.provenance.get("default")
    return default.source if default else min((one.source for one in model.provenance.values()), default="unknown")


def _offers(library: Library, model_ids: tuple[str, ...], day: datetime.date) -> OfferColumns:
    places = {name: index for index, name in enumerate(model_ids)}
    providers = tuple(sorted(library.providers))
    pairs = _pairs(library, providers)
    prices = [price_on(offer.prices, day) for _, _, offer in pairs]
    terms = [provider.terms_of(offer) for provider, _, offer in pairs]

    def price(field: str) -> Floats:
        return numbers(None if one is None else getattr(one, field) for one in prices)

    def tier(field: str) -> Floats:
        return numbers(getattr(one.tiers[0], field) if one and one.tiers else None for one in prices)

    tunings, words = _tunings(pairs, prices), _region_words(library)

    def tuning(field: str) -> Floats:
        return numbers(getattr(one, field) if one else None for one in tunings)

    return OfferColumns(
        model=np.array([places[offer.model] for _, _, offer in pairs], np.int64),
        provider=np.array([index for _, index, _ in pairs], np.int64),
        provider_ids=providers,
        provider_names=tuple(library.providers[name].name for name in providers),
        has_price=np.array([one is not None for one in prices], bool),
        input_price=price("input_usd_per_mtok"),
        output_price=price("output_usd_per_mtok"),
        cache_read_price=price("cache_read_usd_per_mtok"),
        cache_write_price=price("cache_write_usd_per_mtok"),
        batch_multiplier=price("batch_multiplier"),
        regional_uplift=price("regional_uplift"),
        tier_above=tier("above_input_tokens"),
        tier_input_price=tier("input_usd_per_mtok"),
        tier_output_price=tier("output_usd_per_mtok"),
        audio_input_price=price("audio_input_usd_per_minute"),
        audio_output_price=price("audio_output_usd_per_minute"),
        character_price=price("usd_per_million_characters"),
        image_price=price("usd_per_image"),
        page_price=price("usd_per_page"),
        video_price=price("usd_per_video_second"),
        search_price=price("usd_per_thousand_searches"),
        price_source=tuple(_price_label(one) for one in prices),
        tokens_per_second=numbers(offer.speed.tokens_per_second if offer.speed else None for _, _, offer in pairs),
        first_token_seconds=numbers(offer.speed.first_token_seconds if offer.speed else None for _, _, offer in pairs),
        context_tokens=numbers(served_window(library.models[offer.model], offer) for _, _, offer in pairs),
        tuning_price=tuning("training_usd_per_mtok"),
        tuned_input_price=tuning("input_usd_per_mtok"),
        tuned_output_price=tuning("output_usd_per_mtok"),
        tuned_hosting_price=tuning("hosting_usd_per_hour"),
        can_tune=truths(_can_tune(offer, day) for _, _, offer in pairs),
        regions=sets([_regions(offer, one) for (_, _, offer), one in zip(pairs, terms, strict=True)], words),
        stored=sets([_stored(library, offer, one) for (_, _, offer), one in zip(pairs, terms, strict=True)], words),
        certifications=_certifications(terms),
        is_tenant_isolated=truths(one.tenant_isolated for one in terms),
        trains_on_customer_data=truths(_trains(one) for one in terms),
        offers_zero_retention=truths(_zero_retention(one) for one in terms),
        keeps_nothing_by_default=truths(_keeps_nothing_by_default(one) for one in terms),
        ends=days(_end_of(library, offer) for _, _, offer in pairs),
        is_offered=np.array([(_end_of(library, offer) or datetime.date.max) > day for _, _, offer in pairs], bool),
        free=compiled_free(pairs, day),
    )


def _pairs(library: Library, providers: tuple[str, ...]) -> list[tuple[Provider, int, Offer]]:
    """Every offer in its fixed order, with its provider and that one's place."""
    return [
        (library.providers[name], index, offer)
        for index, name in enumerate(providers)
        for offer in sorted(library.providers[name].offers, key=lambda one: (one.model, one.api_id or ""))
    ]


def _tunings(pairs: Sequence[tuple[Provider, int, Offer]], prices: Sequence[Price | None]) -> list[HostedTuning | None]:
    """Each offer's terms of tuning; what is not sold yet is not tuned yet."""
    return [
        offer.fine_tuning if now is not None or not offer.prices else None
        for (_, _, offer), now in zip(pairs, prices, strict=True)
    ]


def price_on(prices: Sequence[Price], day: datetime.date) -> Price | None:
    """The last price that had begun; a price that only begins later is not yet one."""
    begun = [price for price in prices if price.since <= day]
    return begun[-1] if begun else None


def _price_label(price: Price | None) -> str:
    return "" if price is None else f"{price.source} ({price.as_of.isoformat()})"


def _regions(offer: Offer, terms: Privacy) -> tuple[str, ...] | None:
    return offer.regions if offer.regions is not None else terms.inference_regions


def _stored(library: Library, offer: Offer, terms: Privacy) -> tuple[str, ...] | None:
    """Where requests are kept: nowhere, and so nowhere else, if they are not kept; a regional offer keeps them in its region unless
    the terms say where."""
    if terms.retention_days == 0:
        return _region_words(library)
    return terms.storage_regions if terms.storage_regions is not None else offer.regions


def _region_words(library: Library) -> tuple[str, ...]:
    words: set[str] = set()
    for provider in library.providers.values():
        for offer in provider.offers:
            terms = provider.terms_of(offer)
            words.update((*(_regions(offer, terms) or ()), *(terms.storage_regions or ())))
    for vendor in library.hardware.values():
        for accelerator in vendor.accelerators:
            for rental in accelerator.rentals:
                words.update(rental.regions or ())
    return tuple(sorted(words))


def _certifications(terms: Sequence[Privacy]) -> SetColumn:
    members = np.full((len(terms), len(CERTIFICATIONS)), -1, np.int8)
    implied = {"hipaa_baa": "hipaa", "gdpr_dpa": "gdpr"}
    for row, one in enumerate(terms):
        held = set(one.certifications or ()) | {implied[name] for name in one.agreements or ()}
        for place, word in enumerate(CERTIFICATIONS):
            if word in held:
                members[row, place] = 1
            elif word in (one.lacks_certifications or ()):
                members[row, place] = 0
    return SetColumn(members, CERTIFICATIONS)


def _trains(terms: Privacy) -> bool | None:
    """Opting out is possible where offered, but it is not what happens unless somebody does."""
    return None if terms.trains_on_customer_data is None else terms.trains_on_customer_data in ("default", "opt_out")


def _zero_retention(terms: Privacy) -> bool | None:
    """By approval only is not something one can rely on before it is granted: unknown."""
    if terms.zero_retention is None or terms.zero_retention == "approval":
        return None
    return terms.zero_retention != "none"


def _keeps_nothing_by_default(terms: Privacy) -> bool | None:
    """Whether zero retention is what happens unless somebody does something; unknown where it cannot be relied on at all."""
    return terms.zero_retention == "default" if _zero_retention(terms) else None


def _can_tune(offer: Offer, day: datetime.date) -> bool | None:
    tuning = offer.fine_tuning
    if tuning is None:
        return False
    if tuning.ends and tuning.ends <= day + SOON:
        return False
    return None if tuning.training_usd_per_mtok is None else True


def _end_of(library: Library, offer: Offer) -> datetime.date | None:
    """The day on which an offer, or the model with it, is retired; None where none is announced."""
    return offer.retires or library.models[offer.model].retired
