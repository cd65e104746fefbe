"""What the serving engine and the machine's generation change: factors on launching and on the first token."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recommender.domain.parameters import ServingParameters, StepParameters
from recommender.domain.units import Quantity

Names = str | NDArray[np.str_]


def launch_factor(engine: Names, is_newer: Quantity, fitted: StepParameters) -> Quantity:
    """Launching and scheduling against vLLM on Hopper machines. [times]

    factor = engine's factor * newer machine's factor

    References:
        [1] ai-dynamo/aiconfigurator systems/silicon_sample.csv (Apache-2.0), fitted; read 2026-11-23.
    """
    names = np.asarray(engine)
    of_engine = np.where(names == "trtllm", fitted.trtllm_factor, np.where(names == "sglang", fitted.sglang_factor, 1.0))
    return of_engine * np.where(np.asarray(is_newer) > 0, fitted.newer_factor, 1.0)


def first_token_factor(engine: Names, fitted: ServingParameters) -> Quantity:
    """Wait for the first token against other engines. [times]

    factor = SGLang's factor, else 1

    References:
        [1] ai-dynamo/aiconfigurator systems/silicon_sample.csv (Apache-2.0), fitted; read 2026-11-23.
    """
    return np.where(np.asarray(engine) == "sglang", fitted.first_token.sglang_factor, 1.0)
