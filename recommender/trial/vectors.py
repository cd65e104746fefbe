"""Embeddings with a linear classifier: the model that makes the vectors is on disk already; nothing is ever fetched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.domain.columns import Columns
from recommender.domain.record import record
from recommender.errors import Fault, InputError
from recommender.trial.baselines import Baseline, Table

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
NAMED = "write --embeddings FOLDER=LAB/MODEL with the catalog's name of the model"


@record
class Encoder:
    """A model that turns texts into vectors, by its name in the catalog. `encode` gives the shape (texts, width)."""

    model: str
    encode: Encode


def encoder_named(told: str, columns: Columns) -> Encoder:
    """The encoder that FOLDER=LAB/MODEL means.

    Raises:
        InputError: when it is not written so, the folder is not there, or the catalog does not have the model.
    """
    folder, _, model = told.partition("=")
    if model not in columns.models.ids:
        what = f"'{model}' is not a model of the catalog" if model else "names no model"
        raise InputError([Fault(f"--embeddings {told}", what, NAMED)])
    return Encoder(model, encoder_on_disk(Path(folder)))


def encoder_on_disk(folder: Path) -> Encode:
    """A model in a folder, as sentence-transformers writes it.

    Raises:
        InputError: when there is none, or nothing to load it with.
    """
    if not folder.is_dir():
        raise InputError([Fault(str(folder), "there is no such folder", "give the folder of a model that is on disk")])
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError:
        what, remedy = (
            "embeddings are made with sentence-transformers, which is not installed",
            "run in the project's folder: .venv/bin/pip install sentence-transformers",
        )
        raise InputError([Fault("--embeddings", what, remedy)]) from None
    try:
        model: Any = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except (OSError, ValueError) as error:
        raise InputError(
            [Fault(str(folder), f"holds no model: {str(error).splitlines()[0]}", "give its whole folder")]
        ) from None
    return lambda texts: np.asarray(model.encode(list(texts), show_progress_bar=False), np.float32)


def with_vectors(table: Table, encoder: Encoder) -> tuple[Baseline, Table]:
    """The linear baseline on vectors, and the same examples as vectors: they are made once, since nothing of them is fitted."""
    vectors = encoder.encode([str(text) for text in table.inputs[:, 0]])
    return Baseline(encoder.model, "embeddings + linear", _linear), replace(
        table, inputs=vectors, numeric=tuple(range(vectors.shape[1])), is_text=False
    )


def _linear(table: Table) -> Any:
    from sklearn.svm import LinearSVC

    return LinearSVC(random_state=0, max_iter=5000)
