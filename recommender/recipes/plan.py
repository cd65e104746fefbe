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
CLASSICAL = (("classical/train.py", "the whole pipeline, cross-validated"),)
RULES = (("classical/rules.py", "patterns and what none of them matches"),)

TUNES = ("finetune_llm", "rag_finetune", "finetune_encoder", "finetune_specialist", "distillation", "continued_pretraining")
RETRIEVES = ("rag", "rag_finetune", "embedding_search")
CALLED = (*LANGUAGE, "embedding", "asr")
Files = tuple[tuple[str, str], ...]


def files_for(option: Option, kind: str) -> Files:
    """Paths, each with what it is for. `kind` is the accelerator's: a phone or a Mac hands none into containers."""
    serving = () if kind in NO_CONTAINER_GPU else SERVING
    strategy, hosted = option.strategy.id, option.deployment.hosting == "api"
    found: Files = ALWAYS
    if strategy == "rules":
        return (*found, *RULES)
    if strategy == "classical_ml":
        return (*found, *CLASSICAL, *(() if hosted else serving))
    found += tuning_files(option) if strategy in TUNES else ()
    found += RETRIEVAL if strategy in RETRIEVES else ()
    if hosted:
        return (*found, *CLIENT, *PROXY)
    called = (*CLIENT, *PROXY) if option.model.type in CALLED else ()
    return (*found, *serving, *(OLLAMA if option.model.type in LANGUAGE else ()), *called)


def tuning_files(option: Option) -> Files:
    """How to change the model's weights."""
    if option.deployment.hosting == "api":
        return HOSTED_JOB
    kinds: dict[str, Files] = {
        **dict.fromkeys(LANGUAGE, TUNED_LLM), "encoder": TUNED_ENCODER, "moderation": TUNED_ENCODER,
        "embedding": TUNED_EMBEDDING, "reranker": TUNED_EMBEDDING, "asr": TUNED_WHISPER,
    }  # fmt: skip
    return kinds.get(option.model.type, ())


def gaps_of(option: Option, files: Files) -> tuple[str, ...]:
    """What these files leave to the team."""
    paths = {path for path, _ in files}
    tuned = any(path.startswith("tune/") for path in paths)
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
