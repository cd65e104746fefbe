"""Names as people read them, for reports: strategies, estimates, criteria, and the terms a reader may not know."""

from __future__ import annotations

from recommender.domain.recommendation import Estimate
from recommender.domain.words import AS_STATED, OWN_EXAMPLES
from recommender.explanation.numbers import duration, plain

STRATEGY_WORDS = {
    "zero_shot": "a ready model with instructions alone",
    "few_shot": "a ready model shown a few examples",
    "long_context": "a ready model that reads all your documents each time",
    "tool_agent": "a model that calls your tools",
    "cascade": "a small model first, a large one for what is hard",
    "rag": "a ready model that looks things up in your documents (retrieval)",
    "rag_finetune": "a tuned model that looks things up in your documents",
    "finetune_llm": "a language model tuned on your examples",
    "finetune_encoder": "a small text model tuned on your examples",
    "finetune_specialist": "a specialist model tuned on your examples",
    "distillation": "a small model taught by a large one",
    "continued_pretraining": "a model trained further on your raw texts",
    "train_from_scratch": "a model of your own, trained from nothing",
    "classical_ml": "classical machine learning, no language model",
    "pretrained_as_is": "a ready specialist model, unchanged",
    "embedding_search": "search by meaning",
    "rules": "rules written by hand, no learned model",
}
PLACE_WORDS = {
    "vendor": "at {provider}, paid by use",
    "own_cloud": "on machines you rent",
    "own_site": "on machines of your own",
    "device": "on each user's device",
}


def placed(model: str, place: str, provider: str | None) -> str:
    """A model and where it runs, in one phrase."""
    return f"{model} {PLACE_WORDS[place].format(provider=provider)}"


ESTIMATE_WORDS = {
    "monthly_cost_usd": "invoices a month",
    "one_time_cost_usd": "invoices once",
    "first_year_cost_usd": "first year, people included",
    "three_year_cost_usd": "three years, people included",
    "build_days": "days of work until it runs",
    "upkeep_days_per_month": "days of work a month after",
    "weeks_to_launch": "weeks until it runs",
    "latency_p50_ms": "usual wait (ms)",
    "latency_p95_ms": "wait for 95 of 100 answers (ms)",
    "first_token_p95_ms": "wait for the first words (ms)",
    "quality": "quality (points of 100)",
    "memory_gb": "memory (GB)",
    "gco2e_per_1k_requests": "g of CO2 per 1,000 requests",
}
ONCE_WORDS = {
    "monthly_cost_usd": "invoices for the work itself",
    "first_year_cost_usd": "all of it, people included",
    "one_time_cost_usd": "invoices to set it up",
    "upkeep_days_per_month": "days of work while it runs",
}  # for work that is done once


def estimate_words(name: str, is_one_off: bool) -> str:
    """An estimate's name; where the work is done once, nothing of it is told by the month."""
    return ONCE_WORDS.get(name, ESTIMATE_WORDS[name]) if is_one_off else ESTIMATE_WORDS[name]


WHAT_COUNTS = {
    "quality": "quality", "cost": "cost", "latency": "waiting time", "effort": "work", "risk": "risk", "carbon": "carbon",
}  # fmt: skip
GRADE_WORDS = {
    "measured": "measured by third parties",
    "self_reported": "reported by its maker",
    "predicted": "predicted, not measured",
    "none": "typical of such models, no evidence of this one",
    None: "not known",
}
BELOW_DRAFT = "Its expected quality is below what counts as a draft for this task"
LAST_RESORT = "It is a last resort"
NEAR_TIE = "A near tie with"
BY_ONESELF = "with what you measured on your own examples"
BY_STATEMENT = "as you state it"


def grade_words(quality: Estimate) -> str:
    """What a quality rests on; one's own word and one's own trial before what anybody else says."""
    if AS_STATED in quality.sources:
        return BY_STATEMENT
    is_own = any(source.endswith(OWN_EXAMPLES) for source in quality.sources)
    return BY_ONESELF if is_own else GRADE_WORDS[quality.grade]


TELLING_GAP = 0.005  # smaller differences of a contribution to the score are not worth a word
TERMS = {
    "quality": "points from 0 to 100 on the task's own scale; every answer says whether it was measured, reported by the maker, or predicted.",
    "range": "the numbers in brackets hold the true value in about 8 of 10 cases.",
    "score": "how well an option meets everything that counts, from 0 to about 1; docs/how-it-decides.md shows the sum.",
    "invoices": "what vendors and machines cost; people's working time is counted apart.",
    "model": "a program that has learned from examples; a language model reads and writes text.",
    "parameters": "the numbers a model has learned; more of them make it abler, slower and dearer.",
    "open weights": "the model's numbers can be downloaded, so that it can run anywhere; else only its maker runs it.",
    "retrieval": "the passages of your documents that fit a question are found first and shown to the model with it.",
    "embedding": "a text as a list of numbers, so that texts of like meaning can be found.",
    "search index": "where those lists of numbers are kept and searched.",
    "re-ranker": "a second, slower look at what a search found, to put the best first.",
    "recall": "how often the right passage is among those found.",
    "prompt": "the text a model is given: instructions, passages and the question.",
    "tuning": "training a ready model a little further, on examples of your own.",
    "tuned": "trained a little further on examples of your own.",
    "tokens": "pieces of words; about four make three words.",
    "draws": "the whole sum done again with every uncertain number moved within its range.",
    "distillation": "a large model writes examples from which a small one learns.",
    "context window": "the longest text a model can read at once.",
    "weights": "the numbers a model has learned.",
}


def terms_in(document: str) -> dict[str, str]:
    """The terms that a document uses, with what they mean."""
    lowered = document.lower()
    return {word: means for word, means in TERMS.items() if word in lowered}


REQUIREMENT_WORDS = {
    "task": "the task",
    "workload.requests_per_month": "requests a month",
    "latency.p95_ms": "the longest wait for 95 of 100 answers",
    "latency.first_token_p95_ms": "the longest wait for the first words",
    "budget.monthly_usd": "the monthly budget (USD)",
    "budget.one_time_usd": "the one-time budget (USD)",
    "data.labelled_examples": "labelled examples at hand",
    "data.labelled_hours": "hours of recordings with their texts",
    "data.labels_obtainable": "whether examples could be labelled",
    "knowledge.tokens": "the size of your documents (tokens, about three quarters of a word each)",
    "knowledge.updates": "how often your documents change",
    "privacy.boundary": "where the data may go",
    "quality.bar": "how good it must be",
    "team.skills": "what the team can do",
    "team.weeks_to_launch": "the weeks until it must run",
    "licence.commercial_use": "whether the use is commercial",
}


def requirement_words(path: str, is_one_off: bool = False) -> str:
    """A field of the requirements as people say it; its path where it has no name of its own. Work done once knows no months."""
    if is_one_off and path == "budget.monthly_usd":
        return "the budget for invoices (USD)"
    return REQUIREMENT_WORDS.get(path, path.replace(".", ": ").replace("_", " "))


def requirement_value(path: str, value: object) -> str:
    """A requirement's value as people say it; times with their unit, of which its name says nothing."""
    if value is None:
        return "left open"
    if isinstance(value, float):
        return duration(value) if path.endswith("_ms") else plain(value)
    return str(value).replace("_", " ")


def first_upper(words: str) -> str:
    """A sentence's first letter made large."""
    return words[:1].upper() + words[1:]
