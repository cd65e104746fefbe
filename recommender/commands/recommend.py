"""`recommender recommend`: answer a requirements file."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, TypeAlias

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
    from recommender.catalog.loading import Catalog
    from recommender.domain.recommendation import Recommendation
    from recommender.domain.requirements import Requirements
    from recommender.domain.trial_evidence import TrialEvidence

Lines: TypeAlias = tuple[str, ...]


def add(commands: Commands) -> None:
    parser = commands.add_parser("recommend", help="answer a requirements file")
    requirements_options(parser)
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="the whole answer as JSON")
    shape.add_argument("--markdown", action="store_true", help="a report in Markdown")
    shape.add_argument("--html", action="store_true", help="a report as one HTML file, with charts")
    shape.add_argument("--record", action="store_true", help="a decision record in Markdown, to commit beside the code")
    parser.add_argument("--brief", action="store_true", help="the answer alone: no searches for what would change it")
    evidence_option(parser)
    parser.set_defaults(run=_recommend)


def _recommend(given: argparse.Namespace) -> int:
    import gc

    was_on = gc.isenabled()
    gc.disable()  # one answer leaves little garbage, and looking for it would cost a twentieth of the time
    try:
        return _answered(given)
    finally:
        if was_on:
            gc.enable()


def _answered(given: argparse.Namespace) -> int:
    from recommender.catalog.requests import told_at_lines_of
    from recommender.engine import recommend

    document, catalog, requirements = question_of(given)
    evidence = measured_in(given.evidence)
    with told_at_lines_of(document):
        if given.brief and not given.record:
            answer = recommend(requirements, catalog, as_of=given.as_of, detail="answer", draws=0, evidence=evidence)
        else:
            answer = recommend(requirements, catalog, as_of=given.as_of, evidence=evidence)
    measured = _told_effect(given, requirements, catalog, evidence) if evidence and not (given.json or given.record) else ()
    if given.json:
        print(answer.model_dump_json(indent=None if given.brief else 2))
    else:
        tell(_shaped(given, requirements, answer, measured), end="")
    return NOTHING_FITS if answer.winner is None else ANSWERED


def _told_effect(given: argparse.Namespace, requirements: Requirements, catalog: Catalog, evidence: TrialEvidence) -> Lines:
    """What the measurements do to the answer, in sentences."""
    from recommender.engine import as_a_day
    from recommender.trial.effect import effect_of, told

    return told(effect_of(requirements, catalog.as_of(as_a_day(given.as_of)), evidence))


def _shaped(given: argparse.Namespace, requirements: Requirements, answer: Recommendation, measured: Lines) -> str:
    """The answer in the shape that was asked for, for people."""
    is_searched = not given.brief
    if given.html:
        from recommender.explanation.html_report import html

        return html(answer, is_searched, measured)
    if given.record:
        from recommender.explanation.decision_record import decision_record

        return decision_record(requirements, answer)
    from recommender.explanation import report

    if given.markdown:
        return report.markdown(answer, is_searched, measured)
    if is_searched:
        return report.text(answer, measured) + "\n"
    return report.first_answer(answer, requirements, measured) + "\n"
