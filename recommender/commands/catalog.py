"""`recommender catalog`: check, show, sync, diff, stale."""

from __future__ import annotations

import argparse
import datetime
import sys
from pathlib import Path

from recommender.commands.shared import ANSWERED, NOTHING_FITS, Commands, catalog_option, overlay_option, tell


def add(commands: Commands) -> None:
    parser = commands.add_parser("catalog", help="check, show, compare or renew the catalog")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    _add_check(actions)
    _add_show(actions)
    _add_sync(actions)
    _add_diff(actions)
    _add_stale(actions)


def _add_check(actions: Commands) -> None:
    check = actions.add_parser("check", help="every fault of every file; then how much is known, from where, how old")
    catalog_option(check)
    overlay_option(check)
    check.set_defaults(run=_check)


def _add_show(actions: Commands) -> None:
    show = actions.add_parser("show", help="list models, or one model's facts")
    show.add_argument("name", nargs="?", metavar="ID")
    catalog_option(show)
    overlay_option(show)
    show.set_defaults(run=_show)


def _add_sync(actions: Commands) -> None:
    sync = actions.add_parser("sync", help="hold a copy of somebody's list against the catalog; writes only with --apply")
    sync.add_argument("source", metavar="SOURCE", help="the list's id in sources.yaml, such as genai-prices")
    sync.add_argument("file", type=Path, metavar="FILE", help="a copy of the list on this machine")
    sync.add_argument("--as-of", metavar="DATE", help="day of the copy, where its name does not say it")
    sync.add_argument("--only", default="*", metavar="PATTERN", help="only records like openai/*")
    sync.add_argument(
        "--accept", action="append", default=[], metavar="RECORD", help="take what the list says of a row to review"
    )
    sync.add_argument("--unmatched", action="store_true", help="also name the list's rows that the catalog does not have")
    sync.add_argument("--apply", action="store_true", help="write the changes: all files or none")
    catalog_option(sync)
    sync.set_defaults(run=_sync)


def _add_diff(actions: Commands) -> None:
    diff = actions.add_parser("diff", help="what changed between two catalogs, and which example answers change with it")
    diff.add_argument("before", type=Path, metavar="A")
    diff.add_argument("after", type=Path, nargs="?", metavar="B", help="default: the shipped catalog")
    diff.add_argument("--examples", type=Path, metavar="DIR", help="other requirement files than the shipped examples")
    diff.set_defaults(run=_diff)


def _add_stale(actions: Commands) -> None:
    stale = actions.add_parser("stale", help="what is past its age and should be looked at again")
    stale.add_argument("--as-of", metavar="DATE", help="default: today")
    stale.add_argument("--all", action="store_true", help="every row, not the first few of each kind")
    catalog_option(stale)
    overlay_option(stale)
    stale.set_defaults(run=_stale)


def _check(given: argparse.Namespace) -> int:
    from recommender.catalog.report import checked, coverage

    faults, library = checked(given.catalog, given.overlay)
    for fault in faults:
        print(fault, file=sys.stderr)
    if library is None or faults:
        return NOTHING_FITS
    tell(coverage(library))
    return ANSWERED


def _show(given: argparse.Namespace) -> int:
    from recommender.catalog.report import listing, model_facts, read

    library = read(given.catalog, given.overlay)
    tell(model_facts(library, given.name) if given.name else listing(library))
    return ANSWERED


def _sync(given: argparse.Namespace) -> int:
    from recommender.commands.catalog_sync import synced

    tell(synced(given))
    return ANSWERED


def _diff(given: argparse.Namespace) -> int:
    from recommender.commands.catalog_diff import compared

    tell(compared(given.before, given.after, given.examples))
    return ANSWERED


def _stale(given: argparse.Namespace) -> int:
    from recommender.catalog.loading import shipped_folder
    from recommender.catalog.report import read
    from recommender.catalog.upkeep.sources import day_in_text
    from recommender.catalog.upkeep.stale import stale_text

    folder = given.catalog or shipped_folder()
    day = day_in_text(given.as_of) if given.as_of else datetime.date.today()
    tell(stale_text(read(given.catalog, given.overlay), folder, day, given.all))
    return ANSWERED
