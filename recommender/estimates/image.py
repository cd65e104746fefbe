"""Pictures by diffusion: time on one's own accelerators."""

from __future__ import annotations

import numpy as np

from recommender.domain.parameters import ImageParameters
from recommender.domain.record import record
from recommender.domain.units import GIGA, MS_PER_SECOND, TERA, Quantity

H100_TFLOPS = 989.0
LAYERS_AT_1B, LAYERS_POWER = 27.0, 0.27
PIXELS_PER_TOKEN = 16.0  # along one side: eightfold autoencoder, patches of two


@record
class Denoiser:
    """Parameters [billions], layers, passes per step (2 with classifier-free guidance), pixels per token along one side."""

    parameters_b: Quantity
    layers: Quantity = float("nan")
    passes: Quantity = 2.0
    pixels_per_token: Quantity = PIXELS_PER_TOKEN


@record
class Drawing:
    """What is drawn at once, on what: pictures, pixels along one side, steps; dense TFLOP/s each and how many accelerators."""

    batch: Quantity
    size: Quantity
    steps: Quantity
    tflops: Quantity
    count: Quantity = 1.0


def usual_denoiser_layers(parameters_b: Quantity) -> Quantity:
    """Layers of a denoiser whose geometry is unknown. [layers]

    layers = 27 * parameters ^ 0.27

    References:
        [1] Fitted by eye on seven published denoisers of 0.6 to 12 billion parameters (20 to 60 layers): assumed.
    """
    return LAYERS_AT_1B * parameters_b**LAYERS_POWER


def drawing_seconds(denoiser: Denoiser, drawing: Drawing, fitted: ImageParameters) -> Quantity:
    """Time until a batch of pictures is there. [s]

    time = sqrt(compute^2 + launch^2) + decoder * batch / count
    compute = steps * passes * 2 * parameters * tokens * batch / (peak * mfu), tokens = (size / pixels per token)^2
    launch = steps * layers * launch of a layer
    peak grows with a power below 1 above an H100, and in proportion below it: no slower machine is known to be used better

    References:
        [1] Fitted on ml-energy/leaderboard text-to-image runs on H100 and B200, read 2026-11-23.
        [2] Peebles and Xie, "Scalable Diffusion Models with Transformers", arXiv:2212.09748, section 3 (tokens of a patch).
    """
    tokens = (drawing.size / denoiser.pixels_per_token) ** 2
    work = drawing.steps * denoiser.passes * 2.0 * denoiser.parameters_b * GIGA * tokens * drawing.batch
    pace = drawing.tflops / H100_TFLOPS
    peak = H100_TFLOPS * TERA * np.where(np.asarray(pace) < 1.0, pace, pace**fitted.speed_power)
    reached = fitted.mfu * denoiser.parameters_b**fitted.size_power * drawing.count**fitted.count_power
    layers = np.where(np.isnan(denoiser.layers), usual_denoiser_layers(denoiser.parameters_b), denoiser.layers)
    exchange = np.where(np.asarray(drawing.count) > 1, fitted.count_factor, 1.0)
    launch = drawing.steps * layers * fitted.layer_ms / MS_PER_SECOND * exchange
    return np.hypot(work / (peak * reached), launch) + fitted.decoder_s * drawing.batch / drawing.count


def diffusion_seconds(
    denoiser: Denoiser, steps: Quantity, tokens: Quantity, tflops: Quantity, fitted: ImageParameters
) -> Quantity:
    """One picture by diffusion on one accelerator, decoder included. [s]

    time = `drawing_seconds` of one picture whose side is 16 * sqrt(tokens)

    References:
        [1] As `drawing_seconds`.
    """
    size = PIXELS_PER_TOKEN * np.sqrt(tokens)
    return drawing_seconds(denoiser, Drawing(1.0, size, steps, tflops), fitted)
