"""Recipes of every strategy and hosting that the questions below bring: parsed, held to what the tools require, run dry."""

from __future__ import annotations

import ast
import builtins
import re
import sys
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import sqlglot
import yaml
from compose_spec import PyCompose
from recipe_files import QUESTIONS, files, held_to

from recommender import Catalog, InputError, Option, Requirements
from recommender.cli import main
from recommender.explanation.numbers import rounded
from recommender.recipes import writing
from recommender.recipes.writing import recipe, write

HEAVY = frozenset(
    ("torch", "transformers", "datasets", "trl", "peft", "setfit", "sentence_transformers", "sklearn", "joblib", "mlflow", "openai",
     "anthropic", "google", "boto3", "qdrant_client", "urllib", "PIL", "ultralytics", "pandas", "soundfile", "litellm", "tabpfn")
)  # fmt: skip


def test_strategies_and_hostings_are_covered(made: list[tuple[Option, dict[str, str]]]) -> None:
    strategies, hostings = {option.strategy.id for option, _ in made}, {option.deployment.hosting for option, _ in made}
    assert strategies >= {
        "zero_shot", "few_shot", "rag", "finetune_llm", "finetune_encoder", "classical_ml", "embedding_search", "pretrained_as_is",
        "finetune_specialist", "continued_pretraining", "train_from_scratch",
    }  # fmt: skip
    assert hostings == {"api", "self_host", "edge"}
    assert all({"README.md", "evaluation-plan.md", "data-protection.md"} <= texts.keys() for _, texts in made)


def test_compose_files_are_sized_as_decided(made: list[tuple[Option, dict[str, str]]]) -> None:
    found = list(files(made, "compose.yaml"))
    assert len(found) >= 5
    for option, _, text in found:
        value = yaml.safe_load(text)
        held_to("compose", value)
        deploy = value["services"]["model"]["deploy"]
        assert deploy["replicas"] == option.deployment.replicas
        if "resources" in deploy:
            assert deploy["resources"]["reservations"]["devices"][0]["count"] == option.deployment.count
        assert value["x-decision"]["precision"] == option.deployment.precision
        memory = option.estimates["memory_gb"].mid
        assert value["x-decision"]["memory_gb"] == (None if memory is None else rounded(memory))


def parsed_by_compose(text: str) -> PyCompose:
    """By the Compose Specification's parser (Rust `compose_spec`); a value that the environment brings stands in as that text."""
    found = PyCompose.from_yaml(text)
    found.validate()
    return found


def test_compose_files_pass_the_specifications_own_parser(made: list[tuple[Option, dict[str, str]]]) -> None:
    for option, _, text in files(made, "compose.yaml"):
        found = parsed_by_compose(text)
        assert list(found.services) == ["model"] and found.services["model"].deploy.replicas == option.deployment.replicas


@pytest.mark.parametrize(
    "wrong", ["services: {model: {imagine: x}}", "services: {model: {image: x, ports: ['a:b:c']}}", "services: 3"]
)
def test_the_compose_parser_refuses_what_is_none(wrong: str) -> None:
    with pytest.raises(Exception):  # noqa: B017 - the parser has no class of its own
        parsed_by_compose(wrong)


def shape(value: Any) -> Any:
    """A manifest without its words and numbers: those of one shape pass or fail alike."""
    if isinstance(value, dict):
        return tuple((name, shape(one)) for name, one in sorted(value.items()))
    return tuple(map(shape, value)) if isinstance(value, list) else type(value).__name__


def test_kubernetes_manifests_pass_the_clusters_own_schema(made: list[tuple[Option, dict[str, str]]]) -> None:
    found = [one for _, _, text in files(made, "kubernetes.yaml") for one in yaml.safe_load_all(text)]
    assert {one["kind"] for one in found} == {"Deployment", "Service"}
    for one in {shape(one): one for one in found}.values():
        kubernetes_validate.validate(one, "1.33", strict=True)
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate({**found[0], "spec": {**found[0]["spec"], "replica": 1}}, "1.33", strict=True)


def test_kubernetes_manifests_are_sized_as_decided(made: list[tuple[Option, dict[str, str]]]) -> None:
    for option, _, text in files(made, "kubernetes.yaml"):
        deployment, service = yaml.safe_load_all(text)
        held_to("deployment", deployment)
        held_to("service", service)
        assert deployment["spec"]["replicas"] == option.deployment.replicas
        limits = deployment["spec"]["template"]["spec"]["containers"][0]["resources"]["limits"]
        if "nvidia.com/gpu" in limits:
            assert limits["nvidia.com/gpu"] == str(option.deployment.count)
        labels = deployment["spec"]["template"]["metadata"]["labels"]
        assert deployment["spec"]["selector"]["matchLabels"] == labels == service["spec"]["selector"]


