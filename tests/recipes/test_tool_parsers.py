"""vLLM is told how a model writes calls of tools, or the recipe says that nobody knows."""

from __future__ import annotations

import pytest
import yaml

from recommender import Catalog, Requirements, recommend
from recommender.catalog.library import Library
from recommender.recipes.tool_parsers import PARSERS, tool_flags
from recommender.recipes.writing import option_named, rendered


@pytest.mark.parametrize(
    ("repository", "parser"),
    [
        ("Qwen/Qwen2.5-72B-Instruct", "hermes"),
        ("Qwen/Qwen3-Coder-Next", "qwen3_xml"),
        ("Qwen/Qwen3-Next-80B-A3B-Instruct", "hermes"),
        ("openai/gpt-oss-120b", "openai"),
        ("mistralai/Ministral-3-8B-Instruct-2512", "mistral"),
        ("zai-org/GLM-4.7-Flash", "glm47"),
    ],
)
def test_a_family_has_the_parser_of_vllms_documentation(repository: str, parser: str) -> None:
    assert tool_flags(repository) == ("--enable-auto-tool-choice", "--tool-call-parser", parser)


def test_a_template_is_named_where_the_models_own_does_not_do() -> None:
    flags = tool_flags("meta-llama/Llama-3.1-70B-Instruct")
    assert flags[-2:] == ("--chat-template", "/vllm-workspace/examples/tool_chat_template_llama3.1_json.jinja")


def test_what_nobody_documents_is_not_guessed() -> None:
    assert tool_flags("Qwen/Qwen2.5-Coder-32B-Instruct") == tool_flags("${MODEL_REPOSITORY}") == tool_flags("ours/model") == ()
    assert all(name == name.casefold() for name in PARSERS)


@pytest.mark.parametrize(("model", "is_known"), [("openai/gpt-oss-20b", True), ("tencent/hy3", False)])
def test_the_server_of_an_agent_may_choose_tools(catalog: Catalog, library: Library, model: str, is_known: bool) -> None:
    needs = Requirements.model_validate(
        {"task": "agentic", "privacy": {"boundary": "on_premises"}, "only": [model], "budget": {"monthly_usd": 1e6}}
    )
    option = option_named(needs, f"tool_agent/{model}", catalog)
    made = rendered(needs, option, recommend(needs, catalog, draws=0, alternatives=30), catalog, library)
    for path in ("serve/compose.yaml", "serve/kubernetes.yaml"):
        assert ("--enable-auto-tool-choice" in made[path]) is is_known
    if is_known:
        command = yaml.safe_load(made["serve/compose.yaml"])["services"]["model"]["command"]
        assert command[command.index("--tool-call-parser") + 1] == "openai"
    assert ("names no parser" in made["README.md"]) is not is_known
