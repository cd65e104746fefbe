"""Candidates by name: `strategy/lab/model`, each with its endpoint, its price and the messages that its strategy sends."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

import numpy as np

from recommender.domain.columns import Columns
from recommender.domain.record import record
from recommender.domain.words import PROMPTED, StrategyId
from recommender.errors import Fault, InputError
from recommender.trial.calling import Caller
from recommender.trial.endpoint import Endpoint, Messages
from recommender.trial.examples import Example
from recommender.trial.pilot import Candidate
from recommender.trial.prompts import instruction_for, messages
from recommender.trial.purse import Prices
from recommender.trial.retrieval import Floats, Keywords, by_both, by_vectors, nearest

EMBEDDED_AT_ONCE = 64
MOST_CONTEXT_CHARACTERS = 2_000_000


@record
class Settings:
    """How candidates are asked. `pick` is random, keywords, vectors or both; so is `search`, but for random."""

    shots: int = 8
    pick: str = "keywords"
    search: str = "keywords"
    passages: int = 5
    seed: int = 0
    recordings: Path = Path()  # inputs of speech are paths from here


class Material:
    """Examples and passages with what finds the nearest of them; vectors are asked for once, and only when needed."""

    def __init__(self, examples: Sequence[Example], passages: Sequence[str], caller: Caller, embedder: Endpoint | None) -> None:
        self.examples, self.passages, self._caller, self._embedder = examples, passages, caller, embedder
        self._inputs = [one.input for one in examples]
        self._keywords: dict[int, Keywords] = {}
        self._vectors: dict[int, Floats] = {}
        self._lock = threading.Lock()

    def near_examples(self, way: str, place: int, count: int, seed: int) -> tuple[Example, ...]:
        """Other examples than the one asked: drawn, or the nearest."""
        if way == "random":
            order = np.random.default_rng([seed, place]).permutation(len(self.examples))
            return tuple(self.examples[one] for one in order if one != place)[:count]
        scores = self._scores(way, self._inputs, self.examples[place].input)
        scores[[one.input == self.examples[place].input for one in self.examples]] = -np.inf  # a twin would give it away
        return tuple(self.examples[one] for one in nearest(scores, count) if np.isfinite(scores[one]))

    def near_passages(self, way: str, place: int, count: int) -> tuple[str, ...]:
        """The passages nearest to an example's input."""
        scores = self._scores(way, self.passages, self.examples[place].input)
        return tuple(self.passages[one] for one in nearest(scores, count))

    def _scores(self, way: str, texts: Sequence[str], question: str) -> Floats:
        if way == "keywords":
            return self._by_keywords(texts, question)
        if way == "vectors":
            return self._by_vectors(texts, question)
        return by_both(self._by_keywords(texts, question), self._by_vectors(texts, question))

    def _by_keywords(self, texts: Sequence[str], question: str) -> Floats:
        with self._lock:
            if id(texts) not in self._keywords:
                self._keywords[id(texts)] = Keywords(texts)
        return self._keywords[id(texts)].scores(question)

    def _by_vectors(self, texts: Sequence[str], question: str) -> Floats:
        with self._lock:
            if id(texts) not in self._vectors:
                self._vectors[id(texts)] = self._embedded(texts)
        return by_vectors(self._embedded([question])[0], self._vectors[id(texts)])

    def _embedded(self, texts: Sequence[str]) -> Floats:
        if self._embedder is None:
            raise InputError([Fault("--search", "vectors need a model that makes them", "name one with --embedder")])
        found: list[Any] = []
        for begin in range(0, len(texts), EMBEDDED_AT_ONCE):
            reply = self._caller.embed(self._embedder, list(texts[begin : begin + EMBEDDED_AT_ONCE])).reply
            found += json.loads(reply.text)
        return np.array(found, float)


def refuse_what_is_no_candidate(names: Sequence[str], task: str, columns: Columns, has_documents: bool) -> None:
    """Names that are no candidates of a trial are told before anything is measured, stored or paid for.

    Args:
        names: each `strategy/lab/model`.

    Raises:
        InputError: with every strategy that prompts alone cannot try or that lacks documents, and every model that no evidence can be about.
    """
    faults = [fault for name in names for fault in _name_faults(name, task, columns, has_documents)]
    if faults:
        raise InputError(faults)


