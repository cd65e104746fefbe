"""A recipe's server, asked through its own web application; its model is a tiny one, or what the recipe's training script left."""

from __future__ import annotations

import base64
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tiny_examples
import tiny_models

NOT_SERVED = {
    "nemo.collections": "NeMo fetches its weights by name",
    "from kokoro": "the package fetches its weights",
    "from chatterbox": "the package fetches its weights",
    "from TTS": "the package fetches its weights",
    "from piper": "its voice is fetched",
    "tensorflow_hub": "YAMNet is fetched",
}
BY_PIPELINE = {
    "automatic-speech-recognition": "letters_of_sound",
    "audio-classification": "hearing",
    "zero-shot-audio-classification": "sounds_and_words",
    "image-classification": "seeing",
    "object-detection": "finding",
    "zero-shot-object-detection": "sought",
    "image-segmentation": "cutting_out",
    "text-to-audio": "speaking",
}
BY_WORDS = {
    "AutoModelForSeq2SeqLM": "pairs",
    "from diffusers": "drawing",
    "from chronos": "forecasting",
    "from ultralytics": "boxes_by_yolo",
}


def model_of(text: str, folder: Path) -> str:
    """Where the server finds its model."""
    if "joblib" in text:
        return "model.joblib"
    pipeline = re.search(r"pipeline\(\s*'([a-z-]+)'", text)
    kind = BY_PIPELINE[pipeline.group(1)] if pipeline else next(kind for words, kind in BY_WORDS.items() if words in text)
    found = tiny_models.made(kind, folder / "models")
    name = re.search(r"'(yolo[\w-]+\.pt)'", text)
    return str(found / name.group(1)) if name else str(found)


def server_outcome(text: str, folder: Path) -> Iterator[str]:
    """What is wrong with a server's answer."""
    from fastapi.testclient import TestClient

    os.environ |= {"MODEL": model_of(text, folder), "DEVICE": "cpu"}
    told: dict[str, Any] = {"__name__": "recipe"}
    exec(compile(text, "recipe", "exec", dont_inherit=True), told)
    if "most_tokens" in told["SETTINGS"]:
        told["SETTINGS"]["most_tokens"] = 4
    with TestClient(told["application"](told["load"]())) as client:
        if client.get("/health").json() != {"status": "ready"}:
            yield "it is not healthy"
        yield from asked(client, text, folder / "examples")


def asked(client: Any, text: str, examples: Path) -> Iterator[str]:
    """Ask by the route that the server has."""
    recording, picture = examples / "recordings" / "0.wav", examples / "boxes" / "0.png"
    if "/v1/audio/transcriptions" in text:
        reply = client.post("/v1/audio/transcriptions", files={"file": recording.read_bytes()}).json()
        yield from () if isinstance(reply["text"], str) else (f"no text: {reply}",)
    elif "/v1/audio/speech" in text:
        reply = client.post("/v1/audio/speech", json={"input": "good morning"}).content
        yield from () if reply[:4] == b"RIFF" else ("no WAV file",)
    elif "/v1/images/" in text:
        yield from pictured(client, text, picture)
    elif "File()" in text:
        sent = recording if "audio" in text or "soundfile" in text else picture
        yield from listed(client.post("/answer", files={"file": sent.read_bytes()}).json(), least=0)
    else:
        yield from listed(client.post("/answer", json=rows_for(text, examples)).json(), least=1)


def pictured(client: Any, text: str, picture: Path) -> Iterator[str]:
    from PIL import Image

    if "/v1/images/edits" in text:
        reply = client.post("/v1/images/edits", files={"image": picture.read_bytes()}, data={"prompt": "at night"}).json()
    else:
        reply = client.post("/v1/images/generations", json={"prompt": "a red bicycle"}).json()
    Image.open(io.BytesIO(base64.b64decode(reply["data"][0]["b64_json"]))).verify()
    yield from ()


def rows_for(text: str, examples: Path) -> dict[str, Any]:
    """A request in the form that the server's words name."""
    if '"texts"' in text:
        return {"texts": ["good morning", "parcel is late"]}
    if "item_id" in text:
        return {"rows": list(tiny_examples.series_rows(examples)), "steps": 2}
    return {"rows": [{"size": 0.4, "shop": "north"} if "pandas" in text else {"input": "parcel is late"}]}


def listed(reply: Any, least: int) -> Iterator[str]:
    if not isinstance(reply, list) or len(reply) < least:
        yield f"no list of answers: {str(reply)[:200]}"
