"""The facts that rules may read, each with its kind. A rule that names anything else fails when the catalog is loaded."""

from __future__ import annotations

from typing import Literal

Kind = Literal["word", "number", "truth", "set"]
CONDITIONS: dict[Kind, tuple[str, ...]] = {
    "word": ("is", "is_not", "one_of"),
    "number": ("is", "is_not", "at_least", "at_most"),
    "truth": ("is", "is_not"),
    "set": ("includes", "one_of"),
}

CANDIDATE_FACTS: dict[str, Kind] = {
    "strategy.id": "word",
    "strategy.family": "word",
    "strategy.changes_weights": "truth",
    "strategy.learns_from_labels": "truth",
    "strategy.brings_knowledge": "truth",
    "strategy.least_labels": "number",
    "strategy.has_enough_labels": "truth",
    "model.type": "word",
    "model.maker": "word",
    "model.input": "set",
    "model.output": "set",
    "model.capabilities": "set",
    "model.languages": "set",
    "model.target_languages": "set",
    "model.context_tokens": "number",
    "model.has_open_weights": "truth",
    "model.allows_commercial_use": "truth",
    "model.is_retired": "truth",
    "model.benchmark_score": "number",
    "model.learns_from_scratch": "truth",
    "deployment.place": "word",
    "deployment.hosting": "word",
    "deployment.regions": "set",
    "deployment.certifications": "set",
    "deployment.is_tenant_isolated": "truth",
    "deployment.trains_on_customer_data": "truth",
    "deployment.offers_zero_retention": "truth",
    "deployment.can_serve_own_weights": "truth",
    "deployment.fits_in_memory": "truth",
    "deployment.is_offered": "truth",
    "candidate.named_in_only": "truth",
    "candidate.named_in_exclude": "truth",
    "candidate.needed_context_tokens": "number",
    "estimate.monthly_cost_usd": "number",
    "estimate.one_time_cost_usd": "number",
    "estimate.latency_p95_ms": "number",
    "estimate.first_token_p95_ms": "number",
    "estimate.quality": "number",
    "estimate.weeks_to_launch": "number",
    "estimate.memory_gb": "number",
}

CASE_FACTS: dict[str, Kind] = {
    "case.task": "word",
    "case.rests_on_a_corpus": "truth",
    "case.corpus_is_known_to_hold_answers": "truth",
    "case.corpus_tokens": "number",
    "case.labels_can_be_had": "truth",
    "case.can_train_from_scratch": "truth",
    "case.can_continue_pretraining": "truth",
    "case.quality_bar": "number",
    "case.benchmark_bar": "number",
    "case.device_memory_gb": "number",
    "case.boundary": "word",
    "case.asks_for_terms": "truth",
    "case.skills": "word",
    "case.error_cost": "word",
    "case.names_only": "truth",
}

REQUIREMENT_FACTS: dict[str, Kind] = {
    "requirements.capabilities": "set",
    "requirements.languages": "set",
    "requirements.target_languages": "set",
    "requirements.modalities.input": "set",
    "requirements.modalities.output": "set",
    "requirements.latency.p95_ms": "number",
    "requirements.latency.first_token_p95_ms": "number",
    "requirements.budget.monthly_usd": "number",
    "requirements.budget.one_time_usd": "number",
    "requirements.data.labelled_examples": "number",
    "requirements.data.labels_obtainable": "truth",
    "requirements.knowledge.updates": "word",
    "requirements.knowledge.query": "word",
    "requirements.knowledge.citations": "truth",
    "requirements.knowledge.answers_in_corpus": "truth",
    "requirements.knowledge.source": "word",
    "requirements.privacy.sensitivity": "word",
    "requirements.privacy.residency": "set",
    "requirements.privacy.certifications": "set",
    "requirements.privacy.zero_retention": "truth",
    "requirements.privacy.no_training": "truth",
    "requirements.licence.open_weights": "truth",
    "requirements.licence.commercial_use": "truth",
    "requirements.team.weeks_to_launch": "number",
    "requirements.workload.mode": "word",
}

FACTS: dict[str, Kind] = {**CANDIDATE_FACTS, **CASE_FACTS, **REQUIREMENT_FACTS}
