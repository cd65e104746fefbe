"""Two rules may say the same sentence: what one of them takes out is not forgotten for the other."""

from __future__ import annotations

from dataclasses import replace

from recommender import Catalog, recommend

NEEDS = {"task": "chat", "latency": {"p95_ms": 1}}


def test_a_rule_that_takes_out_nothing_hides_no_other_that_says_the_same(catalog: Catalog) -> None:
    columns = catalog.columns
    rule = next(one for one in columns.rules if one.id == "answers-in-time")
    idle = replace(
        rule, id="zz-answers-in-time-too", require={"estimate.latency_p95_ms": {"at_most": 10**12}}, unknown="ignore"
    )
    doubled = replace(catalog, columns=replace(columns, rules=(*columns.rules, idle)), kept={})
    before, after = (recommend(NEEDS, one, draws=0, detail="answer").by_strategy for one in (catalog, doubled))
    assert [one.strategy for one in before if one.why == rule.because] != []
    assert after == before
