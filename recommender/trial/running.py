"""A trial from files to a report: examples in, candidates measured, evidence out, the answer before and after."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path

from recommender.catalog.loading import Catalog, load_catalog
from recommender.catalog.requests import read_request, told_at_lines_of
from recommender.catalog.trial_files import refuse_days_to_come
from recommender.decision.decide import with_task
from recommender.domain.recommendation import Recommendation
from recommender.domain.requirements import Requirements
from recommender.domain.trial_evidence import TrialEvidence
from recommender.domain.words import Task
from recommender.errors import Fault, InputError
from recommender.explanation.named import requirements_for
from recommender.trial.baselines import LEAST_EXAMPLES
from recommender.trial.candidates import refuse_what_is_no_candidate
from recommender.trial.doubts import doubts_about
from recommender.trial.effect import effect_of
from recommender.trial.examples import Example, Reading, reading_of
from recommender.trial.offline import can_be_learned, offline_standings
from recommender.trial.online import online_standings
from recommender.trial.ratings import against_people, read_ratings, with_order, write_to_rate
from recommender.trial.report import text
from recommender.trial.results import Standing, best_first, evidence_of
from recommender.trial.source import on_disk
from recommender.trial.vectors import encoder_named
from recommender.whole_files import write_whole

NOT_HELD = "the judge was not held against people: rate a sample (--to-rate FILE.csv), then give it (--human FILE.csv)"
NOTHING_MEASURED = "nothing was measured: no evidence is written, and the answer stays as it is"
NAME_ONE = "name a candidate: --candidate zero_shot/lab/model --endpoint URL"


def run(given: argparse.Namespace) -> str:
    """Measure or import, write the evidence where it was asked for, and tell.

    Raises:
        InputError: when a file is wrong, a run is refused, or there is nothing to measure.
    """
    document = read_request(given.file)
    catalog = load_catalog(given.catalog, given.overlay)
    with told_at_lines_of(document):
        return _run(given, with_task(requirements_for(document, catalog.columns)), catalog)


def _run(given: argparse.Namespace, needs: Requirements, catalog: Catalog) -> str:
    if needs.task is None:
        raise InputError([Fault(str(given.file), "no task is stated", "write `task: ...`: its metric follows from it")])
    if given.out:
        _may_be_written(given.out, given.examples)
    told, evidence = _imported(given, needs.task, catalog) if given.kind else _measured(given, needs, needs.task, catalog)
    if not evidence.results:
        return told + "\n\n" + NOTHING_MEASURED
    if given.out:
        write_whole(given.out, evidence.model_dump_json(indent=2) + "\n")
    return told + "\n\n" + before_and_after(needs, catalog, evidence)


def _may_be_written(out: Path, examples: Path) -> None:
    """Earlier evidence may be replaced, and nothing else: least of all the examples."""
    if not out.exists() or out.is_dir():
        return
    if out.resolve() == examples.resolve() or not out.read_bytes()[:80].lstrip().startswith(b'{\n  "task"'):
        raise InputError([Fault(str(out), "is there already and is no evidence", "name another file for --out")])


def _imported(given: argparse.Namespace, task: Task, catalog: Catalog) -> tuple[str, TrialEvidence]:
    from recommender.trial.imports.evidence import imported

    names = dict(pair(one, "--name") for one in given.name)
    evidence = imported(given.examples, given.kind, task, catalog.columns, names, given.metric)
    refuse_days_to_come(given.examples.name, evidence, datetime.date.today())
    return "\n".join(f"{one.strategy}/{one.model}: {one.says}" for one in evidence.results), evidence


def _measured(given: argparse.Namespace, needs: Requirements, task: Task, catalog: Catalog) -> tuple[str, TrialEvidence]:
    reading = reading_of(on_disk(given.examples), seed=given.seed)
    standings = best_first(_standings(given, reading.examples, task, catalog))
    source = f"own trial on {given.examples.name}"
    evidence = evidence_of(task, standings, source, datetime.date.today())
    told = text(standings, bar_of(needs, catalog), doubts_about(reading.examples, task, reading.repeats))
    told += "".join(f"\n{line}" for line in _people_and_judge(given, standings, reading.examples))
    return (sample_note(reading) + "\n" if reading.is_sample else "") + told, evidence


def _people_and_judge(given: argparse.Namespace, standings: Sequence[Standing], examples: Sequence[Example]) -> Iterator[str]:
    """What people are to rate, and how far the judge can be relied on."""
    if given.to_rate:
        count = write_to_rate(given.to_rate, standings, examples, given.seed)
        yield f"written: {given.to_rate}, {count} answers to rate: fill in `acceptable` with yes or no, then give it with --human"
    if given.judge:
        yield with_order(standings)
        yield against_people(standings, read_ratings(given.human)) if given.human else NOT_HELD


def sample_note(reading: Reading) -> str:
    """That not all of a file was measured."""
    return f"note: {reading.held:,} of {reading.total:,} examples are measured, drawn at random; all were checked"


def _standings(given: argparse.Namespace, examples: Sequence[Example], task: Task, catalog: Catalog) -> list[Standing]:
    names = [one.partition("=")[0] for one in given.candidate]
    refuse_what_is_no_candidate(names, task, catalog.columns, has_documents=given.documents is not None)
    encoders = [encoder_named(one, catalog.columns) for one in given.embeddings]
    found = list(offline_standings(examples, task, given.seed, encoders)) if can_be_learned(examples, task) else []
    if given.candidate:
        found += online_standings(given, examples, task, catalog)
    if not found:
        few = f"on {len(examples):,} different examples (at least {LEAST_EXAMPLES} are needed)"
        told = f"{task} has no offline baseline {few if len(examples) < LEAST_EXAMPLES else 'on these examples'}"
        raise InputError([Fault(str(given.examples), told, NAME_ONE)])
    return found


def pair(text: str, option: str) -> tuple[str, str]:
    """Both sides of NAME=VALUE.

    Raises:
        InputError: when there is no such sign.
    """
    name, sign, value = text.partition("=")
    if not (name and sign and value):
        raise InputError([Fault(f"{option} {text}", "is not NAME=VALUE", "write for example gpt-x=zero_shot/openai/gpt-x")])
    return name, value


def bar_of(needs: Requirements, catalog: Catalog) -> float | None:
    """The stated bar in points, else what good means for the task."""
    bar = needs.quality.bar
    levels = catalog.columns.tasks[needs.task or ""].levels
    if bar is not None and not isinstance(bar, str):
        return bar.at_least
    return float(getattr(levels, bar or "good"))


def before_and_after(needs: Requirements, catalog: Catalog, evidence: TrialEvidence) -> str:
    """What the answer was, what it is with the evidence, what moved and by how much."""
    effect = effect_of(needs, catalog, evidence)
    lines = [f"answer before: {_winner(effect.before)}", f"answer with what was measured: {_winner(effect.after)}"]
    for one in effect.moved:
        was, now = (f"{value:.1f}" if value is not None else "not among the options" for value in (one.was, one.now))
        measured = f"measured {one.result.quality:.1f} on {one.result.examples:,} examples"
        lines.append(f"  {one.name}: expected {was}; {measured}; now {now}")
    return "\n".join(lines)


def _winner(answer: Recommendation) -> str:
    return "nothing fits" if answer.winner is None else f"{answer.winner.id} (quality {answer.winner.estimates['quality'].mid})"
