"""What else goes into tasks for texts: pictures, films and speech beside them or in their place."""

from __future__ import annotations

from dataclasses import replace

from recommender.decision.request_sizes import is_of_texts
from recommender.domain.method import TaskSpec
from recommender.domain.requirements import Requirements
from recommender.domain.situation import Situation

SEEN = frozenset(("image", "video"))
BESIDE = {"image": "what pictures show", "video": "what films show", "audio": "what is said"}


def as_it_comes(spec: TaskSpec, requirements: Requirements) -> TaskSpec:
    """The task with the levels of pictures where pictures or films are what is searched; where speech is said to go into a task for
    texts, with a recogniser before it."""
    pictures, given = spec.levels_of_pictures, set(requirements.goes_in)
    if pictures is not None and SEEN & given:
        return replace(spec, levels=pictures)
    return replace(spec, before=("asr",)) if "audio" in given and is_of_texts(spec) else spec


def beside_text(situation: Situation) -> tuple[str, ...]:
    """What else is said to go into such a task, in words."""
    given = situation.requirements.goes_in if is_of_texts(situation.spec) else ()
    return tuple(words for kind, words in BESIDE.items() if kind in given)


def has_pictures_beside_text(situation: Situation) -> bool:
    """Whether pictures or films come with the texts of such a task; a search for pictures has a scale of its own."""
    return is_of_texts(situation.spec) and bool(SEEN & set(situation.requirements.goes_in))
