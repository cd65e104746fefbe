"""What a licence asks for stands beside every option under it, unless it asks for no more than to keep its notice."""

from __future__ import annotations

from typing import Any

from recommender import Catalog, Option, compare, recommend
from recommender.catalog.library import Library
from recommender.domain.columns import LicenceTerms
from recommender.explanation.licences import of_further_model, of_main_model

WITHOUT_AN_OPTION = 3  # models of pictures and films whose speed on own machines is not known, and sold by nobody


def options(wish: dict[str, Any], catalog: Catalog) -> list[Option]:
    answer = recommend(wish, catalog, detail="answer", draws=0, alternatives=30)
    return [one for one in (answer.winner, *answer.alternatives) if one is not None]


def about_licences(option: Option) -> list[str]:
    return [one for one in option.cautions if one.startswith("Licence ") or "has the licence" in one]


def test_a_winner_under_the_agpl_says_that_changes_must_be_given_out(catalog: Catalog) -> None:
    winner, *_ = options({"task": "object_detection", "only": ["ultralytics/*"]}, catalog)
    assert winner.model.licence == "agpl-3.0"
    assert about_licences(winner) == [
        "Licence GNU AGPL 3.0: commercial use allowed, but whoever runs a changed version as a service must give its users the"
        " source, under the same licence."
    ]


def test_permissive_and_hosted_models_have_no_such_caution(catalog: Catalog) -> None:
    found = [*options({"task": "object_detection"}, catalog), *options({"task": "chat"}, catalog)]
    silent = [one for one in found if one.model.licence in ("apache-2.0", "mit", "proprietary") and not one.components]
    assert {one.model.licence for one in silent} >= {"apache-2.0", "proprietary"}
    assert all(about_licences(one) == [] for one in silent)


def test_every_other_open_licence_is_told(catalog: Catalog) -> None:
    library, terms, told = catalog.library(), catalog.columns.licence_terms, {}
    for name, model in library.models.items():
        if model.weights == "open" and model.licence in terms and model.licence not in told:
            for option in _options_of(name, model.tasks, catalog):
                told[model.licence] = about_licences(option)[:1]
    assert told == {licence: [of_main_model(terms[licence])] for licence in told}
    assert len(_asking(library)) - len(told) <= WITHOUT_AN_OPTION


def _options_of(model: str, tasks: tuple[str, ...], catalog: Catalog) -> list[Option]:
    """The model's own option at the first of its tasks that has one."""
    for task in tasks:
        (found,) = compare({"task": task}, [model], catalog, draws=0).compared
        if found.option is not None and found.option.model.id == model:
            return [found.option]
    return []


def _asking(library: Library) -> set[str]:
    """Licences of open models that are neither permissive nor unread."""
    opened = {model.licence for model in library.models.values() if model.weights == "open"}
    return {name for name in opened if not library.licences[name].permissive and name != "unread"}


def test_what_is_compiled_is_every_licence_that_asks_for_more(catalog: Catalog) -> None:
    library = catalog.library()
    assert _asking(library) <= set(catalog.columns.licence_terms)
    assert not {"apache-2.0", "mit", "bsd-3-clause", "cc-by-4.0", "openmdw-1.1", "unread"} & set(catalog.columns.licence_terms)
    assert all(one.commercial_use for one in library.licences.values() if one.permissive)


def test_a_further_model_under_another_licence_is_named(catalog: Catalog) -> None:
    wish = {
        "task": "question_answering",
        "knowledge": {"documents": 500},
        "privacy": {"boundary": "on_premises"},
        "exclude": ["apache-2.0", "mit"],
    }
    found = [one for one in options(wish, catalog) if any(part.model.licence == "gemma" for part in one.components)]
    terms = catalog.columns.licence_terms["gemma"]
    beside = {part.model.name for one in found for part in one.components}
    for one in found:
        said = [of_further_model(name, terms) for name in beside]
        assert [told for told in about_licences(one) if told in said] == (said if one.model.licence != "gemma" else [])
    assert {one.model.licence for one in found} - {"gemma"}


def test_a_sentence_begins_small_after_the_name() -> None:
    assert of_main_model(LicenceTerms("House licence", "No resale.")) == "Licence House licence: no resale."
