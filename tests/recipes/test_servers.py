"""Servers of our own: one for every kind of model that a library loads and no server carries; nothing hosted beside one's own."""

from __future__ import annotations

from typing import Any

import pytest
from recipe_files import files

from recommender import Catalog, Option, Requirements, compare, recommend
from recommender.catalog.library import Library
from recommender.recipes.servers import CLASSICAL, CLASSICAL_TABLE, RULES, server_for
from recommender.recipes.writing import rendered

Made = list[tuple[Option, dict[str, str]]]
NAMES = {
    ("asr", "nvidia/parakeet-tdt-0.6b-v3"): "nemo",
    ("asr", "nvidia/canary-1b-v2"): "nemo",
    ("tts", "hexgrad/Kokoro-82M"): "kokoro",
    ("tts", "rhasspy/piper"): "piper",
    ("tts", "coqui/XTTS-v2"): "xtts",
    ("tts", "ResembleAI/chatterbox"): "chatterbox",
    ("audio", "google/yamnet"): "yamnet",
    ("time_series", "amazon/chronos-2"): "chronos",
    ("image_generation", "Qwen/Qwen-Image"): "diffusers",
}
TASKS = {
    "asr": "speech_to_text",
    "tts": "text_to_speech",
    "audio": "audio_classification",
    "time_series": "time_series_forecasting",
}


@pytest.mark.parametrize(("kind", "name"), NAMES)
def test_a_model_is_loaded_by_its_makers_library(kind: str, name: str) -> None:
    found = server_for(kind, TASKS.get(kind, kind), name)
    assert found is not None and found.part == NAMES[kind, name]


@pytest.mark.parametrize(
    ("kind", "task", "name"),
    [
        ("asr", "speech_to_text", "nvidia/canary-qwen-2.5b"),  # a language model inside: not NeMo's ASRModel
        ("tts", "text_to_speech", "microsoft/speecht5_tts"),  # needs a speaker's vector
        ("vision", "object_detection", "facebook/sam3"),
        ("tabular", "tabular_prediction", "prior-labs/tabpfn-v2-clf"),
        ("decoder_llm", "chat", "qwen/qwen3.5-9b"),
    ],
)
def test_what_no_known_library_loads_as_asked_gets_none(kind: str, task: str, name: str) -> None:
    assert server_for(kind, task, name) is None


def test_every_part_is_written_and_its_packages_are_listed(made: Made) -> None:
    parts = set()
    for _, texts in made:
        if "serve/serve.py" not in texts:
            continue
        packages = [line for line in texts["serve/requirements.txt"].splitlines() if line and not line.startswith("#")]
        assert {"fastapi", "uvicorn", "python-multipart"} < set(packages)
        parts |= {line.split()[1] for line in texts["serve/serve.py"].splitlines() if line.strip().startswith("from ")}
    assert {
        "nemo.collections.asr.models",
        "kokoro",
        "chatterbox.tts",
        "TTS.api",
        "piper",
        "diffusers",
        "transformers",
        "ultralytics",
    } <= parts


def test_a_server_that_is_built_is_named_alike_by_dockerfile_compose_and_cluster(made: Made) -> None:
    built = [(option, texts) for option, texts in made if "serve/Dockerfile" in texts]
    assert len(built) > 20
    for option, texts in built:
        assert "build: ." in texts["serve/compose.yaml"], option.id
        assert "COPY serve.py ." in texts["serve/Dockerfile"] and 'CMD ["python", "serve.py"]' in texts["serve/Dockerfile"]
        assert "push it to your registry" in texts["serve/kubernetes.yaml"]


def test_whisper_keeps_its_server_and_voxtral_takes_its_makers_flags(made: Made) -> None:
    seen = set()
    for option, _, text in files(made, "compose.yaml"):
        if option.model.type != "asr":
            continue
        if "whisper" in option.model.id:
            assert "speaches" in text, option.id
            seen.add("whisper")
        if "voxtral" in option.model.id:
            assert '"--tokenizer_mode", "mistral"' in text and "vllm" in text
            seen.add("voxtral")
        if "parakeet" in option.model.id:
            assert "build: ." in text and "speaches" not in text
            seen.add("parakeet")
    assert seen == {"whisper", "voxtral", "parakeet"}


AIR_GAPPED: tuple[dict[str, Any], ...] = (
    {"task": "chat", "privacy": {"boundary": "air_gapped"}},
    {"task": "speech_to_text", "languages": ["en"], "privacy": {"boundary": "air_gapped"}},
    {"task": "classification", "data": {"labelled_examples": 4000}, "privacy": {"boundary": "air_gapped"}},
)


@pytest.mark.parametrize("question", AIR_GAPPED)
def test_nothing_hosted_is_written_behind_an_air_gap(question: dict[str, Any], catalog: Catalog, library: Library) -> None:
    needs = Requirements.model_validate(question)
    answer = recommend(needs, catalog, draws=0, detail="answer", alternatives=5)
    assert answer.winner is not None
    for option in (answer.winner, *answer.alternatives):
        found = rendered(needs, option, answer, catalog, library)
        assert not [path for path in found if path.startswith("hosted/")]
        assert all("https://api." not in text for text in found.values())
        if "serve/compose.yaml" in found:
            assert "HF_HUB_OFFLINE" in found["serve/compose.yaml"] and "HF_HUB_OFFLINE" in found["serve/kubernetes.yaml"]
            assert "carry them in" in found["README.md"]


def test_files_for_ones_own_server_are_beside_it(made: Made) -> None:
    for option, texts in made:
        is_hosted = option.deployment.hosting == "api"
        assert not [path for path in texts if path.startswith("hosted/" if not is_hosted else "serve/")], option.id


