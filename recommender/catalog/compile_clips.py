"""The films that models draw at once as columns."""

from __future__ import annotations

from collections.abc import Sequence

from recommender.catalog.compile_columns import numbers
from recommender.domain.columns import ClipColumns, Floats
from recommender.domain.diffusion_records import Clip
from recommender.domain.records import Model


def compiled_clips(models: Sequence[Model]) -> ClipColumns:
    """One place per model."""
    clips = [_clip_of(model) for model in models]

    def fact(field: str) -> Floats:
        return numbers(getattr(clip, field) if clip else None for clip in clips)

    return ClipColumns(
        seconds=fact("seconds"),
        frames_per_second=fact("frames_per_second"),
        pixels=fact("wide") * fact("high"),
        layers=fact("layers"),
        width=fact("width"),
        pixels_per_token=fact("pixels_per_token"),
        frames_per_token=fact("frames_per_token"),
    )


def _clip_of(model: Model) -> Clip | None:
    return model.diffusion.clip if model.diffusion else None
