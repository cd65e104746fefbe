"""The shapes of the files that quality and gains are fitted on, and of those that the fits write: for schemas and the check."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, RootModel

from recommender.domain.catalog_record import Record
from recommender.evidence.scales import RANGES
from recommender.evidence.strategy_terms import KINDS
from recommender.evidence.where_counts import AXES

Number = Annotated[float, Field(allow_inf_nan=False)]
Size = Annotated[float, Field(ge=0, allow_inf_nan=False)]
ScoreRow = tuple[str, str, Number, datetime.date]
Score = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
RunRow = tuple[str, Size, Score]
# Other words are refused beside what else is wrong, so here they are only shown to editors.
Axis = Annotated[str, Field(json_schema_extra={"enum": sorted(AXES)})]
Unit = Annotated[str, Field(json_schema_extra={"enum": list(RANGES)})]
Corpus = Literal["holds", "partly", "lacks", ""]
Compared = Literal[
    "few_shot", "few_shot_retrieved", "few_shot_cache", "rag", "rag_finetune", "rag_finetune_raw", "long_context", "finetune_llm",
    "finetune_encoder", "finetune_specialist", "setfit", "classical_ml", "distillation", "continued_pretraining",
    "train_from_scratch", "pretrained_as_is",
]  # fmt: skip
"""What was compared: `few_shot_retrieved` shows the nearest examples, `rag_finetune_raw` was tuned on raw text, not on reading."""
Rival = Literal[
    "own_prompt",
    "own_one_shot",
    "own_few_shot",
    "best_prompt",
    "rag",
    "long_context",
    "tuned_encoder",
    "full_data",
    "teacher",
    "other",
]
"""What it was held against: the carrier's own prompt (with one or as many shots), the best prompted model of the year, another way to
read, a tuned encoder on the same examples, the same method on all there are, the student's teacher; `other` is the same strategy by
another recipe, and left out of the fit."""


def _known_family(family: str) -> str:
    if family not in KINDS:
        raise ValueError(f"{family!r} is no family of tasks; the families are {', '.join(sorted(KINDS))}")
    return family


TaskFamily = Annotated[str, AfterValidator(_known_family)]
# task, family, strategy, rival, carrier, size (billions), examples, per class, hours, corpus, knowledge, rival's and own score
ComparisonRow = tuple[
    str, TaskFamily, Compared, Rival, str, Size | None, Size | None, Size | None, Size | None, Corpus,
    Literal["public", "private"], Score, Score,
]  # fmt: skip


class ScoreSource(Record):
    """Where a table of scores was read, and under which licence it may be passed on."""

    id: str
    title: str
    url: str
    retrieved: datetime.date
    licence: str


class Scores(Record):
    """A benchmark and its scores: model, variant (effort or mode, empty if not said), value, day."""

    id: str
    name: str
    measures: str
    axis: Axis
    unit: Unit
    higher_is_better: bool
    reported_by: Literal["vendor", "third_party"]
    noise_floor: Size
    ceiling: Number | None = None
    chance: Size | None = None
    reference_rating: Number | None = None
    vendor_bias: Number | None = None
    same_scale_as: str | None = None  # a benchmark that its numbers are held to as they are
    saturated_above: Number | None = None
    contamination: str | None = None
    has_repeats: bool = False  # the source has several runs or versions under one name; their median counts
    source: ScoreSource
    imported_from: tuple[str, ...] = ()  # sources of scores of one's own, as `calibrate --import` notes them
    scores: Annotated[tuple[ScoreRow, ...], Field(min_length=1)]


class ScoredModel(Record):
    """What is known of a benchmarked model before any score. Parameters in billions, price in US dollars per million tokens."""

    lab: str
    released: datetime.date | None = None
    params_b: Size | None = None
    active_b: Size | None = None
    open: bool
    reasons: bool
    price: Size | None = None


class ScoredModels(Record):
    """Facts of every model that a benchmark names."""

    id: str
    kind: Literal["facts"]
    source: ScoreSource
    models: dict[str, ScoredModel]


class BenchmarkFile(RootModel[Scores | ScoredModels]):
    """A file of `catalog/benchmarks/`."""


def benchmark_shape(value: Any) -> type[Record]:
    """The shape of a file of `catalog/benchmarks/`, by the kind that it says it is of."""
    return ScoredModels if isinstance(value, dict) and value.get("kind") == "facts" else Scores


class StudyReference(Record):
    """The paper or page, where in it the numbers stand, and in which copy they were read."""

    title: str
    url: str | None = None
    where: str | None = None
    read_in: str | None = None


class Comparisons(Record):
    """A study that measured strategies against rivals on the same task. Scores from 0 to 100. One that is held aside is never fitted:
    what the others say of it is checked against what it measured."""

    id: str
    study: str
    year: int
    rival_year: int
    reference: StudyReference
    reading: str
    held_aside: bool = False
    comparisons: tuple[ComparisonRow, ...]


class Quantisation(Record):
    """One model measured at several precisions: host, bits per weight, score."""

    id: str
    kind: Literal["quantisation"]
    study: str
    year: int
    reference: StudyReference
    runs: tuple[RunRow, ...]


class EvidenceFile(RootModel[Comparisons | Quantisation]):
    """A file of `catalog/evidence/`."""


class QualityCalibration(Record):
    """What `recommender calibrate` fits on benchmarks."""

    digest: str
    as_of: datetime.date
    interval_widths: dict[str, Size]
    tasks: dict[str, dict[str, Any]]
    prior: dict[str, Any]
    faithfulness: dict[str, Any]
    quality: dict[str, Any]
    checks: dict[str, Any]


class StrategyCalibration(Record):
    """What `recommender calibrate` fits on studies."""

    digest: str
    newest_rival_year: int
    width_logits: dict[str, Size]
    terms: dict[str, Number]
    kinds: dict[str, Any]
    studies: dict[str, Any]
    quantisation: dict[str, Any]
    checks: dict[str, Any]


class PhysicsCalibration(Record):
    """What `benchmarks/fit_estimates.py` fits on measured speeds, training hours and energy."""

    fitted: datetime.date
    tables: dict[str, str]
    serving: dict[str, Any]
    local: dict[str, Any]
    training: dict[str, Any]
    programme: dict[str, Any]
    image: dict[str, Any]
    energy: dict[str, Any]
    errors: dict[str, Any]
    fitted_on: dict[str, tuple[str, ...]]


class Combination(Record):
    """A model on a machine that somebody measured: measured over computed time per token."""

    model: str
    accelerator: str
    count: Annotated[int, Field(gt=0)]
    bits: Size
    rows: Annotated[int, Field(gt=0)]
    ratio: Size


class MeasuredCalibration(Record):
    """What `benchmarks/measured_combinations.py` writes."""

    source: str
    median_absolute_error: dict[str, Size]
    combinations: tuple[Combination, ...]


class ShapesCalibration(Record):
    """Shapes of models and machines under the names that measured tables use; `from` names one of the sources."""

    sources: dict[str, dict[str, Any]]
    models: dict[str, dict[str, Any]]
    denoisers: dict[str, dict[str, Any]]
    accelerators: dict[str, dict[str, Any]]
