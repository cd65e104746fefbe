"""A wait that is far beyond what is long at the task, though nobody stated a limit: said, since no limit takes it out."""

from __future__ import annotations

from recommender.decision.decide import Decision
from recommender.decision.live_speech import is_live
from recommender.decision.usual_waits import latency_anchors
from recommender.explanation.numbers import duration
from recommender.explanation.waits import waits_a_day

FAR_BEYOND = 3.0  # times what is too long at the task


def of_a_long_wait(decision: Decision, row: int) -> tuple[str, ...]:
    """How long 95 of 100 answers take, and what is long already; nothing where a limit was stated, the work
    can wait or, live, the first words are what is waited for."""
    situation, wait_ms = decision.situation, float(decision.estimates.latency_p95_ms[row])
    if (
        situation.is_offline
        or is_live(situation)
        or situation.requirements.latency.p95_ms is not None
        or waits_a_day(decision, row)
    ):
        return ()
    long_ms = latency_anchors(situation)[1]
    if not wait_ms > FAR_BEYOND * long_ms:
        return ()
    return (
        f"95 of 100 answers come within {duration(wait_ms)}, where {duration(long_ms)} is long already: say how long they may take, "
        "and what takes longer is left out.",
    )
