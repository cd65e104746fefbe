"""What languages cost by how well they are served with texts (Joshi et al. 2020), and which codes mean the same one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from recommender import Catalog, compare
from recommender.decision.languages import are_rare
from recommender.decision.quality import quality_of
from recommender.domain.requirements import Requirements
from recommender.engine import decided

MODEL = "openai/gpt-6-luna"


def quality(catalog: Catalog, *tags: str) -> tuple[float, float]:
    """The model's quality at chat as it is, and the width of its interval."""
    needs: dict[str, Any] = {"task": "chat", "languages": list(tags)}
    found = decided(needs, catalog, None)
    names = [one.id for one in catalog.columns.strategies]
    mine = found.candidates.strategy == names.index("zero_shot")
    row = int(np.flatnonzero(mine & (found.candidates.model == catalog.columns.models.ids.index(MODEL)))[0])
    return float(found.quality.mid[row]), float(found.quality.high[row] - found.quality.low[row])


def loss(catalog: Catalog, *tags: str) -> float:
    return quality(catalog, "fr")[0] - quality(catalog, *tags)[0]


def test_the_fewer_texts_a_language_has_the_more_is_lost(catalog: Catalog) -> None:
    hindi, bengali, swahili, yoruba, ladin, kabardian = (loss(catalog, tag) for tag in ("hi", "bn", "sw", "yo", "lld", "kbd"))
    assert hindi == 0, "class 4"
    assert 0 < bengali < swahili == yoruba < ladin == kabardian
    assert bengali == pytest.approx(0.5 * swahili) and ladin == pytest.approx(1.5 * swahili)


@pytest.mark.parametrize("tag", ["da", "no", "uk", "ca", "eu", "vi"])
def test_major_languages_and_those_of_class_four_lose_nothing(catalog: Catalog, tag: str) -> None:
    assert loss(catalog, tag) == 0


def test_what_is_not_listed_counts_as_the_worst(catalog: Catalog) -> None:
    assert loss(catalog, "zzz") == loss(catalog, "kbd")


def test_the_rarest_language_asked_for_counts(catalog: Catalog) -> None:
    assert loss(catalog, "fr", "bn", "sw") == loss(catalog, "sw")


def test_many_languages_without_names_cost_a_share_and_named_rare_ones_as_they_do(catalog: Catalog) -> None:
    # `rare_language_share_unnamed` is 0.25 of what Swahili, class 2, loses.
    assert loss(catalog, "multilingual") == pytest.approx(0.25 * loss(catalog, "sw"))
    assert loss(catalog, "multilingual", "sw") == loss(catalog, "sw")


def test_the_doubt_grows_with_the_loss(catalog: Catalog) -> None:
    widths = [quality(catalog, tag)[1] for tag in ("fr", "bn", "sw", "kbd")]
    assert widths == sorted(widths) and len(set(widths)) == len(widths)


@pytest.mark.parametrize(("code", "other"), [("de", "deu"), ("sw", "swh"), ("no", "nb"), ("tl", "fil"), ("bn", "ben")])
def test_other_codes_of_a_language_mean_the_same(catalog: Catalog, code: str, other: str) -> None:
    assert loss(catalog, other) == loss(catalog, code)
    spoken = catalog.columns.models.languages
    one, same = (spoken.members[:, spoken.vocabulary.index(tag)] for tag in (code, other))
    assert np.array_equal(one, same) and (one == 1).any()


@pytest.mark.parametrize(
    ("language", "is_rare"), [("de", False), ("hi", False), ("hin", False), ("lt", True), ("swh", True), ("zzz", True)]
)
def test_speech_must_be_documented_where_the_language_costs_something(catalog: Catalog, language: str, is_rare: bool) -> None:
    assert are_rare(catalog.columns, Requirements(task="chat", languages=(language,))) is is_rare
    assert (loss(catalog, language) > 0) is is_rare


def translator(catalog: Catalog, model: str, *tags: str) -> tuple[float, float, float]:
    """A ready-made translator's quality at translation, and how far its interval goes below and above."""
    needs: dict[str, Any] = {"task": "translation", "languages": list(tags)}
    found = decided(needs, catalog, None)
    names = [one.id for one in catalog.columns.strategies]
    mine = found.candidates.strategy == names.index("pretrained_as_is")
    row = np.flatnonzero(mine & (found.candidates.model == catalog.columns.models.ids.index(model)))[:1]
    judged = quality_of(found.rows.without_demand(row))
    low, mid, high = (float(getattr(judged, end)[0]) for end in ("low", "mid", "high"))
    return mid, mid - low, high - mid


def test_a_translator_that_lists_a_rare_language_loses_a_part_of_what_others_lose(catalog: Catalog) -> None:
    writing, part = (catalog.columns.assumptions[name] for name in ("rare_language_writing_loss", "listed_language_share"))
    assert (writing.mid, part.mid) == (22, 0.2), "the numbers below stand on these"
    listed, unlisted = "facebook/nllb-200-3.3b", "google/translategemma-12b-it"
    for tag, share in (("bn", 0.5), ("sq", 1.5)):
        for model, kept in ((listed, 0.2), (unlisted, 1.0)):
            lost = translator(catalog, model, "fr")[0] - translator(catalog, model, tag)[0]
            assert lost == pytest.approx(share * 22 * kept), f"{model} in {tag}"


def test_many_languages_without_names_are_listed_by_no_translator(catalog: Catalog) -> None:
    for model in ("facebook/nllb-200-3.3b", "google/translategemma-12b-it"):
        lost = translator(catalog, model, "fr")[0] - translator(catalog, model, "multilingual")[0]
        assert lost == pytest.approx(0.25 * 22), model


def test_the_doubt_of_a_listed_language_is_the_part_s_too(catalog: Catalog) -> None:
    model = "facebook/nllb-200-3.3b"
    _, below, above = translator(catalog, model, "fr")
    _, rare_below, rare_above = translator(catalog, model, "sq")
    worse, better = 1.5 * (40 * 0.4 - 22 * 0.2), 1.5 * (22 * 0.2 - 8 * 0.0)
    assert (rare_below, rare_above) == pytest.approx((np.hypot(below, worse), np.hypot(above, better)))


def test_a_tuned_translator_starts_from_what_is_left_to_it(catalog: Catalog) -> None:
    """Where it lists the language its start is higher, so that pairs have less to make up for."""
    found = decided({"task": "translation", "languages": ["sq"], "data": {"labelled_examples": 5000}}, catalog, None)
    names, ids = [one.id for one in catalog.columns.strategies], catalog.columns.models.ids
    mine = found.candidates.strategy == names.index("finetune_specialist")
    listed = found.quality.mid[mine & (found.candidates.model == ids.index("facebook/nllb-200-3.3b"))]
    assert listed.min() > translator(catalog, "facebook/nllb-200-3.3b", "sq")[0]


@pytest.mark.parametrize("hours", [1, 10, 100, 1000])
def test_a_rare_language_never_ends_better_than_english_after_tuning(hours: int, catalog: Catalog) -> None:
    def tuned(language: str) -> float:
        needs = {"task": "speech_to_text", "languages": [language], "data": {"labelled_hours": hours}}
        asked = ["finetune_specialist/openai/whisper-large-v3-turbo"]
        option = compare(needs, asked, catalog, draws=0).compared[0].option
        assert option is not None and option.estimates["quality"].mid is not None
        return option.estimates["quality"].mid

    assert tuned("yo") <= tuned("en") + 1e-6 and tuned("lt") <= tuned("en") + 1e-6
