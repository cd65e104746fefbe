"""Films on one's own accelerators: as many clips as the film is long, one after the other."""

from __future__ import annotations

import numpy as np

from recommender.decision.estimation import Array, Rows
from recommender.estimates.film import FILM_GB, FilmDenoiser, film_seconds, film_work
from recommender.estimates.memory import weights_gb


def filmed_seconds(rows: Rows) -> Array:
    """Until a film is there; NaN of models whose denoiser nobody described. [s]"""
    models, situation = rows.columns.models, rows.situation
    clips = models.clips
    denoiser = FilmDenoiser(
        rows.of_model(models.active_b),
        rows.of_model(clips.layers),
        rows.of_model(clips.width),
        rows.of_model(clips.pixels_per_token),
        rows.of_model(clips.frames_per_token),
        rows.of_model(models.diffusion_steps),
        rows.of_model(models.diffusion_passes),
    )
    count = np.maximum(np.ceil(situation.video_seconds / rows.of_model(clips.seconds)), 1.0)
    frames = situation.video_seconds / count * rows.of_model(clips.frames_per_second)
    work = count * film_work(denoiser, np.maximum(frames, 1.0), rows.of_model(clips.pixels))
    tflops = rows.of_hardware(rows.columns.hardware.tflops_16)
    shared_by = rows.of_deployment(rows.deployments.count)
    return np.asarray(film_seconds(work, tflops, shared_by, situation["film_share_of_peak"]))


def film_memory_gb(rows: Rows) -> Array:
    """Weights, and the film while it is drawn. [GB]"""
    return np.asarray(weights_gb(rows.of_model(rows.columns.models.parameters_b), 16.0) + FILM_GB)
