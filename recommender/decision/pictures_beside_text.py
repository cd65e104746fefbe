"""Pictures that come with texts, at tasks whose quality was measured on texts."""

from __future__ import annotations

from recommender.decision.request_sizes import is_of_texts
from recommender.domain.situation import Situation

SEEN = frozenset(("image", "video"))


def has_pictures_beside_text(situation: Situation) -> bool:
    """Whether pictures or films come with the texts of such a task; a search for pictures has a scale of its own."""
    return is_of_texts(situation.spec) and bool(SEEN & set(situation.requirements.goes_in))
