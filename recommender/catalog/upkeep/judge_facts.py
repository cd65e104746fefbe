"""A list's facts about models and machines against the catalog's: confirm, fill, update, or open a review.

A fact that is unknown is filled. A fact that came from the same list moves with it. Another list can confirm it or
disagree: then the old value stays and the disagreement is written down. An override is never touched.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from recommender.catalog.upkeep.changes import Change, Edit, Origin, shown
from recommender.domain.record import record
from recommender.domain.records import Provenance

# Which lists may speak of a field at all, the best first.
SPEAKERS: Mapping[str, tuple[str, ...]] = {
    "released": ("models-dev", "models-dev-metadata", "llmfit", "mteb", "epoch-models", "epoch-hardware"),
    "knowledge_cutoff": ("models-dev", "models-dev-metadata"),
    "context_tokens": ("models-dev", "llmfit", "mteb", "models-dev-metadata"),
    "max_input_tokens": ("litellm", "models-dev"),
    "max_output_tokens": ("models-dev", "litellm", "models-dev-metadata"),
    "capabilities": ("models-dev", "litellm"),
    "input": ("models-dev", "models-dev-metadata"),
    "output": ("models-dev", "models-dev-metadata"),
    "embedding_dimensions": ("mteb", "litellm"),
    "parameters_b": ("llmfit", "mteb", "epoch-models"),
    "active_parameters_b": ("llmfit",),
    "geometry": ("llmfit",),
    "licence": ("llmfit", "mteb"),
    "card.downloads": ("llmfit",),
    "card.derived_from": ("mteb", "epoch-models"),
    "card.training_data": ("mteb", "epoch-models"),
    "memory_gb": ("hf-hardware", "epoch-hardware", "gpuhunt"),
    "bandwidth_gbps": ("epoch-hardware",),
    "bf16_tflops": ("epoch-hardware",),
    "fp8_tflops": ("epoch-hardware",),
    "fp4_tflops": ("epoch-hardware",),
    "power_w": ("hf-hardware", "epoch-hardware"),
}
TEXT_IN = frozenset(
    ("decoder_llm", "code_llm", "vlm", "encoder", "encoder_decoder", "translation", "embedding", "reranker", "moderation")
)
TEXT_OUT = frozenset(("decoder_llm", "code_llm", "vlm", "encoder_decoder", "translation"))
# Lists fill these columns for models of which they mean something else, such as the decoder's width of a speech model.
ONLY_FOR: Mapping[str, frozenset[str]] = {
    "context_tokens": TEXT_IN,
    "max_input_tokens": TEXT_IN,
    "max_output_tokens": TEXT_OUT,
    "knowledge_cutoff": TEXT_OUT,
    "embedding_dimensions": frozenset(("embedding",)),
}
FAMILIES = {"models-dev-metadata": "models-dev"}  # two files of one project neither confirm nor contradict each other
WINDOW_SHARE, SIZE_SHARE, FLOPS_SHARE, MONTH = 0.03, 0.05, 0.03, datetime.timedelta(days=31)
TOLERANCE = {
    "context_tokens": WINDOW_SHARE, "max_input_tokens": WINDOW_SHARE, "max_output_tokens": WINDOW_SHARE,
    "parameters_b": SIZE_SHARE, "active_parameters_b": SIZE_SHARE, "memory_gb": 0.08, "bandwidth_gbps": FLOPS_SHARE,
    "bf16_tflops": FLOPS_SHARE, "fp8_tflops": FLOPS_SHARE, "fp4_tflops": FLOPS_SHARE, "power_w": 0.01,
}  # fmt: skip
MOST_MOVE = 3.0  # times; more is a slip of the unit, such as parameters a thousand times too small
COUNTERS = frozenset(("card.downloads",))  # counts that move every day: the newest counts, nothing is confirmed
WORDS = frozenset(("capabilities", "input", "output"))  # sets of words: a list that lacks one does not deny it
ONE_WORD = frozenset(("card.derived_from", "card.training_data"))  # texts: filled where unknown, never compared


@record
class Place:
    """Where a fact stands: its record's file and path in it, what it holds, and where that came from."""

    file: str
    record: str
    path: tuple[str | int, ...]
    field: str
    old: Any
    provenance: Mapping[str, Provenance]
    lacks: tuple[str, ...] = ()

    @property
    def origin(self) -> Provenance | None:
        """Where the old value comes from, its own line before the record's default."""
        whole = self.field.split(".")[0]
        return self.provenance.get(self.field) or self.provenance.get(whole) or self.provenance.get("default")


def judged_fact(place: Place, new: Any, origin: Origin, wrong: str | None) -> Iterator[Change]:
    """The change that one fact of a list asks for, if any."""
    if origin.source not in SPEAKERS.get(place.field, ()):
        return
    if place.field in WORDS:
        yield from _words(place, new, origin)
        return
    reason = f"known to be wrong: {wrong}" if wrong else moved_too_far(place.old, new)
    if place.old is None:
        yield _row("refused" if wrong else "fill", place, new, reason or "", () if wrong else _written(place, new, origin))
    elif _is_same(place.field, place.old, new):
        yield from _agreement(place, origin)
    elif place.field not in ONE_WORD:
        yield from _difference(place, new, origin, reason)