def test_vllm_is_told_the_decisions_precision_and_machines(made: list[tuple[Option, dict[str, str]]]) -> None:
    told = {"16-bit": None, "8-bit": "fp8", "4-bit": "bitsandbytes"}
    found = [
        (option, yaml.safe_load(text)["services"]["model"]) for option, _, text in files(made, "compose.yaml") if "vllm" in text
    ]
    assert found
    for option, service in found:
        command = service["command"]
        assert command[command.index("--tensor-parallel-size") + 1] == str(option.deployment.count)
        wanted = told[option.deployment.precision or ""]
        assert (command[command.index("--quantization") + 1] if "--quantization" in command else None) == wanted
        assert not (str(option.deployment.accelerator).startswith(("v100", "t4")) and "bfloat16" in command)


def test_proxies_and_tuning_files_are_what_their_tools_read(made: list[tuple[Option, dict[str, str]]]) -> None:
    proxies, tunings = list(files(made, "litellm.yaml")), list(files(made, "axolotl.yaml"))
    assert proxies and tunings
    for _, _, text in proxies:
        held_to("litellm", yaml.safe_load(text))
    for option, _, text in tunings:
        value = yaml.safe_load(text)
        held_to("axolotl", value)
        assert value["load_in_4bit"] is (option.deployment.precision == "4-bit") is (value["adapter"] == "qlora")


def test_a_fallback_is_at_another_provider(made: list[tuple[Option, dict[str, str]]]) -> None:
    for option, _, text in files(made, "litellm.yaml"):
        names = [one["litellm_params"].get("api_key") for one in yaml.safe_load(text)["model_list"]]
        assert len(set(names)) == len(names) and option.id in text


def test_no_key_goes_to_openai_but_its_own(made: list[tuple[Option, dict[str, str]]]) -> None:
    seen = set()
    for _, _, text in files(made, "litellm.yaml"):
        for one in (one["litellm_params"] for one in yaml.safe_load(text)["model_list"]):
            if one["model"].startswith("openai/") and one.get("api_key") != "os.environ/OPENAI_API_KEY":
                assert one["api_base"], one
                seen.add(one["api_base"])
    assert len(seen) > 2


def test_sql_is_postgresql(made: list[tuple[Option, dict[str, str]]]) -> None:
    found = list(files(made, ".sql"))
    assert found
    for _, _, text in found:
        statements = [one for one in sqlglot.parse(text, dialect="postgres") if one]
        assert [one.key for one in statements] == ["create", "create", "create", "create", "select"] or statements[
            0
        ].key == "command"


