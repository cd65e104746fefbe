"""Recipes held to the tools that read them: LiteLLM's proxy, Axolotl's schema, the settings of TRL, transformers and their kin.

Runs in an environment of its own, on what `write_recipes.py` wrote: python tests/tools/held_to_tools.py FOLDER. One line per
kind: how many were tried and passed, what was not tried and why. Ends with 1 on any fault. Nothing is fetched: what the tools would look
up is switched off.
"""

from __future__ import annotations

import ast
import importlib
import os
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ |= {"LITELLM_LOCAL_MODEL_COST_MAP": "True", "HF_HUB_OFFLINE": "1", "AXOLOTL_DO_NOT_TRACK": "1"}

import yaml

TRAINERS = {
    "TrainingArguments": "transformers",
    "Seq2SeqTrainingArguments": "transformers",
    "BitsAndBytesConfig": "transformers",
    "SFTConfig": "trl",
    "LoraConfig": "peft",
    "SentenceTransformerTrainingArguments": "sentence_transformers",
}
MOST_SHOWN = 10  # faults of a kind: the rest is most often the same one
OUT = "held-to-tools-out"  # stands in for what the command line gives


def proxy_faults(text: str) -> Iterator[str]:
    """What LiteLLM's proxy would not read, or would read and pass over."""
    import litellm
    from litellm.proxy._types import ConfigGeneralSettings, ConfigYAML
    from litellm.router_api import router_init_args
    from litellm.types.router import LiteLLM_Params

    value = yaml.safe_load(text)
    yield from unknown("", value, set(ConfigYAML.model_fields))
    yield from unknown("general_settings", value.get("general_settings"), set(ConfigGeneralSettings.model_fields))
    yield from unknown("router_settings", value.get("router_settings"), set(router_init_args()))
    yield from unknown("litellm_settings", value.get("litellm_settings"), {*dir(litellm)})
    for one in value["model_list"]:
        yield from unknown("litellm_params", one["litellm_params"], set(LiteLLM_Params.model_fields))
        litellm.get_llm_provider(one["litellm_params"]["model"])  # raises on a provider that it does not know
    ConfigYAML.model_validate(value)
    for name in re.findall(r"os\.environ/(\w+)", text):
        os.environ[name] = "http://127.0.0.1:9/v1" if name.endswith("_BASE") else "stands-in"
    router = litellm.Router(model_list=value["model_list"], **value.get("router_settings", {}))
    if router.registry().names(kind="group_set") != {one["model_name"] for one in value["model_list"]}:
        yield "the router kept not every model"
    named = {name for one in router.fallbacks or () for pair in one.items() for name in (pair[0], *pair[1])}
    yield from (f"fallbacks: '{name}' is no model" for name in sorted(named - {*router.registry().names(kind="group_set")}))


def axolotl_faults(text: str) -> Iterator[str]:
    """What Axolotl's own schema refuses, or does not know."""
    from axolotl.utils.schemas.config import AxolotlInputConfig
    from axolotl.utils.schemas.datasets import SFTDataset
    from axolotl.utils.schemas.enums import CustomSupportedOptimizers
    from transformers.training_args import OptimizerNames

    value = yaml.safe_load(text)
    yield from unknown("", value, set(AxolotlInputConfig.model_fields))
    for one in value["datasets"]:
        yield from unknown("datasets", one, set(SFTDataset.model_fields))
    AxolotlInputConfig.model_validate(value)
    if value["optimizer"] not in {one.value for kind in (OptimizerNames, CustomSupportedOptimizers) for one in kind}:
        yield f"optimizer: '{value['optimizer']}' is none that it has"  # its schema lets any text pass


def unknown(where: str, given: dict[str, Any] | None, known: set[str]) -> Iterator[str]:
    """Names that a tool has no field for."""
    yield from (f"{where}: '{name}' is no field of the tool" for name in sorted((given or {}).keys() - known))


def script_faults(text: str) -> Iterator[str]:
    """Every call of a class of settings, made with the values that the script gives it."""
    tree = ast.parse(text)
    told: dict[str, Any] = {"given": type("Given", (), {"out": OUT})(), "at_once": 1, "has_bf16": False, "precision": None}
    exec(compile(text, "recipe", "exec"), told)
    sources = dict(imports_of(tree))
    importlib.import_module("transformers.training_args").is_torch_bf16_gpu_available = lambda: True  # as where it will run
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in sources:
            module = importlib.import_module(sources[node.func.id])
            settings = getattr(module, node.func.id)
            expression = compile(ast.Expression(node), "recipe", "eval")
            torch = importlib.import_module("torch")
            try:
                eval(expression, {**told, node.func.id: settings, "torch": torch, "tools": None})
            except Exception as error:  # whatever a tool raises is what it would tell the user
                yield f"{node.func.id}: {type(error).__name__}: {str(error)[:300]}"


def imports_of(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Names of settings with the module that a script takes them from."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for one in node.names:
                if one.name in TRAINERS:
                    yield one.name, node.module


CHECKS: tuple[tuple[str, Callable[[str], Iterator[str]]], ...] = (
    ("hosted/litellm.yaml", proxy_faults),
    ("serve/litellm.yaml", proxy_faults),
    ("tune/axolotl.yaml", axolotl_faults),
    ("tune/*.py", script_faults),
)


def main(folder: Path) -> int:
    faults = 0
    for pattern, check in CHECKS:
        for kind, texts in sorted(distinct(folder, pattern).items()):
            tried, told = 0, []
            for text, path in texts.items():
                if check is script_faults and not list(imports_of(ast.parse(text))):
                    continue
                tried += 1
                told += [f"  fault: {path.relative_to(folder)}: {one}" for one in faults_of(check, text)][:1]
            faults += len(told)
            print(f"{kind}: {tried - len(told)} of {tried} distinct texts passed", *told[:MOST_SHOWN], sep="\n", flush=True)
            if tried < len(texts):
                print(f"  not tried: {len(texts) - tried}: they make no class of settings")
    return 1 if faults else 0


def distinct(folder: Path, pattern: str) -> dict[str, dict[str, Path]]:
    """Files by their path in the recipe and by their text, each with the first that has it."""
    found: dict[str, dict[str, Path]] = defaultdict(dict)
    for path in sorted(folder.glob(f"*/{pattern}")):
        found["/".join(path.parts[-2:])].setdefault(path.read_text(encoding="utf-8"), path)
    return found


def faults_of(check: Callable[[str], Iterator[str]], text: str) -> list[str]:
    try:
        return list(check(text))
    except Exception as error:  # whatever a tool raises is what it would tell the user
        return [f"{type(error).__name__}: {str(error)[:300]}"]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
