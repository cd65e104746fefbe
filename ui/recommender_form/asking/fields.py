"""Every question of the form as a table: which requirement it fills, how it is asked, for which tasks, under which theme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from recommender_form.asking import units

Kind = Literal["choice", "many", "truth", "number", "quantity", "names", "text"]

SPOKEN = frozenset(("speech_to_text", "text_to_speech", "speech_to_speech", "audio_classification", "audio_enhancement"))
HEARD = SPOKEN - {"text_to_speech"}
PAGED = frozenset(("document_extraction",))
PICTURED = frozenset((
    "image_generation", "image_editing", "image_classification", "object_detection", "image_segmentation",
    "visual_question_answering", "document_extraction",
))  # fmt: skip
FILMED = frozenset(("video_generation", "video_understanding"))
LABELLED = frozenset((
    "classification", "moderation", "image_classification", "audio_classification", "object_detection",
    "image_segmentation", "tabular_prediction", "extraction",
))  # fmt: skip
WRITTEN = frozenset((
    "chat", "question_answering", "summarization", "classification", "extraction", "translation", "rewriting",
    "text_generation", "reasoning", "agentic", "code_generation", "text_to_sql", "semantic_search", "reranking",
    "moderation", "visual_question_answering", "video_understanding", "document_extraction",
))  # fmt: skip
ANSWERED = WRITTEN | {"speech_to_speech"}
ACTED = frozenset((
    "chat", "question_answering", "agentic", "code_generation", "text_to_sql", "reasoning", "extraction", "speech_to_speech",
    "text_generation", "classification",
))  # fmt: skip
REGIONS = ("eu", "us", "uk", "ch", "ca", "au", "jp", "in", "sg", "kr", "br")
CAPABILITIES = (
    "structured_output", "tool_calling", "streaming", "reasoning", "diarization", "timestamps", "voice_cloning",
    "inpainting", "fine_tunable",
)  # fmt: skip
STRATEGIES = (
    "zero_shot", "few_shot", "long_context", "tool_agent", "cascade", "rag", "rag_finetune", "finetune_llm",
    "finetune_encoder", "finetune_specialist", "distillation", "continued_pretraining", "train_from_scratch",
    "classical_ml", "pretrained_as_is", "embedding_search", "rules",
)  # fmt: skip
MODALITIES = ("text", "image", "audio", "video", "code", "tabular")


@dataclass(frozen=True)
class Field:
    """One question. `tasks` None means every task; `group` names the options' words where they are shared."""

    path: str
    kind: Kind
    theme: str
    options: tuple[str, ...] = ()
    units: tuple[tuple[str, float], ...] = ()
    tasks: frozenset[str] | None = None
    least: float = 0.0
    most: float = 1e12
    group: str = ""

    @property
    def key(self) -> str:
        """Name of the widget in the session."""
        return f"ask.{self.path}"

    @property
    def unit_key(self) -> str:
        """Name of the unit's widget."""
        return f"{self.key}.unit"

    @property
    def words(self) -> str:
        """Where its label, help and options stand in the words files."""
        return f"ask.{self.path}"

    def is_asked_for(self, task: str | None) -> bool:
        """Whether the question makes sense for a task."""
        return self.tasks is None or task is None or task in self.tasks


def _table(values: dict[str, float]) -> tuple[tuple[str, float], ...]:
    return tuple(values.items())


TIMES = _table(units.TIMES_MS)
LENGTHS = _table(units.LENGTHS_TOKENS)

