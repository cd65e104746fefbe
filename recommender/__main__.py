"""`python -m recommender`."""

from __future__ import annotations

from recommender.cli import run

run()
