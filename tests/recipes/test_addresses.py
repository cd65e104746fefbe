"""Data and keys go to the vendor of the option, to one's own server, or nowhere."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

import pytest
import yaml
from recipe_files import files

from recommender import Catalog, Option, Requirements, recommend
from recommender.catalog.library import Library
from recommender.domain.records import Provider
from recommender.recipes.addresses import address_of, litellm_base
from recommender.recipes.writing import option_named, rendered

CHAT = {"task": "chat", "knowledge": {"documents": 300}}


class _Reached(Exception):
    pass


def _caught(monkeypatch: pytest.MonkeyPatch, package: str, client: str) -> list[dict[str, Any]]:
    """Stands in for a vendor's package; keeps what its client is told and goes no further."""
    told: list[dict[str, Any]] = []

    def made(**given: Any) -> None:
        told.append(given)
        raise _Reached

    module = ModuleType(package)
    setattr(module, client, made)
    monkeypatch.setitem(sys.modules, package, module)
    return told


def _recipe(catalog: Catalog, library: Library, name: str, **needs: Any) -> dict[str, str]:
    wanted = Requirements.model_validate({**CHAT, **needs})
    option = option_named(wanted, name, catalog)
    return rendered(wanted, option, recommend(wanted, catalog, draws=0, alternatives=30), catalog, library)


def _called(text: str, function: str = "answer") -> None:
    told: dict[str, Any] = {"__name__": "recipe"}
    exec(compile(text, "recipe", "exec", dont_inherit=True), told)
    if function == "main":
        told["main"]()
    else:
        told[function]("Hello")


@pytest.mark.parametrize(
    ("provider", "address"),
    [
        ("mistral", "https://api.mistral.ai/v1"),
        ("fireworks", "https://api.fireworks.ai/inference/v1"),
        ("openai", "https://api.openai.com/v1"),
    ],
)
def test_a_vendor_is_called_at_its_own_address(
    catalog: Catalog, library: Library, monkeypatch: pytest.MonkeyPatch, provider: str, address: str
) -> None:
    monkeypatch.setenv(f"{provider.upper()}_API_KEY", "of-the-test")
    monkeypatch.delenv("MODEL_URL", raising=False)
    made = _recipe(catalog, library, "rag", only=[provider])
    told = _caught(monkeypatch, "openai", "OpenAI")
    with pytest.raises(_Reached):
        _called(made["hosted/client.py"])
    assert [one["base_url"] for one in told] == [address]
    assert address in made["README.md"] and address in made["data-protection.md"]
    proxied = yaml.safe_load(made["hosted/litellm.yaml"])["model_list"][0]["litellm_params"]
    assert proxied["api_base"] == address


@pytest.mark.parametrize("provider", ["azure", "cloudflare"])
def test_without_a_known_address_nothing_is_sent_and_the_variable_is_named(
    catalog: Catalog, library: Library, monkeypatch: pytest.MonkeyPatch, provider: str
) -> None:
    made = _recipe(catalog, library, "rag", only=[provider])
    monkeypatch.setenv(f"{provider.upper()}_API_KEY", "of-the-test")
    variable = f"{provider.upper()}_API_BASE"
    monkeypatch.setenv(variable, "")
    told = _caught(monkeypatch, "openai", "OpenAI")
    with pytest.raises(SystemExit, match=f"Set {variable} to the address"):
        _called(made["hosted/client.py"])
    assert not told and variable in made["README.md"] and variable in made["data-protection.md"]
    assert ".invalid/" in made["hosted/litellm.yaml"]
    monkeypatch.setenv(variable, "https://ours.example/v1")
    with pytest.raises(_Reached):
        _called(made["hosted/client.py"])
    assert told[0]["base_url"] == "https://ours.example/v1"


def test_residency_takes_the_vendors_address_there(catalog: Catalog, library: Library) -> None:
    made = _recipe(catalog, library, "rag", only=["openai"], privacy={"residency": ["eu"]})
    assert "https://eu.api.openai.com/v1" in made["hosted/client.py"] and "https://eu.api.openai.com/v1" in made["README.md"]


def test_vertex_is_not_the_gemini_api(catalog: Catalog, library: Library) -> None:
    made = _recipe(catalog, library, "rag/google/gemini-3-flash-preview", only=["google-vertex"])
    assert "vertexai=True" in made["hosted/client.py"] and "vertexai=False" not in made["hosted/client.py"]
    assert "vertex_ai/" in made["hosted/litellm.yaml"] and "Vertex AI in your own project" in made["data-protection.md"]


def test_claude_at_vertex_stays_in_ones_own_project(
    catalog: Catalog, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _recipe(
        catalog,
        library,
        "rag",
        only=["google-vertex"],
        exclude=[
            "google/*",
            "mistral*",
            "xai/*",
            "openai/*",
            "qwen/*",
            "zai-org/*",
            "deepseek-ai/*",
            "meta-llama/*",
            "moonshotai/*",
        ],
    )
    told = _caught(monkeypatch, "anthropic", "AnthropicVertex")
    monkeypatch.delenv("GOOGLE_CLOUD_PROJECT", raising=False)
    with pytest.raises(SystemExit, match="Set GOOGLE_CLOUD_PROJECT"):
        _called(made["hosted/client.py"])
    monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", "ours")
    monkeypatch.setenv("GOOGLE_CLOUD_LOCATION", "europe-west1")
    with pytest.raises(_Reached):
        _called(made["hosted/client.py"])
    assert told[0]["project_id"] == "ours" and told[0]["region"] == "europe-west1"


def test_hosted_tuning_uploads_to_its_vendor_alone(catalog: Catalog, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    made = _recipe(
        catalog, library, "finetune_llm", task="extraction", knowledge={}, data={"labelled_examples": 900}, only=["together"]
    )
    told = _caught(monkeypatch, "openai", "OpenAI")
    monkeypatch.setenv("TOGETHER_API_KEY", "of-the-test")
    monkeypatch.setattr(sys, "argv", ["hosted_job.py"])
    with pytest.raises(_Reached):
        _called(made["tune/hosted_job.py"], "main")
    assert told[0]["base_url"] == "https://api.together.xyz/v1"


def test_no_template_leaves_the_address_to_a_package(made: list[tuple[Option, dict[str, str]]]) -> None:
    seen = 0
    for _, path, text in files(made, ".py"):
        for line in text.splitlines():
            if "OpenAI(" in line or "Anthropic(" in line:
                assert "base_url=address()" in line, (path, line)
                seen += 1
        if "litellm.embedding(" in text and "openai/" in text:
            assert "api_base=address()" in text
        assert "MODEL_URL" not in text or "127.0.0.1" in text, path
    assert seen


def test_every_vendor_is_known_or_leads_nowhere(library: Library) -> None:
    for name, provider in library.providers.items():
        base = litellm_base(name, provider)
        if provider.api in ("openai_compatible", "own", None):
            assert base is not None and (base == address_of(provider) or base.endswith(".invalid/v1")), name
            assert name == "openai" or "openai.com" not in base
        else:
            assert base is None
    assert sum(address_of(one) is not None for one in library.providers.values()) >= 30


def test_an_overlays_vendor_without_address_leads_nowhere() -> None:
    own = Provider.model_validate(
        {"name": "Ours", "kind": "host", "api": "openai_compatible", "checked": "2026-01-01", "offers": ()}, strict=False
    )
    assert litellm_base("ours/gateway", own) == "https://set-the-address-of-ours-gateway.invalid/v1"
