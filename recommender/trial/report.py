"""A trial in plain words: what was measured, how sure it is, what more labels would bring, what it cost."""

from __future__ import annotations

from collections.abc import Sequence

from recommender.trial.curve import Curve, examples_to_reach, forecast
from recommender.trial.results import Standing

METRIC_WORDS = {
    "macro_f1": "macro-F1", "accuracy": "accuracy", "exact_match": "exact match", "token_f1": "token F1", "rouge_l": "ROUGE-L",
    "wer": "100 minus word error rate", "ndcg": "nDCG at 10", "r2": "R2", "judge": "judged acceptable",
}  # fmt: skip


def text(standings: Sequence[Standing], bar: float | None, doubts: Sequence[str]) -> str:
    """The whole report, best first."""
    lines = [f"warning: {one}" for one in doubts]
    for standing in standings:
        lines.append(_line(standing))
        if standing.curve is not None:
            lines += [f"  {one}" for one in curve_lines(standing.curve, bar)]
    return "\n".join([*lines, *_comparison(standings)])


def _line(standing: Standing) -> str:
    found = standing.measured
    if found is None:
        return f"{standing.name}: not measured; {standing.stopped}"
    parts = [
        f"{standing.name}: {METRIC_WORDS[found.metric]} {found.quality:.1f} "
        f"(80 %: {max(found.quality - 1.28 * found.standard_error, 0):.1f} to {min(found.quality + 1.28 * found.standard_error, 100):.1f}) "
        f"on {found.examples:,} examples"
    ]
    if standing.latency_ms:
        p50, p95 = standing.latency_ms
        parts.append(f"{p50:,.0f} ms, 95 of 100 within {p95:,.0f} ms")
    if standing.usd is not None:
        parts.append(f"{standing.usd:.4f} USD")
    if standing.stopped:
        parts.append(standing.stopped)
    return "; ".join(parts)


def curve_lines(curve: Curve, bar: float | None) -> list[str]:
    """The learning curve, its forecast at four times the examples, and the labels that reach the bar."""
    points = ", ".join(f"{size:,.0f}: {quality:.1f}" for size, quality in zip(curve.sizes, curve.qualities, strict=True))
    lines = [f"by number of training examples: {points}"]
    ahead = forecast(curve, 4.0 * curve.sizes[-1])
    if ahead is None:
        return [*lines, "too few examples to say what more would bring"]
    lines.append(f"with {ahead.examples:,} it would be about {ahead.mid:.1f} ({ahead.low:.1f} to {ahead.high:.1f})")
    if bar is not None:
        lines.append(_to_the_bar(curve, bar))
    return lines


def _to_the_bar(curve: Curve, bar: float) -> str:
    few, likely, many = examples_to_reach(curve, bar) or (float("inf"),) * 3
    if curve.qualities[-1] >= bar:
        return f"the bar of {bar:.0f} is reached"
    if likely == float("inf"):
        return f"more examples alone are not expected to reach the bar of {bar:.0f}"
    most = f"{many - curve.sizes[-1]:,.0f}" if many < float("inf") else "never"
    least = max(few - curve.sizes[-1], 0.0)
    return f"about {max(likely - curve.sizes[-1], 0.0):,.0f} more examples would reach the bar of {bar:.0f} ({least:,.0f} to {most})"


def _comparison(standings: Sequence[Standing]) -> list[str]:
    best, lines = standings[0], []
    for other in standings[1:]:
        gap = best.lead_over(other)
        if gap is None:
            continue
        mean, low, high = gap
        verdict = "clearly ahead of" if low > 0 else "not clearly ahead of"
        lines.append(f"{best.name} is {verdict} {other.name}: {mean:+.1f} points per example (95 %: {low:+.1f} to {high:+.1f})")
    return lines
