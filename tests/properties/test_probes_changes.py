"""What a change must and must not do to the answer: probes 4, 6 to 11, 18, 21 to 23, 25."""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import assume, example, given
from hypothesis import strategies as some

sys.path.insert(0, str(Path(__file__).parent))

from answers import PROMPTING, TUNED, answered, best_score, ids, middle, options, ranked, with_field
from catalogs import Names, catalog_of, catalogs, dearer, library, money_scaled, only
from requirements import needs

from recommender import Catalog, Option, Recommendation, Requirements, recommend
from recommender.engine import decider

EPSILON = 1e-6
NARROW = ("classification", "extraction", "translation", "summarization")


@given(needs(NARROW), catalogs(8, 40), some.sampled_from([0.0, 5.0, 20.0, 200.0, 5000.0]), some.integers(2, 1000))
def test_p04_more_labels_never_hurt_tuning(wish: dict[str, Any], names: Names, labels: float, factor: int) -> None:
    catalog = catalog_of(names)
    few = answered(with_field(wish, "data.labelled_examples", labels), catalog)
    many = answered(with_field(wish, "data.labelled_examples", labels * factor), catalog)
    for strategy in TUNED:
        before, after = (best_score(one, frozenset((strategy,))) for one in (few, many))
        assert before is None or (after is not None and after >= before - EPSILON)
    before, rival = best_score(few, TUNED), best_score(few, PROMPTING)
    if before is not None and (rival is None or before >= rival):
        after, rival = best_score(many, TUNED), best_score(many, PROMPTING)
        assert after is not None and (rival is None or after >= rival - EPSILON)


IMPOSSIBLE = {"budget": {"monthly_usd": 0.01}, "latency": {"p95_ms": 1.0}}


@given(needs(), catalogs())
@example(
    {
        "task": "document_extraction",
        "quality": {"bar": "high"},
        "team": {"skills": "ml"},
        "data": {"labelled_examples": 0.0, "labels_obtainable": False},
    },
    ("ai21/jamba-large-1.7", "classical/bm25", "coherelabs/north-micro-vision-instruct"),
)
def test_p06_an_impossible_wish_names_what_binds_and_what_would_do(wish: dict[str, Any], names: Names) -> None:
    catalog = catalog_of(names)
    hard = with_field({**wish, **IMPOSSIBLE}, "privacy.boundary", "on_premises")
    answer = recommend(hard, catalog, draws=0)
    assert answer.status == "nothing_fits" and answer.winner is None
    for one in answer.relaxations:
        relaxed = hard
        for change in one.changes:
            relaxed = with_field(relaxed, change.requirement, change.to_value)
        again = answered(relaxed, catalog, 0)
        assert again.winner is not None and again.winner.id == one.winner.id
    if answer.relaxations and len(answer.relaxations[0].changes) > 1:
        stated = {f"{folder}.{field}" for folder, inner in hard.items() if isinstance(inner, dict) for field in inner}
        assert all(answered(with_field(hard, path, None), catalog, 0).winner is None for path in stated)
    assert answer.binding or not answer.relaxations
    for path in answer.binding:
        others = [one for one in answer.binding if one != path]
        assert _only_stating(hard, answer.binding, catalog) is None
        assert _only_stating(hard, others, catalog) is not None


def _only_stating(wish: dict[str, Any], paths: Any, catalog: Any) -> Option | None:
    """The winner where of the limits only some stay stated; the task and what it works on always stay."""
    kept: dict[str, Any] = {"task": wish["task"]}
    for path in paths:
        value: Any = wish
        for part in path.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        if value is not None:
            kept = with_field(kept, path, value)
    return answered(kept, catalog, 0).winner


def _uses(option: Option, model: str) -> bool:
    return model == option.model.id or any(model == part.model.id for part in option.components)


def _is_taught_by(option: Option, model: str, catalog: Catalog) -> bool:
    """Whether a model would label the examples: without it, the next best that keeps the terms does."""
    models = catalog.columns.models
    name = models.names[models.ids.index(model)]
    return any(said.startswith(f"{name} ") and "would label your examples" in said for said in option.reasons)


