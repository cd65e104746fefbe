"""What commands share."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from recommender.unseen import in_one_line, written_out

if TYPE_CHECKING:
    from recommender.catalog.loading import Catalog
    from recommender.catalog.strict_yaml import Document
    from recommender.domain.requirements import Requirements
    from recommender.domain.trial_evidence import TrialEvidence

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
WHOLE = re.compile(r"[-+]?[0-9]{1,20}")
ANSWERED, NOTHING_FITS, WRONG_INPUT = 0, 1, 2  # exit status; 1 is also a check that failed


def counted(least: int, most: int) -> Callable[[str], int]:
    """Reads an option that counts something; argparse tells a wrong one with its usage and exits with 2."""

    def read(text: str) -> int:
        if not WHOLE.fullmatch(text) or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"'{text[:40]}' is no whole number from {least:,} to {most:,}")
        return int(text)

    return read


def requirements_options(parser: argparse.ArgumentParser) -> None:
    """What every command takes that answers a requirements file."""
    parser.add_argument("file", type=Path, metavar="FILE")
    catalog_option(parser)
    overlay_option(parser)
    parser.add_argument("--as-of", metavar="DATE", help="prices of that day, YYYY-MM-DD")
    parser.add_argument("--set", action="append", default=[], metavar="PATH=VALUE", help="set one requirement")


def catalog_option(parser: argparse.ArgumentParser) -> None:
    """Let a command read another catalog folder than the shipped one."""
    parser.add_argument("--catalog", type=Path, metavar="DIR", help="another catalog folder")


def overlay_option(parser: argparse.ArgumentParser) -> None:
    """Let a command lay catalog folders of one's own on top."""
    parser.add_argument("--overlay", type=Path, action="append", default=[], metavar="DIR", help="one's own folder on top")


def evidence_option(parser: argparse.ArgumentParser) -> None:
    """Let a command weigh in what was measured."""
    parser.add_argument("--evidence", type=Path, metavar="FILE", help="what `recommender trial` measured")


def measured_in(path: Path | None) -> TrialEvidence | None:
    """The measurements in a file, if one is given.

    Raises:
        InputError: with every fault of the file.
    """
    if path is None:
        return None
    from datetime import date

    from recommender.catalog.trial_files import read_evidence, refuse_days_to_come

    found = read_evidence(path)
    refuse_days_to_come(path.name, found, date.today())
    return found


def question_of(given: argparse.Namespace) -> tuple[Document, Catalog, Requirements]:
    """What a command with `requirements_options` is asked: the file as it stands, the catalog, and the requirements held against it.
    Warnings about the day and about bans are told.

    Raises:
        InputError: with every fault of the file, at its lines, or of the catalog.
    """
    from recommender.catalog.loading import load_catalog
    from recommender.catalog.requests import read_request, told_at_lines_of
    from recommender.explanation.named import requirements_for

    document = read_request(given.file, tuple(given.set))
    catalog = load_catalog(given.catalog, given.overlay)
    with told_at_lines_of(document):
        needs = requirements_for(document, catalog.columns)
    tell_of_days_to_come(given.as_of, catalog)
    tell_of_bans(catalog)
    return document, catalog, needs


def tell_of_days_to_come(as_of: str | None, catalog: Catalog) -> None:
    """A day after the catalog's own is answered from what is announced by then, which is little: say so, beside the answer."""
    from recommender.engine import as_a_day

    day = as_a_day(as_of)
    if day is not None and day > catalog.columns.as_of:
        known = f"the catalog ends on {catalog.columns.as_of}: only prices and retirements announced until then are applied"
        print(f"warning: --as-of {day} is later than what is known; {known}", file=sys.stderr)


def tell_of_bans(catalog: Catalog) -> None:
    """What an overlay's bans could not judge, beside the answer: a ban never fails in silence."""
    for doubt in catalog.columns.ban_doubts:
        print(f"warning: {in_one_line(doubt)}", file=sys.stderr)


def tell(text: str, end: str = "\n") -> None:
    """What a command has to say, for people: names of somebody else's in it steer no terminal."""
    print(written_out(text), end=end)
