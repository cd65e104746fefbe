"""Models, machines and loads that tests of serving share."""

from __future__ import annotations

from recommender.estimates.decode_step import Device, ModelGeometry
from recommender.estimates.serving_speed import Load

UNKNOWN = float("nan")
LLAMA_8B = ModelGeometry(8.03, 8.03, 32.0, 131_072.0, UNKNOWN, UNKNOWN, 4096.0)
LLAMA_70B = ModelGeometry(70.6, 70.6, 80.0, 327_680.0, UNKNOWN, UNKNOWN, 8192.0)
GPT_OSS_120B = ModelGeometry(116.8, 5.1, 36.0, 36_864.0, 128.0, 4.0, 2880.0)
H100 = Device(80.0, 3350.0, 1978.0, 1.0, 8.0, 700.0)
EIGHT_H100 = Device(80.0, 3350.0, 1978.0, 8.0, 8.0, 700.0)


def load(peak: float, *, input_tokens: float = 1000.0, output_tokens: float = 500.0, limit_s: float = float("inf")) -> Load:
    """A load that arrives at a third of its peak on average."""
    return Load(peak, peak / 3.0, input_tokens, output_tokens, limit_s, float("inf"))
