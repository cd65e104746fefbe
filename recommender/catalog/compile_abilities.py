"""What models can do and which languages they know, as sets with unknowns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from recommender.domain.columns import LanguageTerms, SetColumn, Truth
from recommender.domain.method import LanguageSpec
from recommender.domain.records import Model
from recommender.domain.words import CAPABILITIES

# Types whose language is whatever they are trained on, or that see no language at all.
LANGUAGE_FREE = frozenset((
    "vision", "audio", "linear", "gbdt", "tabular", "time_series", "signal_processing", "rules", "image_generation",
    "video_generation",
))  # fmt: skip
# Recognisers of the same kind differ in these, so that what the kind suggests is not relied on before somebody has read it.
MUST_BE_READ = frozenset(("diarization", "timestamps"))


def capabilities(models: Sequence[Model]) -> SetColumn:
    """Capabilities that are documented (1), known to be absent (0), or neither (-1)."""
    members = np.full((len(models), len(CAPABILITIES)), -1, np.int8)
    for row, model in enumerate(models):
        for place, word in enumerate(CAPABILITIES):
            if word in model.lacks:
                members[row, place] = 0
            elif _is_documented(model, word) or (word == "fine_tunable" and model.weights == "open"):
                members[row, place] = 1
    return SetColumn(members, CAPABILITIES)


def _is_documented(model: Model, word: str) -> bool:
    return word in model.capabilities and (word not in MUST_BE_READ or not is_assumed(model, word))


def is_assumed(model: Model, word: str) -> bool:
    """Whether a capability follows from the kind of model alone: by its own line, that of all capabilities, or the default."""
    known = model.provenance
    origin = known.get(f"capabilities.{word}") or known.get("capabilities") or known.get("default")
    return origin is None or origin.status == "assumed"


def language_terms(languages: Mapping[str, LanguageSpec]) -> dict[str, LanguageTerms]:
    """Every code of every listed language, with the one it is known by."""
    return {
        other: LanguageTerms(code, one.resources or 0) for code, one in sorted(languages.items()) for other in (code, *one.also)
    }


def languages_of(models: Sequence[Model], terms: Mapping[str, LanguageTerms]) -> tuple[SetColumn, Truth]:
    """Languages by primary subtag, under each of their codes. A model said to be multilingual is unknown, not lacking, in the
    unlisted ones."""
    listed = {tag.split("-")[0].lower() for model in models for tag in model.languages or ()} - {"multilingual"}
    known_by = {code: terms[code].code if code in terms else code for code in (*listed, *terms)}
    reached = {known_by[code] for code in listed}
    spoken = sorted(code for code, main in known_by.items() if main in reached)
    members = np.full((len(models), len(spoken)), -1, np.int8)
    many = np.full(len(models), -1, np.int8)
    for row, model in enumerate(models):
        if model.type in LANGUAGE_FREE:
            members[row], many[row] = 1, 1
        elif model.languages is not None:
            tags = {tag.split("-")[0].lower() for tag in model.languages}
            is_open_ended = "multilingual" in tags
            held = {known_by.get(tag, tag) for tag in tags}
            members[row] = [1 if known_by[word] in held else (-1 if is_open_ended else 0) for word in spoken]
            many[row] = int(is_open_ended or len(tags) >= 10)
    return SetColumn(members, tuple(spoken)), many
