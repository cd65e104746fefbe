"""`recommender compare`: options side by side."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from recommender.commands.shared import (
    ANSWERED,
    NOTHING_FITS,
    Commands,
    evidence_option,
    measured_in,
    question_of,
    requirements_options,
    tell,
)

if TYPE_CHECKING:
    from recommender.domain.trial_evidence import TrialEvidence


def add(commands: Commands) -> None:
    parser = commands.add_parser("compare", help="options side by side: ids, strategies, models, or strategy/model")
    requirements_options(parser)
    evidence_option(parser)
    parser.add_argument("options", nargs="+", metavar="OPTION")
    parser.add_argument("--json", action="store_true", help="the whole comparison as JSON")
    parser.set_defaults(run=_compare)


def _weighed(evidence: TrialEvidence | None) -> list[str]:
    """That measurements are in the numbers, and whose."""
    return [f"- Your measurements are weighed in: {'; '.join(one.says for one in evidence.results)}."] if evidence else []


def _compare(given: argparse.Namespace) -> int:
    from recommender.catalog.requests import told_at_lines_of
    from recommender.comparing import NOTHING_NAMED, compare
    from recommender.errors import Fault, InputError
    from recommender.explanation.comparison import text

    if len({one.strip() for one in given.options} - {""}) < 2:
        raise InputError([Fault("compare", "one option is no comparison", "name two or more")])
    document, catalog, needs = question_of(given)
    evidence = measured_in(given.evidence)
    with told_at_lines_of(document):
        found = compare(needs, given.options, catalog, as_of=given.as_of, evidence=evidence)
    unnamed = [Fault(one.asked, "is not an option", NOTHING_NAMED) for one in found.compared if NOTHING_NAMED in one.because]
    if unnamed:
        raise InputError(unnamed)
    if given.json:
        print(found.model_dump_json(indent=2))
    else:
        tell("\n".join([text(found), *_weighed(evidence)]))
    return ANSWERED if any(one.option for one in found.compared) else NOTHING_FITS
