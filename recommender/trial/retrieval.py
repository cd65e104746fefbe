"""Which passages or examples are nearest to a question: by keywords (BM25), by vectors, or by both ranks together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.errors import Fault, InputError

Floats = NDArray[np.float64]
K1, B = 1.2, 0.75  # the usual settings, from [1]
RANK_OFFSET = 60.0  # from [2]
PASSAGE_WORDS, OVERLAP_WORDS = 200, 40
MOST_DOCUMENT_BYTES = 50_000_000


class Keywords:
    """BM25 over scikit-learn's word counts.

    References:
        [1] S. Robertson and H. Zaragoza, "The probabilistic relevance framework: BM25 and beyond", 2009, section 3.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import CountVectorizer

        self._words = CountVectorizer(token_pattern=r"(?u)\b\w+\b")
        counts: Any = self._words.fit_transform(texts).tocsr().astype(float)
        length = np.asarray(counts.sum(axis=1)).ravel()
        holding = np.bincount(counts.indices, minlength=counts.shape[1])
        rarity = np.log(1.0 + (len(texts) - holding + 0.5) / (holding + 0.5))
        rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        saturation = K1 * (1.0 - B + B * length[rows] / max(float(length.mean()), 1e-9))
        counts.data = rarity[counts.indices] * counts.data * (K1 + 1.0) / (counts.data + saturation)
        self._weights = counts

    def scores(self, question: str) -> Floats:
        """How well each text matches."""
        asked = (self._words.transform([question]) > 0).astype(float)
        return np.asarray((self._weights @ asked.T).todense(), float).ravel()


def by_vectors(question: Floats, texts: Floats) -> Floats:
    """Cosine of each text with a question. Shapes (width,), (texts, width)."""
    lengths = np.linalg.norm(texts, axis=1) * np.linalg.norm(question)
    return np.asarray(texts @ question / np.maximum(lengths, 1e-12), float)


def by_both(*scores: Floats) -> Floats:
    """Reciprocal rank fusion: a text that stands high in either list stands high.

    References:
        [2] G. Cormack, C. Clarke and S. Buettcher, "Reciprocal rank fusion outperforms Condorcet", SIGIR 2009.
    """
    ranks = [np.argsort(np.argsort(-one, kind="stable"), kind="stable") for one in scores]
    return np.asarray(sum(1.0 / (RANK_OFFSET + 1.0 + rank) for rank in ranks), float)


def nearest(scores: Floats, count: int, leave_out: int | None = None) -> tuple[int, ...]:
    """Places of the best, best first; ties by place."""
    order = [int(place) for place in np.argsort(-scores, kind="stable") if place != leave_out]
    return tuple(order[:count])


def passages_of(folder: Path) -> tuple[str, ...]:
    """The text files of a folder in passages of some two hundred words that overlap.

    Raises:
        InputError: when there is no text, or more than can be held.
    """
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".txt", ".md") and path.is_file())
    if not files:
        raise InputError([Fault(str(folder), "holds no .txt or .md files", "give the folder with the documents as text")])
    if sum(path.stat().st_size for path in files) > MOST_DOCUMENT_BYTES:
        raise InputError([Fault(str(folder), f"holds more than {MOST_DOCUMENT_BYTES:,} bytes", "take a sample for the trial")])
    return tuple(passage for path in files for passage in cut(_read(path)))


def cut(text: str) -> tuple[str, ...]:
    """Passages of a text."""
    words = text.split()
    step = PASSAGE_WORDS - OVERLAP_WORDS
    starts = range(0, max(len(words) - OVERLAP_WORDS, 1), step)
    return tuple(" ".join(words[at : at + PASSAGE_WORDS]) for at in starts if words)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise InputError([Fault(str(path), "is not UTF-8 text", "save it as UTF-8, or move it away")]) from None
