"""How fast an answer is: warm, cold against its own imports, and loading the catalog. Medians; run on a quiet machine.

Targets: a warm answer without draws 25 ms; a cold `--brief --json` twice the time of its bare imports; the catalog 30 ms.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from recommender import Catalog, load_catalog, recommend
from recommender.catalog.requests import read_requirements
from recommender.engine import decider

ROOT = Path(__file__).parent.parent
BARE = [sys.executable, "-c", "import numpy, yaml; from pydantic import BaseModel"]
ROUNDS = 15


def median_ms(work: Callable[[], object]) -> float:
    """Middle of several runs after one that does not count. [ms]"""
    work()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def cold_ratio(example: Path) -> float:
    """A whole process that answers, over a whole process that only imports; taken in turn, pair by pair."""
    answer = [sys.executable, "-m", "recommender", "recommend", str(example), "--brief", "--json"]
    ratios = []
    for _ in range(7):
        spent = []
        for command in (answer, BARE):
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            spent.append(time.perf_counter() - start)
        ratios.append(spent[0] / spent[1])
    return statistics.median(ratios)


def figures(example: Path, catalog: Catalog) -> dict[str, float]:
    """Every figure of one example. [ms, the last one times]"""
    needs, decide = read_requirements(example), decider(catalog)
    return {
        "decision alone, ms": median_ms(lambda: decide(needs)),
        "answer without draws, ms": median_ms(lambda: recommend(needs, catalog, detail="answer", draws=0)),
        "answer with 200 draws, ms": median_ms(lambda: recommend(needs, catalog, detail="answer")),
        "full answer, ms": median_ms(lambda: recommend(needs, catalog)),
        "cold over bare imports, times": cold_ratio(example),
    }


def main() -> None:
    """Print every figure."""
    catalog = load_catalog()
    print(f"catalog from the cache: {median_ms(load_catalog):.1f} ms")
    for example in sorted((ROOT / "examples").glob("*.yaml")):
        print(f"{example.stem}:")
        for name, value in figures(example, catalog).items():
            print(f"  {name:<32}{value:8.2f}")


if __name__ == "__main__":
    main()
