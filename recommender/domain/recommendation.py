"""The answer, exactly as the public contract names it."""

# Annotations are evaluated as they stand, not postponed: pydantic reads all of them, and would evaluate their text one by one.

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from recommender.domain.words import Basis, Family, Grade, Hosting, ModelType, Place, Status, StrategyId, Weights

ESTIMATE_NAMES: tuple[str, ...] = (
    "monthly_cost_usd", "one_time_cost_usd", "first_year_cost_usd", "three_year_cost_usd", "build_days",
    "upkeep_days_per_month", "weeks_to_launch", "latency_p50_ms", "latency_p95_ms", "first_token_p95_ms",
    "quality", "memory_gb", "gco2e_per_1k_requests",
)  # fmt: skip

Finite = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Shown(BaseModel):
    """Base of every part of an answer."""

    model_config = ConfigDict(extra="forbid", frozen=True, protected_namespaces=(), defer_build=True)


class Estimate(Shown):
    """A number with its interval (80 %), unit, basis and sources; null where unknown."""

    low: Finite | None
    mid: Finite | None
    high: Finite | None
    unit: str
    basis: Basis
    grade: Grade | None = None
    sources: tuple[str, ...] = ()


class StrategyRef(Shown):
    """Which strategy, and its family."""

    id: StrategyId
    family: Family


class ModelRef(Shown):
    """Which model, and what one needs to know to place it."""

    id: str
    name: str
    type: ModelType
    architecture: str | None
    weights: Weights
    licence: str


class DeploymentRef(Shown):
    """Where and on what the model runs."""

    hosting: Hosting
    place: Place
    provider: str | None = None
    region: str | None = None
    accelerator: str | None = None
    count: int | None = None
    precision: str | None = None
    replicas: int | None = None


class Component(Shown):
    """Another model on the path."""

    role: str
    model: ModelRef
    deployment: DeploymentRef


class BillLine(Shown):
    """One line of the bill. [USD]"""

    label: str
    low: Finite
    mid: Finite
    high: Finite
    when: Literal["monthly", "one_time"]
    kind: Literal["invoice", "people"]


class Score(Shown):
    """The total and the contributions that add up to it."""

    total: float
    parts: dict[str, float]


class BreakEven(Shown):
    """The monthly volume at which another hosting becomes cheaper; `against` is the other's id, `against_name` its model and place."""

    requests_per_month: Finite
    cheaper_above: Hosting
    against: str
    against_name: str


class Option(Shown):
    """One way to do it: strategy, model, deployment, with every number and reason."""

    id: str
    rank: int | None
    strategy: StrategyRef
    model: ModelRef
    deployment: DeploymentRef
    is_incumbent: bool = False
    waits_a_day: bool = False  # a batch tariff promises its answers within a day and no sooner
    is_live: bool = False  # speech is written down as it comes: the first words are what is waited for
    components: tuple[Component, ...] = ()
    estimates: dict[str, Estimate]
    bill: tuple[BillLine, ...]
    score: Score
    win_share: float | None = None
    on_frontier: bool | None = None
    break_even: BreakEven | None = None
    reasons: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    unknowns: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()

    @property
    def is_one_off(self) -> bool:
        """Whether the work is done once, so that what is called monthly is owed once, in all: three years cost what one does."""
        first, three = (self.estimates[name].mid for name in ("first_year_cost_usd", "three_year_cost_usd"))
        return first is not None and first == three


class UnconfirmedOption(Option):
    """An option barred only by something unknown, with what to ask."""

    ask: tuple[str, ...]


class StrategyVerdict(Shown):
    """A strategy's best option, or why it is out."""

    strategy: StrategyId
    family: Family
    option: str | None
    score: float | None
    why: str


class Exclusion(Shown):
    """What one rule took out."""

    rule: str
    because: str
    verdict: Literal["fail", "unknown"]
    candidates: int
    examples: tuple[str, ...]


class Change(Shown):
    """One requirement, from a value to another."""

    requirement: str
    from_value: Any
    to_value: Any


class WinnerRef(Shown):
    """An option named in passing; its quality at the middle, in points of 100, None where it is not known."""

    id: str
    strategy: StrategyId
    model: str
    hosting: Hosting
    quality: float | None


class Relaxation(Shown):
    """The smallest changes that make something fit, and what then wins."""

    changes: tuple[Change, ...]
    winner: WinnerRef


class TippingPoint(Shown):
    """With the field set exactly to `to_value`, `winner` wins."""

    requirement: str
    from_value: Any
    to_value: Any
    winner: WinnerRef


class OpenQuestion(Shown):
    """Something not stated whose answer could change the winner."""

    requirement: str
    why: str
    values: tuple[Any, ...]


class Pilot(Shown):
    """The cheapest measurement that would settle the top two."""

    compare: tuple[str, ...]
    measure: str
    examples: int
    confidence: float
    why: str


class Confidence(Shown):
    """Share of draws in which strategy family and hosting hold, and the weakest evidence the winner rests on."""

    share: float | None
    weakest_grade: Grade | None


class AssumedValue(Shown):
    """A default that was used because nothing was stated."""

    name: str
    value: Any
    low: Any = None
    high: Any = None
    unit: str
    source: str


class CatalogRef(Shown):
    """Which facts the answer rests on."""

    version: str
    digest: str
    as_of: str
    engine_version: str


class Recommendation(Shown):
    """The reasoned answer."""

    status: Status
    winner: Option | None
    alternatives: tuple[Option, ...] = ()
    by_strategy: tuple[StrategyVerdict, ...] = ()
    excluded: tuple[Exclusion, ...] = ()
    if_confirmed: tuple[UnconfirmedOption, ...] = ()
    binding: tuple[str, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    tipping_points: tuple[TippingPoint, ...] = ()
    open_questions: tuple[OpenQuestion, ...] = ()
    pilot: Pilot | None = None
    confidence: Confidence | None = None
    assumed: tuple[AssumedValue, ...] = ()
    catalog: CatalogRef
    engine_version: str