def _name_faults(name: str, task: str, columns: Columns, has_documents: bool) -> Iterator[Fault]:
    strategy, _, model = name.partition("/")
    if strategy not in PROMPTED and not _is_transcribed(strategy, task):
        remedy = f"name {', '.join(PROMPTED)}, or build it with `recommender recipe` and import its results"
        what = "cannot be tried by prompts alone" if strategy in get_args(StrategyId) else "is not a strategy"
        yield Fault(name, f"'{strategy}' {what}", remedy)
    if not model:
        yield Fault(name, "names no model", "write STRATEGY/LAB/MODEL, such as zero_shot/openai/gpt-4o-mini")
    elif model not in columns.models.ids:
        close = get_close_matches(model, columns.models.ids, 1)
        remedy = (
            f"did you mean '{close[0]}'?"
            if close
            else "see `recommender catalog show`; a model of your own goes into an overlay"
        )
        yield Fault(name, f"'{model}' is not in the catalog", remedy)
    if strategy in ("long_context", "rag") and not has_documents:
        yield Fault(name, "rests on documents, and none are given", "give a folder with --documents")


def _is_transcribed(strategy: str, task: str) -> bool:
    """Whether it is sent recordings, not prompts."""
    return strategy == "pretrained_as_is" and task == "speech_to_text"


def candidate_for(name: str, endpoint: Endpoint, task: str, material: Material, settings: Settings) -> Candidate:
    """A candidate by its name, which `refuse_what_is_no_candidate` has passed."""
    strategy, _, model = name.partition("/")
    told = instruction_for(task, material.examples)
    ways: dict[str, Callable[[int], Messages]] = {
        "zero_shot": lambda place: messages(told, material.examples[place]),
        "few_shot": lambda place: messages(
            told, material.examples[place], shown=material.near_examples(settings.pick, place, settings.shots, settings.seed)
        ),
        "long_context": lambda place: messages(told, material.examples[place], passages=_whole(name, material.passages)),
        "rag": lambda place: messages(
            told, material.examples[place], passages=material.near_passages(settings.search, place, settings.passages)
        ),
    }
    if _is_transcribed(strategy, task):
        return Candidate(
            "pretrained_as_is",
            model,
            endpoint,
            lambda caller, place: caller.transcribe(endpoint, settings.recordings / material.examples[place].input),
        )
    known = next(one for one in get_args(StrategyId) if one == strategy)
    notes = {
        "few_shot": f"{settings.shots} examples, {settings.pick}",
        "rag": f"{settings.passages} passages, {settings.search}",
    }
    return Candidate(
        known, model, endpoint, lambda caller, place: caller.chat(endpoint, ways[strategy](place)), notes.get(strategy, "")
    )


def _whole(name: str, passages: Sequence[str]) -> Sequence[str]:
    if sum(len(one) for one in passages) > MOST_CONTEXT_CHARACTERS:
        raise InputError([Fault(name, f"the documents have more than {MOST_CONTEXT_CHARACTERS:,} characters", "try rag")])
    return passages


def listed_prices(columns: Columns, model: str, stated: Prices | None) -> Prices:
    """The price stated, else the highest that the catalog lists for the model: the cap must hold at whoever serves it.

    Raises:
        InputError: when nothing is known: an unknown price is never free.
    """
    if stated is not None:
        return stated
    offers = columns.offers
    mine = (offers.model == (columns.models.ids.index(model) if model in columns.models.ids else -1)) & offers.is_offered
    spoken = mine & ~np.isnan(offers.audio_input_price)
    told = mine & ~np.isnan(offers.input_price) & ~np.isnan(offers.output_price)
    if spoken.any():
        return Prices(audio_usd_per_minute=float(offers.audio_input_price[spoken].max()))
    if not told.any():
        raise InputError(
            [
                Fault(
                    model,
                    "no price is known",
                    "state it: --price INPUT,OUTPUT in USD per million tokens (0,0 for one's own server)",
                )
            ]
        )
    return Prices(float(offers.input_price[told].max()), float(offers.output_price[told].max()))
