"""The catalog's facts, read once for everybody: they are the same for all and never change while the form runs."""

from __future__ import annotations

import streamlit as st

from recommender import Catalog, load_catalog
from recommender.catalog.cards import BenchmarkTable, benchmark_tables
from recommender.catalog.library import Library
from recommender_form.asking.units import Each


@st.cache_resource(show_spinner=False)
def catalog() -> Catalog:
    """What the engine decides from."""
    return load_catalog()


@st.cache_resource(show_spinner=False)
def library() -> Library:
    """Every record with its sources: for the pages that show facts."""
    return catalog().library()


@st.cache_resource(show_spinner=False)
def benchmarks() -> dict[str, BenchmarkTable]:
    """Every benchmark with its scores."""
    return benchmark_tables(catalog())


def usual(task: str | None) -> Each:
    """What one request of a task usually holds."""
    if task is None:
        return Each()
    workload = catalog().columns.tasks[task].workload
    return Each(
        audio_minutes=workload.audio_minutes.mid if workload.audio_minutes else None,
        pages=workload.pages.mid if workload.pages else None,
        characters=workload.characters.mid if workload.characters else None,
    )


def usual_wait_ms(task: str | None) -> tuple[float, float] | None:
    """What is quick for a task and what is still fast enough. [ms]"""
    return None if task is None else catalog().columns.tasks[task].anchors.latency_ms


@st.cache_resource(show_spinner=False)
def model_names() -> dict[str, str]:
    """Every model's name by its id, in order of name."""
    models = catalog().columns.models
    return dict(sorted(zip(models.ids, models.names, strict=True), key=lambda pair: pair[1].lower()))
