"""Training scripts and servers of recipes, run for real on tiny models with random weights: python tests/tools/run_recipes.py FOLDER.

Runs in an environment of its own, on what `write_recipes.py` wrote. Scripts that differ in their values alone run once, with small
values for those that only take time. One line per kind: how many ran, passed, and why what could not be tried was not. Ends with 1 on
any fault. Nothing is fetched.
"""

from __future__ import annotations

import ast
import contextlib
import io
import os
import re
import shutil
import sys
import tempfile
import traceback
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

os.environ |= {
    "HF_HUB_OFFLINE": "1",
    "CUDA_VISIBLE_DEVICES": "",
    "TOKENIZERS_PARALLELISM": "false",
    "YOLO_OFFLINE": "true",
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "OMP_NUM_THREADS": "1",  # models this small lose more to threads that wait than they gain
}

import loopback
import tiny_examples
import tiny_models
from run_servers import NOT_SERVED, server_outcome

QUICK: dict[str, Any] = {
    "epochs": 1, "steps": 2, "batch": 2, "max_length": 32, "most_tokens": 8, "seconds": 1, "size": 32, "accelerator_hours": 1,
    "tokens_per_step": 64,
}  # fmt: skip


@dataclass
class Trial:
    """How a script is run: with which tiny model, on which examples, and what it leaves."""

    model: str
    arguments: dict[str, str]
    leaves: str
    settings: dict[str, Any] = field(default_factory=dict)


ADAPTER = "o/adapter_model.safetensors"
NOT_TRIED = {
    "tune/hosted_job.py": "starts a paid job at a provider",
    "TabPFNClassifier": "the package fetches its weights",
}
YOLO = {"-seg.pt": "yolo/areas/pictures.yaml", "-cls.pt": "yolo/classes"}  # else boxes
TRAINING: dict[str, tuple[Trial, ...]] = {
    "tune/trl_lora.py": (
        Trial("decoder", {"--train": "train.jsonl", "--keep": "keep.jsonl", "--out": "o"}, ADAPTER, {"load_in_4bit": False}),
        Trial(
            "decoder", {"--train": "turns.jsonl", "--keep": "keep_turns.jsonl", "--out": "o"}, ADAPTER, {"load_in_4bit": True}
        ),
    ),
    "tune/pretrain.py": (
        Trial(
            "decoder",
            {"--text": "corpus.jsonl", "--keep": "corpus.jsonl", "--out": "o", "--accelerators": "1"},
            "o/model.safetensors",
        ),
    ),
    "tune/encoder.py": (Trial("encoder", {"--examples": "texts.csv", "--out": "o"}, "o/model.safetensors"),),
    "tune/setfit.py": (Trial("sentences", {"--examples": "texts.csv", "--out": "o"}, "o/model_head.pkl", {"batch": 64}),),
    "tune/embedding.py": (Trial("sentences", {"--pairs": "anchors.jsonl", "--out": "o"}, "o/model.safetensors"),),
    "tune/seq2seq.py": (
        Trial("pairs", {"--pairs": "texts.csv", "--out": "o"}, "o/model.safetensors"),
        Trial("languages", {"--pairs": "texts.csv", "--out": "o"}, "o/model.safetensors", {"source": "en", "target": "de"}),
    ),
    "tune/whisper.py": (Trial("whisper", {"--data": "recordings", "--out": "o"}, "o/model.safetensors", {"language": "de"}),),
    "tune/ctc.py": (Trial("letters_of_sound", {"--data": "recordings", "--out": "o"}, "o/model.safetensors"),),
    "tune/audio.py": (Trial("hearing", {"--recordings": "sounds", "--out": "o"}, "o/model.safetensors"),),
    "tune/image.py": (Trial("seeing", {"--pictures": "pictures", "--out": "o"}, "o/model.safetensors"),),
    "tune/boxes.py": (Trial("finding", {"--pictures": "boxes", "--names": "names.json", "--out": "o"}, "o/model.safetensors"),),
    "tune/masks.py": (
        Trial("cutting_out", {"--pictures": "masks", "--names": "names.json", "--out": "o"}, "o/model.safetensors"),
    ),
    "tune/frozen.py": (Trial("pictures_and_words", {"--pictures": "pictures", "--out": "o.joblib"}, "o.joblib"),),
    "tune/yolo.py": (
        Trial("boxes_by_yolo", {"--pictures": "yolo/boxes/pictures.yaml", "--out": "o"}, "o/train/weights/best.pt"),
    ),
}


def trials_of(path: str, text: str) -> tuple[Trial, ...]:
    """How a script is run: by its path, and for some by what it reads."""
    if path == "classical/train.py":
        kinds = {"soundfile": ("sounds",), "Image.open": ("pictures",), "item_id": ("series.csv",), '"by_examples"': ("labels.csv", "quantities.csv"),
                 "pandas": ("labels.csv",), '"separator"': ("sets.csv",)}  # fmt: skip
        examples = next((found for words, found in kinds.items() if words in text), ("texts.csv",))
        model = "pictures_and_words" if "Image.open" in text else "sentences"
        return tuple(Trial(model, {"--examples": one, "--out": "model.joblib"}, "model.joblib") for one in examples)
    found = TRAINING[path]
    if '"separator"' in text:
        return tuple(replace(one, arguments={**one.arguments, "--examples": "sets.csv"}) for one in found)
    examples = next((place for words, place in YOLO.items() if words in text), None) if path == "tune/yolo.py" else None
    if examples:
        return tuple(replace(one, arguments={**one.arguments, "--pictures": examples}) for one in found)
    return found


