"""One's own material: holding examples does not change it, and what tuning learns of it grows with them."""

from __future__ import annotations

from typing import Any

import pytest

from recommender import Catalog, compare, recommend

CLINIC: dict[str, Any] = {"task": "speech_to_text", "languages": ["en"], "privacy": {"boundary": "on_premises"}}


def _quality(strategy: str, data: dict[str, Any], catalog: Catalog) -> float:
    option = compare({**CLINIC, "data": data}, [f"{strategy}/nvidia/parakeet-tdt-0.6b-v3"], catalog, draws=0).compared[0].option
    assert option is not None and option.estimates["quality"].mid is not None
    return option.estimates["quality"].mid


@pytest.mark.parametrize("data", [{"labelled_examples": 1}, {"labelled_examples": 100_000}, {"labelled_hours": 300}])
def test_an_unchanged_model_is_as_good_with_examples_as_without(data: dict[str, Any], catalog: Catalog) -> None:
    assert _quality("pretrained_as_is", data, catalog) == _quality("pretrained_as_is", {"labelled_examples": 0}, catalog)


def test_a_few_minutes_of_speech_teach_next_to_nothing(catalog: Catalog) -> None:
    as_it_is = _quality("pretrained_as_is", {}, catalog)
    found = [_quality("finetune_specialist", {"labelled_hours": hours}, catalog) for hours in (0.1, 1, 10, 100)]
    assert found == sorted(found)
    # Half is learned of two hours: 0.1 / 2.1 is a twentieth, of the two points that one's own material costs and of the gain.
    assert found[0] - as_it_is < 0.2 * (found[3] - as_it_is)


def test_ten_second_utterances_make_hours(catalog: Catalog) -> None:
    assert _quality("finetune_specialist", {"labelled_examples": 3600}, catalog) == pytest.approx(
        _quality("finetune_specialist", {"labelled_hours": 10}, catalog)
    )


def test_six_minutes_of_speech_do_not_make_tuning_win(catalog: Catalog) -> None:
    answer = recommend({**CLINIC, "data": {"labelled_hours": 0.1}}, catalog, detail="answer", draws=0)
    assert answer.winner is not None and answer.winner.strategy.id == "pretrained_as_is"
