"""A visitor's examples measured on the server's own processor, in memory alone: one trial at a time, never more than a few seconds."""

from __future__ import annotations

import datetime
import threading
from dataclasses import dataclass
from pathlib import PurePath

import streamlit as st

from recommender import TrialEvidence
from recommender.domain.words import Task
from recommender.trial.baselines import LEAST_EXAMPLES
from recommender.trial.doubts import doubts_about
from recommender.trial.examples import Example, Reading, reading_of
from recommender.trial.offline import LEARNABLE, can_be_learned, offline_standings
from recommender.trial.results import Standing, best_first, evidence_of
from recommender.trial.source import in_memory

MOST_MEGABYTES = 5
MOST_EXAMPLES = 2_000  # measured here; the command line takes ten times as many
MOST_CELLS = 60_000  # of a table
MOST_CHARACTERS = 2_000_000
MOST_CLASSES = 200  # with all examples; with more, fewer
TREES_UP_TO = 4  # classes
MOST_NAME = 100


@dataclass(frozen=True)
class Measured:
    """What came of a file: how much of it was measured, how good each baseline is, and what makes one doubt it."""

    name: str
    task: Task
    held: int
    total: int
    standings: tuple[Standing, ...]
    doubts: tuple[str, ...]
    evidence: TrialEvidence


class NoBaseline(Exception):
    """Nothing can be measured offline: why, as a key of the words files."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@st.cache_resource(show_spinner=False)
def _turn() -> threading.Lock:
    return threading.Lock()


def measured(name: str, raw: bytes, task: Task) -> Measured:
    """The offline part of a trial.

    Raises:
        InputError: with every fault of the file.
        NoBaseline: when no classical model can learn the task from these examples.
        MissingExtra: without scikit-learn.
    """
    if task not in LEARNABLE:
        raise NoBaseline("task")
    with _turn():
        reading = _reading(short(name), raw)
        if len(reading.examples) < LEAST_EXAMPLES:
            raise NoBaseline("few")
        if not can_be_learned(reading.examples, task):
            raise NoBaseline("labels")
        standings = best_first(offline_standings(reading.examples, task, trees_up_to=TREES_UP_TO))
    told = evidence_of(task, standings, f"own trial on {short(name)}", datetime.date.today())
    doubts = doubts_about(reading.examples, task, reading.repeats)
    return Measured(short(name), task, reading.held, reading.total, standings, doubts, told)


def short(name: str) -> str:
    """A file's name as it is shown and kept: the end of it, with its kind."""
    return PurePath(name.replace("\\", "/")).name[-MOST_NAME:]


def _reading(name: str, raw: bytes) -> Reading:
    """As many examples as can be measured while somebody waits."""
    source = in_memory(name, raw)
    reading = reading_of(source, MOST_EXAMPLES)
    most = _most(reading.examples)
    return reading_of(source, most) if most < len(reading.examples) else reading


def _most(examples: tuple[Example, ...]) -> int:
    """How many of these examples: wide tables, long texts and many classes take longer each."""
    columns = len({column for one in examples for column, _ in one.features})
    characters = sum(len(one.input) + len(one.context) for one in examples) / len(examples)
    classes = len({one.expected for one in examples})
    most = [MOST_CHARACTERS // max(characters, 1.0)]
    most += [MOST_CELLS // columns] if columns else [MOST_EXAMPLES * MOST_CLASSES // max(classes, MOST_CLASSES)]
    return max(int(min(most)), 5 * LEAST_EXAMPLES)
