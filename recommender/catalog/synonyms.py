"""What people call things, by letters far from the words of the catalog; each may stand for a kind of model or for a task."""

from __future__ import annotations

_MODELS: dict[str, tuple[str, ...]] = {
    "decoder_llm": ("llm", "slm", "language_model", "gpt"),
    "vlm": ("multimodal", "mllm"),
    "encoder": ("bert",),
    "encoder_decoder": ("t5", "seq2seq"),
    "asr": ("stt", "transcription"),
    "image_generation": ("diffusion",),
    "gbdt": ("boosted_trees", "xgboost"),
    "time_series": ("forecasting",),
    "embedding": ("embeddings",),
}
_TASKS: dict[str, tuple[str, ...]] = {
    "chat": ("chatbot", "assistant", "conversation", "dialogue", "customer_support", "support", "helpdesk"),
    "question_answering": ("qa", "q&a", "faq", "rag", "knowledge_base"),
    "summarization": ("summarisation", "summary", "summaries", "summarize", "summarise", "tldr"),
    "classification": (
        "sentiment", "sentiment_analysis", "intent", "intent_detection", "topic", "tagging", "labelling", "labeling", "routing",
        "spam", "spam_detection", "triage",
    ),
    "extraction": ("ner", "named_entity_recognition", "entities", "entity_extraction", "information_extraction", "pii"),
    "translation": ("machine_translation", "mt", "localization", "localisation"),
    "rewriting": ("paraphrase", "paraphrasing", "proofreading", "grammar", "grammar_correction", "simplification"),
    "text_generation": ("generation", "writing", "copywriting", "drafting", "content_generation", "creative_writing"),
    "reasoning": ("math", "maths", "mathematics", "logic", "planning"),
    "agentic": ("agent", "agents", "tool_use", "tool_calling", "function_calling", "automation"),
    "code_generation": ("code", "coding", "programming", "code_completion", "code_review"),
    "text_to_sql": ("sql", "nl2sql", "text2sql"),
    "semantic_search": ("embedding", "embeddings", "search", "retrieval", "vector_search", "similarity", "deduplication"),
    "reranking": ("rerank", "reranker", "ranking"),
    "moderation": ("content_moderation", "toxicity", "safety", "hate_speech"),
    "document_extraction": ("ocr", "document_understanding", "pdf", "invoice", "invoices", "receipts", "forms"),
    "visual_question_answering": (
        "captioning", "image_captioning", "caption", "captions", "alt_text", "vqa", "image_understanding", "vision", "image_to_text",
    ),
    "image_classification": ("image_recognition",),
    "object_detection": ("detection", "object_recognition", "counting"),
    "image_segmentation": ("segmentation",),
    "image_generation": ("text_to_image", "txt2img"),
    "image_editing": ("image_to_image", "img2img", "inpainting"),
    "speech_to_text": ("stt", "asr", "transcription", "transcribe", "speech_recognition", "dictation", "subtitles", "subtitling"),
    "text_to_speech": ("tts", "speech_synthesis", "voice_synthesis", "narration", "voiceover"),
    "speech_to_speech": ("voice", "voice_assistant", "voice_agent", "voicebot"),
    "audio_classification": ("sound_classification", "audio_tagging", "sound_detection"),
    "audio_enhancement": ("denoising", "noise_reduction", "noise_suppression"),
    "video_generation": ("text_to_video",),
    "video_understanding": ("video_captioning", "video_qa", "video_analysis"),
    "tabular_prediction": ("tabular", "regression", "churn", "fraud", "fraud_detection", "scoring", "prediction"),
    "time_series_forecasting": ("forecasting", "forecast", "time_series", "demand_forecasting"),
}  # fmt: skip


def known_as(word: str) -> tuple[str, ...]:
    """The catalog's words for what somebody calls something; none where nobody is known to.

    Args:
        word: in small letters, its parts joined by underscores.
    """
    return tuple(name for table in (_MODELS, _TASKS) for name, called in table.items() if word in called)
