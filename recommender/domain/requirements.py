"""What a team needs, as the public contract names it. A missing value means unknown: never zero, never unlimited."""

# Annotations are evaluated as they stand, not postponed: pydantic reads all of them, and would evaluate their text one by one.

import re
import unicodedata
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from recommender.domain.codes import LANGUAGE_CODES
from recommender.domain.words import Capability, Certification, Modality, Mode, StrategyId, Task


def _lower(value: Any) -> Any:
    """Words are matched without regard to case and outer spaces."""
    return value.strip().lower() if isinstance(value, str) else value


LANGUAGE_PATTERN = r"^(multilingual|[a-z]{2,3}(-[a-z0-9]{2,8})*)$"


def _language(value: Any) -> Any:
    """A code of two letters must be one of ISO 639-1; of longer ones (ISO 639-3) there are thousands."""
    if not isinstance(value, str):
        return value
    first = value.partition("-")[0]
    if not re.match(LANGUAGE_PATTERN, value) or (len(first) == 2 and first not in LANGUAGE_CODES):
        raise ValueError("is no language code; write one such as en, pt-br or swh, or multilingual")
    return value


# What steers a terminal or is not seen, pictures, and what colours pictures; marks of the trade are names' own.
STRANGE_SIGNS = frozenset(("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "So", "Sk", "Mn"))
TRADE_MARKS = frozenset("®™©")
_Word = BeforeValidator(_lower)
# Strict: a yes/no or a text is not a quantity, even where Python would convert it.
Flag = Annotated[bool, Field(strict=True)]
Count = Annotated[float, Field(strict=True, ge=0, le=1e15, allow_inf_nan=False)]
Usd = Annotated[float, Field(strict=True, ge=0, le=1e12, allow_inf_nan=False)]
TokenCount = Annotated[float, Field(strict=True, ge=0, le=1e9, allow_inf_nan=False)]
Milliseconds = Annotated[float, Field(strict=True, ge=0, le=1e12, allow_inf_nan=False)]
Share = Annotated[float, Field(strict=True, ge=0, le=1, allow_inf_nan=False)]
Percentage = Annotated[float, Field(strict=True, ge=0, le=100, allow_inf_nan=False)]
Small = Annotated[float, Field(strict=True, ge=0, le=1e6, allow_inf_nan=False)]
Classes = Annotated[float, Field(strict=True, ge=1, le=1e6, allow_inf_nan=False)]
Calls = Annotated[float, Field(strict=True, ge=1, le=1e5, allow_inf_nan=False)]
People = Annotated[float, Field(strict=True, gt=0, le=1e6, allow_inf_nan=False)]
Hours = Annotated[float, Field(strict=True, gt=0, le=1e6, allow_inf_nan=False)]
Language = Annotated[str, Field(pattern=LANGUAGE_PATTERN), BeforeValidator(_language), _Word]  # the last is applied first
Region = Annotated[str, _Word, Field(pattern=r"^[a-z]{2,12}$")]
Pattern = Annotated[str, _Word, Field(min_length=1, max_length=200)]
FreeText = Annotated[str, Field(max_length=20_000)]
Name = Annotated[str, Field(min_length=1, max_length=200)]


Bar = Literal["draft", "good", "high", "best"]
Profile = Literal["balanced", "lowest_cost", "best_quality", "fastest", "least_effort", "most_private"]
CriterionName = Literal["quality", "cost", "latency", "effort", "risk", "carbon"]
Boundary = Literal["any_cloud", "own_tenant", "on_premises", "air_gapped", "on_device"]


class Part(BaseModel):
    """Base of every part: unknown fields are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Modalities(Part):
    """What goes in and what comes out."""

    input: tuple[Annotated[Modality, _Word], ...] | None = None
    output: tuple[Annotated[Modality, _Word], ...] | None = None


class Workload(Part):
    """How much, per month and per request. Tokens are medians; `max_input_tokens` is the longest input."""

    requests_per_month: Count | None = None
    peak_requests_per_second: Count | None = None
    input_tokens: TokenCount | None = None
    output_tokens: TokenCount | None = None
    max_input_tokens: TokenCount | None = None
    audio_minutes: Small | None = None
    images: Small | None = None
    pages: Small | None = None
    characters: TokenCount | None = None
    video_seconds: Small | None = None
    model_calls: Calls | None = None
    mode: Annotated[Mode, _Word] | None = None
    concurrent_streams: Small | None = None
    total_requests: Count | None = None
    deadline_hours: Hours | None = None
    cacheable_input_share: Share | None = None


class Latency(Part):
    """Hard limits on the whole path. [ms]"""

    p95_ms: Milliseconds | None = None
    first_token_p95_ms: Milliseconds | None = None


class Budget(Part):
    """Hard limits on invoices. People's time is never counted against them. [USD]"""

    monthly_usd: Usd | None = None
    one_time_usd: Usd | None = None


class Data(Part):
    """Examples and raw data at hand."""

    labelled_examples: Count | None = None
    labelled_hours: Count | None = None
    classes: Classes | None = None
    multi_label: Flag | None = None
    labels_obtainable: Flag | None = None
    quality: Annotated[Literal["clean", "noisy"], _Word] | None = None
    features: Small | None = None
    series: Count | None = None
    history: Count | None = None
    horizon: Count | None = None
    unlabelled_tokens: Count | None = None
    unlabelled_hours: Count | None = None
    images: Count | None = None


class Knowledge(Part):
    """The corpus that answers must rest on."""

    tokens: Count | None = None
    documents: Count | None = None
    source: Annotated[Literal["documents", "database", "web_api"], _Word] | None = None
    updates: Annotated[Literal["static", "yearly", "monthly", "weekly", "daily", "hourly"], _Word] | None = None
    answers_in_corpus: Flag | None = None
    citations: Flag | None = None
    query: Annotated[Literal["lookup", "aggregate"], _Word] | None = None

    @property
    def is_none(self) -> bool:
        """Whether the team said that there is no corpus."""
        return self.documents == 0 or self.tokens == 0

    @property
    def is_stated(self) -> bool:
        """Whether something says that there is a corpus; that sources need not be cited, or that it lacks the answers, does not."""
        about_it = (self.tokens, self.documents, self.source, self.updates, self.query)
        is_relied_on = self.answers_in_corpus is True or self.citations is True
        return not self.is_none and (is_relied_on or any(one is not None for one in about_it))

    @property
    def names_sources(self) -> bool:
        """Whether documents or records are named, or must be cited; how often something changes names none."""
        named = (self.tokens, self.documents, self.source)
        return not self.is_none and (self.citations is True or any(one is not None for one in named))


class PrivacyNeeds(Part):
    """Where data may go and what must be promised about it."""

    sensitivity: Annotated[Literal["public", "internal", "confidential", "regulated"], _Word] | None = None
    boundary: Annotated[Boundary, _Word] | None = None
    boundary_is: Annotated[Literal["must", "wish"], _Word] = "must"
    residency: tuple[Region, ...] | None = None
    certifications: tuple[Annotated[Certification, _Word], ...] | None = None
    zero_retention: Flag | None = None
    no_training: Flag | None = None


class LicenceNeeds(Part):
    """What the licence must allow."""

    open_weights: Flag | None = None
    commercial_use: Flag | None = None


class BenchmarkBar(Part):
    """A bar on a named benchmark: at least, or (word error rate) at most."""

    benchmark: Name
    at_least: Small | None = None
    at_most: Small | None = None

    @model_validator(mode="after")
    def _one_bound(self) -> "BenchmarkBar":
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("give either at_least or at_most")
        return self


class QualityNeeds(Part):
    """How good it must be, and what an error costs."""

    bar: Annotated[Bar, _Word] | BenchmarkBar | None = None
    error_cost: Annotated[Literal["low", "medium", "high"], _Word] | None = None


class Team(Part):
    """Who builds and runs it."""

    skills: Annotated[Literal["no_code", "software", "ml", "research"], _Word] | None = None
    people: People | None = None
    weeks_to_launch: Small | None = None
    day_rate_usd: Usd | None = None


def _of_signs_that_names_have(name: str) -> str:
    strange = [sign for sign in name if unicodedata.category(sign) in STRANGE_SIGNS and sign not in TRADE_MARKS]
    if strange:
        raise ValueError("holds signs that no machine's name has; write letters and digits, such as rtx 4090")
    return name


class OwnedHardware(Part):
    """Machines at hand: an id, an alias or a class such as `gpu 16gb`."""

    accelerator: Annotated[str, _Word, Field(min_length=1, max_length=100), AfterValidator(_of_signs_that_names_have)]
    count: Annotated[int, Field(ge=1, le=100_000)] = 1


class HardwareNeeds(Part):
    """Machines that are there already, and for how long rented ones may be reserved."""

    owned: tuple[OwnedHardware, ...] | None = None
    commitment: Annotated[Literal["one_year", "three_years"], _Word] | None = None
    device_memory_gb: Small | None = None
    memory_in_use_gb: Small | None = None


class Incumbent(Part):
    """What runs today. Staying is an option like the others."""

    model: Name | None = None
    strategy: Annotated[StrategyId, _Word] | None = None
    provider: Name | None = None
    monthly_usd: Usd | None = None
    quality: Percentage | None = None
    latency_p95_ms: Milliseconds | None = None
    problem: FreeText | None = None


def _weigh_something(weights: dict[str, float]) -> dict[str, float]:
    if sum(weights.values()) <= 0:
        raise ValueError("at least one weight must be above zero")
    return weights


Weights = Annotated[dict[Annotated[CriterionName, _Word], Share], AfterValidator(_weigh_something)]


class Requirements(Part):
    """What a team needs. `task` or `modalities` is required; everything else may be left out."""

    name: FreeText | None = None
    notes: FreeText | None = None
    task: Annotated[Task, _Word] | None = None
    modalities: Modalities | None = None
    capabilities: tuple[Annotated[Capability, _Word], ...] | None = None
    languages: tuple[Language, ...] | None = None
    target_languages: tuple[Language, ...] | None = None
    workload: Workload = Workload.model_construct()
    latency: Latency = Latency.model_construct()
    budget: Budget = Budget.model_construct()
    data: Data = Data.model_construct()
    knowledge: Knowledge = Knowledge.model_construct()
    privacy: PrivacyNeeds = PrivacyNeeds.model_construct()
    licence: LicenceNeeds = LicenceNeeds.model_construct()
    quality: QualityNeeds = QualityNeeds.model_construct()
    team: Team = Team.model_construct()
    hardware: HardwareNeeds = HardwareNeeds.model_construct()
    incumbent: Incumbent | None = None
    preferences: Annotated[Profile, _Word] | Weights | None = None
    exclude: tuple[Pattern, ...] | None = None
    only: tuple[Pattern, ...] | None = None

    @model_validator(mode="after")
    def _says_what_it_is_about(self) -> "Requirements":
        if self.task is None and not (self.modalities and (self.modalities.input or self.modalities.output)):
            raise ValueError("give a task, or modalities")
        return self

    @property
    def goes_in(self) -> tuple[str, ...]:
        """The kinds of input that are stated; empty where none are."""
        return (self.modalities.input if self.modalities else None) or ()