def _escalates_elsewhere(option: Option, model: str, catalog: Catalog) -> bool:
    """Whether the same cascade at another vendor may have stood on a model: without it, that one may be the better of the two."""
    offers, ids = catalog.columns.offers, catalog.columns.models.ids
    sold = {
        one: {int(vendor) for vendor in offers.provider[offers.model == ids.index(one)]} for one in (option.model.id, model)
    }
    return option.strategy.id == "cascade" and bool(sold[option.model.id] & sold[model])


BY_HAND = {name for name in library().models if name.startswith("classical/")}
# No rented machine holds the tuning of the large one: whether that had a price once hung on the small one.
TOO_LARGE_TO_TUNE = tuple(
    sorted({"huggingfacetb/smollm2-1.7b-instruct", "moonshotai/kimi-k2-instruct-0905", "albert/albert-base-v2"} | BY_HAND)
)
# Without the large one nothing reaches a draft: devices must stay a last resort all the same, or the small one moves there.
ONE_IS_OF_USE = tuple(
    sorted({"huggingfacetb/smollm2-360m-instruct", "qwen/qwen3.5-122b-a10b", "alibaba-nlp/gte-multilingual-base"} | BY_HAND)
)


@given(needs(), catalogs(6, 30))
@example({"task": "extraction"}, TOO_LARGE_TO_TUNE)
@example({"task": "chat"}, ONE_IS_OF_USE)
def test_p07_without_the_winner_the_next_is_first(wish: dict[str, Any], names: Names) -> None:
    catalog = catalog_of(names)
    before = answered(wish, catalog)
    assume(before.winner is not None)
    assert before.winner is not None
    gone = before.winner.model.id
    assume(not gone.startswith("classical/"))
    after = answered(wish, catalog_of(tuple(name for name in names if name != gone)))
    ways = (_is_taught_by, _escalates_elsewhere)
    touched = {one.id for one in options(before) if _uses(one, gone) or any(way(one, gone, catalog) for way in ways)}
    # What stood on the removed model as a component, or was taught by it, now stands on another: it may move.
    replaced = {(one.strategy.id, one.model.id) for one in options(before) if one.id in touched}
    expected = [one.id for one in options(before) if one.id not in touched]
    found = [one.id for one in options(after) if (one.strategy.id, one.model.id) not in replaced]
    assert [one for one in found if one in expected] == expected


@given(needs(), catalogs(6, 30), some.floats(1.01, 3.0))
def test_p08_a_dearer_seller_of_the_same_model_changes_nothing(wish: dict[str, Any], names: Names, factor: float) -> None:
    records = only(names)
    before = ids(answered(wish, catalog_of(records)))
    assume(before)
    providers = dict(records.providers)
    for name, provider in records.providers.items():
        worse = tuple(dearer(offer, factor) for offer in provider.offers)
        providers[f"zz-{name}"] = provider.model_copy(update={"offers": worse})
    assert ranked(wish, catalog_of(replace(records, providers=providers))) == before


@given(needs(), catalogs(), some.integers(0, 2**32 - 1))
def test_p09_the_order_of_the_catalog_is_irrelevant(wish: dict[str, Any], names: Names, seed: int) -> None:
    records, order = only(names), random.Random(seed)

    def shuffled(table: dict[str, Any]) -> dict[str, Any]:
        keys = list(table)
        order.shuffle(keys)
        return {key: table[key] for key in keys}

    tables = ("models", "providers", "hardware", "strategies", "assumptions", "licences", "tasks", "profiles")
    rules = list(records.rules)
    order.shuffle(rules)
    other = replace(records, rules=tuple(rules), **{name: shuffled(getattr(records, name)) for name in tables})
    first, second = (recommend(wish, catalog_of(one), draws=20) for one in (records, other))
    assert first.model_dump_json() == second.model_dump_json()


@given(needs(), catalogs(), some.sampled_from([0.01, 0.2, 3.0, 100.0]))
def test_p10_all_prices_and_the_budget_scaled_together_change_nothing(
    wish: dict[str, Any], names: Names, factor: float
) -> None:
    budget = wish.get("budget", {}).get("monthly_usd", 500.0)
    records = only(names)
    before = answered(with_field(wish, "budget.monthly_usd", budget), catalog_of(records))
    scaled = catalog_of(money_scaled(records, factor))
    after = answered(with_field(wish, "budget.monthly_usd", budget * factor), scaled)
    assert ids(after) == ids(before)
    for one, other in zip(options(before), options(after), strict=True):
        cost, dear = middle(one, "first_year_cost_usd"), middle(other, "first_year_cost_usd")
        assert cost is not None and dear is not None and abs(dear - cost * factor) <= 1e-4 * max(cost * factor, 1e-6)


