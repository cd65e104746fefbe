"""Serve the form: everything that all visitors share is loaded before the first one comes, then Streamlit takes over.

Usage: python serve.py [Streamlit's own options, such as --server.port 8501]
"""

from __future__ import annotations

import gc
import logging
import sys
from pathlib import Path

HOME = Path(__file__).parent
SWITCH_SECONDS = 0.0005  # an answer is on its way to the browser while the search behind it computes: it must not wait its turn


def warm() -> None:
    """Load libraries and facts, and answer once, so that no visitor waits for it."""
    sys.path.insert(0, str(HOME))
    logging.getLogger("streamlit").setLevel(logging.ERROR)  # facts are loaded without a visit on purpose
    from recommender_form import facts, routes, words, workers

    from recommender import recommend

    for name in routes.ICONS:
        routes.module(name)
    for language in words.LANGUAGES:
        words.book(language)
    facts.model_names()
    facts.library()
    facts.benchmarks()
    recommend({"task": "chat"}, facts.catalog())
    logging.getLogger("streamlit").setLevel(logging.INFO)
    gc.collect()
    gc.freeze()  # facts live as long as the server: sweeping them again and again would only cost time
    workers.start()


def main() -> None:
    """Warm up, then serve until stopped."""
    warm()
    sys.setswitchinterval(SWITCH_SECONDS)
    from streamlit.web import cli

    sys.argv = ["streamlit", "run", str(HOME / "app.py"), *sys.argv[1:]]
    cli.main(prog_name="streamlit")


if __name__ == "__main__":
    main()
