"""Evidence files, as `recommender trial` writes them: read strictly."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from recommender.catalog.requests import plain_document, read_yaml_file
from recommender.catalog.strict_yaml import Document
from recommender.catalog.validation import judged
from recommender.domain.trial_evidence import Evidence, TrialEvidence
from recommender.errors import Fault, InputError


def read_evidence(path: Path) -> TrialEvidence:
    """The evidence in a file.

    Raises:
        InputError: with every fault found.
    """
    return _evidence_in(read_yaml_file(path))


def evidence_from(given: Evidence) -> TrialEvidence:
    """Evidence as it is, or a plain dict validated.

    Raises:
        InputError: with every fault found.
    """
    return given if isinstance(given, TrialEvidence) else _evidence_in(plain_document("evidence", given))


def refuse_days_to_come(name: str, evidence: TrialEvidence, today: datetime.date) -> None:
    """A measurement is never of tomorrow: a slip in the date, or in this machine's clock.

    Raises:
        InputError: with every such result.
    """
    faults = [
        Fault(
            f"{name}: results.{place}.date",
            f"{one.date} is still to come (today is {today})",
            "correct the day, or this machine's clock",
        )
        for place, one in enumerate(evidence.results)
        if one.is_after(today)
    ]
    if faults:
        raise InputError(faults)


def _evidence_in(document: Document) -> TrialEvidence:
    value: Any = document.value
    if not isinstance(value, dict):
        raise InputError([Fault(document.name, "is not evidence", "give what `recommender trial --out` wrote")])
    evidence: TrialEvidence = judged(document, TrialEvidence, TrialEvidence.model_validate).right()
    return evidence
