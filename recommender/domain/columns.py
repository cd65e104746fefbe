"""The catalog as columns: one array per fact, one place per model, offer, accelerator and rental.

Unknown is NaN in a number, -1 in a truth (0 no, 1 yes) or a code, and -1 in a set's member.
"""

from __future__ import annotations

import datetime
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from recommender.domain.method import Assumption, Profile, Rule, StrategySpec, TaskSpec
from recommender.domain.parameters import Physics, physics_of
from recommender.domain.record import record

if TYPE_CHECKING:
    from recommender.domain.trial_evidence import TrialEvidence

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Truth = NDArray[np.int8]
Mask = NDArray[np.bool_]
TERMS_YEARS = (1, 3)  # for which machines are reserved


@record
class SetColumn:
    """A set per place: members in (1), out (0), unknown (-1). Shape (places, vocabulary)."""

    members: Truth
    vocabulary: tuple[str, ...]


@record
class ModelColumns:
    """Facts of every model; sizes in billions of parameters, lengths in tokens."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    types: Ints
    architectures: tuple[str | None, ...]
    licences: tuple[str, ...]
    makers: tuple[str, ...]
    tasks: Mask
    ready_for: Mask
    inputs: SetColumn
    outputs: SetColumn
    capabilities: SetColumn
    languages: SetColumn
    is_multilingual: Truth
    context_tokens: Floats
    max_input_tokens: Floats
    max_output_tokens: Floats
    parameters_b: Floats
    active_b: Floats
    passed_b: Floats
    layers: Floats
    hidden: Floats
    kv_heads: Floats
    head_dim: Floats
    kv_lora_rank: Floats
    rope_dim: Floats
    experts: Floats
    experts_active: Floats
    full_attention_share: Floats
    window_tokens: Floats
    embedding_dimensions: Floats
    max_training_rows: Floats
    max_features: Floats
    has_open_weights: Mask
    allows_commercial_use: Truth
    released: Floats
    retired: Floats
    is_deprecated: Truth
    is_preview: Truth
    reasons: Ints
    real_time_factor: Floats
    real_time_tflops: Floats
    diffusion_steps: Floats
    diffusion_passes: Floats
    clips: ClipColumns
    source_ids: tuple[str, ...]


@record
class ClipColumns:
    """The longest film that each model draws at once, and the shape of what draws it; NaN of models that draw none."""

    seconds: Floats
    frames_per_second: Floats
    pixels: Floats
    layers: Floats
    width: Floats
    pixels_per_token: Floats
    frames_per_token: Floats


@record
class FreeColumns:
    """What paying accounts get for free each month: one place per offer that has such an amount. `first_months` is infinite
    where it lasts for good; `trains_on_customer_data` is unknown where the paid offer's terms hold."""

    offer: Ints
    units: tuple[str, ...]
    per_month: Floats
    first_months: Floats
    trains_on_customer_data: Truth
    sources: tuple[str, ...]


@record
class OfferColumns:
    """Facts of every offer; prices in USD as of the edition's day."""

    model: Ints
    provider: Ints
    provider_ids: tuple[str, ...]
    provider_names: tuple[str, ...]
    has_price: Mask
    input_price: Floats
    output_price: Floats
    cache_read_price: Floats
    cache_write_price: Floats
    batch_multiplier: Floats
    regional_uplift: Floats
    tier_above: Floats
    tier_input_price: Floats
    tier_output_price: Floats
    audio_input_price: Floats
    audio_output_price: Floats
    character_price: Floats
    image_price: Floats
    page_price: Floats
    video_price: Floats
    search_price: Floats
    price_source: tuple[str, ...]
    tokens_per_second: Floats
    first_token_seconds: Floats
    context_tokens: Floats
    """How much is taken at once there: the model's own window, or the provider's where that is smaller."""
    tuning_price: Floats
    tuned_input_price: Floats
    tuned_output_price: Floats
    tuned_hosting_price: Floats
    can_tune: Truth
    regions: SetColumn
    stored: SetColumn
    certifications: SetColumn
    is_tenant_isolated: Truth
    trains_on_customer_data: Truth
    offers_zero_retention: Truth
    keeps_nothing_by_default: Truth
    ends: Floats
    is_offered: Mask
    free: FreeColumns


