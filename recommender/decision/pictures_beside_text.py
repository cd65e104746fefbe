"""Pictures, films and speech that come with texts, at tasks whose quality was measured on texts."""

from __future__ import annotations

from recommender.decision.request_sizes import is_of_texts
from recommender.domain.situation import Situation

SEEN = frozenset(("image", "video"))
BESIDE = {"image": "what pictures show", "video": "what films show", "audio": "what is said"}


def beside_text(situation: Situation) -> tuple[str, ...]:
    """What else is said to go into such a task, in words."""
    given = situation.requirements.goes_in if is_of_texts(situation.spec) else ()
    return tuple(words for kind, words in BESIDE.items() if kind in given)


def has_pictures_beside_text(situation: Situation) -> bool:
    """Whether pictures or films come with the texts of such a task; a search for pictures has a scale of its own."""
    return is_of_texts(situation.spec) and bool(SEEN & set(situation.requirements.goes_in))
