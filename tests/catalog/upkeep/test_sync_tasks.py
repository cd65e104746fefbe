"""What lists say a model can do: each task gets its own source, a second list confirms it, new tasks wait for a person."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from recommender.catalog.library import Library, read_library
from recommender.catalog.task_sources import sourced_tasks, task_summary, task_table
from recommender.catalog.upkeep.changes import Origin
from recommender.catalog.upkeep.judge_tasks import ListedTask, judged_tasks
from recommender.catalog.upkeep.read_scores import MEASURED_BY
from recommender.catalog.upkeep.sources import read_source
from recommender.domain.words import TASKS
from recommender.errors import InputError
from tests.catalog.upkeep.list_copies import litellm

MINI = "openai/gpt-5.4-mini"
AUTUMN, NOVEMBER = datetime.date(2026, 10, 1), datetime.date(2026, 11, 20)
BY_TYPE = {"tasks": {"source": "published-cards", "as_of": AUTUMN, "status": "assumed"}}


@pytest.fixture
def bare(syncable: Path) -> Path:
    """The small catalog with every task of its language model entered by type alone."""
    file = syncable / "models" / f"{MINI}.yaml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.startswith("  tasks.")), encoding="utf-8")
    return syncable


def mini(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((folder / "models" / f"{MINI}.yaml").read_text(encoding="utf-8"))
    return found


def judged(library: Library, *tasks: ListedTask, source: str = "litellm", **provenance: Any) -> list[tuple[str, str, Any]]:
    model = library.models[MINI]
    model = type(model).model_validate({**model.model_dump(exclude_unset=True), "provenance": {**BY_TYPE, **provenance}})
    found = judged_tasks(MINI, model, tasks, Origin(source, NOVEMBER))
    return [(change.verdict, change.field, change.edits[0].value) for change in found]


@pytest.fixture(scope="module")
def library(small_catalog: Path) -> Library:
    return read_library((small_catalog,))


def test_a_task_by_type_gets_the_list_as_its_source(library: Library) -> None:
    found = judged(library, ListedTask("chat", "mode chat"))
    assert found == [("confirm", "tasks.chat", {"source": "litellm", "as_of": NOVEMBER, "note": "mode chat"})]


def test_a_second_list_makes_it_agreed_and_keeps_the_first_note(library: Library) -> None:
    known = {"tasks.chat": {"source": "litellm", "as_of": AUTUMN, "note": "mode chat"}}
    found = judged(library, ListedTask("chat", "text out"), source="models-dev", **known)
    line = {"source": "litellm", "as_of": AUTUMN, "status": "agreed", "note": "mode chat"}
    assert found == [("confirm", "tasks.chat", line)]


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [("litellm", "litellm", "single"), ("models-dev", "models-dev-metadata", "single"), ("mteb", "litellm", "agreed")],
)
def test_one_project_twice_and_what_is_agreed_change_nothing(library: Library, first: str, second: str, status: str) -> None:
    known = {"tasks.chat": {"source": first, "as_of": AUTUMN, "status": status}}
    assert judged(library, ListedTask("chat"), source=second, **known) == []


def test_a_task_that_only_a_list_has_waits_for_a_person(library: Library) -> None:
    ((verdict, field, value),) = judged(library, ListedTask("reranking"), ListedTask("semantic_search"))
    assert (verdict, field, value[-2:]) == ("review", "tasks", ["reranking", "semantic_search"])


def test_a_benchmark_brings_its_own_day(library: Library) -> None:
    ((_, _, line),) = judged(library, ListedTask("chat", "measured", AUTUMN))
    assert line["as_of"] == AUTUMN


def test_sync_writes_what_a_service_is_called_for(bare: Path, run: Any) -> None:
    row = litellm(supports_function_calling=True, supports_vision=True, supports_reasoning=False)
    said = run("litellm", row, "--apply")
    assert "facts that a second list confirms (3)" in said
    provenance = mini(bare)["provenance"]
    stated = {name for name in provenance if name.startswith("tasks.")}
    assert stated == {"tasks.chat", "tasks.agentic", "tasks.visual_question_answering"}
    assert provenance["tasks.agentic"]["note"] == "supports_function_calling"
    assert "0 changes" in run("litellm", row, "--apply")


def test_the_report_counts_tasks_with_a_source_apart(bare: Path, run: Any) -> None:
    run("litellm", litellm(), "--apply")
    library = read_library((bare,))
    assert sourced_tasks(library.models[MINI]) == ("chat",)
    assert next(line for line in task_table(library) if line.startswith("chat ")).split() == ["chat", "1", "1", "0", "1"]
    assert task_summary(library).startswith("tasks of models: 6 of 21 ")  # one of the service, five of the classical method


TABLE = """id: mteb-retrieval
source: {id: mteb, retrieved: 2026-08-20}
scores:
  - [%s, "", 70, 2026-08-20]
  - [a/b, "", 60, 2026-08-20]
"""


def test_a_score_is_a_source_with_the_benchmark_s_day(tmp_path: Path) -> None:
    (tmp_path / "mteb-retrieval.yaml").write_text(TABLE % MINI, encoding="utf-8")
    first, second = read_source("public-scores", tmp_path).models
    assert (first.name, second.name) == ("a/b", MINI)
    day = datetime.date(2026, 8, 20)
    assert second.facts == {"tasks": (ListedTask("semantic_search", "measured: benchmarks/mteb-retrieval.yaml", day),)}


def test_a_broken_folder_of_scores_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not a folder; give the catalog's folder of benchmarks"):
        read_source("public-scores", tmp_path / "none")
    for broken in ("id: mteb-retrieval\n", "- 1\n", "17\n", TABLE.replace("2026-08-20}", "soon}") % MINI):
        (tmp_path / "mteb-retrieval.yaml").write_text(broken, encoding="utf-8")
        with pytest.raises(InputError, match=r"mteb-retrieval\.yaml: not a benchmark; compare with a neighbouring file"):
            read_source("public-scores", tmp_path)


def test_the_benchmarks_that_count_are_there(root: Path) -> None:
    shipped = {path.stem for path in (root / "catalog" / "benchmarks").glob("*.yaml")}
    assert {name for names in MEASURED_BY.values() for name in names} <= shipped
    assert set(MEASURED_BY) <= set(TASKS)
