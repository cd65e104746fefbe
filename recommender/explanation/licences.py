"""What the licences of an option's open models ask for, where that is more than to keep a notice."""

from __future__ import annotations

from recommender.decision.decide import Decision
from recommender.domain.columns import Columns, LicenceTerms


def of_licences(decision: Decision, row: int) -> tuple[str, ...]:
    """A sentence for the main model, and one for each further model on the path that brings another licence."""
    columns, main = decision.columns, int(decision.candidates.model[row])
    terms = _terms(columns, main)
    told = [of_main_model(terms)] if terms else []
    known = {columns.models.licences[main]}
    for model in _beside(decision, row):
        terms, licence = _terms(columns, model), columns.models.licences[model]
        if terms and licence not in known:
            told.append(of_further_model(columns.models.names[model], terms))
        known.add(licence)
    return tuple(told)


def of_main_model(terms: LicenceTerms) -> str:
    """The licence of what answers."""
    return f"Licence {_said(terms)}"


def of_further_model(name: str, terms: LicenceTerms) -> str:
    """The licence of what searches, hears, speaks or takes over."""
    return f"{name} beside it has the licence {_said(terms)}"


def _beside(decision: Decision, row: int) -> list[int]:
    """The other models on a candidate's path."""
    return [int(part.model[row]) for part in decision.estimates.parts if part.applies[row] and part.model[row] >= 0]


def _terms(columns: Columns, model: int) -> LicenceTerms | None:
    """A model's licence; None where its weights are not given out, or where any use is allowed or nothing was read."""
    is_open = columns.models.has_open_weights[model]
    return columns.licence_terms.get(columns.models.licences[model]) if is_open else None


def _said(terms: LicenceTerms) -> str:
    return f"{terms.name}: {terms.conditions[0].lower()}{terms.conditions[1:]}"
