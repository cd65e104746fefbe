"""Which files an option needs, by its strategy, its model's type and where it runs; and what no file covers."""

from __future__ import annotations

from recommender.domain.recommendation import Option
from recommender.recipes.engines import LANGUAGE, NO_CONTAINER_GPU, Machine, carries_speech, is_adapted
from recommender.recipes.servers import TRAINED, Server, server_for
from recommender.recipes.translating import api_of

ALWAYS = (
    ("evaluation-plan.md", "what to measure, with go and no-go numbers"),
    ("data-protection.md", "where data goes, and what to clear before it does"),
    ("tracking.py", "evaluations into MLflow"),
)
SERVING = (
    ("serve/compose.yaml", "the model on one machine, sized as recommended"),
    ("serve/kubernetes.yaml", "the same on a cluster"),
)
OWN_SERVER = (
    ("serve/serve.py", "the server around the model"),
    ("serve/requirements.txt", "the packages that it imports"),
)
OWN_IMAGE = (("serve/Dockerfile", "the server as an image"),)
OLLAMA = (("serve/Modelfile", "the same model with Ollama, for a laptop or a small machine"),)
CLIENT = (("hosted/client.py", "a call, with the key from the environment"),)
PROXY = (("hosted/litellm.yaml", "a proxy with a fallback and a budget"),)
TRANSLATE = (("hosted/translate.py", "a call in the service's own way, once for each language"),)
OWN_CLIENT = (("serve/client.py", "a call to your own server"),)
OWN_PROXY = (("serve/litellm.yaml", "a proxy in front: keys, a budget, and a fallback where one may be hosted"),)
RETRIEVAL = (
    ("retrieval/chunk.py", "documents into passages"),
    ("retrieval/pgvector.sql", "the index in PostgreSQL"),
    ("retrieval/qdrant.py", "the index in Qdrant"),
    ("retrieval/recall.py", "how often the right passage is found"),
)
TUNED_LLM = (("tune/trl_lora.py", "tuning with TRL"), ("tune/axolotl.yaml", "the same with Axolotl"))
HOSTED_JOB = (("tune/hosted_job.py", "a hosted fine-tuning job"),)
TUNED_ENCODER = (("tune/encoder.py", "tuning with transformers"), ("tune/setfit.py", "the same from few examples"))
TUNED_EMBEDDING = (("tune/embedding.py", "tuning with sentence-transformers"),)
TUNED_WHISPER = (("tune/whisper.py", "tuning on one's own recordings"),)
TUNED_CTC = (("tune/ctc.py", "tuning on one's own recordings"),)
TUNED_AUDIO = (("tune/audio.py", "tuning on one's own recordings"),)
TUNED_IMAGE = (("tune/image.py", "tuning on one's own pictures"),)
TUNED_BOXES = (("tune/boxes.py", "tuning on one's own pictures with boxes"),)
TUNED_MASKS = (("tune/masks.py", "tuning on one's own pictures with masks"),)
TUNED_YOLO = (("tune/yolo.py", "tuning on one's own pictures with the maker's library"),)
TUNED_FROZEN = (("tune/frozen.py", "a linear classifier on the model's vectors"),)
TUNED_PAIRS = (("tune/seq2seq.py", "tuning on pairs of input and answer"),)
PRETRAINING = (
    ("tune/pretraining-plan.md", "tokens, hours, money and the order of steps"),
    ("tune/pretrain.py", "the run itself with TRL"),
)
CLASSICAL = (("classical/train.py", "the whole pipeline, cross-validated"),)
RULES = (("classical/rules.py", "patterns and what none of them matches"),)

