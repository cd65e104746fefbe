"""Requirements into numbers: what is stated, and a named default with its range where nothing is."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from recommender.decision.beside_text import as_it_comes
from recommender.decision.defaults import Ledger
from recommender.decision.devices import DEVICE_GB_UNSTATED, device_is_assumed
from recommender.decision.request_sizes import USUAL_SOURCE, RequestSizes
from recommender.domain.columns import Columns
from recommender.domain.method import Assumption, Range, TaskSpec
from recommender.domain.requirements import Requirements
from recommender.domain.situation import SECONDS_PER_MONTH, Quantity, Situation
from recommender.domain.units import MS_PER_SECOND
from recommender.evidence.strategy_gain import EXAMPLES_PER_HOUR
from recommender.techniques.tuning import COME_WITH_THE_DATA

# Times a month that the corpus is indexed again, by how often it changes.
REFRESHES_PER_MONTH = {"static": 0.0, "yearly": 1 / 12, "monthly": 1.0, "weekly": 4.3, "daily": 30.4, "hourly": 730.0}
TASKS_BY_MODALITY = (
    (("audio",), ("audio",), "speech_to_speech"),
    (("audio",), ("text",), "speech_to_text"),
    (("text",), ("audio",), "text_to_speech"),
    (("text",), ("image",), "image_generation"),
    (("image",), ("image",), "image_editing"),
    (("video",), ("text",), "video_understanding"),
    (("text",), ("video",), "video_generation"),
    (("image",), ("text",), "visual_question_answering"),
    (("tabular",), ("text",), "tabular_prediction"),
    (("text",), ("code",), "code_generation"),
    (("text",), ("text",), "chat"),
)
WHOLE = Range(1.0, 1.0, 1.0)
VOLUME = "requests per month"
ENOUGH_SOURCE = "as many as it takes to learn from: nobody said how long the series are"
PEAK_SOURCE = "from the stated peak, which is taken to be several times the average"
TRAINING_SKILLS = frozenset(("ml", "research"))
SKILL_UNSTATED = "skill_factor_software"  # programmers new to training models: unknown is never best


def task_of(requirements: Requirements) -> str:
    """The stated task, or the likeliest one for the modalities."""
    if requirements.task is not None:
        return requirements.task
    given = requirements.modalities
    wanted_in = set(given.input or ("text",)) if given else {"text"}
    wanted_out = set(given.output or ("text",)) if given else {"text"}
    for inputs, outputs, task in TASKS_BY_MODALITY:
        if set(inputs) <= wanted_in and set(outputs) <= wanted_out:
            return task
    return "chat"


def mode_of(requirements: Requirements, spec: TaskSpec) -> str:
    """How answers are wanted: as stated; once, where only a number in all was given; else as is usual for the task."""
    work = requirements.workload
    if work.mode is None and work.total_requests is not None and work.requests_per_month is None:
        return "one_off"
    return work.mode or spec.workload.mode


def situation_of(
    requirements: Requirements, columns: Columns, assumptions: Mapping[str, Quantity], ledger: Ledger
) -> Situation:
    """The case in numbers.

    Args:
        requirements: what the team stated.
        columns: the catalog, for the task's defaults.
        assumptions: each assumption's value, or its draws.
        ledger: notes the defaults used and draws them.
    """
    task = task_of(requirements)
    spec = as_it_comes(columns.tasks[task], requirements)
    builder = _Builder(requirements, spec, assumptions, ledger)
    sizes = builder.sizes
    if device_is_assumed(columns, requirements):
        ledger.fixed("hardware.device_memory_gb", DEVICE_GB_UNSTATED, "GB", "a modest device of today, assumed")
    builder.note_the_skill(columns.assumptions[SKILL_UNSTATED])
    requests, months = builder.requests()
    labels = builder.labels(columns.assumptions)
    return Situation(
        task=task,
        spec=spec,
        requirements=requirements,
        assumptions=assumptions,
        requests_per_month=requests,
        months_per_year=months,
        peak_requests_per_second=builder.peak(requests),
        input_tokens=sizes.input_tokens(),
        wordless_tokens=sizes.wordless_tokens(),
        output_tokens=sizes.quantity("output_tokens", "tokens"),
        max_input_tokens=sizes.longest_input(),
        audio_minutes=sizes.audio_minutes(),
        images=sizes.images(),
        pages=sizes.pages(),
        characters=sizes.quantity("characters", "characters"),
        video_seconds=sizes.quantity("video_seconds", "seconds"),
        model_calls=sizes.model_calls(),
        mode=builder.mode,
        cacheable_share=requirements.workload.cacheable_input_share or 0.0,
        concurrent_streams=builder.streams(requests),
        labels=builder.with_those_made(labels),
        labels_at_hand=labels,
        items_at_hand=builder.items_at_hand(),
        labels_are_stated=builder.stated_labels() is not None,
        classes=builder.classes(),
        corpus_tokens=builder.corpus_tokens(),
        corpus_is_stated=requirements.knowledge.is_stated,
        rests_on_a_corpus=builder.rests_on_a_corpus(),
        private_share=builder.private_share(),
        answers_in_corpus=builder.answers_in_corpus(),
        refreshes_per_month=REFRESHES_PER_MONTH[requirements.knowledge.updates or "monthly"],
        day_rate_usd=builder.assumed(requirements.team.day_rate_usd, "day_rate_usd"),
        people=builder.assumed(requirements.team.people, "team_people"),
    )


def _range(assumption: Assumption) -> Range:
    return Range(assumption.low, assumption.mid, assumption.high)


class _Builder:
    """Resolves one field after another."""

    def __init__(self, requirements: Requirements, spec: TaskSpec, assumptions: Mapping[str, Quantity], ledger: Ledger) -> None:
        self.needs = requirements
        self.work = requirements.workload
        self.spec = spec
        self.assumptions = assumptions
        self.ledger = ledger
        self.mode = mode_of(requirements, spec)
        self.sizes = RequestSizes(requirements, spec, assumptions, ledger)

    def assumed(self, stated: float | None, assumption: str) -> Quantity:
        """A stated value, or an assumption's."""
        if stated is not None:
            return stated
        return self.assumptions[assumption]

    def requests(self) -> tuple[Quantity, float]:
        """Requests per month, and how many months of the first year they come."""
        if self.mode == "one_off" and self.work.total_requests is not None:
            return self.work.total_requests, 1.0
        months = 1.0 if self.mode == "one_off" else 12.0
        if self.work.requests_per_month is not None:
            return self.work.requests_per_month, months
        streams, peak = self.work.concurrent_streams, self.work.peak_requests_per_second
        if peak is not None and (streams is None or self.spec.workload.audio_minutes is None):
            return self.ledger.default("workload.requests_per_month", self._below_the_peak(peak), VOLUME, PEAK_SOURCE), months
        if streams is not None:
            return self._requests_of_streams(streams), months
        usual = self._capped(self.spec.workload.requests_per_month)
        return self.ledger.default("workload.requests_per_month", usual, VOLUME, USUAL_SOURCE), months

    def _below_the_peak(self, peak: float) -> Range:
        """Requests of a month whose busiest second is stated. [requests per month]"""
        mid = float(peak * SECONDS_PER_MONTH / np.median(self.assumptions["peak_factor"]))
        return Range(mid / 2.0, mid, mid * 2.0)

    def _requests_of_streams(self, streams: float) -> Quantity:
        """Live streams, open a share of the time, each as long as a request."""
        minutes = self.work.audio_minutes or (self.spec.workload.audio_minutes or Range(1, 1, 1)).mid
        return streams * 30.4 * 24 * 60 * self.assumptions["stream_open_share"] / max(minutes, 0.01)

    def items_at_hand(self) -> float:
        """Raw items of the collection that is to be labelled; without limit where none was named."""
        documents = self._collection()
        return float("inf") if documents is None else max(documents, 1.0)

    def _collection(self) -> float | None:
        """Documents that a task works through one by one, where some are stated."""
        knowledge = self.needs.knowledge
        rests = self.rests_on_a_corpus() or self.spec.may_rest_on_documents
        return None if knowledge.is_none or rests else knowledge.documents

    def _capped(self, usual: Range, share: Range = WHOLE) -> Range:
        """Where a task labels the documents of a stated collection, there are no more items than a share of its documents."""
        documents = self._collection()
        if documents is None or self.spec.output_kind == "ranking":
            return usual
        most = (documents * share.low, documents * share.mid, documents * share.high)
        return Range(*map(min, (usual.low, usual.mid, usual.high), most))

    def peak(self, requests: Quantity) -> Quantity:
        """Requests in the busiest second."""
        if self.work.peak_requests_per_second is not None:
            return np.maximum(self.work.peak_requests_per_second, requests / SECONDS_PER_MONTH)
        if self.mode == "one_off" and self.work.deadline_hours is not None:
            return requests / max(self.work.deadline_hours * 3600, 1.0)
        if self.work.concurrent_streams is not None:
            return np.maximum(self.work.concurrent_streams / self._seconds_of_stream(), requests / SECONDS_PER_MONTH)
        factor = "batch_peak_factor" if self.mode in ("batch", "one_off") else "peak_factor"
        return requests / SECONDS_PER_MONTH * self.assumptions[factor]

    def _seconds_of_stream(self) -> Quantity:
        """How long one of several at once takes: a recording as long as it is, an answer as long as it is written."""
        minutes = np.asarray(self.sizes.quantity("audio_minutes", "minutes"), float)
        first = self.assumptions["hosted_first_token_ms"] / MS_PER_SECOND
        written = first + self.sizes.quantity("output_tokens", "tokens") / self.assumptions["hosted_tokens_per_second"]
        return np.maximum(np.where(minutes > 0, minutes * 60.0, written), 1.0)

    def streams(self, requests: Quantity) -> Quantity:
        """Streams open at once in the busiest minute."""
        if self.work.concurrent_streams is not None:
            return self.work.concurrent_streams
        return self.peak(requests) * self.sizes.quantity("audio_minutes", "minutes") * 60.0

    def stated_labels(self) -> float | None:
        """Examples at hand; in tasks that hear or speak, hours of transcribed sound count as utterances of ten seconds, and where
        series are continued, each known step of each series is one."""
        data = self.needs.data
        if data.labelled_examples is not None:
            return data.labelled_examples
        if self.spec.family == "time_series":
            if data.series is not None and data.history is not None:
                return data.series * data.history
            return 0.0 if 0 in (data.series, data.history) else None
        if data.labelled_hours is not None and "audio" in (*self.spec.input, *self.spec.output):
            return data.labelled_hours * EXAMPLES_PER_HOUR
        return None

    def labels(self, ranges: Mapping[str, Assumption]) -> Quantity:
        """Examples at hand, or the task's usual range; where that begins at none, only who trains models is taken to have some. Of a
        collection to label a share is labelled already; series of which nobody said how long they are are taken to be long enough."""
        stated = self.stated_labels()
        if stated is not None:
            return stated
        if self.spec.family == "time_series":
            enough = _range(ranges["forecast_steps_to_learn"])
            return self.ledger.default("data.labelled_examples", enough, "examples", ENOUGH_SOURCE)
        usual = self._capped(self.spec.labels, _range(ranges["labelled_share"]))
        if not self._trains_models():
            usual = Range(usual.low, usual.low if usual.low == 0 else usual.mid, usual.high)
        return self.ledger.default("data.labelled_examples", usual, "examples", USUAL_SOURCE)

    def with_those_made(self, labels: Quantity) -> Quantity:
        """Examples to learn from: where the team says that more can be made, as many as is usual at the task; so too where it has none
        and did not say, since what learns waits for that word."""
        can_be = self.needs.data.labels_obtainable
        is_open = can_be is True or (can_be is None and self.stated_labels() == 0)
        if not is_open or self.spec.family in COME_WITH_THE_DATA or not self.spec.needs_labels_to_learn:
            return labels
        return np.maximum(labels, self._capped(self.spec.labels).mid)

    def classes(self) -> float:
        """Different labels: stated, or the task's own; two where a task is not about labels."""
        if self.needs.data.classes:
            return self.needs.data.classes
        if self.spec.classes is None:
            return 2.0
        return self.ledger.fixed("data.classes", float(self.spec.classes), "classes", USUAL_SOURCE)

    def note_the_skill(self, longer: Assumption) -> None:
        """Programmers who are new to training models are assumed where nobody said what the team can do."""
        if self.needs.team.skills is None:
            self.ledger.note(
                "team.skills",
                _range(longer),
                "times the days of tuning",
                f"as long as for software, as risky as for ml: {longer.why}",
            )

    def _trains_models(self) -> bool:
        """Whether the team has people for it, or raw material of its own."""
        data = self.needs.data
        raw = (data.unlabelled_tokens, data.unlabelled_hours, data.images)
        return self.needs.team.skills in TRAINING_SKILLS or any(raw)

    def corpus_tokens(self) -> Quantity:
        """Tokens of the corpus: stated, or documents times their usual length, or a usual corpus; what has no words is one passage each."""
        knowledge = self.needs.knowledge
        has_words = self.spec.family != "retrieval" or "text" in (self.needs.goes_in or self.spec.input)
        each = self.assumptions["tokens_per_document" if has_words else "passage_tokens"]
        if knowledge.is_none:
            return self.assumptions["corpus_documents"] * each
        if knowledge.tokens is not None:
            return knowledge.tokens
        if knowledge.documents is not None:
            return knowledge.documents * each
        return self.assumptions["corpus_documents"] * each

    def rests_on_a_corpus(self) -> bool:
        """Whether answers rest on documents: in tasks that may rest on some, whatever says that there are any; in others that documents
        are named as what is written from, or must be cited."""
        knowledge, kind = self.needs.knowledge, self.spec.knowledge
        if self.spec.may_rest_on_documents:
            return knowledge.is_stated
        return knowledge.names_sources if kind == "if_named" else kind == "if_cited" and knowledge.citations is True

    def private_share(self) -> Quantity:
        """Share of requests that can only be answered from one's own documents."""
        if self.needs.knowledge.is_none:
            return 0.0
        if self.rests_on_a_corpus():
            return self.assumptions["private_knowledge_share_stated"]
        if not self.spec.may_rest_on_documents:
            return 0.0
        if self.needs.privacy.sensitivity == "public":
            return self.assumptions["private_knowledge_share_public"]
        if self.needs.privacy.boundary == "on_device":
            return self.assumptions["private_knowledge_share_on_device"]
        return self.assumptions[f"private_knowledge_share_{self.spec.knowledge}"]

    def answers_in_corpus(self) -> Quantity:
        """Share of those requests whose answer the corpus holds; none where there is none."""
        if self.needs.knowledge.is_none:
            return 0.0
        stated = self.needs.knowledge.answers_in_corpus
        if stated is not None:
            return self.assumptions["answers_in_corpus_stated"] if stated else 0.0
        return self.assumptions["private_answers_in_corpus"]
