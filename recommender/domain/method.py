"""The catalog's method records: tasks, strategies, rules, profiles and assumptions.

Plain frozen dataclasses, so that an answer from the cache pays for no schema; the reader validates them with pydantic.
"""

from __future__ import annotations

import datetime
from dataclasses import field
from functools import cached_property
from typing import Any, Literal

from pydantic import ConfigDict

from recommender.domain.facts import CANDIDATE_FACTS
from recommender.domain.record import record
from recommender.domain.words import Family, Modality, ModelType, StrategyId, Task

STRICT = ConfigDict(extra="forbid")


@record
class Range:
    """Three points of a distribution: about one case in ten lies below `low`, one in ten above `high`."""

    __pydantic_config__ = STRICT
    low: float
    mid: float
    high: float

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.mid <= self.high < float("inf"):
            raise ValueError("needs 0 <= low <= mid <= high, all finite")


@record
class Reference:
    """Where a number was read."""

    __pydantic_config__ = STRICT
    title: str
    retrieved: datetime.date
    url: str | None = None


@record
class Assumption:
    """A number nobody measured for this user, with its range and where it comes from."""

    __pydantic_config__ = STRICT
    low: float
    mid: float
    high: float
    unit: str
    why: str
    reference: Reference
    since: datetime.date
    status: Literal["sourced", "assumed"] = "assumed"

    def __post_init__(self) -> None:
        if not 0.0 <= self.low <= self.mid <= self.high < float("inf"):
            raise ValueError("needs 0 <= low <= mid <= high, all finite")


@record
class TaskWorkload:
    """What one request of the task usually looks like, and how many there are a month.

    `follows` names for a size the others that it grows with: where it is not stated and one of them is, the first in proportion.
    """

    __pydantic_config__ = STRICT
    requests_per_month: Range
    input_tokens: Range | None = None
    output_tokens: Range | None = None
    audio_minutes: Range | None = None
    images: Range | None = None
    pages: Range | None = None
    characters: Range | None = None
    video_seconds: Range | None = None
    model_calls: Range | None = None
    follows: dict[str, tuple[str, ...]] = field(default_factory=dict)
    mode: Literal["interactive", "streaming", "batch"] = "interactive"

    def __post_init__(self) -> None:
        named = {*self.follows, *(other for others in self.follows.values() for other in others)}
        for name in sorted(named):
            if not isinstance(getattr(self, name, None), Range):
                raise ValueError(f"follows names {name!r}, which has no range here")


@record
class Levels:
    """What draft, good, high and best mean on the task's quality scale. [0-100]"""

    __pydantic_config__ = STRICT
    scale: str
    draft: float
    good: float
    high: float
    best: float
    noise_floor: float
    source: str


@record
class Anchors:
    """Where value functions begin and end when the team stated no limit."""

    __pydantic_config__ = STRICT
    latency_ms: tuple[float, float]
    first_token_ms: tuple[float, float]
    cost_usd_per_1k: tuple[float, float]


@record
class TaskSpec:
    """One task: what goes in and out, what it usually takes, what good means."""

    __pydantic_config__ = STRICT
    name: str
    what: str
    family: str
    input: tuple[Modality, ...]
    output: tuple[Modality, ...]
    workload: TaskWorkload
    labels: Range
    levels: Levels
    anchors: Anchors
    levels_of_pictures: Levels | None = None
    knowledge: Literal["likely", "possible", "if_named", "if_cited", "none"] = "none"
    classes: float | None = None
    needs_labels_to_learn: bool = True
    output_kind: Literal["text", "label", "ranking", "media", "number"] = "text"
    core_task: Task | None = None
    before: tuple[ModelType, ...] = ()
    after: tuple[ModelType, ...] = ()

    @property
    def hears(self) -> bool:
        """Whether a recogniser stands before the model that answers."""
        return "asr" in self.before

    @property
    def is_transcribed(self) -> bool:
        """Whether what it writes down is read by whatever reads texts, and not by language models alone."""
        return self.hears and self.core_task is None

    @property
    def speaks(self) -> bool:
        """Whether a voice stands behind it."""
        return "tts" in self.after

    @property
    def may_rest_on_documents(self) -> bool:
        """Whether answers may rest on documents that nobody spoke of."""
        return self.knowledge in ("likely", "possible")


@record
class StrategySpec:
    """One strategy: the techniques it sums, the model types that can carry it, the tasks it is for."""

    __pydantic_config__ = STRICT
    id: StrategyId
    name: str
    family: Family
    what: str
    shines: str
    avoid: str
    techniques: tuple[str, ...]
    model_types: tuple[ModelType, ...]
    tasks: tuple[Task, ...]
    components: tuple[str, ...] = ()
    changes_weights: bool = False
    learns_from_labels: bool = False
    least_labels: float = 0
    brings_knowledge: bool = False
    steps: tuple[str, ...] = ()


@record
class Example:
    """A rule's own test: given facts, the verdict."""

    __pydantic_config__ = STRICT
    given: dict[str, Any]
    verdict: Literal["pass", "fail", "unknown", "silent"]


@record
class Rule:
    """An eligibility rule: when it speaks, what it requires, what unknown means, and why it exists."""

    __pydantic_config__ = STRICT
    id: str
    because: str
    require: dict[str, dict[str, Any]]
    when: dict[str, dict[str, Any]] = field(default_factory=dict)
    unknown: Literal["exclude", "caution", "ignore"] = "caution"
    fail: Literal["exclude", "caution"] = "exclude"
    ask: str | None = None
    references: tuple[Reference, ...] = ()
    examples: tuple[Example, ...] = ()

    @cached_property
    def candidate_facts(self) -> frozenset[str]:
        """The facts of candidates that it reads, be it on the left or on the right of a condition."""
        tests = (*self.when.items(), *self.require.items())
        named = (word for name, test in tests for word in (name, *test.values()) if isinstance(word, str))
        return frozenset(word for word in named if word in CANDIDATE_FACTS)


@record
class Profile:
    """A named set of weights."""

    __pydantic_config__ = STRICT
    what: str
    quality: float
    cost: float
    latency: float
    effort: float
    risk: float
    carbon: float = 0.0
    aspires_to: Literal["bar", "best"] = "bar"


@record
class LanguageSpec:
    """How well a language is served with texts, and its other codes. Key in `catalog/languages.yaml` is the code it is known by.

    `resources`: the class of Joshi et al. 2020, from 5, the best served, to 0; left out: 0 or 1, which count alike.
    """

    __pydantic_config__ = STRICT
    name: str
    resources: Literal[0, 1, 2, 3, 4, 5] | None = None
    also: tuple[str, ...] = ()


@record
class Edition:
    """Version and date of the catalog itself."""

    __pydantic_config__ = STRICT
    version: str
    as_of: datetime.date
