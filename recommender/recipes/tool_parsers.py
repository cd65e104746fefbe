"""Which of vLLM's parsers reads a model's calls of tools: without one it refuses to let the model choose a tool.

By the beginning of the repository's name, the longest first. From vLLM's pages on tool calling, its recipes and the parsers that it
registers by a family's name (https://docs.vllm.ai/en/latest/features/tool_calling/, https://github.com/vllm-project/recipes, read
2026-11-29). What they do not name is not guessed: a wrong parser passes calls on as plain text.
"""

from __future__ import annotations

TEMPLATES = "/vllm-workspace/examples/"  # in vLLM's image
PARSERS: dict[str, tuple[str, str | None]] = {  # repository: parser, chat template where the model's own does not do
    "coherelabs/command-a-plus": ("cohere_command4", None),
    "coherelabs/command-a-reasoning": ("cohere_command3", None),
    "bytedance-seed/seed-oss": ("seed_oss", None),
    "deepseek-ai/deepseek-r1-0528": ("deepseek_v3", "tool_chat_template_deepseekr1.jinja"),
    "deepseek-ai/deepseek-v3-0324": ("deepseek_v3", "tool_chat_template_deepseekv3.jinja"),
    "deepseek-ai/deepseek-v3.1": ("deepseek_v31", "tool_chat_template_deepseekv31.jinja"),
    "google/gemma-4": ("gemma4", None),
    "ibm-granite/granite-3.1": ("granite", None),
    "ibm-granite/granite-4.0": ("granite4", None),
    "meta-llama/llama-3.1": ("llama3_json", "tool_chat_template_llama3.1_json.jinja"),
    "meta-llama/llama-3.2": ("llama3_json", "tool_chat_template_llama3.2_json.jinja"),
    "meta-llama/llama-4": ("llama4_pythonic", "tool_chat_template_llama4_pythonic.jinja"),
    "minimaxai/minimax-m2": ("minimax_m2", None),
    "minimaxai/minimax-m3": ("minimax_m3", None),
    "mistralai/": ("mistral", None),
    "mistralai/mixtral-8x7b": ("", None),
    "moonshotai/kimi-k2": ("kimi_k2", None),
    "moonshotai/kimi-k3": ("kimi_k3", None),
    "nvidia/nvidia-nemotron-3-nano": ("qwen3_coder", None),
    "openai/gpt-oss": ("openai", None),
    "qwen/qwen2.5": ("hermes", None),
    "qwen/qwen2.5-coder": ("", None),  # its calls are in another form than Hermes', which passes for text
    "qwen/qwen3-": ("hermes", None),  # vLLM's recipe for Qwen3-Next; others serve the whole family so
    "qwen/qwen3-coder": ("qwen3_xml", None),
    "qwen/qwen3-omni": ("", None),
    "qwen/qwen3.5": ("qwen3_coder", None),
    "qwen/qwen3.6": ("qwen3_coder", None),
    "swiss-ai/apertus-70b-instruct": ("apertus", "tool_chat_template_apertus.jinja"),
    "thinkingmachines/inkling": ("inkling", None),
    "zai-org/glm-4.5": ("glm45", None),
    "zai-org/glm-4.6": ("glm45", None),
    "zai-org/glm-4.7": ("glm47", None),
    "zai-org/glm-5": ("glm47", None),
}


def tool_flags(repository: str) -> tuple[str, ...]:
    """What vLLM is told so that the model may call tools; nothing where no parser is known."""
    name = repository.casefold()
    family = max((one for one in PARSERS if name.startswith(one)), key=len, default=None)
    parser, template = PARSERS[family] if family else ("", None)
    if not parser:
        return ()
    return (
        "--enable-auto-tool-choice",
        "--tool-call-parser",
        parser,
        *(("--chat-template", TEMPLATES + template) if template else ()),
    )
