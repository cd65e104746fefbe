"""Ready-made translation services: their bill by the character, their time, their terms, the languages that they list; and translators
on one's own machine, which write the sentences of a text side by side."""

from __future__ import annotations

from typing import Any

import pytest

from recommender import Catalog, Option, recommend

BILLS: dict[str, float] = {  # USD for 16 million characters
    "amazon/translate": 16 * 15,
    "deepl/deepl-api": 16 * 25,
    "google/cloud-translation-llm": 16 * (10 + 10) - 10,  # 10 USD of credit
    "google/cloud-translation-nmt": (16 - 0.5) * 20,  # half a million characters are free
    "microsoft/azure-translator": 16 * 10,
}
SERVICES = tuple(BILLS)
WEBSITE: dict[str, Any] = {
    "task": "translation",
    "languages": ["en"],
    "target_languages": ["de"],
    "workload": {"requests_per_month": 20_000, "characters": 800},  # 16 million characters
    "only": list(SERVICES),
}


def found(needs: dict[str, Any], catalog: Catalog) -> dict[str, Option]:
    """Each model's option; those that a rule bars are missing."""
    answer = recommend(needs, catalog, detail="answer", draws=0, alternatives=60)
    return {one.model.id: one for one in (answer.winner, *answer.alternatives) if one is not None}


@pytest.mark.parametrize(("service", "usd"), BILLS.items())
def test_a_month_costs_what_its_characters_cost(catalog: Catalog, service: str, usd: float) -> None:
    cost = found(WEBSITE, catalog)[service].estimates["monthly_cost_usd"]
    assert cost.mid == pytest.approx(usd)


def test_half_a_million_characters_a_month_are_free_at_google_alone(catalog: Catalog) -> None:
    small = {**WEBSITE, "workload": {"requests_per_month": 500, "characters": 1000}}
    costs = {name: one.estimates["monthly_cost_usd"].mid for name, one in found(small, catalog).items()}
    free = {"google/cloud-translation-nmt", "google/cloud-translation-llm"}
    assert {name for name, usd in costs.items() if usd == 0} == free
    assert costs["deepl/deepl-api"] == pytest.approx(0.5 * 25)


def test_a_service_answers_in_one_go_and_a_longer_text_later(catalog: Catalog) -> None:
    def waits(characters: int) -> tuple[float, float]:
        needs = {**WEBSITE, "workload": {**WEBSITE["workload"], "characters": characters}}
        one = found(needs, catalog)["microsoft/azure-translator"].estimates
        whole, first = one["latency_p50_ms"].mid, one["first_token_p95_ms"].mid
        assert whole is not None and first is not None and first == one["latency_p95_ms"].mid
        return whole, first

    (short, _), (long, _) = waits(800), waits(4800)
    assert short == pytest.approx(60 + 300 + 0.8 * 150)  # the network, a sentence, eight hundred characters
    assert long - short == pytest.approx(4 * 150)


def test_a_translator_that_is_billed_for_tokens_pays_for_what_it_writes(catalog: Catalog) -> None:
    model, tokens = "cohere/command-a-translate-08-2025", {"input_tokens": 200, "output_tokens": 250}
    needs = {**WEBSITE, "workload": {"requests_per_month": 20_000, **tokens}, "only": ["cohere"]}
    one = found(needs, catalog)[model]
    assert one.deployment.provider == "cohere"
    assert one.estimates["monthly_cost_usd"].mid == pytest.approx(20_000 * (200 * 2.5 + 250 * 10) / 1e6, rel=0.02)
    whole = one.estimates["latency_p50_ms"].mid
    assert whole is not None and whole > 250 / 21.8 * 1000  # at the 21.8 tokens a second that were measured


def test_what_may_not_be_trained_on_or_leave_the_eu_goes_to_those_whose_terms_say_so(catalog: Catalog) -> None:
    untrained = {**WEBSITE, "privacy": {"sensitivity": "confidential", "no_training": True}}
    assert set(found(untrained, catalog)) == set(SERVICES) - {"amazon/translate"}
    within = {**WEBSITE, "privacy": {**untrained["privacy"], "residency": ["eu"]}}
    assert set(found(within, catalog)) == {"google/cloud-translation-nmt", "microsoft/azure-translator"}


def test_a_service_that_lists_its_languages_is_out_where_one_is_missing(catalog: Catalog) -> None:
    swahili = found({**WEBSITE, "target_languages": ["sw"]}, catalog)
    assert "deepl/deepl-api" not in swahili and "microsoft/azure-translator" in swahili


def test_what_nobody_scored_by_name_is_not_known(catalog: Catalog) -> None:
    qualities = {name: one.estimates["quality"].mid for name, one in found(WEBSITE, catalog).items()}
    assert {name for name, one in qualities.items() if one is None} == {"amazon/translate", "google/cloud-translation-llm"}


def test_no_service_is_offered_behind_ones_own_walls(catalog: Catalog) -> None:
    assert not found({**WEBSITE, "privacy": {"boundary": "on_premises"}}, catalog)


@pytest.mark.parametrize(
    ("model", "times"),
    [
        (
            "facebook/nllb-200-distilled-600m",
            (1.0, 1.5),
        ),  # twenty sentences of 45 tokens as long as two: only reading is longer
        ("google/translategemma-4b-it", (8.0, 10.0)),  # it learned whole texts, and writes 900 tokens one after another
    ],
)
def test_what_learned_sentences_writes_those_of_a_text_side_by_side(
    catalog: Catalog, model: str, times: tuple[float, float]
) -> None:
    def wait(tokens: int) -> float:
        needs = {
            **WEBSITE,
            "workload": {"requests_per_month": 5000, "input_tokens": tokens, "output_tokens": tokens},
            "hardware": {"owned": [{"accelerator": "rtx 4090", "count": 1}]},
            "privacy": {"boundary": "on_premises"},
            "only": [model],
        }
        whole = found(needs, catalog)[model].estimates["latency_p50_ms"].mid
        assert whole is not None
        return whole

    assert times[0] < wait(900) / wait(90) < times[1]


def test_a_service_that_may_keep_texts_elsewhere_is_not_within_a_region_until_confirmed(catalog: Catalog) -> None:
    within = {**WEBSITE, "only": ["amazon/translate"], "privacy": {"residency": ["eu"]}}
    answer = recommend(within, catalog, detail="answer", draws=0)
    assert answer.winner is None
    assert [one.model.id for one in answer.if_confirmed] == ["amazon/translate"]
