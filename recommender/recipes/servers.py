"""Servers that we write where no server carries a model: which library loads it, what goes in and what comes out.

The calls are those of each library's own documentation, read on 2026-11-25: transformers' pipelines (5.16), diffusers' automatic
pipelines, Piper's Python API, NeMo's `ASRModel`, TensorFlow Hub's YAMNet tutorial, the model cards of Kokoro and Chatterbox, Coqui's `TTS`, Chronos'
`predict_df`, Ultralytics' `Results`, GLiNER's `predict_entities` and GLiNER2's `extract_entities` (read on 2026-11-30).
"""

from __future__ import annotations

from recommender.domain.record import record

AUDIO_FILES = ("ffmpeg",)  # decodes what recordings come in
WEB = ("fastapi", "uvicorn", "python-multipart")
TORCH = ("torch", "transformers")
PICTURES = (*TORCH, "pillow", "timm", "torchvision")


@record
class Server:
    """What loads a model and how it is asked.

    `part` is its template, `route` the form of a request, `packages` are Python's and `system` Debian's; `pipeline` is the name
    of transformers' or diffusers' pipeline where one is used.
    """

    part: str
    route: str
    packages: tuple[str, ...]
    system: tuple[str, ...] = ()
    pipeline: str = ""


def _heard(pipeline: str, route: str = "file") -> Server:
    return Server("pipeline", route, (*TORCH, "torchaudio"), AUDIO_FILES, pipeline)


def _seen(pipeline: str) -> Server:
    return Server("pipeline", "file", PICTURES, (), pipeline)


NEMO = Server("nemo", "transcriptions", ("nemo_toolkit[asr]",), AUDIO_FILES)
YAMNET = Server("yamnet", "file", ("tensorflow", "tf-keras", "tensorflow-hub", "soundfile"))
YOLO = Server("yolo", "file", ("ultralytics", "pillow"), ("libgl1", "libglib2.0-0"))
SPOKEN = Server("pipeline", "speech", (*TORCH, "soundfile"), (), "text-to-audio")
KOKORO = Server("kokoro", "speech", ("kokoro>=0.9.4", "soundfile"), ("espeak-ng",))
CHATTERBOX = Server("chatterbox", "speech", ("chatterbox-tts", "soundfile"))
XTTS = Server("xtts", "speech", ("coqui-tts", "torch", "torchaudio", "soundfile"), AUDIO_FILES)
PIPER = Server("piper", "speech", ("piper-tts",))
DRAWN = Server("diffusers", "pictures", (*TORCH, "diffusers", "accelerate", "pillow"), (), "AutoPipelineForText2Image")
EDITED = Server("diffusers", "edits", (*TORCH, "diffusers", "accelerate", "pillow"), (), "AutoPipelineForImage2Image")
CHRONOS = Server("chronos", "rows", ("chronos-forecasting", "pandas"))
PAIRS = Server("seq2seq", "texts", (*TORCH, "sentencepiece"))
GLINER = Server("gliner", "names", (*TORCH, "gliner"))
GLINER2 = Server("gliner", "names", (*TORCH, "gliner2"))
BY_TORCH = ("chatterbox", "chronos", "diffusers", "gliner", "kokoro", "nemo", "pipeline", "seq2seq", "xtts", "yolo")  # parts
CLASSICAL = Server("classical", "rows", ("scikit-learn", "joblib"))
CLASSICAL_TABLE = Server("classical", "rows", ("scikit-learn", "joblib", "pandas"))
CLASSICAL_PICTURES = Server("classical", "file", ("scikit-learn", "joblib", "pillow"))
CLASSICAL_SOUNDS = Server("classical", "file", ("scikit-learn", "joblib", "soundfile"))

# type of model, tasks (none: any), how its repository's name begins, its server
RULES: tuple[tuple[str, tuple[str, ...], tuple[str, ...], Server], ...] = (
    ("asr", (), ("nvidia/parakeet", "nvidia/canary-1b"), NEMO),
    ("asr", (), ("openai/whisper", "distil-whisper/"), _heard("automatic-speech-recognition", "transcriptions")),  # on ROCm alone
    ("asr", (), ("facebook/wav2vec2", "usefulsensors/moonshine", "coherelabs/cohere-transcribe"), _heard("automatic-speech-recognition", "transcriptions")),
    ("audio", ("audio_classification",), ("google/yamnet",), YAMNET),
    ("audio", ("audio_classification",), ("laion/clap",), _heard("zero-shot-audio-classification")),
    (
        "audio",
        ("audio_classification",),
        ("facebook/hubert", "facebook/wav2vec2", "microsoft/wavlm", "mit/ast"),
        _heard("audio-classification"),
    ),
    ("vision", (), ("ultralytics/",), YOLO),
    (
        "vision",
        ("image_classification",),
        ("timm/", "google/vit", "facebook/convnext", "facebook/dinov2", "microsoft/resnet"),
        _seen("image-classification"),
    ),
    ("vision", ("object_detection",), ("facebook/detr", "pekingu/rtdetr"), _seen("object-detection")),
    ("vision", ("object_detection",), ("google/owlv2", "idea-research/grounding-dino"), _seen("zero-shot-object-detection")),
    ("vision", ("image_segmentation",), ("nvidia/segformer", "facebook/mask2former"), _seen("image-segmentation")),
    ("tts", (), ("hexgrad/kokoro",), KOKORO),
    ("tts", (), ("resembleai/chatterbox",), CHATTERBOX),
    ("tts", (), ("coqui/xtts",), XTTS),
    ("tts", (), ("rhasspy/piper",), PIPER),
    ("tts", (), ("facebook/mms-tts", "suno/bark"), SPOKEN),
    ("image_generation", ("image_generation",), ("black-forest-labs/", "efficient-large-model/sana", "qwen/", "stabilityai/",
                                                 "stable-diffusion-v1-5/", "tongyi-mai/z-image", "zai-org/glm-image"), DRAWN),
    ("image_generation", ("image_editing",), ("black-forest-labs/", "qwen/", "stabilityai/", "stable-diffusion-v1-5/",
                                              "zai-org/glm-image"), EDITED),
    ("time_series", (), ("amazon/chronos",), CHRONOS),
    ("encoder", ("extraction",), ("urchade/gliner",), GLINER),
    ("encoder", ("extraction",), ("fastino/gliner2",), GLINER2),
    ("translation", (), ("helsinki-nlp/", "facebook/", "google/madlad"), PAIRS),
    ("encoder_decoder", (), ("",), PAIRS),
)  # fmt: skip
TRAINED = ("gbdt", "linear", "tabular", "signal_processing")  # by classical/train.py
BY_TASK = {
    **dict.fromkeys(("classification", "moderation", "extraction"), CLASSICAL),
    **dict.fromkeys(("tabular_prediction", "time_series_forecasting"), CLASSICAL_TABLE),
    "image_classification": CLASSICAL_PICTURES,
    "audio_classification": CLASSICAL_SOUNDS,
}


def server_for(model: str, task: str, name: str) -> Server | None:
    """The server to write around a model; None where no library that we know loads it.

    Args:
        model: its type.
        task: what it is for.
        name: its repository, else its id in the catalog.
    """
    if model in TRAINED:
        return BY_TASK.get(task) if "tabpfn" not in name.casefold() else None
    for kind, tasks, beginnings, server in RULES:
        if kind == model and (not tasks or task in tasks) and name.casefold().startswith(beginnings):
            return server
    return None
