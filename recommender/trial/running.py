"""A trial from files to a report: examples in, candidates measured, evidence out, the answer before and after."""

from __future__ import annotations

import argparse
import datetime

from recommender.catalog.loading import Catalog, load_catalog
from recommender.catalog.requests import read_requirements
from recommender.catalog.trial_files import write_whole
from recommender.decision.decide import with_task
from recommender.domain.recommendation import Recommendation
from recommender.domain.requirements import Requirements
from recommender.domain.trial_evidence import TrialEvidence
from recommender.engine import recommend
from recommender.errors import Fault, InputError
from recommender.trial.doubts import doubts_about
from recommender.trial.examples import read_examples
from recommender.trial.offline import can_be_learned, offline_standings
from recommender.trial.report import text
from recommender.trial.results import best_first, evidence_of


def run(given: argparse.Namespace) -> str:
    """Measure, write the evidence where it was asked for, and tell.

    Raises:
        InputError: when a file is wrong, or there is nothing to measure.
    """
    needs = with_task(read_requirements(given.file))
    if needs.task is None:
        raise InputError([Fault(str(given.file), "no task is stated", "write `task: ...`: its metric follows from it")])
    catalog = load_catalog(given.catalog)
    examples = read_examples(given.examples)
    standings = offline_standings(examples, needs.task, given.seed) if can_be_learned(examples, needs.task) else ()
    if not standings:
        raise InputError([Fault(str(given.examples), f"{needs.task} has no offline baseline on these examples", NAME_ONE)])
    ranked = best_first(standings)
    evidence = evidence_of(needs.task, ranked, f"own trial on {given.examples.name}", datetime.date.today())
    if given.out:
        write_whole(given.out, evidence.model_dump_json(indent=2) + "\n")
    report = text(ranked, bar_of(needs, catalog), doubts_about(examples, needs.task))
    return report + "\n\n" + before_and_after(needs, catalog, evidence)


NAME_ONE = "name a candidate with --candidate and an endpoint"


def bar_of(needs: Requirements, catalog: Catalog) -> float | None:
    """The stated bar in points, else what good means for the task."""
    bar = needs.quality.bar
    levels = catalog.columns.tasks[needs.task or ""].levels
    if bar is not None and not isinstance(bar, str):
        return bar.at_least
    return float(getattr(levels, bar or "good"))


def before_and_after(needs: Requirements, catalog: Catalog, evidence: TrialEvidence) -> str:
    """What the answer was, what it is with the evidence, and what moved."""
    before = recommend(needs, catalog, draws=0, detail="answer", alternatives=50)
    after = recommend(needs, catalog, draws=0, detail="answer", alternatives=50, evidence=evidence)
    lines = [f"answer before: {_winner(before)}", f"answer with what was measured: {_winner(after)}"]
    old, new = _qualities(before), _qualities(after)
    for one in evidence.results:
        key = (one.strategy, one.model)
        if key in old and key in new and old[key] is not None and new[key] is not None:
            lines.append(
                f"  {one.strategy}/{one.model}: expected {old[key]:.1f}, measured {one.quality:.1f}, now {new[key]:.1f}"
            )
    return "\n".join(lines)


def _winner(answer: Recommendation) -> str:
    return "nothing fits" if answer.winner is None else f"{answer.winner.id} (quality {answer.winner.estimates['quality'].mid})"


def _qualities(answer: Recommendation) -> dict[tuple[str, str], float | None]:
    shown = (answer.winner, *answer.alternatives)
    return {(one.strategy.id, one.model.id): one.estimates["quality"].mid for one in shown if one is not None}