def test_python_files_compile_import_lightly_and_run_dry(
    made: list[tuple[Option, dict[str, str]]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = builtins.__import__

    def light(name: str, *more: Any) -> Any:
        assert name.split(".")[0] not in HEAVY, f"{name} is imported in a dry run"
        return plain(name, *more)

    seen = set()
    for option, path, text in files(made, ".py"):
        seen.add(path)
        ast.parse(text)
        code = compile(text, f"{option.id}: {path}", "exec")
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", [path, "--dry-run"])
            patch.setattr(builtins, "__import__", light)
            exec(code, {"__name__": "__main__"})
        assert capsys.readouterr().out.strip()
    assert seen >= {
        "tracking.py", "hosted/client.py", "tune/trl_lora.py", "tune/encoder.py", "tune/setfit.py", "classical/train.py",
        "retrieval/chunk.py", "retrieval/qdrant.py", "retrieval/recall.py", "tune/image.py", "tune/boxes.py", "tune/masks.py",
        "tune/yolo.py", "tune/frozen.py", "tune/audio.py", "tune/ctc.py", "tune/whisper.py", "tune/seq2seq.py", "tune/pretrain.py",
        "tune/embedding.py",
    }  # fmt: skip


def test_python_files_pass_the_linters_errors(made: list[tuple[Option, dict[str, str]]], tmp_path: Path) -> None:
    import subprocess

    for number, (_, path, text) in enumerate(files(made, ".py")):
        (tmp_path / f"{number}_{path.replace('/', '_')}").write_text(text, encoding="utf-8")
    ruff = Path(sys.executable).with_name("ruff")
    found = subprocess.run(
        [ruff, "check", "--isolated", "--select", "E9,F", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stdout


def test_no_file_holds_a_secret_or_a_value_left_open(made: list[tuple[Option, dict[str, str]]]) -> None:
    secret = re.compile(
        r"sk-[A-Za-z0-9]{8}|AKIA[0-9A-Z]{12}|(password|api_key|token)\s*[:=]\s*['\"](?!os\.environ)[A-Za-z0-9]", re.IGNORECASE
    )
    for option, texts in made:
        for path, text in texts.items():
            assert not secret.search(text), (option.id, path)
            assert "{{" not in text and "{%" not in text and "Undefined" not in text
            assert text.endswith("\n") and not re.search(r"\bnan\b", text), (option.id, path)


def test_go_and_no_go_come_from_the_decision(catalog: Catalog) -> None:
    needs = Requirements.model_validate(
        {"task": "chat", "quality": {"bar": "draft"}, "budget": {"monthly_usd": 400}, "latency": {"p95_ms": 90000}}
    )
    plan = recipe(needs, "zero_shot", catalog)["evaluation-plan.md"]
    level = catalog.columns.tasks["chat"].levels.draft
    assert f"at or above {level:g} | upper end below {level:g} | 'draft' for this task, stated" in plan
    assert "at most 400 | above 400 | the stated budget" in plan and "within 90,000 | above 90,000 | the stated limit" in plan


def test_the_same_decision_gives_the_same_bytes(catalog: Catalog) -> None:
    needs = Requirements.model_validate(QUESTIONS[0])
    assert recipe(needs, "rag", catalog) == recipe(needs, "rag", catalog)


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(InputError, match="is there already"):
        write({"a": "b"}, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_all_files_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(OSError):
        write({"a/b.txt": "c"}, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
    assert writing.TEMPLATES.is_dir()


def test_the_command_writes_and_names_every_file(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "deep" / "out"
    assert main(["recipe", str(root / "examples" / "shop-support.yaml"), "rag", "--out", str(out)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert sorted(told) == sorted(f"written: {path}" for path in out.rglob("*") if path.is_file())
    assert main(["recipe", str(root / "examples" / "shop-support.yaml"), "rag", "--out", str(out)]) == 2


@pytest.mark.parametrize("name, words", [("no/such/thing", "is not an option"), ("train_from_scratch", "is barred")])
def test_what_is_no_option_is_said(
    name: str, words: str, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["recipe", str(root / "examples" / "shop-support.yaml"), name, "--out", str(tmp_path / "x")]) == 2
    assert words in capsys.readouterr().err and list(tmp_path.iterdir()) == []


def test_a_recipe_is_written_for_the_same_facts_as_the_answer(root: Path, tmp_path: Path) -> None:
    """Settings, a company's own catalog and a day count for recipes as they do for answers."""
    overlay = tmp_path / "own"
    overlay.mkdir()
    (overlay / "bans.yaml").write_text("- {provider: mistral, because: not ours}\n", encoding="utf-8")
    shop, out = str(root / "examples" / "shop-support.yaml"), tmp_path / "recipe"
    told = ["--overlay", str(overlay), "--set", "licence.open_weights=true", "--as-of", "2026-11-20", "--out", str(out)]
    assert main(["recipe", shop, "rag", *told]) == 0
    written = "".join(file.read_text(encoding="utf-8") for file in out.rglob("*") if file.is_file())
    assert "mistral.ai" not in written and "2026-11-20" in written
    assert main(["recipe", shop, "rag", *told[:-1], str(tmp_path / "x"), "--set", "exclude=[rag]"]) == 2


def test_a_tuned_language_model_is_served_with_what_tuning_wrote(catalog: Catalog) -> None:
    needs = {
        "task": "extraction",
        "workload": {"requests_per_month": 300_000},
        "data": {"labelled_examples": 5000},
        "privacy": {"boundary": "own_tenant"},
        "only": ["finetune_llm"],
    }
    files = recipe(Requirements.model_validate(needs), "finetune_llm", catalog)
    command = yaml.safe_load(files["serve/compose.yaml"])["services"]["model"]["command"]
    assert command[command.index("--lora-modules") + 1] == "tuned=/models/adapter" and "--enable-lora" in command
    assert command[command.index("--max-lora-rank") + 1] == "16" and '"rank": 16' in files["tune/trl_lora.py"]
    assert "MODEL = 'tuned'" in files["serve/client.py"] and "openai/tuned" in files["serve/litellm.yaml"]
    assert "copy what tune/ wrote into the server's volume" in files["README.md"]
    plain = recipe(
        Requirements.model_validate({**needs, "only": ["zero_shot"], "licence": {"open_weights": True}}), "zero_shot", catalog
    )
    assert not any("adapter" in text for path, text in plain.items() if path.startswith("serve/"))


def test_every_script_reads_files_that_begin_with_a_byte_order_mark(made: list[tuple[Option, dict[str, str]]]) -> None:
    scripts = list(files(made, ".py"))
    reads = re.compile(r"""^.*(?:\bopen\((?!.*"[rw]b")|read_text\(|read_csv\().*$""", re.MULTILINE)
    lines = {line for _, _, text in scripts for line in reads.findall(text) if '.open("w"' not in line and "Image." not in line}
    assert len(lines) >= 5
    assert [line for line in lines if 'encoding="utf-8-sig"' not in line] == []
