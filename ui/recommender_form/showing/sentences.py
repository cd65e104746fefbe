"""The engine's own sentences, in the visitor's language."""

from __future__ import annotations

import re

from recommender_form.asking.fields import STRATEGIES
from recommender_form.markup import plain
from recommender_form.showing.naming import placed
from recommender_form.showing.translation import translated
from recommender_form.words import language, or_plain, say

OPTION = re.compile(r"\b(" + "|".join(STRATEGIES) + r")/([A-Za-z0-9][\w.:/+-]*[\w])")


def named(sentence: str) -> str:
    """Options named by their id, with the strategy in words."""
    return OPTION.sub(
        lambda found: say("named_option", strategy=or_plain(f"strategy.{found[1]}", found[1]), rest=placed(found[2])), sentence
    )


def shown(sentence: str) -> str:
    """A sentence of the engine or the catalog as safe Markdown; marked where it stays English."""
    if language() == "en":
        return plain(named(sentence))
    found = translated(sentence, language())
    return say("english_only", sentence=plain(named(sentence))) if found is None else plain(named(found))


def listed(sentences: tuple[str, ...] | list[str]) -> str:
    """Sentences as a list."""
    return "\n".join(f"- {shown(sentence)}" for sentence in sentences)
