"""Translation services are called in their own way, at their own address: no proxy for language models speaks to them."""

from __future__ import annotations

import io
import json
import sys
import urllib.request
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from recommender import Catalog, Requirements, recommend
from recommender.catalog.library import Library
from recommender.recipes.writing import option_named, rendered

SERVICES = (
    "amazon/translate",
    "deepl/deepl-api",
    "google/cloud-translation-llm",
    "google/cloud-translation-nmt",
    "microsoft/azure-translator",
)


def _recipe(catalog: Catalog, library: Library, name: str, **needs: Any) -> dict[str, str]:
    asked = {"task": "translation", "languages": ["en-GB"], "target_languages": ["de", "fr"], **needs}
    wanted = Requirements.model_validate(asked)
    option = option_named(wanted, name, catalog)
    return rendered(wanted, option, recommend(wanted, catalog, draws=0, alternatives=30), catalog, library)


def _script(text: str) -> dict[str, Any]:
    told: dict[str, Any] = {"__name__": "recipe"}
    exec(compile(text, "recipe", "exec", dont_inherit=True), told)
    return told


def _answering(monkeypatch: pytest.MonkeyPatch, reply: object) -> list[urllib.request.Request]:
    sent: list[urllib.request.Request] = []

    def opened(request: urllib.request.Request, timeout: float) -> io.BytesIO:
        sent.append(request)
        return io.BytesIO(json.dumps(reply).encode())

    monkeypatch.setattr(urllib.request, "urlopen", opened)
    return sent


