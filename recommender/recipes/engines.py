"""Which server runs a model of one's own, and with which settings: image, command, accelerators, all from the decision."""

from __future__ import annotations

import json
from dataclasses import replace

from recommender.domain.recommendation import Option
from recommender.domain.record import record
from recommender.recipes.servers import Server
from recommender.recipes.tool_parsers import tool_flags

WITHOUT_BF16 = ("v100", "t4", "p40", "p100")  # Volta, Turing and older: half precision instead
NO_CONTAINER_GPU = ("apple", "phone", "board")  # their accelerators are not handed into containers
LANGUAGE = ("decoder_llm", "code_llm", "vlm")
QUANTISED = {"16-bit": "F16", "8-bit": "Q8_0", "4-bit": "Q4_K_M"}
REPOSITORY = "MODEL_REPOSITORY"
Environment = tuple[tuple[str, str | None], ...]
CACHE = "/models"  # in the container
BY_VLLM = {  # what hears with a language model inside: its makers serve it with vLLM, with these flags
    "mistralai/voxtral": ("--tokenizer_mode", "mistral", "--config_format", "mistral", "--load_format", "mistral"),
    "qwen/qwen3-asr": (),
}
OWN_IMAGE = "model-server:latest"
VLLM = "vllm/vllm-openai:latest"
LLAMA_CPP = "ghcr.io/ggml-org/llama.cpp:server"
ON_ROCM = {  # the same servers for AMD: vLLM's and llama.cpp's own pages on Docker, read on 2026-11-29
    VLLM: "vllm/vllm-openai-rocm:latest",
    f"{LLAMA_CPP}-cuda": f"{LLAMA_CPP}-rocm",
}
ADAPTED = ("finetune_llm", "rag_finetune", "distillation")  # tune/ writes an adapter to a frozen base
ADAPTER, RANK = "tuned", 16  # what requests call it, and the rank that tune/ gives it
MOST_ON_ONE = 2  # requests side by side on a device


@record
class Machine:
    """What an option runs on: its kind (datacenter, workstation, consumer, apple, cpu, phone, board) and who makes it."""

    kind: str
    maker: str = ""

    @property
    def is_amd(self) -> bool:
        """Whether it needs builds for ROCm: those for CUDA see no accelerator on it."""
        return self.maker.casefold() == "amd"


@record
class Engine:
    """A server as a container. `environment` holds variables; None where the value is read from outside."""

    what: str
    image: str
    command: tuple[str, ...]
    port: int
    cache: str
    health: str
    environment: tuple[tuple[str, str | None], ...] = ()
    is_built: bool = False


def engine_for(
    option: Option, machine: Machine, repository: str | None, context_tokens: int, server: Server | None = None
) -> Engine:
    """The server for a model's type and machine.

    Args:
        option: what was recommended.
        machine: what it runs on.
        repository: where its weights are; None where the catalog does not know.
        context_tokens: the longest input and answer. [tokens]
        server: the one that is written around the model, where nobody else's carries it.
    """
    weights = repository or "${" + REPOSITORY + "}"
    unknown: Environment = () if repository else ((REPOSITORY, None),)
    model, kind = option.model.type, machine.kind
    if model in LANGUAGE and (kind in NO_CONTAINER_GPU or kind == "cpu" or option.deployment.place == "device"):
        on_gpu = kind not in (*NO_CONTAINER_GPU, "cpu")
        return _built_for(machine, _llama_cpp(option, weights, unknown, context_tokens, on_gpu=on_gpu))
    if model in LANGUAGE:
        return _built_for(machine, _vllm(option, weights, unknown, context_tokens))
    if model == "asr" and carries_speech(weights, machine):
        return _built_for(machine, _speech(option, weights, unknown, on_gpu=kind != "cpu"))
    is_recogniser = option.strategy.id == "pretrained_as_is" and model == "encoder"  # whose answers no server of vectors gives
    if model in ("embedding", "reranker", "encoder", "moderation") and server is None and not is_recogniser:
        return _vectors(option, weights, unknown, machine)
    what = f"a server around the model ({server.packages[0]})" if server else "a server of your own around the model"
    cached: Environment = (("HF_HOME", CACHE), ("HF_TOKEN", None))
    return Engine(what, OWN_IMAGE, ("python", "serve.py"), 8000, CACHE, "/health", cached, is_built=server is not None)


def is_adapted(option: Option) -> bool:
    """Whether a server of one's own answers with an adapter on top of the base model."""
    return option.strategy.id in ADAPTED and option.model.type in LANGUAGE and option.deployment.hosting != "api"


def calls_tools(option: Option) -> bool:
    """Whether the model itself chooses tools, which a server has to be told."""
    return option.strategy.id == "tool_agent" and option.model.type in LANGUAGE