FIELDS: tuple[Field, ...] = (
    Field("privacy.boundary", "choice", "first", ("any_cloud", "own_tenant", "on_premises", "air_gapped", "on_device")),
    Field("languages", "many", "first", group="language"),
    Field("target_languages", "many", "first", tasks=frozenset(("translation",)), group="language"),
    Field("incumbent.model", "names", "first"),
    Field("data.labelled_examples", "number", "first", most=1e15),
    Field("data.labelled_hours", "number", "first", tasks=SPOKEN, most=1e15),
    # how much
    Field("workload.mode", "choice", "volume", ("interactive", "streaming", "batch", "one_off")),
    Field("workload.audio_minutes", "number", "volume", tasks=SPOKEN, most=1e6),
    Field("workload.pages", "number", "volume", tasks=PAGED, most=1e6),
    Field("workload.images", "number", "volume", tasks=PICTURED, most=1e6),
    Field("workload.characters", "number", "volume", tasks=frozenset(("text_to_speech", "translation")), most=1e9),
    Field("workload.video_seconds", "number", "volume", tasks=FILMED, most=1e6),
    Field("workload.model_calls", "number", "volume", tasks=ACTED, least=1, most=1e5),
    Field("workload.input_tokens", "quantity", "volume", units=LENGTHS, tasks=WRITTEN, most=1e9),
    Field("workload.output_tokens", "quantity", "volume", units=LENGTHS, tasks=ANSWERED, most=1e9),
    Field("workload.max_input_tokens", "quantity", "volume", units=LENGTHS, tasks=WRITTEN, most=1e9),
    Field("workload.cacheable_input_share", "number", "volume", tasks=WRITTEN, most=1),
    Field("workload.peak_requests_per_second", "number", "volume", most=1e15),
    Field("workload.deadline_hours", "quantity", "volume", units=_table(units.SPANS_HOURS), least=0.1, most=1e6),
    # how fast, how dear
    Field("latency.p95_ms", "quantity", "limits", units=TIMES),
    Field("latency.first_token_p95_ms", "quantity", "limits", units=TIMES, tasks=ANSWERED | {"text_to_speech"}),
    Field("budget.monthly_usd", "number", "limits"),
    Field("budget.one_time_usd", "number", "limits"),
    # documents
    Field("knowledge.documents", "number", "knowledge", tasks=ANSWERED, most=1e15),
    Field("knowledge.tokens", "quantity", "knowledge", units=_table(units.CORPUS_TOKENS), tasks=ANSWERED, most=1e15),
    Field("knowledge.updates", "choice", "knowledge", ("static", "yearly", "monthly", "weekly", "daily", "hourly"), tasks=ANSWERED),
    Field("knowledge.source", "choice", "knowledge", ("documents", "database", "web_api"), tasks=ANSWERED),
    Field("knowledge.query", "choice", "knowledge", ("lookup", "aggregate"), tasks=ANSWERED),
    Field("knowledge.answers_in_corpus", "truth", "knowledge", tasks=ANSWERED),
    Field("knowledge.citations", "truth", "knowledge", tasks=ANSWERED),
    # examples
    Field("data.labels_obtainable", "truth", "data"),
    Field("data.quality", "choice", "data", ("clean", "noisy")),
    Field("data.classes", "number", "data", tasks=LABELLED, least=1, most=1e6),
    Field("data.multi_label", "truth", "data", tasks=LABELLED),
    Field("data.features", "number", "data", tasks=frozenset(("tabular_prediction", "time_series_forecasting")), most=1e6),
    Field("data.series", "number", "data", tasks=frozenset(("time_series_forecasting",)), most=1e15),
    Field("data.history", "number", "data", tasks=frozenset(("time_series_forecasting",)), most=1e15),
    Field("data.horizon", "number", "data", tasks=frozenset(("time_series_forecasting",)), most=1e15),
    Field("data.images", "number", "data", tasks=PICTURED, most=1e15),
    Field("data.unlabelled_hours", "number", "data", tasks=HEARD, most=1e15),
    Field("data.unlabelled_tokens", "quantity", "data", units=_table(units.CORPUS_TOKENS), tasks=WRITTEN, most=1e15),
    # privacy and law
    Field("privacy.sensitivity", "choice", "privacy", ("public", "internal", "confidential", "regulated")),
    Field("privacy.residency", "many", "privacy", REGIONS, group="region"),
    Field("privacy.certifications", "many", "privacy", ("gdpr", "hipaa", "soc2", "iso27001", "fedramp", "pci", "hds", "c5"), group="certification"),
    Field("privacy.zero_retention", "truth", "privacy"),
    Field("privacy.no_training", "truth", "privacy"),
    Field("licence.commercial_use", "truth", "privacy"),
    Field("licence.open_weights", "truth", "privacy"),
    # quality and taste
    Field("quality.bar", "choice", "quality", ("draft", "good", "high", "best")),
    Field("quality.error_cost", "choice", "quality", ("low", "medium", "high")),
    Field("capabilities", "many", "quality", CAPABILITIES, group="capability"),
    Field("preferences", "choice", "quality", ("balanced", "lowest_cost", "best_quality", "fastest", "least_effort", "most_private")),
    # team and machines
    Field("team.skills", "choice", "team", ("no_code", "software", "ml", "research")),
    Field("team.people", "number", "team", least=0.1, most=1e6),
    Field("team.weeks_to_launch", "number", "team", most=1e6),
    Field("team.day_rate_usd", "number", "team"),
    Field("hardware.commitment", "choice", "team", ("one_year", "three_years")),
    Field("hardware.device_memory_gb", "number", "team", most=1e6),
    Field("hardware.memory_in_use_gb", "number", "team", most=1e6),
    # what runs today
    Field("incumbent.strategy", "choice", "today", STRATEGIES, group="strategy"),
    Field("incumbent.provider", "text", "today"),
    Field("incumbent.monthly_usd", "number", "today"),
    Field("incumbent.quality", "number", "today", most=100),
    Field("incumbent.latency_p95_ms", "quantity", "today", units=TIMES),
    Field("incumbent.problem", "text", "today"),
    # names
    Field("only", "many", "names", group="name"),
    Field("exclude", "many", "names", group="name"),
    Field("name", "text", "names"),
    Field("notes", "text", "names"),
)  # fmt: skip
THEMES = ("limits", "volume", "knowledge", "data", "privacy", "quality", "team", "today", "names")
BY_PATH = {field.path: field for field in FIELDS}
FREE_TEXT = ("name", "notes", "incumbent.problem")