def body_of(text: str) -> str:
    """A script without the values of its settings and its first words: those of one body do the same."""
    tree = ast.parse(text)
    kept = [one for one in tree.body if not (isinstance(one, ast.Assign) and "SETTINGS" in ast.unparse(one.targets[0]))]
    settings = next((one for one in tree.body if isinstance(one, ast.Assign) and one not in kept), None)
    names = (
        [ast.unparse(one) for one in settings.value.keys if one] if settings and isinstance(settings.value, ast.Dict) else []
    )
    return "\n".join([*names, *(words for words in YOLO if words in text), *(ast.unparse(one) for one in kept[1:])])


def trained(text: str, trial: Trial, models: Path) -> None:
    """Run a script in the folder of examples.

    Raises:
        AssertionError: when it does not leave what it should.
    """
    told: dict[str, Any] = {"__name__": "recipe"}
    exec(
        compile(text.replace("bf16=True,", "bf16=True, use_cpu=True,"), "recipe", "exec", dont_inherit=True), told
    )  # no accelerator is here
    settings, model = told["SETTINGS"], tiny_models.made(trial.model, models)
    here = {"model": str(model), "embedding": str(model), "weights": str(model / Path(settings.get("weights", "")).name)}
    told["SETTINGS"] |= {name: value for name, value in {**QUICK, **here, **trial.settings}.items() if name in settings}
    shutil.rmtree(Path(trial.leaves).parts[0], ignore_errors=True) if "/" in trial.leaves else Path(trial.leaves).unlink(
        missing_ok=True
    )
    os.environ |= dict.fromkeys(re.findall(r"\w+_API_KEY", text), "stands-in")
    os.environ |= dict.fromkeys(re.findall(r"\w+_API_BASE", text), loopback.address())
    sys.argv = ["recipe", *(word for pair in trial.arguments.items() for word in pair)]
    told["main"]()
    assert Path(trial.leaves).exists(), f"{trial.leaves} is not there"


def outcome(script: Path, folder: Path) -> Iterator[str]:
    """What is wrong with a script, after it was run in every way that it is meant for; a server loads what training left."""
    text = script.read_text(encoding="utf-8")
    if script.name != "serve.py":
        for trial in trials_of(kind_of(script), text):
            trained(text, trial, folder / "models")
        return
    if "joblib" in text:
        training = script.parents[1] / "classical" / "train.py"
        before = training.read_text(encoding="utf-8")
        trained(before, trials_of(kind_of(training), before)[0], folder / "models")
    yield from server_outcome(text, folder)


def kind_of(script: Path) -> str:
    """A file's path in its recipe."""
    return "/".join(script.parts[-2:])


def tried(script: Path, folder: Path) -> str | None:
    """The fault of a script, None where it has none."""
    told, home = io.StringIO(), Path.cwd()
    os.chdir(folder / "examples")
    try:
        with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
            return "; ".join(outcome(script, folder)) or None
    except (Exception, SystemExit) as error:  # whatever a tool raises is what it would tell the user
        last = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__}: {str(error)[:300]} ({Path(last.filename).name}:{last.lineno})"
    finally:
        os.chdir(home)


def why_not(path: str, text: str) -> str | None:
    """Why a script is not run; None where it is."""
    if "litellm.embedding" in text and "api_base" not in text:
        return "asks a provider for vectors by an API of its own, which is paid"
    reasons = {**NOT_TRIED, **(NOT_SERVED if path == "serve/serve.py" else {})}
    return next((why for words, why in reasons.items() if words in path or words in text), None)


def scripts(folder: Path) -> dict[str, dict[str, list[Path]]]:
    """Files by their path in the recipe and by their body."""
    found: dict[str, dict[str, list[Path]]] = defaultdict(lambda: defaultdict(list))
    for pattern in ("classical/train.py", "tune/*.py", "serve/serve.py"):
        for path in sorted(folder.glob(f"*/{pattern}")):
            found[kind_of(path)][body_of(path.read_text(encoding="utf-8"))].append(path)
    return found


def main(folder: Path, only: str = "") -> int:
    faults = 0
    with tempfile.TemporaryDirectory() as name:
        beside = Path(name)
        os.environ |= {
            "MLFLOW_TRACKING_URI": f"sqlite:///{beside}/mlflow.db",
            "YOLO_CONFIG_DIR": name,
            "HF_DATASETS_CACHE": f"{name}/sets",
        }
        tiny_examples.made(beside / "examples")
        for path, bodies in scripts(folder).items():
            if only not in path:
                continue
            passed, told = 0, []
            for same in bodies.values():
                text = same[0].read_text(encoding="utf-8")
                why = why_not(path, text)
                fault = None if why else tried(same[0].absolute(), beside)
                passed += not why and not fault
                where = f"{same[0].relative_to(folder)} and {len(same) - 1} alike"
                told += [f"  not tried: {where}: {why}"] if why else [f"  fault: {where}: {fault}"] if fault else []
                faults += bool(fault)
            count = sum(not line.startswith("  not tried") for line in told) + passed
            print(
                f"{path}: {passed} of {count} bodies ran, of {sum(map(len, bodies.values()))} recipes",
                *told,
                sep="\n",
                flush=True,
            )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:3]))