def carries_speech(repository: str, machine: Machine) -> bool:
    """Whether a server of somebody else carries a model that hears: faster-whisper, which has no build for ROCm, or vLLM."""
    name = repository.casefold()
    return ("whisper" in name and not machine.is_amd) or name.startswith(tuple(BY_VLLM))


def _built_for(machine: Machine, engine: Engine) -> Engine:
    """The same server from the image that is built for ROCm, on an accelerator that needs it."""
    return replace(engine, image=ON_ROCM.get(engine.image, engine.image)) if machine.is_amd else engine


def _speech(option: Option, weights: str, unknown: Environment, *, on_gpu: bool) -> Engine:
    is_vllm = weights.casefold().startswith(tuple(BY_VLLM))
    return _hearing(option, weights) if is_vllm else _whisper(weights, unknown, on_gpu=on_gpu)


def _hearing(option: Option, weights: str) -> Engine:
    told = next(told for name, told in BY_VLLM.items() if weights.casefold().startswith(name))
    command = ("--model", weights, "--tensor-parallel-size", str(option.deployment.count or 1), *told)
    cached: Environment = (("HF_HOME", CACHE), ("HF_TOKEN", None))
    return Engine("vLLM with its audio packages", VLLM, command, 8000, CACHE, "/health", cached)


def _vllm(option: Option, weights: str, unknown: Environment, context_tokens: int) -> Engine:
    old = (option.deployment.accelerator or "").startswith(WITHOUT_BF16)
    by_precision = {"16-bit": (), "8-bit": ("--quantization", "fp8"), "4-bit": ("--quantization", "bitsandbytes")}
    adapter = ("--enable-lora", "--max-lora-rank", str(RANK), "--lora-modules", f"{ADAPTER}={CACHE}/adapter")
    command = (
        "--model", weights, "--dtype", "float16" if old else "bfloat16",
        "--tensor-parallel-size", str(option.deployment.count or 1), "--max-model-len", str(context_tokens),
        *by_precision.get(option.deployment.precision or "", ()), *(adapter if is_adapted(option) else ()),
        *(tool_flags(weights) if calls_tools(option) else ()),
    )  # fmt: skip
    return Engine("vLLM", VLLM, command, 8000, CACHE, "/health", (("HF_HOME", CACHE), ("HF_TOKEN", None), *unknown))


def _llama_cpp(option: Option, weights: str, unknown: Environment, context_tokens: int, *, on_gpu: bool) -> Engine:
    size = QUANTISED.get(option.deployment.precision or "", "Q4_K_M")
    command = (
        "-hf", f"{weights}-GGUF:{size}", "--host", "0.0.0.0", "--port", "8080",
        "--ctx-size", str(context_tokens * MOST_ON_ONE), "--parallel", str(MOST_ON_ONE),
        *(("--n-gpu-layers", "999") if on_gpu else ()), *(("--lora", f"{CACHE}/adapter.gguf") if is_adapted(option) else ()),
        *(("--jinja",) if calls_tools(option) else ()),
    )  # fmt: skip
    image = f"{LLAMA_CPP}-cuda" if on_gpu else LLAMA_CPP
    return Engine("llama.cpp", image, command, 8080, CACHE, "/health", (("LLAMA_CACHE", CACHE), *unknown))


def _whisper(weights: str, unknown: Environment, *, on_gpu: bool) -> Engine:
    image = "ghcr.io/speaches-ai/speaches:latest-" + ("cuda" if on_gpu else "cpu")
    environment = (("HF_HOME", CACHE), ("PRELOAD_MODELS", json.dumps([weights])), *unknown)
    return Engine(f"faster-whisper (speaches) with {weights}", image, (), 8000, CACHE, "/health", environment)


def _vectors(option: Option, weights: str, unknown: Environment, machine: Machine) -> Engine:
    """text-embeddings-inference; on ROCm, for which it publishes no image, vLLM, which answers the same requests."""
    if not machine.is_amd:
        return _embeddings(option, weights, unknown, on_gpu=machine.kind not in (*NO_CONTAINER_GPU, "cpu"))
    command = ("--model", weights, "--runner", "pooling", "--dtype", "float16")
    cached: Environment = (("HF_HOME", CACHE), ("HF_TOKEN", None), *unknown)
    return _built_for(machine, Engine("vLLM", VLLM, command, 8000, CACHE, "/health", cached))


def _embeddings(option: Option, weights: str, unknown: Environment, *, on_gpu: bool) -> Engine:
    precision = "float16" if on_gpu else "float32"
    command = ("--model-id", weights, "--dtype", precision, "--port", "8080")
    image = "ghcr.io/huggingface/text-embeddings-inference:" + ("latest" if on_gpu else "cpu-latest")
    return Engine("text-embeddings-inference", image, command, 8080, "/data", "/health", (("HF_TOKEN", None), *unknown))