HEADLESS = ("facebook/dinov2-base", "facebook/hubert-base-ls960", "microsoft/wavlm-base-plus")


@pytest.mark.parametrize("model", HEADLESS)
def test_a_model_without_classes_is_served_after_tuning_alone(model: str, catalog: Catalog, library: Library) -> None:
    task = "image_classification" if "dino" in model else "audio_classification"
    needs = Requirements.model_validate({"task": task, "data": {"labelled_examples": 20_000, "classes": 5}, "only": [model]})
    answer = recommend(needs, catalog, draws=0, detail="answer", alternatives=50)
    found = {
        one.strategy.id: rendered(needs, one, answer, catalog, library)
        for one in (answer.winner, *answer.alternatives)
        if one is not None
    }
    assert "serve/serve.py" in found["finetune_specialist"] and "serve/serve.py" not in found["pretrained_as_is"]
    assert "has none of its own; tune it first" in found["pretrained_as_is"]["README.md"]
    assert "has none of its own" not in found["finetune_specialist"]["README.md"]


def test_rules_name_each_kind_once_per_beginning() -> None:
    told = [(kind, task, one) for kind, tasks, beginnings, _ in RULES for task in tasks or ("any",) for one in beginnings]
    assert len(told) == len(set(told))
    assert server_for("linear", "classification", "classical/linear") is CLASSICAL
    assert server_for("gbdt", "time_series_forecasting", "classical/gradient-boosted-trees") is CLASSICAL_TABLE


class Tokenizer:
    """As much of a tokenizer as tells languages apart."""

    unk_token_id = 2

    def __init__(self, *names: str, target: str | None = None) -> None:
        self.names = {name: 10 + place for place, name in enumerate(names)}
        if target:
            self.tgt_lang = target

    def convert_tokens_to_ids(self, token: str) -> int:
        return self.names.get(token, self.unk_token_id)


def test_a_translator_is_told_the_language_as_its_tokenizer_names_it(catalog: Catalog, library: Library) -> None:
    asked = {"task": "translation", "languages": ["en"], "target_languages": ["de"], "only": ["google/madlad400-3b-mt"]}
    needs = Requirements.model_validate(asked)
    answer = recommend(needs, catalog, draws=0, detail="answer")
    assert answer.winner is not None
    server: dict[str, Any] = {"__name__": "serve"}
    exec(rendered(needs, answer.winner, answer, catalog, library)["serve/serve.py"], server)
    assert server["first_word"](Tokenizer("<2de>", "<2fr>")) == "<2de> "
    assert server["first_word"](Tokenizer("de_DE", target="de_DE")) == ""
    assert server["first_token"](Tokenizer("en_XX", "de_DE", target="de_DE")) == {"forced_bos_token_id": 11}
    assert server["first_token"](Tokenizer("<2de>")) == {}
    with pytest.raises(SystemExit, match="does not know the language de: set source and target"):
        server["first_token"](Tokenizer("deu_Latn", target="de"))


def test_a_prompted_translation_names_its_languages(catalog: Catalog, library: Library) -> None:
    needs = Requirements.model_validate({"task": "translation", "languages": ["en"], "target_languages": ["de", "fr"]})
    answer = recommend(needs, catalog, draws=0, detail="answer")
    assert answer.winner is not None and answer.winner.strategy.id == "zero_shot"
    client = rendered(needs, answer.winner, answer, catalog, library)["hosted/client.py"]
    assert "Translate the user's text from English into German or French" in client


@pytest.mark.parametrize(
    ("model", "call"),
    [("urchade/gliner_multi-v2.1", "predict_entities"), ("fastino/gliner2.5-multi-v1", "extract_entities")],
)
def test_a_recogniser_is_served_by_its_makers_library_and_asked_for_kinds_in_words(
    model: str, call: str, catalog: Catalog, library: Library
) -> None:
    asked = {"task": "extraction", "only": [model, "pretrained_as_is"], "workload": {"input_tokens": 300}}
    needs = Requirements.model_validate(asked)
    answer = recommend(needs, catalog, draws=0, detail="answer")
    assert answer.winner is not None and answer.winner.model.id == model
    written = rendered(needs, answer.winner, answer, catalog, library)
    assert "build: ." in written["serve/compose.yaml"] and "text-embeddings-inference" not in written["serve/compose.yaml"]
    assert ("gliner2" if "gliner2" in model else "gliner") in written["serve/requirements.txt"].splitlines()
    server: dict[str, Any] = {"__name__": "serve"}
    exec(written["serve/serve.py"], server)
    seen: list[tuple[str, list[str]]] = []

    class Recogniser:
        def __getattr__(self, name: str) -> Any:
            assert name == call
            return lambda text, kinds, **_: seen.append((text, kinds)) or [{"text": "Ada", "label": "person"}]

    found = server["answer"](Recogniser(), {"texts": ["Ada was born in London."], "kinds": ["person", "place"]})
    assert seen == [("Ada was born in London.", ["person", "place"])] and found == [[{"text": "Ada", "label": "person"}]]


def test_a_tuned_recogniser_gets_no_script_that_could_not_load_it(catalog: Catalog, library: Library) -> None:
    needs = Requirements.model_validate(
        {"task": "extraction", "data": {"labelled_examples": 2_000}, "workload": {"input_tokens": 300}}
    )
    (found,) = compare(needs, ["finetune_encoder/urchade/gliner_multi-v2.1"], catalog, draws=0).compared
    assert found.option is not None, found.because
    written = rendered(needs, found.option, recommend(needs, catalog, draws=0, detail="answer"), catalog, library)
    assert "serve/serve.py" in written and not any(path.startswith("tune/") for path in written)
    assert "follow its maker's own guide" in written["README.md"].split("What no file here covers")[1]
