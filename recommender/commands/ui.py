"""`recommender ui`: serve the form."""

from __future__ import annotations

import argparse
import sys

from recommender.commands.shared import Commands


def add(commands: Commands) -> None:
    parser = commands.add_parser("ui", help="serve the form")
    parser.add_argument("--port", type=int, default=8501)
    parser.add_argument("--address", default="localhost", help="who may open it: localhost is this machine alone")
    parser.set_defaults(run=_ui)


def _ui(given: argparse.Namespace) -> int:
    import importlib.util
    import os

    from recommender.catalog.loading import shipped_folder
    from recommender.errors import MissingExtra

    if importlib.util.find_spec("streamlit") is None:
        raise MissingExtra("The form", "ui")
    serve = shipped_folder().parent / "ui" / "serve.py"
    where = ["--server.port", str(given.port), "--server.address", given.address, "--server.headless", "true"]
    os.execv(sys.executable, [sys.executable, str(serve), *where])  # this process becomes the server: one thing to stop
