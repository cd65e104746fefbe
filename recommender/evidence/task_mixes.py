"""Which benchmarks speak for which task: the reference mix that a task's quality scale is read on.

A mix is a tuple of parts. A part has a weight and benchmarks that measure the same thing; those with a score are averaged.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """One thing that a task needs, and the benchmarks that measure it."""

    weight: float
    benchmarks: tuple[str, ...]


@dataclass(frozen=True)
class TaskMix:
    """What 0 to 100 means for a task. Axis `general` is carried by general capability; any other axis only by itself."""

    scale: str
    axis: str
    parts: tuple[Part, ...]


def present(mix: TaskMix, known: Collection[str]) -> TaskMix:
    """The mix without benchmarks that a catalog does not hold; the weights of what is left sum to 1 again."""
    parts = [Part(part.weight, tuple(name for name in part.benchmarks if name in known)) for part in mix.parts]
    kept = [part for part in parts if part.benchmarks]
    total = sum(part.weight for part in kept)
    if not kept:
        return TaskMix(mix.scale, "none", ())
    return TaskMix(mix.scale, mix.axis, tuple(Part(part.weight / total, part.benchmarks) for part in kept))


def _mix(scale: str, axis: str, *parts: tuple[float, str]) -> TaskMix:
    return TaskMix(scale, axis, tuple(Part(weight, tuple(names.split())) for weight, names in parts))


VOTES = "share of blind votes its answer wins against an adequate assistant of early 2024 (Arena rating 1250)"
NO_EVIDENCE = "no openly licensed benchmark measures it for the models of this catalog"

TASK_MIXES: dict[str, TaskMix] = {
    "chat": _mix(
        VOTES, "general",
        (0.7, "arena-text arena-2025-full"), (0.15, "arena-2025-multiturn"), (0.15, "arena-2025-if"),
    ),
    "question_answering": _mix(
        "share of questions right: subjects from memory, passages at hand, a story of 16,000 tokens", "general",
        (0.35, "mmlu vendor-mmlu"), (0.35, "euroeval-en-reading"), (0.3, "fiction-live-16k"),
    ),
    "summarization": _mix(
        "share of summaries that add nothing to the text (55 %), share of blind votes won on instructions (45 %)", "general",
        (0.55, "vectara-consistency"), (0.45, "arena-2025-if arena-text"),
    ),
    "classification": _mix(
        "macro F1 of zero- or few-shot prompts: sentiment in three classes, grammatical or not", "general",
        (0.6, "euroeval-en-sentiment"), (0.4, "euroeval-en-acceptability"),
    ),
    "moderation": _mix(
        "share of harmful texts found, weighed with false alarms (F1): texts sorted by what they break (70 %), "
        "messages to a chatbot (30 %)", "general",
        (0.7, "moderation-texts vendor-moderation-texts"), (0.3, "moderation-chats vendor-moderation-chats"),
    ),
    "extraction": _mix(
        "F1 of entities found in news, and share of function calls with every argument right", "general",
        (0.5, "euroeval-en-entities"), (0.5, "bfcl-live bfcl-non-live"),
    ),
    "translation": _mix(
        "judged quality of translations between major languages (half), blind votes won in European and Asian languages, "
        "and the mean rank over thirty European ones", "general",
        (0.5, "wmt25-major"), (0.3, "arena-2025-german arena-2025-french arena-2025-spanish"),
        (0.1, "arena-2025-chinese arena-2025-japanese"), (0.1, "euroeval-european-rank"),
    ),
    "rewriting": _mix(
        "share of demands met when paraphrasing, simplifying and correcting, and blind votes won on instructions", "general",
        (0.4, "livebench-if"), (0.4, "arena-2025-if vendor-ifeval"), (0.2, "livebench-language"),
    ),
    "text_generation": _mix(
        "share of blind votes won in creative writing, and the judged share of points for short stories", "general",
        (0.5, "arena-2025-creative-writing"), (0.3, "creative-story"), (0.2, "arena-text arena-2025-full"),
    ),
    "reasoning": _mix(
        "share of hard questions right: graduate science, logic, mathematics, trick questions", "general",
        (0.3, "epoch-gpqa-diamond vendor-gpqa"), (0.3, "livebench-reasoning"),
        (0.2, "livebench-mathematics epoch-math-level-5"), (0.2, "simplebench"),
    ),
    "agentic": _mix(
        "share of jobs done with tools, first try: customer cases, calls over a conversation, work in a terminal", "general",
        (0.35, "tau2-airline tau2-retail tau2-telecom"), (0.2, "tau2-banking"), (0.2, "bfcl-multi-turn"),
        (0.25, "livebench-agentic-coding terminal-bench terminal-bench-2"),
    ),
    "code_generation": _mix(
        "share of programming jobs done: hard exercises, code questions, repairs in real repositories, blind votes", "general",
        (0.35, "aider-polyglot"), (0.25, "livebench-coding"), (0.2, "arena-2025-coding arena-code"),
        (0.2, "livebench-agentic-coding"),
    ),
    "text_to_sql": _mix(
        "share of code and table questions right; no open benchmark of SQL itself", "general",
        (0.5, "livebench-coding"), (0.5, "livebench-data-analysis"),
    ),
    "document_extraction": _mix(
        "share of questions about scanned pages right, and blind votes won on documents (rating 1100)", "general",
        (0.6, "vendor-docvqa"), (0.4, "arena-2025-vision-ocr arena-document"),
    ),
    "visual_question_answering": _mix(
        "share of questions about images and charts right, and blind votes won on images (rating 1100)", "general",
        (0.4, "arena-vision arena-2025-vision-full"), (0.35, "vendor-mmmu"), (0.25, "vendor-chartqa"),
    ),
    "video_understanding": _mix("share of questions about videos right", "general", (1.0, "video-mme")),
    "semantic_search": _mix(
        "how near the top the right passages stand (nDCG@10 x 100, English)", "embeddings",
        (1.0, "mteb-retrieval mteb-retrieval-granite mteb-retrieval-v1 mteb-retrieval-six mteb-retrieval-e5 mteb-retrieval-three "
              "hakari-bench rteb-voyage vendor-rteb-voyage vendor-mteb-splade vendor-mteb-v1"),
    ),
    "picture_search": _mix(
        "share of descriptions whose own picture is found first among 5,000 (recall@1 x 100)", "pictures found",
        (1.0, "coco-pictures vendor-coco-pictures vendor-coco-pictures-google vendor-coco-pictures-five vendor-coco-pictures-ten"),
    ),
    "reranking": _mix(
        "how near the top the right passages stand once re-ranked (nDCG@10 x 100, English)", "reranking",
        (1.0, "mteb-reranked vendor-reranked-jina vendor-reranked-qwen"),
    ),
    "speech_to_text": _mix(
        "100 minus the word error rate, English", "speech",
        (1.0, "open-asr-short open-asr-long open-asr-multilingual open-asr-2026-09 picovoice-english omi-consultations biblicus-clean-speech"),
    ),
    "image_generation": _mix(
        "share of blind votes won against the median model of April 2026", "images",
        (1.0, "arena-text-to-image arena-2025-image"),
    ),
    "image_editing": _mix(
        "share of blind votes won against the median model of April 2026", "images", (1.0, "arena-image-edit"),
    ),
    "video_generation": _mix(
        "share of blind votes won against the median model of April 2026", "video",
        (1.0, "arena-text-to-video arena-image-to-video"),
    ),
    "speech_to_speech": _mix(
        "share of customer cases solved in a spoken conversation, first try", "voice",
        (1.0, "tau2-voice-airline tau2-voice-retail tau2-voice-telecom"),
    ),
    "text_to_speech": _mix(
        "share of listeners' blind votes won against the median voice of October 2026", "voices",
        (1.0, "tts-arena tts-arena-2026-05"),
    ),
    "image_classification": _mix(
        "share of pictures put into the right one of a thousand classes that are only named", "general",
        (1.0, "imagenet-named vendor-imagenet-named"),
    ),
    "object_detection": _mix(NO_EVIDENCE, "none"),
    "image_segmentation": _mix(NO_EVIDENCE, "none"),
    "audio_classification": _mix(NO_EVIDENCE, "none"),
    "audio_enhancement": _mix(NO_EVIDENCE, "none"),
    "tabular_prediction": _mix(NO_EVIDENCE, "none"),
    "time_series_forecasting": _mix(
        "share of the error of a seasonal naive forecast that is taken away", "forecasts", (1.0, "fev-bench"),
    ),
}  # fmt: skip

FAITHFULNESS = _mix(
    "share of summaries in which a judge finds nothing that the text does not say",
    "faithfulness",
    (1.0, "vectara-consistency"),
)