TUNES = ("finetune_llm", "rag_finetune", "finetune_encoder", "finetune_specialist", "distillation", "continued_pretraining")
RETRIEVES = ("rag", "rag_finetune", "embedding_search")
SEEING = (
    "timm/",
    "google/vit",
    "facebook/convnext",
    "facebook/dinov2",
    "microsoft/resnet",
)  # transformers classifies with them
HEARING = ("facebook/hubert", "facebook/wav2vec2", "microsoft/wavlm", "mit/ast")
RECOGNISERS = ("urchade/gliner", "fastino/gliner")
HEADLESS = (
    "facebook/dinov",
    "facebook/hubert",
    "facebook/wav2vec2",
    "microsoft/wavlm",
)  # these hear or see, but know no classes
CALLED = (*LANGUAGE, "embedding")  # by the OpenAI API
ALONE = ("reranker", "encoder", "moderation")  # served by text-embeddings-inference, with an API of its own
BROUGHT_IN = (
    "The air gap: fetch images, packages and weights outside (docker save, pip download, hf download), carry them in, and put the "
    "weights where the server keeps its cache; HF_HUB_OFFLINE=1 is set, so that nothing is looked up."
)
WITH_ADAPTER = (
    "The adapter on its way to the server: copy what tune/ wrote into the server's volume before it starts (docker compose create; "
    "docker compose cp ../tune/adapter model:/models/adapter; docker compose up; on Kubernetes a persistent volume that holds it). llama.cpp wants it as adapter.gguf: its "
    "convert_lora_to_gguf.py makes that."
)
NO_PARSER = (
    "Tools: vLLM refuses to let the model choose one before it is told how this model writes calls. Its documentation names no parser "
    "for it: choose one (https://docs.vllm.ai/en/latest/features/tool_calling/) and add --enable-auto-tool-choice and "
    "--tool-call-parser to the command in serve/."
)
OLD_BUILDS = (
    "An older build of the server: current ones no longer carry this accelerator. The documentation of vLLM 0.14.0 still names V100; "
    "text-embeddings-inference never carried it."
)
POOLED_BY_VLLM = (
    "Whether vLLM carries this model: text-embeddings-inference publishes no image for AMD, so vLLM's ROCm build serves it here. "
    "Look it up in https://docs.vllm.ai/en/latest/models/pooling_models/ before you rent or buy."
)
LARGE_GB = 80.0
Files = tuple[tuple[str, str], ...]


def files_for(option: Option, machine: Machine, task: str, repository: str | None) -> Files:
    """Paths, each with what it is for.

    Args:
        option: what is to be built.
        machine: what it runs on: a phone or a Mac hands no accelerator into containers.
        task: what it is for; pictures are told apart by it.
        repository: where the weights are; None where the catalog does not know.
    """
    strategy, hosted = option.strategy.id, option.deployment.hosting == "api"
    if strategy == "rules":
        return (*ALWAYS, *RULES)
    if option.model.architecture == "statistical":
        return ALWAYS
    found: Files = (*ALWAYS, *(CLASSICAL if strategy == "classical_ml" and not _sends_pictures(option, task) else ()))
    found += _pretraining_files(option)
    found += tuning_files(option, task, repository) if strategy in TUNES else ()
    found += RETRIEVAL if strategy in RETRIEVES else ()
    if hosted:
        called = TRANSLATE if api_of(option) else (*CLIENT, *PROXY)
        return found if strategy == "classical_ml" else (*found, *called)
    return found + _serving_files(option, machine, task, repository)


def _sends_pictures(option: Option, task: str) -> bool:
    """Whether pictures go to a provider for their vectors: each provider's API takes them in its own way."""
    return option.deployment.hosting == "api" and option.model.type == "embedding" and task == "image_classification"


def _serving_files(option: Option, machine: Machine, task: str, repository: str | None) -> Files:
    """The server on one's own machine, what builds it where nobody else's carries the model, and a call to it."""
    in_container = machine.kind not in NO_CONTAINER_GPU
    server = own_server(option, machine, task, repository)
    built = OWN_SERVER + (OWN_IMAGE if in_container else ()) if server else ()
    called = _is_called(option, machine, repository, server)
    return (
        *(SERVING if in_container else ()),
        *built,
        *(OLLAMA if option.model.type in LANGUAGE and not _is_large(option) else ()),
        *((*OWN_CLIENT, *OWN_PROXY) if called else ()),
    )


def _is_large(option: Option) -> bool:
    """Whether it is more than one accelerator or a small machine holds."""
    return (option.estimates["memory_gb"].mid or 0.0) > LARGE_GB


def _is_called(option: Option, machine: Machine, repository: str | None, server: Server | None) -> bool:
    """Whether the server speaks the OpenAI API, which the client and the proxy call."""
    if option.model.type == "asr":
        return server is not None or carries_speech(repository or "", machine)
    return option.model.type in CALLED


def own_server(option: Option, machine: Machine, task: str, repository: str | None) -> Server | None:
    """The server that is written around an option's model; None where another's carries it, or none that we know could."""
    is_carried = option.model.type == "asr" and carries_speech(repository or "", machine)
    if option.deployment.hosting == "api" or is_carried:
        return None
    if option.model.type in TRAINED and option.strategy.id != "classical_ml":
        return None  # nothing is trained that it could load
    if is_headless(option):
        return None  # transformers would load it with a head of random weights, and answer
    return server_for(option.model.type, task, repository or option.model.id)


def is_headless(option: Option) -> bool:
    """Whether it would classify with weights that nobody trained: as it is, and without classes of its own."""
    is_classifier = option.model.type in ("audio", "vision")
    return is_classifier and option.strategy.id == "pretrained_as_is" and option.model.id.startswith(HEADLESS)


def _pretraining_files(option: Option) -> Files:
    """The plan holds for every model; the script for those that write text."""
    if option.strategy.id not in ("continued_pretraining", "train_from_scratch"):
        return ()
    return PRETRAINING if option.model.type in LANGUAGE else PRETRAINING[:1]


