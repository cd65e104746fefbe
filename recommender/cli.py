"""The command line. Exit status: 0 answered, 1 nothing fits or a check failed, 2 the input is wrong, 130 stopped."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from recommender.commands import calibrate, cases, catalog, compare, frontier, recipe, recommend, trial, ui, validate
from recommender.commands.shared import ANSWERED, WRONG_INPUT
from recommender.errors import Fault, InputError, RecommenderError

STOPPED = 130  # as shells count what was stopped from the keyboard
COMMANDS = {  # in the order of the help
    "recommend": recommend,
    "compare": compare,
    "frontier": frontier,
    "cases": cases,
    "validate": validate,
    "catalog": catalog,
    "calibrate": calibrate,
    "trial": trial,
    "recipe": recipe,
    "ui": ui,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # none is used, and looking for some reads every package
    words = sys.argv[1:] if arguments is None else list(arguments)
    given = _parser(words[:1]).parse_args(words)
    try:
        status: int = given.run(given)
        if sys.stdout is not None:  # None where whoever called closed it
            sys.stdout.flush()
        return status
    except InputError as error:
        for fault in error.faults:
            print(fault, file=sys.stderr)
        return WRONG_INPUT
    except RecommenderError as error:
        print(error, file=sys.stderr)
        return WRONG_INPUT
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:
        sys.stderr.close()
        return ANSWERED
    except OSError as error:
        _tell_of_system(error)
        return WRONG_INPUT


def run() -> NoReturn:
    """The whole process: one command, then the end."""
    status = main()
    gc.freeze()  # Python would look through everything once more before it ends: a fifth of the time of a short command
    sys.exit(status)


def _tell_of_system(error: OSError) -> None:
    """What the system refused: what has a name was to be read; a stream, written to, has none."""
    if error.filename is not None:
        print(
            Fault(f"{error.filename}", f"cannot be read: {error.strerror}", "check the path and who may read it"),
            file=sys.stderr,
        )
        return
    print(f"the answer could not be written: {error.strerror}; give another place to write to", file=sys.stderr)
    _drop_output()


def _drop_output() -> None:
    """What is left unwritten goes nowhere, or Python would try again at its end."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), 1)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, and where to read more."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_INPUT, f"{Fault(self.prog, message, f'see {self.prog} --help')}\n")


def _parser(asked: list[str]) -> argparse.ArgumentParser:
    """The command asked for; every command where none is, or one that is not there: to build them all takes long."""
    parser = _Parser(prog="recommender", description="Which AI model, with which strategy, run how - and why.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name in [one for one in asked if one in COMMANDS] or COMMANDS:
        COMMANDS[name].add(commands)
    return parser
