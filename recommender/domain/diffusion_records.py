"""How a model draws pictures and films step by step, as its maker's own example does."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from recommender.domain.catalog_record import Record

Whole = Annotated[int, Field(gt=0, le=100_000)]


class Clip(Record):
    """The longest film that a model draws at once, by its maker's example; layers of the denoiser and their width, pixels per token along
    one side and frames per token (autoencoder times patch)."""

    seconds: Annotated[float, Field(gt=0, le=1000)]
    frames_per_second: Annotated[float, Field(gt=0, le=1000)]
    wide: Whole
    high: Whole
    layers: Whole
    width: Whole
    pixels_per_token: Whole
    frames_per_token: Whole


class Diffusion(Record):
    """How a model draws by its maker's own example: steps per picture or film, and how often it runs per step (2 with guidance)."""

    steps: Annotated[int, Field(gt=0, le=1000)]
    passes: Annotated[int, Field(gt=0, le=2)]
    clip: Clip | None = None
