"""The engine's own sentences, in the visitor's language."""

from __future__ import annotations

from recommender_form.markup import plain
from recommender_form.words import language, say


def shown(sentence: str) -> str:
    """A sentence of the engine or the catalog as safe Markdown; marked where it stays English."""
    if language() == "en":
        return plain(sentence)
    return say("english_only", sentence=plain(sentence))


def listed(sentences: tuple[str, ...] | list[str]) -> str:
    """Sentences as a list."""
    return "\n".join(f"- {shown(sentence)}" for sentence in sentences)
