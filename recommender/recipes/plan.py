"""Which files an option needs, by its strategy, its model's type and where it runs; and what no file covers."""

from __future__ import annotations

from recommender.domain.recommendation import Option
from recommender.recipes.engines import LANGUAGE, NO_CONTAINER_GPU

ALWAYS = (
    ("evaluation-plan.md", "what to measure, with go and no-go numbers"),
    ("data-protection.md", "where data goes, and what to clear before it does"),
    ("tracking.py", "evaluations into MLflow"),
)
SERVING = (
    ("serve/compose.yaml", "the model on one machine, sized as recommended"),
    ("serve/kubernetes.yaml", "the same on a cluster"),
)
OLLAMA = (("serve/Modelfile", "the same model with Ollama, for a laptop or a small machine"),)
CLIENT = (("hosted/client.py", "a call, with the key from the environment"),)
PROXY = (("hosted/litellm.yaml", "a proxy with a fallback and a budget"),)
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
SEEING = ("timm/", "google/vit", "facebook/convnext", "facebook/dinov", "microsoft/resnet")  # transformers classifies with them
HEARING = ("facebook/hubert", "facebook/wav2vec2", "microsoft/wavlm", "mit/ast")
CALLED = (*LANGUAGE, "embedding", "asr")
Files = tuple[tuple[str, str], ...]


def files_for(option: Option, kind: str, task: str, repository: str | None) -> Files:
    """Paths, each with what it is for.

    Args:
        option: what is to be built.
        kind: of its accelerator: a phone or a Mac hands none into containers.
        task: what it is for; pictures are told apart by it.
        repository: where the weights are; None where the catalog does not know.
    """
    serving = () if kind in NO_CONTAINER_GPU else SERVING
    strategy, hosted = option.strategy.id, option.deployment.hosting == "api"
    found: Files = ALWAYS
    if strategy == "rules":
        return (*found, *RULES)
    if strategy == "classical_ml":
        return (*found, *CLASSICAL, *(() if hosted else serving))
    found += _pretraining_files(option)
    found += tuning_files(option, task, repository) if strategy in TUNES else ()
    found += RETRIEVAL if strategy in RETRIEVES else ()
    if hosted:
        return (*found, *CLIENT, *PROXY)
    called = (*CLIENT, *PROXY) if option.model.type in CALLED else ()
    return (*found, *serving, *(OLLAMA if option.model.type in LANGUAGE else ()), *called)


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
    kinds: dict[str, Files] = {
        **dict.fromkeys(LANGUAGE, TUNED_LLM), "encoder": TUNED_ENCODER, "moderation": TUNED_ENCODER,
        "embedding": TUNED_EMBEDDING, "reranker": TUNED_EMBEDDING, "translation": TUNED_PAIRS, "encoder_decoder": TUNED_PAIRS,
    }  # fmt: skip
    return kinds.get(model, ())


def _picture_files(task: str, name: str) -> Files:
    """By what is asked of a picture, and by the library that loads the model."""
    if name.startswith("ultralytics/"):
        return TUNED_YOLO if task in ("object_detection", "image_segmentation") else ()
    if task == "image_classification":
        return TUNED_IMAGE if name.startswith(SEEING) else ()
    if task == "object_detection":
        return TUNED_BOXES if name.startswith(("facebook/detr", "pekingu/rtdetr")) else ()
    return TUNED_MASKS if task == "image_segmentation" and "segformer" in name else ()


def gaps_of(option: Option, files: Files) -> tuple[str, ...]:
    """What these files leave to the team."""
    paths = {path for path, _ in files}
    tuned = any(path.startswith("tune/") and path.endswith((".py", ".yaml")) for path in paths)
    found = []
    if option.strategy.id in (*TUNES, "train_from_scratch") and not tuned:
        found.append(f"Training a model of type {option.model.type}: follow its maker's own guide.")
    if option.strategy.id in ("tool_agent", "cascade"):
        found.append("The logic between calls (which tools, when to escalate): it is the product's own.")
    if option.strategy.id == "rag_finetune":
        found.append("Training data with distracting passages: without them, tuning makes retrieval worse.")
    if "serve/compose.yaml" in paths and option.model.type not in (*CALLED, "reranker", "encoder", "moderation"):
        found.append("serve.py, the server around the model: its input and output are the product's own.")
    return tuple(found)
