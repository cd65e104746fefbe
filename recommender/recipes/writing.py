"""Recipes from a decision into a folder: all files or none, and never over what is there."""

from __future__ import annotations

import io
import json
import shutil
import tempfile
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

from recommender.catalog.bans import why_banned
from recommender.catalog.library import Library
from recommender.catalog.loading import Catalog
from recommender.comparing import NOTHING_NAMED, compare
from recommender.decision.decide import Decision
from recommender.domain.recommendation import Option, Recommendation
from recommender.domain.requirements import Requirements
from recommender.engine import decider, recommend
from recommender.errors import Fault, InputError, MissingExtra
from recommender.explanation.numbers import plain
from recommender.recipes.engines import calls_tools
from recommender.recipes.names import with_plain_names
from recommender.recipes.plan import NO_PARSER, OLD_BUILDS, POOLED_BY_VLLM, files_for, gaps_of
from recommender.recipes.values import accelerator_of, machine_of, values_for

SOME_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip can name
TEMPLATES = Path(__file__).parent / "templates"


def recipe(needs: Requirements, name: str, catalog: Catalog, library: Library | None = None) -> dict[str, str]:
    """Every file of an option by its path, as text.

    Args:
        needs: what the team needs.
        name: an option's id, or strategy/model, or a model: then its best option.
        catalog: the facts that decide.
        library: the catalog's records, where they were read already.

    Raises:
        InputError: when nothing is named so, or a rule bars it.
        MissingExtra: without the template language.
    """
    option = option_named(needs, name, catalog)
    answer = recommend(needs, catalog, alternatives=30)
    return rendered(needs, option, answer, catalog, library or catalog.library())


def rendered(needs: Requirements, option: Option, answer: Recommendation, catalog: Catalog, library: Library) -> dict[str, str]:
    """Every file of an option that was found already."""
    return filled(needs, decider(catalog)(needs), option, answer, library)


def filled(needs: Requirements, decision: Decision, option: Option, answer: Recommendation, library: Library) -> dict[str, str]:
    """Every file of an option, where the decision that it comes from was made already."""
    values = values_for(needs, decision, option, answer, library)
    bought = accelerator_of(library, option.deployment.accelerator)
    machine = machine_of(library, option.deployment.accelerator)
    files = files_for(option, machine, values["task"], library.models[option.model.id].repository)
    serves = any(path.startswith("serve/") for path, _ in files)
    old = (OLD_BUILDS,) if bought and bought.unsupported and serves else ()
    pooled = (POOLED_BY_VLLM,) if serves and machine.is_amd and "--runner" in values["engine"].command else ()
    is_proxied = any(path.endswith("litellm.yaml") for path, _ in files)
    values |= {"is_called": is_proxied or option.deployment.hosting == "api", "is_proxied": is_proxied}
    untold = calls_tools(option) and values["engine"].what == "vLLM" and "--tool-call-parser" not in values["engine"].command
    no_parser = (NO_PARSER,) if untold and any(path == "serve/compose.yaml" for path, _ in files) else ()
    values = with_plain_names(values)
    values |= {"files": files, "gaps": (*gaps_of(option, files, needs.privacy.boundary), *no_parser, *old, *pooled)}
    language = _language()
    return {path: language.get_template(path + ".j2").render(values) for path in ("README.md", *(path for path, _ in files))}


def packed(files: dict[str, str], folder: str) -> bytes:
    """The files in one folder of a zip, made in memory; the same files give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped:
        for path, text in files.items():
            zipped.writestr(zipfile.ZipInfo(f"{folder}/{path}", SOME_DAY), text.encode(), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def option_named(needs: Requirements, name: str, catalog: Catalog) -> Option:
    """The option that a name means.

    Raises:
        InputError: when nothing is named so, or a rule bars it.
    """
    if not name.strip():
        raise InputError([Fault("OPTION", "names nothing", NOTHING_NAMED)])
    (found,) = compare(needs, [name], catalog).compared
    banned = why_banned(catalog.columns.banned, name) if found.option is None else None
    if banned:
        raise InputError([Fault(name, banned, "an overlay's bans.yaml takes it out")])
    if found.option is None:
        what = f"is barred: {found.because[0]}" if found.barred else "is not an option"
        raise InputError([Fault(name, what, "" if found.barred else NOTHING_NAMED)])
    return found.option


def write(files: dict[str, str], folder: Path) -> None:
    """Write into a folder that is not there yet: prepared beside it, then moved into place.

    Raises:
        InputError: when the folder is there, or cannot be made.
    """
    if folder.exists():
        raise InputError([Fault(str(folder), "is there already", "name another folder: nothing is written over")])
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise InputError([Fault(str(folder), f"cannot be made: {error.strerror}", "name another folder")]) from None
    try:
        for path, text in files.items():
            target = beside / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        beside.chmod(0o755)
        beside.rename(folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


@cache
def _language() -> Any:
    """The templates' language, which keeps each template that it has read: reading them takes four times as long as filling them."""
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    except ImportError:
        raise MissingExtra("A recipe", "recipe") from None
    language = Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True, autoescape=False,
    )  # fmt: skip
    language.filters |= {
        "py": repr,
        "yaml": lambda value: json.dumps(value, ensure_ascii=False),
        "big": lambda value: f"{value:,.0f}",
        "stated": lambda value: "not known" if value is None else f"{value:,.10g}",
        "plain": lambda value: "not known" if value is None else plain(value),
    }
    return language
