"""The part of a trial that calls an endpoint: candidates from their names, one purse and one store for all of them."""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Sequence
from contextlib import ExitStack, closing
from urllib.parse import urlsplit

from recommender.catalog.loading import Catalog
from recommender.domain.words import Task
from recommender.errors import Fault, InputError
from recommender.trial.calling import Caller
from recommender.trial.candidates import Material, Settings, candidate_for, listed_prices
from recommender.trial.endpoint import Endpoint
from recommender.trial.examples import Example
from recommender.trial.judge import judged
from recommender.trial.metrics import metric_of
from recommender.trial.pilot import Candidate, Pilot, piloted
from recommender.trial.purse import MICRO, Prices, Purse
from recommender.trial.results import Standing
from recommender.trial.retrieval import passages_of
from recommender.trial.store import Store


def online_standings(
    given: argparse.Namespace, examples: Sequence[Example], task: Task, catalog: Catalog
) -> tuple[Standing, ...]:
    """Every candidate named, measured at the endpoint.

    Raises:
        InputError: when the address, a price or the documents are missing or wrong.
    """
    if not given.endpoint:
        raise InputError([Fault("--candidate", "has no address to call", "give --endpoint URL")])
    if urlsplit(given.endpoint).scheme not in ("http", "https"):
        raise InputError(
            [Fault("--endpoint", f"'{given.endpoint}' is no web address", "write http:// or https://, ending in /v1")]
        )
    if not (math.isfinite(given.cap) and given.cap > 0):
        raise InputError([Fault("--cap", f"{given.cap} is no amount of money to spend", "give USD above zero")])
    prices = Prices(audio_usd_per_minute=given.minute_price) if given.minute_price is not None else stated_prices(given.price)
    passages = passages_of(given.documents) if given.documents else ()
    with ExitStack() as stack:
        store = stack.enter_context(
            closing(Store(given.store or given.examples.with_name(given.examples.name + ".trial.sqlite")))
        )
        caller = Caller(store, Purse(given.cap, store.spent()))
        embedder = stack.enter_context(closing(_server(given, given.embedder, prices, catalog))) if given.embedder else None
        material = Material(examples, passages, caller, embedder)
        candidates = [_candidate(given, name, prices, task, material, catalog) for name in given.candidate]
        for one in candidates:
            stack.enter_context(closing(one.endpoint))
        judge = stack.enter_context(closing(_server(given, given.judge, prices, catalog))) if given.judge else None
        return piloted(_pilot(given, task, caller, judge, len(examples) * len(candidates)), candidates, examples, given.seed)


def _candidate(
    given: argparse.Namespace, name: str, prices: Prices | None, task: Task, material: Material, catalog: Catalog
) -> Candidate:
    asked, _, at_the_endpoint = name.partition("=")
    model = asked.partition("/")[2]
    server = _server(given, at_the_endpoint or model.rpartition("/")[2], listed_prices(catalog.columns, model, prices), catalog)
    settings = Settings(given.shots, given.pick, given.search, seed=given.seed, recordings=given.examples.parent)
    return candidate_for(asked, server, task, material, settings)


def _server(given: argparse.Namespace, name: str, prices: Prices | None, catalog: Catalog) -> Endpoint:
    known = prices if prices is not None else listed_prices(catalog.columns, name, None)
    return Endpoint(given.endpoint, name, known, key_variable=given.key_variable)


def _pilot(given: argparse.Namespace, task: Task, caller: Caller, judge: Endpoint | None, calls: int) -> Pilot:
    def by_judge(example: Example, answer: str) -> float:
        assert judge is not None
        return judged(caller, judge, example, answer)

    def progress(answered: int, micro_usd: int) -> None:
        print(f"\r{answered:,} of at most {calls:,} answers, {micro_usd / MICRO:.4f} USD", end="", file=sys.stderr, flush=True)

    return Pilot(
        caller, "judge" if judge else metric_of(task), given.concurrency, not given.all, progress, by_judge if judge else None
    )


def stated_prices(text: str | None) -> Prices | None:
    """INPUT,OUTPUT in USD per million tokens.

    Raises:
        InputError: when it is not two such numbers.
    """
    if text is None:
        return None
    try:
        read, written = (float(one) for one in text.split(","))
    except ValueError:
        read = written = math.nan
    if not (0 <= read < math.inf and 0 <= written < math.inf):
        raise InputError([Fault(f"--price {text}", "is not two prices", "write for example 0.15,0.60")])
    return Prices(read, written)
