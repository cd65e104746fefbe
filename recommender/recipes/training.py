"""What a run of pre-training takes, out of the decision: tokens, accelerator hours, money, steps."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from recommender.catalog.library import Library
from recommender.decision.decide import Decision
from recommender.domain.recommendation import Option
from recommender.techniques.pretraining import raw_tokens

BILLED = "Pre-training"  # the line of the bill
SEQUENCE = 4096  # starting values: as published small models began with
TOKENS_PER_STEP = 1_048_576


def pretraining_values(decision: Decision, option: Option, library: Library) -> dict[str, Any]:
    """Hours are the bill's own: its money over the hour's price that the decision assumed. [tokens, h, USD]"""
    situation = decision.situation
    tokens = int(np.nan_to_num(np.asarray(raw_tokens(situation), float)))
    price = float(np.asarray(situation["tuning_usd_per_gpu_hour"]))
    line = next((one for one in option.bill if one.label == BILLED), None)
    model = library.models[option.model.id]
    return {
        "tokens": tokens,
        "active_b": model.active_parameters_b or model.parameters_b,
        "usd_per_hour": price,
        "usd": line.mid if line else None,
        "usd_low": line.low if line else None,
        "usd_high": line.high if line else None,
        "hours": round(line.mid / price, 1) if line and line.mid is not None and price > 0 else None,
        "sequence": SEQUENCE,
        "per_step": TOKENS_PER_STEP,
        "steps": max(math.ceil(tokens / TOKENS_PER_STEP), 1),
    }
