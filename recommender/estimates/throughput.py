"""Models that are not generative text: the formulas of speech, pictures and encoders that the engine asks for."""

from __future__ import annotations

from recommender.estimates.audio import speech_seconds
from recommender.estimates.encoder import forward_seconds, machines_for
from recommender.estimates.image import diffusion_seconds

__all__ = ["diffusion_seconds", "forward_seconds", "machines_for", "speech_seconds"]