def tuning_files(option: Option, task: str, repository: str | None) -> Files:
    """How to change the model's weights; nothing where no library that we know would load it."""
    if option.deployment.hosting == "api":
        return HOSTED_JOB
    model, name = option.model.type, (repository or "").casefold()
    if model == "vision":
        return _picture_files(task, name)
    if model == "asr":
        return TUNED_WHISPER if "whisper" in name else TUNED_CTC if "wav2vec2" in name else ()
    if model == "audio":
        return TUNED_AUDIO if name.startswith(HEARING) and task == "audio_classification" else ()
    if model == "embedding" and task == "image_classification":
        return TUNED_FROZEN if name else ()
    if model == "translation" and "gemma" in name:
        return TUNED_LLM  # it is a language model that was tuned to translate
    if name.startswith(RECOGNISERS):
        return ()  # no script here builds their way of tuning, from the words of what is looked for
    kinds: dict[str, Files] = {
        **dict.fromkeys(LANGUAGE, TUNED_LLM), "encoder": TUNED_ENCODER, "moderation": TUNED_ENCODER,
        "embedding": TUNED_EMBEDDING, "reranker": TUNED_EMBEDDING, "translation": TUNED_PAIRS, "encoder_decoder": TUNED_PAIRS,
    }  # fmt: skip
    return kinds.get(model, ())


def _picture_files(task: str, name: str) -> Files:
    """By what is asked of a picture, and by the library that loads the model."""
    if name.startswith("ultralytics/"):
        return TUNED_YOLO
    if task == "image_classification":
        return TUNED_IMAGE if name.startswith(SEEING) else ()
    if task == "object_detection":
        return TUNED_BOXES if name.startswith(("facebook/detr", "pekingu/rtdetr")) else ()
    return TUNED_MASKS if task == "image_segmentation" and "segformer" in name else ()


def gaps_of(option: Option, files: Files, boundary: str | None = None) -> tuple[str, ...]:
    """What these files leave to the team.

    Args:
        option: what is to be built.
        files: what is written for it.
        boundary: how far data may go; behind an air gap nothing is fetched.
    """
    paths = {path for path, _ in files}
    found = _tuning_gaps(option, paths)
    if option.model.architecture == "statistical":
        found.append("The forecast itself, one series at a time: a library of statistical forecasts has it ready.")
    elif option.strategy.id == "classical_ml" and "classical/train.py" not in paths:
        found.append(
            "Pictures to this provider for their vectors: its API takes them in its own way. Then train a linear model on them."
        )
    found += _further_models(option)
    if option.strategy.id in ("tool_agent", "cascade"):
        found.append("The logic between calls (which tools, when to escalate): it is the product's own.")
    if option.strategy.id == "rag_finetune":
        found.append("Training data with distracting passages: without them, tuning makes retrieval worse.")
    if is_headless(option):
        found.append("Classes: this model has none of its own; tune it first, or its answers are random.")
    is_alone = option.model.type in ALONE and option.strategy.id != "pretrained_as_is"
    if "serve/compose.yaml" in paths and not paths & {"serve/serve.py", "serve/client.py"} and not is_alone:
        found.append("serve.py, the server around the model: its input and output are the product's own.")
    if boundary == "air_gapped" and any(path.startswith("serve/") for path in paths):
        found.append(BROUGHT_IN)
    return tuple(found)


def _further_models(option: Option) -> list[str]:
    """Models beside the answer-giving one, which no file here calls, and what they look up for a prompt."""
    looked_up = (
        "The list of examples or classes, its index and the prompt made of the nearest of them: they are the product's own."
    )
    is_prompt = option.strategy.id in ("zero_shot", "few_shot") and any(one.role == "embedding" for one in option.components)
    return ([looked_up] if is_prompt else []) + [
        f"{one.model.name} beside it ({one.role}): "
        + (
            f"call it at {one.deployment.provider}."
            if one.deployment.place == "vendor"
            else "serve it on machines of your own as well."
        )
        for one in option.components
    ]


def _tuning_gaps(option: Option, paths: set[str]) -> list[str]:
    tuned = any(path.startswith("tune/") and path.endswith((".py", ".yaml")) for path in paths)
    if option.strategy.id in (*TUNES, "train_from_scratch") and not tuned:
        return [f"Training a model of type {option.model.type}: follow its maker's own guide."]
    if "tune/hosted_job.py" in paths:
        return [
            "The tuned model's own name, which the vendor gives when the job ends: put it in the place of the base's in hosted/."
        ]
    if not (is_adapted(option) and tuned):
        return []
    large = "Several accelerators for one run: launch tune/ with accelerate (FSDP) or DeepSpeed; it is too large for one."
    return [WITH_ADAPTER, *([large] if _is_large(option) else [])]
