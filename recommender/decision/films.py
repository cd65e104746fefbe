"""Films before models that see pictures: they are looked at frame by frame."""

from __future__ import annotations

import numpy as np

from recommender.decision.lookups import are_of
from recommender.domain.columns import Columns, SetColumn
from recommender.domain.words import MODALITIES

IMAGE, VIDEO = MODALITIES.index("image"), MODALITIES.index("video")


def films_by_their_frames(columns: Columns) -> SetColumn:
    """What models take: an embedding of pictures takes a film's frames too, one vector for each that is kept."""
    column = columns.models.inputs
    sees = are_of(columns.models.types, "embedding") & (column.members[:, IMAGE] == 1)
    members = np.array(column.members)
    members[sees, VIDEO] = 1
    return SetColumn(members, column.vocabulary)
