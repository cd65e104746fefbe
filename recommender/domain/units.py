"""Units, and named constants that formulas share."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Quantity = float | NDArray[np.float64]  # a number, or a column of numbers; NaN where unknown

BYTES_PER_GB = 1e9
BITS_PER_BYTE = 8.0
TOKENS_PER_MTOK = 1e6
MS_PER_SECOND = 1000.0
SECONDS_PER_US = 1e-6
SECONDS_PER_MINUTE = 60.0
MINUTES_PER_HOUR = 60.0
SECONDS_PER_HOUR = 3600.0
SECONDS_PER_MONTH = 2_628_000.0  # 730 hours
HOURS_PER_WEEK = 168.0
HOURS_PER_MONTH = 730.0
MONTHS_PER_YEAR = 12.0
WATTS_PER_KW = 1000.0
JOULES_PER_KWH = 3.6e6
GIGA = 1e9
TERA = 1e12
THOUSAND = 1000.0
MILLION = 1e6

BITS_BY_FORMAT = {
    # Stored bits per weight, block scales included. Floating formats: their definition (OCP microscaling v1.0; NVFP4 has an
    # 8-bit scale per 16 values). GGUF: ggml-org/llama.cpp tools/quantize/README.md, measured on Llama-3.1-8B, read 2026-11-23.
    "fp32": 32.0,
    "bf16": 16.0,
    "fp16": 16.0,
    "fp8": 8.0,
    "int8": 8.0,
    "fp4": 4.5,
    "nvfp4": 4.5,
    "mxfp4": 4.25,
    "int4": 4.25,
    "awq": 4.25,
    "gptq": 4.25,
    "nf4": 4.5,
    "q8_0": 8.501,
    "q6_k": 6.563,
    "q5_k_m": 5.704,
    "q5_k_s": 5.570,
    "q4_k_m": 4.894,
    "q4_k_s": 4.667,
    "q3_k_l": 4.298,
    "q3_k_s": 3.643,
    "q2_k": 3.159,
    "iq4_nl": 4.682,
    "iq4_xs": 4.460,
    "iq3_m": 3.763,
    "iq2_m": 2.929,
}
