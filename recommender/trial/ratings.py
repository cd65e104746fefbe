"""Answers that people rate, so that a judge model can be held against them: a sample to fill in, and the sample filled in."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from recommender.catalog.user_files import bytes_of
from recommender.domain.record import record
from recommender.errors import Fault, InputError
from recommender.trial.examples import Example
from recommender.trial.judge import agreement
from recommender.trial.results import Standing
from recommender.whole_files import write_whole

COLUMNS = ("candidate", "example", "input", "expected", "answer", "acceptable")
NEEDED = ("candidate", "example", "answer", "acceptable")
MOST_RATED_BYTES = 50_000_000
MOST_TO_RATE = 100
WORDS = {"yes": True, "y": True, "1": True, "true": True, "no": False, "n": False, "0": False, "false": False}
FAIR, GOOD = 0.4, 0.6  # kappa: below the first, people and judge say different things


@record
class Rating:
    """What a person said of one answer."""

    answer: str
    is_acceptable: bool


Ratings = Mapping[tuple[str, str], Rating]


def write_to_rate(path: Path, standings: Sequence[Standing], examples: Sequence[Example], seed: int) -> int:
    """Write a random sample of all answers for people to rate, blind to the judge; how many there are.

    Raises:
        InputError: when the folder cannot be written to.
    """
    pairs = [(one, name) for one in standings for name in one.answers]
    order = np.random.default_rng(seed).permutation(len(pairs))[:MOST_TO_RATE]
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    for standing, name in (pairs[place] for place in order):
        example = examples[int(name.partition(":")[0])]
        cells = (standing.name, name, example.input, example.expected, standing.answers[name])
        table.writerow([*map(_safe, cells), ""])
    write_whole(path, text.getvalue())
    return len(order)


def read_ratings(path: Path) -> Ratings:
    """The answers that people rated; rows left empty are left out.

    Raises:
        InputError: with every fault of the file.
    """
    found: dict[tuple[str, str], Rating] = {}
    faults = []
    raw = bytes_of(path, MOST_RATED_BYTES)
    try:
        reader = csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True)
        missing = [one for one in NEEDED if one not in (reader.fieldnames or ())]
        if missing:
            raise InputError([Fault(f"{path}:1", f"no column {', '.join(missing)}", "fill in what --to-rate wrote")])
        for row in reader:
            said = (row["acceptable"] or "").strip().casefold()
            if said and said not in WORDS:
                faults.append(Fault(f"{path}:{reader.line_num}", f"'{said[:40]}' is not a rating", "write yes or no"))
            elif said:
                found[row["candidate"] or "", row["example"] or ""] = Rating(row["answer"] or "", WORDS[said])
    except (UnicodeDecodeError, csv.Error):
        raise InputError([Fault(str(path), "is not CSV in UTF-8", "save it again")]) from None
    if faults:
        raise InputError(faults)
    return found


def against_people(standings: Sequence[Standing], ratings: Ratings) -> str:
    """How far the judge agrees with people, in words.

    Raises:
        InputError: when they rated too few of the same answers.
    """
    scores, human, changed = {}, {}, 0
    for standing in standings:
        for name, score in standing.scores.items():
            rating = ratings.get((_safe(standing.name), _safe(name)))
            if rating is None or name not in standing.answers:
                continue
            if rating.answer != _safe(standing.answers[name]):
                changed += 1
                continue
            key = f"{standing.name} {name}"
            scores[key], human[key] = score, rating.is_acceptable
    kappa, count = agreement(scores, human)
    verdict = "well" if kappa >= GOOD else "fairly" if kappa >= FAIR else "hardly: do not rest on this judge"
    left_out = f"; {changed} ratings are of other answers than these, and left out" if changed else ""
    return f"the judge agrees with people {verdict} (Cohen's kappa {kappa:.2f} on {count} answers{left_out})"


def with_order(standings: Sequence[Standing]) -> str:
    """How often the judge changed its mind with the order of the answers, in words."""
    scores = [score for one in standings for name, score in one.scores.items() if name in one.answers]
    share = sum(score == 0.5 for score in scores) / max(len(scores), 1)
    return f"the judge changed its mind with the order in {share:.0%} of {len(scores):,} answers; these count half"


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula, on one line: people open this file in one."""
    text = " ".join(cell.split())
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
