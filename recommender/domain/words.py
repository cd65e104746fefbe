"""The fixed vocabulary of the product: the names that users, files and programs hold on to."""

from __future__ import annotations

from typing import Literal, get_args

Task = Literal[
    "chat", "question_answering", "summarization", "classification", "extraction", "translation", "rewriting",
    "text_generation", "reasoning", "agentic", "code_generation", "text_to_sql", "semantic_search", "reranking",
    "moderation", "document_extraction", "visual_question_answering", "image_classification", "object_detection",
    "image_segmentation", "image_generation", "image_editing", "speech_to_text", "text_to_speech",
    "speech_to_speech", "audio_classification", "audio_enhancement", "video_generation", "video_understanding",
    "tabular_prediction", "time_series_forecasting",
]  # fmt: skip
Modality = Literal["text", "image", "audio", "video", "code", "tabular"]
FreeUnit = Literal["tokens", "audio_minutes", "characters", "images", "pages", "requests", "usd"]
Capability = Literal[
    "structured_output", "tool_calling", "streaming", "reasoning", "diarization", "timestamps", "voice_cloning",
    "inpainting", "fine_tunable",
]  # fmt: skip
StrategyId = Literal[
    "zero_shot", "few_shot", "long_context", "tool_agent", "cascade", "rag", "rag_finetune", "finetune_llm",
    "finetune_encoder", "finetune_specialist", "distillation", "continued_pretraining", "train_from_scratch",
    "classical_ml", "pretrained_as_is", "embedding_search", "rules",
]  # fmt: skip
Family = Literal["prompting", "rag", "fine_tune", "train", "classical", "as_is", "rules"]
ModelType = Literal[
    "decoder_llm", "code_llm", "vlm", "encoder", "encoder_decoder", "translation", "embedding", "reranker",
    "moderation", "asr", "tts", "speech_to_speech", "audio", "image_generation", "video_generation", "vision",
    "linear", "gbdt", "tabular", "time_series", "signal_processing", "rules",
]  # fmt: skip
Hosting = Literal["api", "self_host", "edge"]
Place = Literal["vendor", "own_cloud", "own_site", "device"]
Weights = Literal["open", "proprietary"]
Basis = Literal["measured", "interpolated", "listed", "computed", "predicted", "assumed", "unknown"]
Grade = Literal["measured", "self_reported", "predicted", "none"]
Status = Literal["recommended", "nothing_fits", "needs_answers"]
Mode = Literal["interactive", "streaming", "batch", "one_off"]
Certification = Literal["gdpr", "hipaa", "soc2", "iso27001", "fedramp", "pci", "hds", "c5"]

TASKS: tuple[str, ...] = get_args(Task)
PICTURE_SEARCH = "picture_search"
SCALES = (*TASKS, PICTURE_SEARCH)  # of quality: one per task, and one for searches in pictures
MODALITIES: tuple[str, ...] = get_args(Modality)
CAPABILITIES: tuple[str, ...] = get_args(Capability)
STRATEGIES: tuple[str, ...] = get_args(StrategyId)
FAMILIES: tuple[str, ...] = get_args(Family)
MODEL_TYPES: tuple[str, ...] = get_args(ModelType)
HOSTINGS: tuple[str, ...] = get_args(Hosting)
PLACES: tuple[str, ...] = get_args(Place)
CERTIFICATIONS: tuple[str, ...] = get_args(Certification)
GRADES: tuple[str, ...] = get_args(Grade)
PROMPTED = ("zero_shot", "few_shot", "long_context", "rag")  # a trial can send what these strategies send
LABELLED = frozenset(("classification", "moderation", "image_classification", "audio_classification"))
LEARNABLE = LABELLED | {"tabular_prediction"}  # a trial measures classical models on these, offline
OWN_EXAMPLES = "own examples"  # how a source ends that is the team's own trial
AS_STATED = "stated by you"  # the source of what the team says of what runs today
LEAST_PER_CLASS = 8  # examples; fewer say little of a class
CONVERSATIONS = frozenset(("chat", "question_answering", "speech_to_speech", "code_generation"))
LANGUAGE_MODELS = ("decoder_llm", "code_llm", "vlm")  # types that answer prompts, token by token
