"""Recipes for AMD's accelerators: images built for ROCm, its devices handed in, and a server that stops where torch sees none."""

from __future__ import annotations

import re
import sys
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from compose_spec import PyCompose
from recipe_files import held_to

from recommender import Catalog, Option, Requirements, recommend
from recommender.catalog.library import Library
from recommender.engine import decider
from recommender.recipes.writing import filled

ON_ROCM = ("vllm/vllm-openai-rocm:", "rocm/pytorch", "model-server:latest")
QUESTIONS: tuple[dict[str, Any], ...] = (
    {"task": "chat"},
    {"task": "semantic_search", "knowledge": {"documents": 5000}},
    {"task": "speech_to_text", "languages": ["en"]},
    {"task": "image_generation"},
    {"task": "text_to_speech", "languages": ["en"]},
)
Made = list[tuple[Option, dict[str, str]]]


def made_on(accelerator: str, catalog: Catalog, library: Library) -> Made:
    """Recipes of every option of the questions that runs on this accelerator."""
    made = []
    for question in QUESTIONS:
        owned = {"hardware": {"owned": [{"accelerator": accelerator}]}, "privacy": {"boundary": "on_premises"}}
        needs = Requirements.model_validate({**question, **owned})
        answer, decision = recommend(needs, catalog, draws=0, detail="answer", alternatives=40), decider(catalog)(needs)
        for one in (answer.winner, *answer.alternatives):
            if one is not None and one.deployment.accelerator == accelerator:
                made.append((one, filled(needs, decision, one, answer, library)))
    return made


@pytest.fixture(scope="module")
def on_amd(catalog: Catalog, library: Library) -> Made:
    """On a card for data centres, one for desks, and a small machine whose name begins as neither does."""
    return [one for name in ("mi300x", "rx-9070-xt", "strix-halo-128gb") for one in made_on(name, catalog, library)]


def test_every_container_takes_an_image_for_rocm_and_its_devices(on_amd: Made) -> None:
    seen = {option.model.type for option, _ in on_amd}
    assert {"decoder_llm", "embedding", "asr", "image_generation", "tts"} <= seen
    for option, texts in on_amd:
        compose = yaml.safe_load(texts["serve/compose.yaml"])
        held_to("compose", compose)
        PyCompose.from_yaml(re.sub(r"\$\{\w+:-\}", "x", texts["serve/compose.yaml"]))
        service = compose["services"]["model"]
        assert service["devices"] == ["/dev/kfd:/dev/kfd", "/dev/dri:/dev/dri"] and service["group_add"] == ["video"], option.id
        assert "resources" not in service["deploy"], option.id
        assert service["image"].startswith(ON_ROCM), (option.id, service["image"])
        assert 'amd.com/gpu: "' in texts["serve/kubernetes.yaml"]


def test_a_server_built_for_amd_keeps_the_images_torch(on_amd: Made) -> None:
    built = [texts for _, texts in on_amd if "torch" in texts.get("serve/serve.py", "")]
    assert built
    for texts in built:
        assert "FROM rocm/pytorch:latest" in texts["serve/Dockerfile"]
        assert "--constraint of-the-image.txt -r requirements.txt" in texts["serve/Dockerfile"]


def test_whisper_on_amd_is_served_by_transformers_and_vectors_by_vllm(on_amd: Made) -> None:
    whisper = [texts for option, texts in on_amd if "whisper" in option.model.id]
    assert whisper and all("return_timestamps=True" in texts["serve/serve.py"] for texts in whisper)
    vectors = [texts for option, texts in on_amd if option.model.type == "embedding"]
    assert vectors and all('"--runner", "pooling"' in texts["serve/compose.yaml"] for texts in vectors)
    assert all("publishes no image for AMD" in texts["README.md"] for texts in vectors)


def test_on_nvidia_nothing_of_rocm_is_written(catalog: Catalog, library: Library) -> None:
    for _, texts in made_on("l40s", catalog, library):
        assert "rocm" not in texts["serve/compose.yaml"] and "kfd" not in texts["serve/compose.yaml"]
        assert "driver: nvidia" in texts["serve/compose.yaml"]


def test_a_server_stops_where_torch_sees_no_accelerator(on_amd: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", SimpleNamespace(cuda=SimpleNamespace(is_available=lambda: False)))
    text = next(texts["serve/serve.py"] for _, texts in on_amd if "def device(" in texts.get("serve/serve.py", ""))
    told: dict[str, Any] = {"__name__": "recipe"}
    exec(compile(text, "recipe", "exec", dont_inherit=True), told)
    monkeypatch.delenv("DEVICE", raising=False)
    with pytest.raises(SystemExit, match="Planned for 1 x mi300x, but torch sees no accelerator"):
        told["device"]()
    monkeypatch.setenv("DEVICE", "cpu")
    assert told["device"]() == "cpu"