@record
class HardwareColumns:
    """Facts of every accelerator; prices in USD."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    kinds: tuple[str, ...]
    aliases: tuple[tuple[str, ...], ...]
    memory_gb: Floats
    usable_share: Floats
    bandwidth_gbps: Floats
    tflops_16: Floats
    tflops_8: Floats
    tflops_4: Floats
    power_w: Floats
    per_machine: Ints
    purchase_usd: Floats
    purchase_source: tuple[str, ...]
    is_unsupported: Mask
    """Whether current builds of what runs models no longer carry it."""


@record
class RentalColumns:
    """Every way to rent an accelerator by the hour; for whoever commits for years, one price per term of `TERMS_YEARS`."""

    hardware: Ints
    providers: tuple[str, ...]
    regions: SetColumn
    hourly_usd: Floats
    spot_usd: Floats
    committed_usd: Floats
    is_paid_at_start: Mask
    committed_sources: tuple[tuple[str, ...], ...]
    sources: tuple[str, ...]


@record
class QualityColumns:
    """Quality of every model at every task [0-100], 80 % interval. Shape (tasks, models); grade 3 is none.

    `rivals` is what the best prompted models reach at each task; NaN where language models are not what a task is about.
    `standing` is how good a start for training each model is against the one that studies had [logits], 0 where nothing tells;
    `counts` names the assumption that says how much of it carries over.
    """

    low: Floats
    mid: Floats
    high: Floats
    grades: Ints
    sources: tuple[tuple[str, ...], ...]
    rivals: Floats
    standing: Floats
    counts: tuple[dict[str, Mask], ...]


@record
class LicenceTerms:
    """A licence that asks for more than to keep its notice: its name, and what it asks for in one sentence."""

    name: str
    conditions: str


@record
class LanguageTerms:
    """The code that a language is known by, and its class of resources: 5 the best served, 0 where none is stated."""

    code: str
    resources: int


@record
class Banned:
    """A model or a provider that an overlay's ban took out, and the ban's own reason."""

    kind: Literal["model", "provider"]
    id: str
    name: str
    because: str


@record
class Columns:
    """The compiled catalog."""

    version: str
    digest: str
    as_of: datetime.date
    edition_day: datetime.date
    models: ModelColumns
    offers: OfferColumns
    hardware: HardwareColumns
    rentals: RentalColumns
    quality: QualityColumns
    tasks: dict[str, TaskSpec]
    strategies: tuple[StrategySpec, ...]
    rules: tuple[Rule, ...]
    profiles: dict[str, Profile]
    languages: dict[str, LanguageTerms]
    """By every code of a language, the other ones too; what the catalog does not list is not here."""
    assumptions: dict[str, Assumption]
    calibration: dict[str, Any]
    benchmarks: dict[str, dict[str, float]]
    error_rates: frozenset[str]
    """Benchmarks that count errors; the catalog has a hundred minus them, so that more is better."""
    sources: dict[str, str]
    licence_terms: dict[str, LicenceTerms]
    """By the licence's id; without those that are permissive, and those that nobody has read."""
    banned: tuple[Banned, ...] = ()
    ban_doubts: tuple[str, ...] = ()
    """What bans could not judge, in sentences."""
    trial: TrialEvidence | None = None
    """What the user's own trial measured; laid over the catalog for one answer, never part of it."""
    trial_levels: dict[str, tuple[float, float]] = field(default_factory=dict)
    """Of it, by metric of shared words: how far its scores lie above what is expected, and how sure that is. [points]"""

    @cached_property
    def physics(self) -> Physics:
        """What is fitted on measured rows."""
        return physics_of(self.calibration)
