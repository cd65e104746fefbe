"""Films by diffusion: all frames are drawn together, so that attention between them takes most of the work."""

from __future__ import annotations

import numpy as np

from recommender.domain.record import record
from recommender.domain.units import GIGA, TERA, Quantity
from recommender.estimates.image import H100_TFLOPS

SPEED_POWER = 0.71  # of an accelerator's peak over an H100's: the slower ones come nearer to theirs
COUNT_POWER = 0.83  # of the number of accelerators that share one film
FILM_GB = 8.0
"""What a film takes beside the weights while it is drawn: text encoders are moved out before, as makers' own commands do. Assumed: a 5B model
draws 720p on a card of 24 GB, one of 27B on 80 GB (Wan-Video/Wan2.2, README, read 2026-12-01)."""


@record
class FilmDenoiser:
    """Parameters at work [billions], layers, width of a layer, pixels per token along one side, frames per token, steps, and passes per
    step (2 with classifier-free guidance)."""

    parameters_b: Quantity
    layers: Quantity
    width: Quantity
    pixels_per_token: Quantity
    frames_per_token: Quantity
    steps: Quantity
    passes: Quantity


def film_tokens(denoiser: FilmDenoiser, frames: Quantity, pixels: Quantity) -> Quantity:
    """Tokens of a film: the first frame stands alone, the others in groups. [tokens]

    tokens = ((frames - 1) / frames per token + 1) * pixels of a frame / (pixels per token)^2

    References:
        [1] Wan-Video/Wan2.2, configurations of its models (strides of the autoencoder, patches), read 2026-12-01.
    """
    groups = (frames - 1.0) / denoiser.frames_per_token + 1.0
    return groups * pixels / denoiser.pixels_per_token**2


def film_work(denoiser: FilmDenoiser, frames: Quantity, pixels: Quantity) -> Quantity:
    """Operations until a film is there. [FLOP]

    work = steps * passes * (2 * parameters * tokens + 4 * layers * width * tokens^2)

    References:
        [1] Peebles and Xie, "Scalable Diffusion Models with Transformers", arXiv:2212.09748, section 3; attention as in Korthikanti et
            al., arXiv:2205.05198, appendix A.
    """
    tokens = film_tokens(denoiser, frames, pixels)
    a_pass = 2.0 * denoiser.parameters_b * GIGA * tokens + 4.0 * denoiser.layers * denoiser.width * tokens**2
    return denoiser.steps * denoiser.passes * a_pass


def film_seconds(work: Quantity, tflops: Quantity, count: Quantity, share: Quantity) -> Quantity:
    """Time until a film is there. [s]

    time = work / (share * peak of an H100 * (peak / peak of an H100)^0.71 * accelerators^0.83)

    Args:
        work: of `film_work`. [FLOP]
        tflops: dense 16-bit peak of one accelerator. [TFLOP/s]
        count: accelerators that share the film.
        share: of its peak that one H100 reaches.

    References:
        [1] Share and powers fitted on fifteen published times, docs/estimates.md.
    """
    reached = share * H100_TFLOPS * TERA * np.asarray(tflops / H100_TFLOPS) ** SPEED_POWER
    return np.asarray(work / (reached * np.asarray(count) ** COUNT_POWER))
