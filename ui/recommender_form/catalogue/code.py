"""Code to try a model, as fits its type and the ways it is offered. Addresses and keys stay placeholders."""

from __future__ import annotations

from recommender.domain.records import Model

Snippets = dict[str, tuple[str, str]]
"""By tool: the language of the code, and the code."""

CHATS = frozenset(("decoder_llm", "code_llm", "vlm", "moderation"))


def snippets(model: Model, api_ids: dict[str, str]) -> Snippets:
    """Every way to try it that fits. `api_ids`: the model's name at each provider whose interface is openai-compatible."""
    found: Snippets = {}
    if api_ids and model.type in CHATS:
        found["openai-compatible"] = ("python", _openai(next(iter(api_ids.values()))))
    if api_ids and model.type == "embedding":
        found["openai-compatible"] = ("python", _openai_embeddings(next(iter(api_ids.values()))))
    if model.repository:
        found |= _local(model, model.repository)
    return found


def _local(model: Model, repository: str) -> Snippets:
    if model.type in ("decoder_llm", "code_llm"):
        return {"transformers": ("python", _transformers_chat(repository)), "vLLM": ("bash", _vllm(repository))}
    if model.type == "vlm":
        return {"vLLM": ("bash", _vllm(repository))}
    if model.type in ("embedding", "reranker"):
        code = _sentence_transformers(repository) if model.type == "embedding" else _cross_encoder(repository)
        return {"sentence-transformers": ("python", code)}
    if model.type == "asr" and "whisper" in repository.lower():
        return {
            "faster-whisper": ("python", _faster_whisper(repository)),
            "transformers": ("python", _pipeline("automatic-speech-recognition", repository, '"speech.wav"')),
        }
    if model.type == "image_generation":
        return {"diffusers": ("python", _diffusers(repository))}
    task = PIPELINES.get(model.type)
    return {"transformers": ("python", _pipeline(task[0], repository, task[1]))} if task and _is_in_transformers(model) else {}


PIPELINES = {
    "encoder": ("feature-extraction", '"A sentence."'),
    "encoder_decoder": ("text2text-generation", '"Summarize: ..."'),
    "moderation": ("text-classification", '"A comment."'),
}


def _is_in_transformers(model: Model) -> bool:
    """Only shapes whose pipelines the library has for certain."""
    return model.architecture in ("encoder", "encoder_decoder")


def _openai(api_id: str) -> str:
    return f"""from openai import OpenAI  # pip install openai

client = OpenAI(base_url="https://YOUR-PROVIDER/v1", api_key="YOUR-KEY")
answer = client.chat.completions.create(
    model={api_id!r},
    messages=[{{"role": "user", "content": "Say hello in three languages."}}],
)
print(answer.choices[0].message.content)
"""


def _openai_embeddings(api_id: str) -> str:
    return f"""from openai import OpenAI  # pip install openai

client = OpenAI(base_url="https://YOUR-PROVIDER/v1", api_key="YOUR-KEY")
vectors = client.embeddings.create(model={api_id!r}, input=["a sentence", "another one"])
print(len(vectors.data[0].embedding))
"""


def _transformers_chat(repository: str) -> str:
    return f"""from transformers import pipeline  # pip install transformers accelerate

chat = pipeline("text-generation", model={repository!r}, device_map="auto", dtype="auto")
print(chat([{{"role": "user", "content": "Say hello in three languages."}}], max_new_tokens=100)[0]["generated_text"][-1])
"""


def _vllm(repository: str) -> str:
    return f"""pip install vllm
vllm serve {repository} --max-model-len 8192
# then: an openai-compatible service at http://localhost:8000/v1
"""


def _sentence_transformers(repository: str) -> str:
    return f"""from sentence_transformers import SentenceTransformer  # pip install sentence-transformers

model = SentenceTransformer({repository!r})
vectors = model.encode(["a sentence", "another one"], normalize_embeddings=True)
print(vectors.shape, vectors[0] @ vectors[1])
"""


def _cross_encoder(repository: str) -> str:
    return f"""from sentence_transformers import CrossEncoder  # pip install sentence-transformers

ranker = CrossEncoder({repository!r})
print(ranker.rank("how do I pay?", ["Payment is by card.", "We open at nine."]))
"""


def _faster_whisper(repository: str) -> str:
    size = repository.rpartition("/")[2].removeprefix("whisper-")
    return f"""from faster_whisper import WhisperModel  # pip install faster-whisper

model = WhisperModel({size!r}, device="auto", compute_type="auto")
segments, info = model.transcribe("speech.wav")
print(info.language, " ".join(segment.text for segment in segments))
"""


def _diffusers(repository: str) -> str:
    return f"""import torch
from diffusers import DiffusionPipeline  # pip install diffusers transformers accelerate

pipe = DiffusionPipeline.from_pretrained({repository!r}, torch_dtype=torch.bfloat16).to("cuda")
pipe("a red bicycle by the sea").images[0].save("picture.png")
"""


def _pipeline(task: str, repository: str, example: str) -> str:
    return f"""from transformers import pipeline  # pip install transformers

run = pipeline({task!r}, model={repository!r})
print(run({example}))
"""
