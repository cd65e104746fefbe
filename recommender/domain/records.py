"""The catalog's records: what a model, an offer, a licence and a source is. Facts only, no behaviour. Machines have their own file.

A value that is not known is left out of the file and stays None here. Every number is finite and at or above zero.
"""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field

from recommender.domain.catalog_record import Record
from recommender.domain.diffusion_records import Diffusion
from recommender.domain.words import Capability, Certification, FreeUnit, Modality, ModelType, Task, Weights

Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
NonNegative = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Usd = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]
UsdPerMtok = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]
Tokens = Annotated[int, Field(gt=0, le=100_000_000)]
AT_LEAST_ONE = Field(min_length=1)
Date = datetime.date
Agreement = Literal["hipaa_baa", "gdpr_dpa"]
FactStatus = Literal["agreed", "single", "conflict", "override", "assumed"]
Availability = Literal["default", "self_serve", "approval", "none"]
Training = Literal["never", "opt_in", "opt_out", "default"]


class Source(Record):
    """Where facts come from. Key in `catalog/sources.yaml` is its id."""

    title: str
    url: str
    licence: str
    retrieved: Date
    taken: str | None = None


class Licence(Record):
    """What a licence lets one do, in plain words. Key in `catalog/licences.yaml` is its id.

    `permissive`: any use, with the notice kept; the conditions of every other one that was read are told in answers.
    """

    name: str
    commercial_use: bool | None = None
    permissive: bool = False
    conditions: str
    monthly_user_cap: NonNegative | None = None
    attribution: bool | None = None
    acceptable_use_policy: bool | None = None
    url: str | None = None
    source: str
    checked: Date | None = None


class Provenance(Record):
    """Source, date and agreement of one field (or of `default`, all fields not named)."""

    source: str
    as_of: Date
    status: FactStatus = "single"
    note: str | None = None


class Geometry(Record):
    """Shape of a transformer: what its memory and speed follow from."""

    layers: Annotated[int, Field(gt=0, le=1000)]
    hidden: Annotated[int, Field(gt=0, le=1_000_000)] | None = None
    kv_heads: Annotated[int, Field(ge=0, le=10_000)] | None = None
    head_dim: Annotated[int, Field(gt=0, le=10_000)] | None = None
    kv_lora_rank: Annotated[int, Field(gt=0, le=100_000)] | None = None
    rope_dim: Annotated[int, Field(gt=0, le=10_000)] | None = None
    experts: Annotated[int, Field(gt=0, le=10_000)] | None = None
    experts_active: Annotated[int, Field(gt=0, le=10_000)] | None = None
    window_tokens: Tokens | None = None
    full_attention_share: Annotated[float, Field(ge=0, le=1)] | None = None
    shared_layers: bool = False  # one layer's weights serve them all, so that a pass works more than the file is large


class Card(Record):
    """What a reader wants to know before trusting a model."""

    derived_from: str | None = None
    foundation: bool | None = None
    intended_use: str | None = None
    limits: str | None = None
    training_data: str | None = None
    tunable_with: tuple[Literal["full", "lora", "qlora", "hosted"], ...] | None = None
    downloads: NonNegative | None = None


class Speech(Record):
    """Measured speed of a speech model: hours of audio per hour of machine.

    `tflops` is the speed of the processor it was measured on, on the scale of `hardware/other.yaml`, as far as one recording keeps it
    busy; measured on an accelerator a speed has none.
    """

    hardware: str
    real_time_factor: Positive
    tflops: Positive | None = None
    batched: bool
    source: str
    as_of: Date


class Model(Record):
    """Facts about a model that are true wherever it is served. Its id is its path below `catalog/models/`."""

    name: str
    type: ModelType
    architecture: Literal[
        "decoder", "encoder", "encoder_decoder", "diffusion", "transducer", "ctc", "state_space", "convolutional",
        "linear", "trees", "statistical", "signal", "none",
    ] | None = None  # fmt: skip
    maker: str | None = None
    weights: Weights
    licence: str
    tasks: Annotated[tuple[Task, ...], AT_LEAST_ONE]
    ready_for: tuple[Task, ...] = ()
    input: Annotated[tuple[Modality, ...], AT_LEAST_ONE]
    output: Annotated[tuple[Modality, ...], AT_LEAST_ONE]
    capabilities: tuple[Capability, ...] = ()
    lacks: tuple[Capability, ...] = ()
    languages: tuple[str, ...] | None = None
    context_tokens: Tokens | None = None
    max_input_tokens: Tokens | None = None
    max_output_tokens: Tokens | None = None
    parameters_b: Annotated[float, Field(gt=0, le=100_000)] | None = None
    active_parameters_b: Annotated[float, Field(gt=0, le=100_000)] | None = None
    geometry: Geometry | None = None
    diffusion: Diffusion | None = None
    embedding_dimensions: Annotated[int, Field(gt=0, le=1_000_000)] | None = None
    max_training_rows: Annotated[int, Field(gt=0, le=10_000_000_000)] | None = None
    max_features: Annotated[int, Field(gt=0, le=10_000_000)] | None = None
    released: Date | None = None
    knowledge_cutoff: Date | None = None
    retired: Date | None = None
    successor: str | None = None
    deprecated: bool | None = None
    preview: bool | None = None
    reasoning: Literal["none", "optional", "always"] | None = None
    repository: str | None = None
    card: Card = Card()
    speech: tuple[Speech, ...] = ()
    provenance: dict[str, Provenance]