@given(some.sampled_from(NARROW), catalogs(12, 50))
def test_p11_volume_moves_the_cheapest_option_to_own_machines_at_most_once(task: str, names: Names) -> None:
    decide, hosting = decider(catalog_of(names)), []
    for power in (2, 4, 6, 8, 10):
        wish = {"task": task, "workload": {"requests_per_month": 10.0**power}, "privacy": {"boundary": "any_cloud"}}
        decision = decide(Requirements.model_validate(wish))
        feasible = np.flatnonzero(decision.fits)  # not only each model's best way to run, which may be a quicker, dearer one
        costs = decision.estimates.first_year_cost_usd[feasible]
        if len(costs) and not np.isnan(costs).all():
            cheapest = int(feasible[np.nanargmin(costs)])
            hosting.append("api" if decision.candidates.offer[cheapest] >= 0 else "own")
    own = [place for place, one in enumerate(hosting) if one != "api"]
    assert not own or all(one != "api" for one in hosting[own[0] :])


@given(catalogs(12, 50), some.sampled_from(["balanced", "lowest_cost", "fastest", "best_quality"]))
def test_p18_a_corpus_goes_into_the_prompt_while_small_and_never_again(names: Names, profile: str) -> None:
    catalog = catalog_of(names)
    winners = []
    for power in (3, 4, 5, 6, 8, 9):
        wish = {"task": "question_answering", "knowledge": {"tokens": 10.0**power}, "preferences": profile}
        answer = answered(wish, catalog, 0)
        winners.append(answer.winner.strategy.id if answer.winner else None)
    if "rag" in winners:
        assert "long_context" not in winners[winners.index("rag") :]
    assert winners[4] != "long_context" and winners[5] != "long_context"


def _winner(answer: Recommendation) -> tuple[str, str, str] | None:
    won = answer.winner
    return None if won is None else (won.strategy.id, won.model.id, won.deployment.hosting)


@given(needs(), catalogs(8, 30))
def test_p22_every_tipping_point_is_true_when_executed(wish: dict[str, Any], names: Names) -> None:
    catalog = catalog_of(names)
    answer = recommend(wish, catalog, draws=0)
    for point in answer.tipping_points:
        then = answered(with_field(wish, point.requirement, point.to_value), catalog, 0)
        assert then.winner is not None and then.winner.id == point.winner.id
        assert _winner(then) != _winner(answer)


@given(needs(), catalogs(), some.text(max_size=40))
def test_p23_words_case_and_order_change_nothing(wish: dict[str, Any], names: Names, words: str) -> None:
    catalog = catalog_of(names)
    shouted = dict(reversed([*wish.items(), ("name", words), ("notes", "=1+1 <b>")]))
    shouted["task"] = wish["task"].upper()
    assert answered(shouted, catalog, 3).model_dump_json() == answered(wish, catalog, 3).model_dump_json()


@given(needs(), catalogs(8, 40))
def test_p25_nothing_sufficient_beats_the_winner_in_everything(wish: dict[str, Any], names: Names) -> None:
    answer = answered(wish, catalog_of(names))
    top = answer.winner
    assume(top is not None and middle(top, "quality") is not None)
    assert top is not None
    costs = (
        "first_year_cost_usd",
        "monthly_cost_usd",
        "one_time_cost_usd",
        "latency_p95_ms",
        "build_days",
        "upkeep_days_per_month",
    )
    for one in answer.alternatives:
        values = [(middle(one, name), middle(top, name)) for name in costs]
        if any(a is None or b is None for a, b in values) or middle(one, "quality") is None:
            continue
        cheaper = all(a < b for a, b in values)  # type: ignore[operator]
        as_safe = one.score.parts["risk"] >= top.score.parts["risk"]
        as_good = (middle(one, "quality") or 0.0) >= (middle(top, "quality") or 0.0)
        assert not (cheaper and as_safe and as_good)


def test_the_shipped_catalog_has_models_to_choose_from() -> None:
    assert len(library().models) > 350
