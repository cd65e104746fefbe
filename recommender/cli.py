"""The command line. Exit status: 0 answered, 1 nothing fits or a check failed, 2 the input is wrong."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from recommender.errors import InputError, RecommenderError

ANSWERED, NOTHING_FITS, WRONG_INPUT = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command."""
    given = _parser().parse_args(arguments)
    try:
        status: int = given.run(given)
        sys.stdout.flush()
        return status
    except InputError as error:
        for fault in error.faults:
            print(fault, file=sys.stderr)
        return WRONG_INPUT
    except RecommenderError as error:
        print(error, file=sys.stderr)
        return WRONG_INPUT
    except BrokenPipeError:
        sys.stderr.close()
        return ANSWERED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="recommender", description="Which AI model, with which strategy, run how - and why.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_recommend(commands)
    _add_cases(commands)
    _add_catalog(commands)
    calibrate = commands.add_parser("calibrate", help="refit what is fitted, print the errors on what was held out")
    calibrate.add_argument("--catalog", type=Path, metavar="DIR", help="another catalog folder")
    calibrate.set_defaults(run=_calibrate)
    ui = commands.add_parser("ui", help="serve the form")
    ui.add_argument("--port", type=int, default=8501)
    ui.add_argument("--address", default="localhost", help="who may open it: localhost is this machine alone")
    ui.set_defaults(run=_ui)
    return parser


def _add_recommend(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("recommend", help="answer a requirements file")
    parser.add_argument("file", type=Path, metavar="FILE")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="the whole answer as JSON")
    shape.add_argument("--markdown", action="store_true", help="a report in Markdown")
    parser.add_argument("--brief", action="store_true", help="the answer alone: no searches for what would change it")
    parser.add_argument("--catalog", type=Path, metavar="DIR", help="another catalog folder")
    parser.add_argument("--as-of", metavar="DATE", help="prices of that day, YYYY-MM-DD")
    parser.add_argument("--set", action="append", default=[], metavar="PATH=VALUE", help="set one requirement")
    parser.set_defaults(run=_recommend)


def _recommend(given: argparse.Namespace) -> int:
    from recommender.catalog.loading import load_catalog
    from recommender.catalog.requests import read_requirements
    from recommender.engine import recommend

    requirements = read_requirements(given.file, tuple(given.set))
    catalog = load_catalog(given.catalog)
    if given.brief:
        answer = recommend(requirements, catalog, as_of=given.as_of, detail="answer", draws=0)
    else:
        answer = recommend(requirements, catalog, as_of=given.as_of)
    if given.json:
        print(answer.model_dump_json(indent=None if given.brief else 2))
    else:
        from recommender.explanation import report

        if given.markdown:
            print(report.markdown(answer), end="")
        else:
            print(report.brief(answer) if given.brief else report.text(answer))
    return NOTHING_FITS if answer.status == "nothing_fits" else ANSWERED


def _add_cases(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("cases", help="hit and violation rates on recorded decisions")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--catalog", type=Path, metavar="DIR", help="another catalog folder")
    parser.set_defaults(run=_cases)


def _cases(given: argparse.Namespace) -> int:
    import json

    from recommender.cases import judged, read_cases, summary_text
    from recommender.catalog.loading import load_catalog

    result = judged(read_cases(given.file), load_catalog(given.catalog))
    print(json.dumps(result, indent=2, sort_keys=True) if given.json else summary_text(result))
    return ANSWERED


def _add_catalog(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("catalog", help="check or show the catalog")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    check = actions.add_parser("check", help="every fault of every file")
    check.add_argument("--catalog", type=Path, metavar="DIR")
    check.set_defaults(run=_check)
    show = actions.add_parser("show", help="list models, or one model's facts")
    show.add_argument("name", nargs="?", metavar="ID")
    show.add_argument("--catalog", type=Path, metavar="DIR")
    show.set_defaults(run=_show)


def _calibrate(given: argparse.Namespace) -> int:
    import importlib.util

    from recommender.catalog.loading import shipped_folder
    from recommender.errors import MissingExtra

    if importlib.util.find_spec("sklearn") is None:
        raise MissingExtra("Calibration", "ml")
    from recommender.evidence.calibrate import calibrate, write_calibration

    folder = given.catalog or shipped_folder()
    report = calibrate(folder)
    for path in write_calibration(report, folder):
        print(f"written: {path.name}")
    print("\n".join(report.lines))
    return ANSWERED


def _check(given: argparse.Namespace) -> int:
    from recommender.catalog.report import checked, coverage

    faults, library = checked(given.catalog)
    for fault in faults:
        print(fault, file=sys.stderr)
    if library is None or faults:
        return NOTHING_FITS
    print(coverage(library))
    return ANSWERED


def _show(given: argparse.Namespace) -> int:
    from recommender.catalog.report import listing, model_facts

    print(model_facts(given.catalog, given.name) if given.name else listing(given.catalog))
    return ANSWERED


def _ui(given: argparse.Namespace) -> int:
    import importlib.util
    import subprocess

    from recommender.catalog.loading import shipped_folder
    from recommender.errors import MissingExtra

    if importlib.util.find_spec("streamlit") is None:
        raise MissingExtra("The form", "ui")
    app = shipped_folder().parent / "ui" / "app.py"
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(app),
        "--server.port",
        str(given.port),
        "--server.address",
        given.address,
    ]
    quiet = ["--server.headless", "true", "--browser.gatherUsageStats", "false"]
    return subprocess.call([*command, *quiet])
