"""What commands share."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
ANSWERED, NOTHING_FITS, WRONG_INPUT = 0, 1, 2  # exit status; 1 is also a check that failed


def catalog_option(parser: argparse.ArgumentParser) -> None:
    """Let a command read another catalog folder than the shipped one."""
    parser.add_argument("--catalog", type=Path, metavar="DIR", help="another catalog folder")


def overlay_option(parser: argparse.ArgumentParser) -> None:
    """Let a command lay catalog folders of one's own on top."""
    parser.add_argument("--overlay", type=Path, action="append", default=[], metavar="DIR", help="one's own folder on top")