def _body(request: urllib.request.Request) -> Any:
    assert isinstance(request.data, bytes)
    return json.loads(request.data)


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_gets_its_own_call_and_no_proxy(
    catalog: Catalog, library: Library, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = _recipe(catalog, library, name)
    assert {path for path in made if path.startswith("hosted/")} == {"hosted/translate.py"}
    monkeypatch.setattr(sys, "argv", ["translate.py", "--dry-run"])
    script = _script(made["hosted/translate.py"])
    script["main"]()
    assert "It would call" in capsys.readouterr().out
    assert (script["TRANSLATED_FROM"], script["TRANSLATED_INTO"]) == ("en", ["de", "fr"])


def test_deepl_is_told_its_languages_in_capitals(catalog: Catalog, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEEPL_API_KEY", "of-the-test")
    sent = _answering(monkeypatch, {"translations": [{"text": "Hallo"}]})
    script = _script(_recipe(catalog, library, "deepl/deepl-api")["hosted/translate.py"])
    assert script["answer"]("Hello", "de") == "Hallo"
    assert sent[0].full_url == "https://api.deepl.com/v2/translate"
    assert sent[0].get_header("Authorization") == "DeepL-Auth-Key of-the-test"
    assert _body(sent[0]) == {"text": ["Hello"], "target_lang": "DE", "source_lang": "EN"}


@pytest.mark.parametrize(
    ("residency", "host"),
    [([], "api.cognitive.microsofttranslator.com"), (["eu"], "api-eur.cognitive.microsofttranslator.com")],
)
def test_microsoft_is_called_where_data_must_stay(
    catalog: Catalog, library: Library, monkeypatch: pytest.MonkeyPatch, residency: list[str], host: str
) -> None:
    monkeypatch.setenv("AZURE_AI_SERVICES_API_KEY", "of-the-test")
    sent = _answering(monkeypatch, [{"translations": [{"text": "Hallo"}]}])
    needs = {"privacy": {"residency": residency}} if residency else {}
    made = _recipe(catalog, library, "microsoft/azure-translator", **needs)
    assert _script(made["hosted/translate.py"])["answer"]("Hello", "de") == "Hallo"
    assert sent[0].full_url == f"https://{host}/translate?api-version=3.0&to=de&from=en"
    assert _body(sent[0]) == [{"Text": "Hello"}]
    assert host in made["README.md"] and host in made["data-protection.md"]


def test_where_no_address_is_known_nothing_is_sent(catalog: Catalog, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AZURE_AI_SERVICES_API_KEY", "of-the-test")
    sent = _answering(monkeypatch, [])
    made = _recipe(catalog, library, "microsoft/azure-translator", privacy={"residency": ["jp"]})
    with pytest.raises(SystemExit, match="AZURE_AI_SERVICES_API_BASE"):
        _script(made["hosted/translate.py"])["answer"]("Hello", "de")
    assert not sent and "set AZURE_AI_SERVICES_API_BASE" in made["README.md"]


@pytest.mark.parametrize(
    ("name", "model"),
    [("google/cloud-translation-nmt", "general/nmt"), ("google/cloud-translation-llm", "general/translation-llm")],
)
def test_google_is_called_by_its_package_in_ones_own_project(
    catalog: Catalog, library: Library, monkeypatch: pytest.MonkeyPatch, name: str, model: str
) -> None:
    told: list[dict[str, Any]] = []

    def translated(request: dict[str, Any], timeout: float) -> SimpleNamespace:
        told.append(request)
        return SimpleNamespace(translations=[SimpleNamespace(translated_text="Hallo")])

    google, cloud, package = ModuleType("google"), ModuleType("google.cloud"), ModuleType("google.cloud.translate_v3")
    made_with: list[dict[str, str]] = []

    def client(client_options: dict[str, str]) -> SimpleNamespace:
        made_with.append(client_options)
        return SimpleNamespace(translate_text=translated)

    vars(package)["TranslationServiceClient"] = client
    vars(cloud)["translate_v3"] = package
    for one, module in {"google": google, "google.cloud": cloud, "google.cloud.translate_v3": package}.items():
        monkeypatch.setitem(sys.modules, one, module)
    monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", "ours")
    monkeypatch.setenv("GOOGLE_CLOUD_LOCATION", "global")
    script = _script(_recipe(catalog, library, name)["hosted/translate.py"])
    assert script["answer"]("Hello", "de") == "Hallo"
    assert told[0]["model"] == f"projects/ours/locations/global/models/{model}"
    assert made_with == [{"api_endpoint": "translate.googleapis.com"}]


def test_amazon_is_called_by_its_package(catalog: Catalog, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[dict[str, str]] = []

    def translated(**given: str) -> dict[str, str]:
        told.append(given)
        return {"TranslatedText": "Hallo"}

    package = ModuleType("boto3")
    vars(package)["client"] = lambda name: SimpleNamespace(translate_text=translated)
    monkeypatch.setitem(sys.modules, "boto3", package)
    script = _script(_recipe(catalog, library, "amazon/translate")["hosted/translate.py"])
    assert script["answer"]("Hello", "de") == "Hallo"
    assert told == [{"Text": "Hello", "SourceLanguageCode": "en", "TargetLanguageCode": "de"}]


def test_no_translation_service_is_a_proxys_fallback(catalog: Catalog, library: Library) -> None:
    wanted = ["alibaba/qwen-mt-plus", *SERVICES]
    made = _recipe(catalog, library, "alibaba/qwen-mt-plus", only=wanted)
    assert "hosted/litellm.yaml" in made
    assert not [name for name in SERVICES if name in made["hosted/litellm.yaml"]]


@pytest.mark.parametrize(("languages", "source"), [(["en-GB"], "en"), (["de", "pl"], None), (["de", "multilingual"], None)])
def test_a_source_is_named_where_there_is_one_alone(
    catalog: Catalog, library: Library, languages: list[str], source: str | None
) -> None:
    files = _recipe(catalog, library, "deepl/deepl-api", languages=languages)
    assert _script(files["hosted/translate.py"])["TRANSLATED_FROM"] == source


def test_no_region_is_claimed_that_nobody_asked_for(catalog: Catalog, library: Library) -> None:
    anywhere = _recipe(catalog, library, "microsoft/azure-translator")["data-protection.md"]
    assert "in whichever of its regions it runs" in anywhere
    within = _recipe(catalog, library, "microsoft/azure-translator", privacy={"residency": ["eu"]})["data-protection.md"]
    assert "to azure-ai-services, region eu." in within
