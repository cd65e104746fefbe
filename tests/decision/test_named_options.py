"""Options that people name as they speak of them: a model, a strategy, a vendor, a cloud, a maker, the beginning of a name."""

from __future__ import annotations

from typing import Any

import pytest

from recommender import Catalog, Option, compare, recommend

SHOP: dict[str, Any] = {
    "task": "question_answering",
    "knowledge": {"documents": 300, "updates": "weekly"},
    "workload": {"requests_per_month": 6000},
    "budget": {"monthly_usd": 200},
}


@pytest.fixture(scope="module")
def ranked(catalog: Catalog) -> tuple[Option, ...]:
    answer = recommend(SHOP, catalog, detail="answer", draws=0, alternatives=400)
    return tuple(one for one in (answer.winner, *answer.alternatives) if one is not None)


def _named(words: str, catalog: Catalog) -> Option | None:
    (found,) = compare(SHOP, [words], catalog, draws=0).compared
    return found.option


@pytest.mark.parametrize("vendor", ["mistral", "openai", "aws-bedrock"])
def test_a_vendor_or_maker_stands_for_its_best_option(vendor: str, ranked: tuple[Option, ...], catalog: Catalog) -> None:
    found = _named(vendor, catalog)
    best = next(one for one in ranked if one.deployment.provider == vendor or one.model.id.startswith(f"{vendor}/"))
    assert found is not None and found.id == best.id


@pytest.mark.parametrize("family", ["Gemma", "qwen"])
def test_the_beginning_of_a_name_stands_for_the_best_so_named(
    family: str, ranked: tuple[Option, ...], catalog: Catalog
) -> None:
    found = _named(family, catalog)
    so_named = [one for one in ranked if one.model.name.casefold().startswith(family.casefold())]
    by_maker = [one for one in ranked if one.model.id.startswith(f"{family.casefold()}/")]
    assert found is not None and found.id == (by_maker or so_named)[0].id


def test_a_whole_name_stands_for_that_model_alone(ranked: tuple[Option, ...], catalog: Catalog) -> None:
    model = ranked[7].model
    found = _named(model.name, catalog)
    assert found is not None and found.model.id == model.id


def test_a_cloud_stands_for_the_best_on_its_machines(catalog: Catalog) -> None:
    cloud = next(name for name in dict.fromkeys(catalog.columns.rentals.providers) if _rented_from(name, catalog))
    elsewhere = recommend({**SHOP, "only": [cloud]}, catalog, detail="answer", draws=0).winner
    found = _named(cloud, catalog)
    assert found is not None and found.deployment.place == "own_cloud" and found.deployment.provider == cloud
    assert elsewhere is not None and elsewhere.id == found.id


@pytest.mark.parametrize("maker", ["nvidia", "ibm-granite"])
def test_a_name_stands_for_no_last_resort_where_there_is_another(maker: str, catalog: Catalog) -> None:
    """Users' devices that nobody spoke of are a last resort, however well they score."""
    (found,) = compare({"task": "speech_to_text"}, [maker], catalog, draws=0).compared
    assert found.option is not None and found.option.deployment.place != "device" and found.option.rank is not None


def _rented_from(name: str, catalog: Catalog) -> bool:
    """Whether a name is a cloud's and nothing else's."""
    return name not in catalog.columns.offers.provider_ids and _named(name, catalog) is not None


def test_two_names_of_one_option_are_said_to_be_one(ranked: tuple[Option, ...], catalog: Catalog) -> None:
    found = compare(SHOP, [ranked[0].id, ranked[0].strategy.id, ranked[1].id], catalog, draws=0)
    assert [one.asked for one in found.compared] == [ranked[0].id, ranked[1].id]
    assert f"'{ranked[0].strategy.id}' is also that of '{ranked[0].id}'" in found.differences[-1]


def test_the_same_model_at_two_vendors_stands_side_by_side(catalog: Catalog) -> None:
    names = ["rag/openai/gpt-6-luna/openai", "rag/openai/gpt-6-luna/azure"]
    found = compare(SHOP, names, catalog, draws=0)
    options = [one.option for one in found.compared]
    assert {one.id for one in options if one is not None} == set(names)
    assert sum(one is not None and one.rank is None for one in options) >= 1, "one option per model is ranked"
    assert [one.score.total for one in options if one is not None] == sorted(
        (one.score.total for one in options if one), reverse=True
    )


def test_a_company_named_in_only_or_exclude_is_all_that_goes_by_its_name(catalog: Catalog) -> None:
    needs = {"task": "speech_to_text"}
    only = recommend({**needs, "only": ["azure"]}, catalog, draws=0, detail="answer")
    sellers = {one.deployment.provider for one in (only.winner, *only.alternatives) if one is not None}
    assert sellers == {"azure", "azure-ai-services"}
    others = recommend({**needs, "exclude": ["azure"]}, catalog, draws=0, detail="answer", alternatives=50)
    left = {one.deployment.provider for one in (others.winner, *others.alternatives) if one is not None}
    assert left and not {one for one in left if one and one.startswith("azure")}


def test_the_day_on_which_a_named_model_ends_is_told(catalog: Catalog) -> None:
    answer = recommend({"task": "speech_to_text", "only": ["openai/gpt-4o-transcribe"]}, catalog, draws=0)
    (ended,) = [one.because for one in answer.excluded if one.rule == "is-still-offered"]
    assert answer.winner is None and ended.endswith(" openai/gpt-4o-transcribe ends on 2027-02-26.")
    (open_to_all,) = [
        one.because
        for one in recommend({"task": "speech_to_text"}, catalog, draws=0).excluded
        if one.rule == "is-still-offered"
    ]
    assert "ends on" not in open_to_all
