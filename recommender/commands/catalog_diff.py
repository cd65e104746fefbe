"""`recommender catalog diff`: what changed between two catalogs, and which example answers change with it."""

from __future__ import annotations

import itertools
from pathlib import Path

from recommender.catalog.loading import Catalog, load_catalog, shipped_folder
from recommender.catalog.requests import read_request, told_at_lines_of
from recommender.catalog.upkeep.difference import differences
from recommender.domain.recommendation import Option, Recommendation
from recommender.engine import recommend
from recommender.errors import Fault, InputError
from recommender.explanation.named import requirements_for

COST = "monthly_cost_usd"


def compared(before: Path, after: Path | None, examples: Path | None) -> str:
    """Records and fields that differ, then the examples whose answer differs.

    Raises:
        InputError: when a folder is not there or a catalog has faults.
    """
    old, new = load_catalog(before), load_catalog(after)
    found = differences(before, after or shipped_folder())
    lines = [f"{len(found)} {'difference' if len(found) == 1 else 'differences'}"]
    for file, group in itertools.groupby(found, key=lambda one: one.file):
        lines += [file, *(f"  {one}" for one in group)]
    return "\n".join([*lines, "", *_answers(old, new, examples or _shipped_examples())])


def _shipped_examples() -> Path:
    return shipped_folder().parent / "examples"


def _answers(old: Catalog, new: Catalog, folder: Path) -> list[str]:
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise InputError([Fault(str(folder), "holds no requirement files", "give a folder with --examples")])
    changed = [line for path in files for line in _answer(path, old, new)]
    return [f"answers: {len(changed)} of {len(files)} examples change", *(f"  {line}" for line in changed)]


def _answer(path: Path, old: Catalog, new: Catalog) -> list[str]:
    document = read_request(path)
    with told_at_lines_of(document):
        requirements = requirements_for(document, old.columns)
        was = recommend(requirements, old, detail="answer", draws=0)
        now = recommend(requirements, new, detail="answer", draws=0)
    what = [*_status(was, now), *_winner(was.winner, now.winner), *_alternatives(was, now)]
    return [f"{path.stem}: {'; '.join(what)}"] if what else []


def _status(was: Recommendation, now: Recommendation) -> list[str]:
    return [f"{was.status} becomes {now.status}"] if was.status != now.status else []


def _winner(was: Option | None, now: Option | None) -> list[str]:
    old, new = (one.id if one else "nothing" for one in (was, now))
    if old != new:
        return [f"the winner changes from {old} to {new}"]
    if was is None or now is None or was.estimates[COST].mid == now.estimates[COST].mid:
        return []
    return [f"{old} stays, at {_usd(now)} USD a month instead of {_usd(was)}"]


def _usd(option: Option) -> str:
    cost = option.estimates[COST].mid
    return "unknown" if cost is None else f"{cost:.2f}"


def _alternatives(was: Recommendation, now: Recommendation) -> list[str]:
    old, new = ([one.id for one in answer.alternatives] for answer in (was, now))
    if old == new:
        return []
    come, gone = [one for one in new if one not in old], [one for one in old if one not in new]
    if not come and not gone:
        return ["the alternatives change their order"]
    return [f"alternatives: {', '.join([*(f'+{one}' for one in come), *(f'-{one}' for one in gone)])}"]