class Tier(Record):
    """Prices that hold for a whole request once its input is longer than a length."""

    above_input_tokens: Tokens
    input_usd_per_mtok: UsdPerMtok | None = None
    output_usd_per_mtok: UsdPerMtok | None = None
    cache_read_usd_per_mtok: UsdPerMtok | None = None


class Price(Record):
    """What a provider asks from a day on. Oldest first; a change is appended."""

    since: Date
    input_usd_per_mtok: UsdPerMtok | None = None
    output_usd_per_mtok: UsdPerMtok | None = None
    cache_read_usd_per_mtok: UsdPerMtok | None = None
    cache_write_usd_per_mtok: UsdPerMtok | None = None
    batch_multiplier: Annotated[float, Field(gt=0, le=1)] | None = None
    audio_input_usd_per_minute: Usd | None = None
    audio_output_usd_per_minute: Usd | None = None
    usd_per_million_characters: Usd | None = None
    usd_per_image: Usd | None = None
    usd_per_page: Usd | None = None
    usd_per_video_second: Usd | None = None
    usd_per_thousand_searches: Usd | None = None
    tiers: tuple[Tier, ...] = ()
    regional_uplift: Annotated[float, Field(ge=1, le=5)] | None = None
    is_free: bool = False
    source: str
    as_of: Date
    status: FactStatus = "single"
    note: str | None = None


class FreeAmount(Record):
    """What a paying account gets for free each month from a day on. Oldest first; 0 says that it ended.

    Trials that stop at their limit or are held back are none: nothing can be bought on top. `first_months` is how long it
    lasts, for good where it is absent; `trains_on_customer_data` what its own terms say, where they differ from the paid ones.
    """

    since: Date
    unit: FreeUnit
    per_month: NonNegative
    first_months: Annotated[int, Field(ge=1, le=120)] | None = None
    trains_on_customer_data: Training | None = None
    source: str
    as_of: Date
    url: str
    note: str | None = None


class Privacy(Record):
    """What a provider promises about customers' data. Absent means: not read, hence unknown, hence not relied on."""

    trains_on_customer_data: Training | None = None
    retention_days: Annotated[float, Field(ge=0, le=36_500)] | None = None
    zero_retention: Availability | None = None
    tenant_isolated: bool | None = None
    inference_regions: tuple[str, ...] | None = None
    storage_regions: tuple[str, ...] | None = None
    certifications: tuple[Certification, ...] | None = None
    lacks_certifications: tuple[Certification, ...] | None = None
    agreements: tuple[Agreement, ...] | None = None
    note: str | None = None
    source: str | None = None
    url: str | None = None
    checked: Date | None = None


class Speed(Record):
    """Measured speed of a hosted model. The ends are beyond anything measured: past them stands another unit."""

    tokens_per_second: Annotated[float, Field(gt=0, le=20_000, allow_inf_nan=False)] | None = None
    first_token_seconds: Annotated[float, Field(gt=0, le=120, allow_inf_nan=False)] | None = None
    source: str
    as_of: Date


class Window(Record):
    """How much a provider takes of a model at once, input and answer together, where that is less than the model's own window."""

    context_tokens: Tokens
    source: str
    as_of: Date
    status: FactStatus = "single"
    note: str | None = None


class HostedTuning(Record):
    """What hosted fine-tuning of this model costs, and until when it is offered."""

    training_usd_per_mtok: UsdPerMtok | None = None
    input_usd_per_mtok: UsdPerMtok | None = None
    output_usd_per_mtok: UsdPerMtok | None = None
    hosting_usd_per_hour: Usd | None = None
    ends: Date | None = None
    source: str
    as_of: Date
    status: FactStatus = "single"
    note: str | None = None


class Offer(Record):
    """One provider serving one model."""

    model: str
    api_id: str | None = None
    regions: tuple[str, ...] | None = None
    prices: tuple[Price, ...]
    free: tuple[FreeAmount, ...] = ()
    privacy: Privacy | None = None
    speed: Speed | None = None
    window: Window | None = None
    fine_tuning: HostedTuning | None = None
    retires: Date | None = None
    checked: Date | None = None


WebAddress = Annotated[str, Field(pattern=r"^https://\S+[^/\s]$|^http://localhost[:/]\S*[^/\s]$")]


class Address(Record):
    """Where a vendor's API is called; absent where every account has one of its own, or nobody looked it up.

    `by_region`: another address for who must have the data in a region. `openai_url`: where a vendor with an API of its own also
    speaks OpenAI's.
    """

    url: WebAddress
    openai_url: WebAddress | None = None
    by_region: dict[str, WebAddress] = Field(default_factory=dict)
    source: str
    as_of: Date
    note: str | None = None


class Provider(Record):
    """Who serves models: one file `catalog/offers/<id>.yaml`, with every offer of theirs."""

    name: str
    kind: Literal["maker", "cloud", "host", "aggregator"]
    headquarters: str | None = None
    api: Literal["openai_compatible", "anthropic", "google", "vertex", "bedrock", "own"] | None = None
    website: str | None = None
    address: Address | None = None
    checked: Date
    privacy: Privacy = Privacy()
    free: tuple[FreeAmount, ...] = ()
    offers: tuple[Offer, ...]

    def terms_of(self, offer: Offer) -> Privacy:
        """The provider's terms, with what the offer says of its own."""
        if offer.privacy is None:
            return self.privacy
        own = {name: getattr(offer.privacy, name) for name in offer.privacy.model_fields_set}
        return self.privacy.model_copy(update=own)