def _words(place: Place, new: tuple[str, ...], origin: Origin) -> Iterator[Change]:
    """Words that a list alone has wait for a person: a capability counts only where two lists agree."""
    known = place.origin
    more = tuple(word for word in new if word not in place.old and word not in place.lacks)
    said = f"{origin.source} has {shown(more)} too"
    if known is None or known.status == "override" or said in (known.note or "") or known.source == FAMILIES.get(origin.source):
        return
    if more:
        line = {"source": known.source, "as_of": known.as_of, "status": known.status, "note": _joined(known.note, said)}
        value = Edit(place.file, (*place.path, place.field), [*place.old, *more])
        yield _row("review", place, more, said, (value, _provenance(place, line)))
    elif set(new) >= set(place.old):
        yield from _agreement(place, origin)


def is_comparable(field: str, model_type: str) -> bool:
    """Whether a list's column means for this type of model what the catalog's field means."""
    return field not in ONLY_FOR or model_type in ONLY_FOR[field]


def family(source: str) -> str:
    """The project behind a list: lists of one project neither confirm nor contradict each other."""
    return FAMILIES.get(source, source)


def _is_same(field: str, old: Any, new: Any) -> bool:
    if isinstance(old, datetime.date):
        return isinstance(new, datetime.date) and abs(old - new) <= MONTH
    if isinstance(old, int | float) and isinstance(new, int | float):
        return abs(old - new) <= TOLERANCE.get(field, 0) * max(old, new)
    if isinstance(old, dict) and isinstance(new, dict):
        return all(old[name] == value for name, value in new.items() if name in old)
    return bool(old == new)


def moved_too_far(old: Any, new: Any) -> str | None:
    """A size that moves threefold at once is more often a slip of the unit than news."""
    if not (isinstance(old, int | float) and isinstance(new, int | float) and old and new):
        return None
    if 1 / MOST_MOVE <= new / old <= MOST_MOVE:
        return None
    return f"moves from {shown(old)} to {shown(new)}, more than {MOST_MOVE:g} times"


def _agreement(place: Place, origin: Origin) -> Iterator[Change]:
    known = place.origin
    if known is None or place.field in COUNTERS or family(known.source) == family(origin.source):
        return
    if known.status == "single":
        line = {"source": known.source, "as_of": known.as_of, "status": "agreed"}
        yield _row("confirm", place, place.old, f"{known.source} and {origin.source}", (_provenance(place, line),))
    elif known.status == "assumed":
        line = {"source": origin.source, "as_of": origin.as_of}
        yield _row("confirm", place, place.old, f"was assumed, {origin.source} has it", (_provenance(place, line),))


def _difference(place: Place, new: Any, origin: Origin, reason: str | None) -> Iterator[Change]:
    known = place.origin
    said = f"{origin.source} has {shown(new)}"
    if known is None or (known.note and said in known.note) or known.source == FAMILIES.get(origin.source):
        return
    if known.status == "override":
        yield _row("kept", place, new, known.note or "", ())
    elif reason is not None and place.field not in COUNTERS:
        yield _row("refused", place, new, reason, ())
    elif known.source == origin.source:
        yield from _moved(place, new, origin, known)
    elif known.status == "single":
        line = {"source": known.source, "as_of": known.as_of, "status": "conflict", "note": _joined(known.note, said)}
        yield _row("conflict", place, new, said, (_provenance(place, line),))
    elif known.status == "assumed" or (known.status == "agreed" and origin.as_of > known.as_of):
        yield _row("review", place, new, said, _written(place, new, origin))


def _moved(place: Place, new: Any, origin: Origin, known: Provenance) -> Iterator[Change]:
    if origin.as_of > known.as_of:
        yield _row("update", place, new, f"{known.as_of} to {origin.as_of}", _written(place, new, origin))
    elif known.status != "conflict" and place.field not in COUNTERS:
        said = f"{origin.source} has {shown(new)} in the same copy: read otherwise, or corrected by hand"
        yield _row("review", place, new, said, _written(place, new, origin))


def _row(verdict: Any, place: Place, new: Any, why: str, edits: tuple[Edit, ...]) -> Change:
    return Change(verdict, place.file, place.record, place.field, place.old, new, why, edits)


def _written(place: Place, new: Any, origin: Origin) -> tuple[Edit, ...]:
    line = {"source": origin.source, "as_of": origin.as_of}
    value = Edit(place.file, (*place.path, *place.field.split(".")), new)
    return (value, _provenance(place, line))


def _provenance(place: Place, line: dict[str, Any]) -> Edit:
    return Edit(place.file, (*place.path, "provenance", place.field), line)


def _joined(note: str | None, more: str) -> str:
    return f"{note}; {more}" if note else more
