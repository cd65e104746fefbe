"""What strategies add by number of examples, one small chart per task family: writes docs/gains/*.svg and prints a table.

The lines are the calibrated comparisons as the engine reads them (catalog/calibration/strategy.yaml), at ten classes where a
family has classes, for a small model that scores 60 and a best prompted model that scores 80.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recommender import load_catalog
from recommender.decision.decide import middles
from recommender.domain.evidence import LearningCase
from recommender.evidence.strategy_gain import AGAINST_BEST_PROMPT, strategy_gain

EXAMPLES = np.array([0, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 100_000], float)
TABLE = (0, 50, 200, 1000, 10_000)
SMALL, BEST = 60.0, 80.0
OWN_WORDING = ("open_generation", "summarization", "rewriting")  # what is good is as one's own examples have it
CLASSES = {"classification": 10.0, "audio_classification": 10.0, "image_classification": 10.0}
LINES = {
    "few_shot": "#8a6fbf", "finetune_llm": "#1b6ca8", "finetune_encoder": "#2a9d8f", "classical_ml": "#c77d2b",
    "finetune_specialist": "#a33b4a",
}  # fmt: skip
FAMILIES = {
    "classification": ("few_shot", "finetune_llm", "finetune_encoder", "classical_ml"),
    "extraction": ("few_shot", "finetune_llm", "finetune_encoder"),
    "structured_generation": ("few_shot", "finetune_llm"),
    "open_generation": ("few_shot", "finetune_llm"),
    "summarization": ("few_shot", "finetune_llm"),
    "translation": ("few_shot", "finetune_llm", "finetune_specialist"),
    "code_generation": ("few_shot", "finetune_llm"),
    "reasoning": ("few_shot", "finetune_llm"),
    "knowledge_qa": ("few_shot", "finetune_llm"),
    "retrieval": ("finetune_specialist",),
    "image_classification": ("finetune_specialist", "finetune_encoder"),
    "asr": ("finetune_specialist",),
}
WIDE, HIGH, LEFT, BOTTOM, TOP = 420, 240, 44, 34, 16


def curve(family: str, strategy: str) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Quality with an 80 % interval at each number of examples. [points]"""
    columns = load_catalog().columns
    calibration, assumed = columns.calibration["strategy"], middles(columns.assumptions)
    classes = {**CLASSES, "extraction": assumed["things_extracted"]}.get(family, 1.0)
    case = LearningCase(
        assumed,
        labelled_examples=EXAMPLES,
        classes=classes,
        knowledge_is_private=0.0,
        best_prompted=BEST,
        is_own_wording=family in OWN_WORDING,
    )
    start = np.full(len(EXAMPLES), BEST if strategy in AGAINST_BEST_PROMPT else SMALL)
    low, mid, high = strategy_gain(calibration, strategy, family, case, start).quality_after(start)
    return np.asarray(low), np.asarray(mid), np.asarray(high)


def across(examples: float) -> float:
    return LEFT + np.log10(1.0 + examples) / 5.0 * (WIDE - LEFT - 10)


def up(points: float) -> float:
    return TOP + (100.0 - points) / 70.0 * (HIGH - TOP - BOTTOM)


def chart(family: str) -> str:
    """One family's lines with their intervals."""
    parts = [f'<text x="{LEFT}" y="12">{family.replace("_", " ")}: quality by labelled examples</text>']
    for points in (40, 60, 80, 100):
        parts.append(
            f'<path d="M{LEFT} {up(points):.0f}H{WIDE - 10}" stroke="#e3e8ec"/><text x="8" y="{up(points) + 4:.0f}">{points}</text>'
        )
    for examples in (0, 10, 100, 1000, 10_000, 100_000):
        parts.append(f'<text x="{across(examples) - 8:.0f}" y="{HIGH - 18}">{examples:,}</text>')
    parts.append(f'<path d="M{LEFT} {up(BEST):.0f}H{WIDE - 10}" stroke="#555" stroke-dasharray="4 3"/>')
    for place, strategy in enumerate(FAMILIES[family]):
        low, mid, high = curve(family, strategy)
        there = [f"{across(one):.1f} {up(max(points, 30.0)):.1f}" for one, points in zip(EXAMPLES, mid, strict=True)]
        band = [f"{across(one):.1f} {up(max(points, 30.0)):.1f}" for one, points in zip(EXAMPLES, high, strict=True)]
        band += [
            f"{across(one):.1f} {up(max(points, 30.0)):.1f}" for one, points in reversed(list(zip(EXAMPLES, low, strict=True)))
        ]
        colour = LINES[strategy]
        parts.append(f'<path d="M{"L".join(band)}Z" fill="{colour}" opacity="0.1"/>')
        parts.append(f'<path d="M{"L".join(there)}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(f'<text x="{LEFT + 8 + 92 * place}" y="{HIGH - 4}" fill="{colour}">{strategy}</text>')
    inner = "".join(parts)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" font-size="10" font-family="sans-serif">{inner}</svg>\n'


def main() -> None:
    folder = Path(__file__).parent.parent / "docs" / "gains"
    folder.mkdir(parents=True, exist_ok=True)
    print("| family | strategy | " + " | ".join(f"{count:,}" for count in TABLE) + " |\n|---|---|" + "---|" * len(TABLE))
    for family, strategies in FAMILIES.items():
        (folder / f"{family}.svg").write_text(chart(family), encoding="utf-8")
        for strategy in strategies:
            low, mid, high = curve(family, strategy)
            at = [int(np.flatnonzero(count == EXAMPLES)[0]) for count in TABLE]
            cells = [f"{mid[place]:.0f} ({low[place]:.0f} to {high[place]:.0f})" for place in at]
            print(f"| {family} | {strategy} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
