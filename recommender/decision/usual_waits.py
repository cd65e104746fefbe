"""How much larger than usual a request is, and how long an answer of that size may take."""

from __future__ import annotations

from recommender.decision.live_speech import is_live
from recommender.decision.request_sizes import size_against_usual
from recommender.domain.situation import Situation

SIZES_THAT_TAKE_TIME = ("output_tokens", "audio_minutes", "characters", "images", "pages", "video_seconds")
SIZES_THAT_COST = ("input_tokens", *SIZES_THAT_TAKE_TIME)
LEAST_OF_USUAL_LENGTH = 0.01  # shorter answers are awaited no sooner than those of a hundredth of the usual length


def times_the_usual(situation: Situation, sizes: tuple[str, ...]) -> float:
    """How many times the usual the largest of a request's sizes is; one of which nothing is said is the usual. [1]"""
    work, spec = situation.requirements.workload, situation.spec
    known = [size_against_usual(work, spec, name) for name in sizes if getattr(spec.workload, name) is not None]
    return max((1.0 if times is None else times for times in known), default=1.0)


def latency_anchors(situation: Situation) -> tuple[float, float]:
    """From what nobody minds to what is too long at this task, or to a stated limit beyond that; both grow with answers longer than
    usual, and shrink by the square root where answers are shorter, since a wait has a part that hangs on no length. [ms]

    A tighter limit only takes out what breaks it: what keeps it anyway must not lose for having it stated. Where speech is written
    down as it comes, it is the wait for the first words, whatever the length.
    """
    if is_live(situation):
        first, limits = situation.spec.anchors.first_token_ms, situation.requirements.latency
        return first[0], max(first[1], limits.first_token_p95_ms or 0.0, limits.p95_ms or 0.0)
    stated = situation.requirements.latency.p95_ms
    times = times_the_usual(situation, SIZES_THAT_TAKE_TIME)
    times = times if times >= 1.0 else max(times, LEAST_OF_USUAL_LENGTH) ** 0.5
    aspiration, limit = (anchor * times for anchor in situation.spec.anchors.latency_ms)
    if situation.is_offline:
        aspiration, limit = 3_600_000.0, 86_400_000.0
    return aspiration, max(limit, stated or 0.0)
