"""Scripts that train: only arguments that the trainers have, and a programme's tokens, hours and money as decided."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

import pytest
from recipe_files import SCHEMAS, files

from recommender import Catalog, Option


def arguments_of(text: str) -> Iterator[tuple[str, set[str]]]:
    """Every call of a class of settings in a script, with the names of the arguments that it is given."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SCHEMAS["arguments"]:
            yield node.func.id, {one.arg for one in node.keywords if one.arg}


def test_scripts_give_trainers_only_arguments_that_they_have(made: list[tuple[Option, dict[str, str]]]) -> None:
    known, seen = SCHEMAS["arguments"], set()
    for _, path, text in files(made, ".py"):
        if "setfit" in path:
            continue  # a trainer of its own, with settings of its own
        for name, given in arguments_of(text):
            seen.add(name)
            assert given <= {*known["TrainingArguments"], *known[name]}, (path, given)
    assert seen == set(known)


def test_a_programme_takes_the_decisions_tokens_hours_and_money(
    made: list[tuple[Option, dict[str, str]]], catalog: Catalog
) -> None:
    found = {option.strategy.id: (option, texts) for option, texts in made if "tune/pretrain.py" in texts}
    assert set(found) == {"continued_pretraining", "train_from_scratch"}
    price = catalog.columns.assumptions["tuning_usd_per_gpu_hour"].mid
    for strategy, tokens in (("continued_pretraining", 2e10), ("train_from_scratch", 2e12)):
        option, texts = found[strategy]
        (billed,) = (line for line in option.bill if line.label == "Pre-training")
        told: dict[str, Any] = {}
        exec(compile(texts["tune/pretrain.py"], strategy, "exec"), told)
        settings = told["SETTINGS"]
        assert tokens <= settings["tokens"] < 1.02 * tokens  # labelled pairs come on top
        assert settings["accelerator_hours"] * price == pytest.approx(billed.mid, rel=1e-4)
        assert (
            (settings["steps"] - 1) * settings["tokens_per_step"]
            < settings["tokens"]
            <= settings["steps"] * settings["tokens_per_step"]
        )
        plan = texts["tune/pretraining-plan.md"]
        assert f"| money | {billed.mid:,.0f} USD ({billed.low:,.0f} to {billed.high:,.0f}) |" in plan
        assert (
            f"| tokens | {settings['tokens']:,.0f} |" in plan
            and f"| accelerator hours | {settings['accelerator_hours']:,.0f} |" in plan
        )


def test_what_no_library_loads_is_named_as_a_gap(made: list[tuple[Option, dict[str, str]]]) -> None:
    for option, texts in made:
        if option.strategy.id == "finetune_specialist" and not any(path.startswith("tune/") for path in texts):
            assert "follow its maker's own guide" in texts["README.md"], option.id


def test_what_transformers_cannot_classify_with_gets_no_script(made: list[tuple[Option, dict[str, str]]]) -> None:
    """AutoModelForImageClassification of transformers 5.16 knows no DINOv3."""
    found = {option.model.id: texts for option, texts in made if "tune/image.py" in texts}
    assert any("dinov2" in name for name in found) and not any("dinov3" in name for name in found)


def test_yolo_takes_the_weights_of_its_task(made: list[tuple[Option, dict[str, str]]]) -> None:
    found = set()
    for _, _, text in files(made, "tune/yolo.py"):
        told: dict[str, Any] = {}
        exec(compile(text, "yolo.py", "exec"), told)
        found.add((told["SETTINGS"]["weights"].partition("11")[2][1:], told["SETTINGS"]["size"]))
    assert found == {(".pt", 640), ("-seg.pt", 640), ("-cls.pt", 224)}
