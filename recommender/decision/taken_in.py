"""What models take in beyond what their makers list: films frame by frame, tables written out."""

from __future__ import annotations

import numpy as np

from recommender.decision.lookups import are_of
from recommender.domain.columns import Columns, SetColumn
from recommender.domain.words import LANGUAGE_MODELS, MODALITIES

IMAGE, VIDEO = MODALITIES.index("image"), MODALITIES.index("video")
TEXT, TABULAR = MODALITIES.index("text"), MODALITIES.index("tabular")


def taken_in(columns: Columns) -> SetColumn:
    """What models take: an embedding of pictures takes a film's frames too, one vector for each that is kept; a language model reads a
    table's rows as text."""
    column, types = columns.models.inputs, columns.models.types
    members = np.array(column.members)
    members[are_of(types, "embedding") & (members[:, IMAGE] == 1), VIDEO] = 1
    members[are_of(types, *LANGUAGE_MODELS) & (members[:, TEXT] == 1), TABULAR] = 1
    return SetColumn(members, column.vocabulary)
