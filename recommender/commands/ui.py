"""`recommender ui`: serve the form."""

from __future__ import annotations

import argparse
import sys

from recommender.commands.shared import Commands

MOST_PORT = 65_535


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
    _refuse_taken(given.address, given.port)
    serve = shipped_folder().parent / "ui" / "serve.py"
    where = ["--server.port", str(given.port), "--server.address", given.address, "--server.headless", "true"]
    os.execv(sys.executable, [sys.executable, str(serve), *where])  # this process becomes the server: one thing to stop


def _refuse_taken(address: str, port: int) -> None:
    """Tell at once, and with a way out, where Streamlit would only say that it cannot have the port."""
    import socket

    from recommender.errors import Fault, InputError

    try:
        if not 0 < port <= MOST_PORT:
            raise OverflowError(f"ports go from 1 to {MOST_PORT}")
        kind, _, _, _, where = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(kind) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(where)
    except (OSError, OverflowError) as error:
        told = getattr(error, "strerror", None) or str(error)
        fault = Fault(f"{address}:{port}", f"cannot be served on ({told.lower()})", "try --port 8600, or PORT=8600 make run")
        raise InputError([fault]) from None
