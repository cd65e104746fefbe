"""Ten common cases to start from: only what such a team would say, never a preference for an answer."""

from __future__ import annotations

from typing import Any

TEMPLATES: dict[str, dict[str, Any]] = {
    "support_chatbot": {
        "task": "chat", "languages": ["en"],
        "workload": {"requests_per_month": 6000},
        "latency": {"first_token_p95_ms": 2000}, "budget": {"monthly_usd": 200},
        "knowledge": {"documents": 300, "updates": "weekly", "answers_in_corpus": True},
        "privacy": {"sensitivity": "internal"}, "team": {"skills": "software"},
    },
    "internal_search": {
        "task": "question_answering",
        "knowledge": {"documents": 20000, "updates": "daily", "citations": True},
        "privacy": {"boundary": "own_tenant", "sensitivity": "confidential"},
    },
    "meeting_notes": {
        "task": "speech_to_text", "languages": ["en"], "capabilities": ["diarization"],
        "workload": {"requests_per_month": 600, "audio_minutes": 45, "mode": "batch"},
        "privacy": {"sensitivity": "confidential"},
    },
    "invoices": {
        "task": "document_extraction", "capabilities": ["structured_output"],
        "workload": {"requests_per_month": 5000, "pages": 2},
        "data": {"labelled_examples": 300}, "privacy": {"residency": ["eu"]},
    },
    "ticket_routing": {
        "task": "classification", "languages": ["en", "de"],
        "workload": {"requests_per_month": 100000},
        "data": {"labelled_examples": 8000, "classes": 25}, "latency": {"p95_ms": 1000},
    },
    "code_assistant": {
        "task": "code_generation",
        "privacy": {"boundary": "on_premises", "sensitivity": "confidential"},
        "hardware": {"owned": [{"accelerator": "rtx 4090"}]},
    },
    "product_texts": {
        "task": "translation", "languages": ["en"], "target_languages": ["de", "fr", "es", "it"],
        "workload": {"requests_per_month": 20000, "mode": "batch"}, "quality": {"bar": "high"},
    },
    "medical_transcription": {
        "task": "speech_to_text", "languages": ["de"],
        "workload": {"requests_per_month": 12000, "audio_minutes": 10, "mode": "batch"},
        "privacy": {"sensitivity": "regulated", "boundary": "on_premises"}, "quality": {"error_cost": "high"},
    },
    "moderation": {
        "task": "moderation", "languages": ["multilingual"],
        "workload": {"requests_per_month": 2000000}, "latency": {"p95_ms": 500}, "data": {"labelled_examples": 2000},
    },
    "forecasting": {
        "task": "time_series_forecasting",
        "data": {"series": 3000, "history": 730, "horizon": 28}, "workload": {"requests_per_month": 12000, "mode": "batch"},
    },
}  # fmt: skip
