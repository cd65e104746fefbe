"""What a strategy adds to a prompt: share of the headroom closed, from fitted published comparisons.

Pure and vectorised: the baseline and every number of the case may be an array. Held by construction, whatever the fit says:
more labels never lower a tuned quality; a corpus without the answers never makes retrieval attractive; faster-changing
knowledge never favours weights; a larger corpus never favours long context.

References: the studies named in `calibration/strategy.yaml`, read 2026-11-24; see `docs/evidence.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from recommender.domain.evidence import Gain, LearningCase
from recommender.evidence.strategy_terms import (
    EXAMPLES_WITHOUT_CLASSES,
    FIRST_YEAR,
    LEAST,
    LOW_SPEECH_SCORE,
    MOST,
    Floats,
    Quantity,
    adapted,
    kind_of,
    log_odds,
    rival_strength,
    score_of,
    strategy_terms,
    total,
    way_of,
)

AGAINST_BEST_PROMPT = frozenset(("finetune_encoder", "classical_ml", "train_from_scratch", "distillation"))
"""Their baseline is the best prompted model; that of every other strategy is the same model's own prompt."""
NOTHING_ADDED = frozenset(("zero_shot", "pretrained_as_is", "embedding_search"))
KNOWLEDGE_KINDS, PAIRS = frozenset(("know", "ground")), {"search": "half_gain_pairs"}
EXAMPLES_PER_HOUR = 360.0
"""Of speech: a convention, utterances of ten seconds, by which hours are told as examples and examples as hours."""
NOISY_LABEL_WORTH = 0.5
"""Labels that are wrong in 15 % of cases are worth (1 - 2 * 0.15) squared, about half [2]."""
MOST_SHOTS_SHOWN = 10.0
"""A limit of the method: what more examples in every prompt add is not counted, since their tokens are not paid for either."""
LONG_CONTEXT_FREE_TOKENS = 16_000.0
LONG_CONTEXT_LOSS_PER_DECADE = 0.12
"""Fiction.LiveBench, 39 models, collected by Epoch AI, retrieved 2025-12-03: 6.2 points lost in the median between 16k and 120k
tokens, 7 per decade, of a headroom of about 58."""
Coefficients = Mapping[str, float]
Shares = tuple[Floats, Floats, Floats]


def strategy_gain(calibration: Mapping[str, Any], strategy: str, family: str, case: LearningCase, baseline: Quantity) -> Gain:
    """Share of the headroom that a strategy closes: low, mid, high of an 80 % interval. [share of 100 - baseline]

    log-odds after = log-odds(baseline) + terms(strategy) - terms(rival) + pull of the baseline's own level

    Args:
        calibration: the content of `calibration/strategy.yaml`.
        strategy: one of the strategies of the contract.
        family: the task's family, as in `tasks.yaml`.
        case: labels, corpus, freshness.
        baseline: quality of the best prompted model for strategies in AGAINST_BEST_PROMPT, else of the carrier's own
            prompt on the same questions. [0-100]

    References:
        [2] D. Angluin and P. Laird, "Learning from noisy examples", Machine Learning 2, 1988, theorem 2.
            https://doi.org/10.1007/BF00116829, read 2026-11-24.
    """
    start = np.asarray(baseline, dtype=float)
    if strategy in NOTHING_ADDED:
        return Gain(0.0 * start, 0.0 * start, 0.0 * start, "measured", ())
    if strategy not in SHARES:
        unknown = np.full(start.shape, np.nan)
        return Gain(unknown, unknown, unknown, "none", ())
    low, mid, high = SHARES[strategy](calibration, kind_of(family), case, start)
    studies = calibration["studies"]
    named = [study for word in STUDIED_AS.get(strategy, (strategy,)) for study in studies.get(word, ())]
    return Gain(low, mid, high, "predicted", tuple(sorted(set(named))))


def examples_per_class(case: LearningCase, kind: str) -> Floats:
    """Labelled examples per class, noisy ones at their worth; without classes, ten examples count as one; of speech hours."""
    labels = np.asarray(case.labelled_examples, dtype=float)
    if kind == "speech":
        hours = labels / EXAMPLES_PER_HOUR if case.labelled_hours is None else case.labelled_hours
        return np.asarray(np.maximum(hours, 0.0) * (NOISY_LABEL_WORTH if case.is_noisy else 1.0), dtype=float)
    return np.asarray(np.maximum(labels, 0.0) * (NOISY_LABEL_WORTH if case.is_noisy else 1.0) / _classes_or_tens(case))


def _classes_or_tens(case: LearningCase) -> Floats:
    """What examples are counted over: the classes; where there are none, ten count as one."""
    classes = np.asarray(case.classes, dtype=float)
    return np.where(classes > 1, classes, EXAMPLES_WITHOUT_CLASSES)


def _shares(start: Floats, shifts: tuple[Quantity, Quantity, Quantity]) -> Shares:
    """The shares closed by shifts on the log-odds scale: low, mid, high."""
    base, before = np.clip(start, LEAST, MOST), log_odds(start)
    low, mid, high = (np.asarray((score_of(before + shift) - base) / (100 - base)) for shift in shifts)
    return low, mid, high


def _around(calibration: Mapping[str, Any], strategy: str, shift: Quantity) -> tuple[Quantity, Quantity, Quantity]:
    """A shift and the ends of its interval. [logits]"""
    width = float(calibration["width_logits"][way_of(strategy)])
    return shift - width, shift, shift + width


def _familiarity(calibration: Mapping[str, Any], strategy: str, kind: str, case: LearningCase) -> Quantity:
    """Where no study compared the strategy on such a task, a share of what it did elsewhere is taken over."""
    return 1.0 if kind in calibration["kinds"].get(strategy, ()) else case.assumed["unstudied_gain_share"]


def _own_pull(terms: Coefficients, start: Floats) -> Floats:
    return np.asarray(-terms.get("base", 0.0) * log_odds(start) / 2)


def _against_best(calibration: Mapping[str, Any], word: str, kind: str, case: LearningCase, start: Floats) -> Floats:
    """Shift of a method that starts from nothing, against the best prompted model of today. [logits]"""
    terms = _with_rising_curves(calibration["terms"], word)
    own = total(strategy_terms(word, kind, examples_per_class(case, kind), 0.0, "", False), terms)
    rival = total(rival_strength(kind, float(calibration["newest_rival_year"])), terms)
    return np.asarray(own - rival - terms.get("base_of_other", 0.0) * log_odds(start) / 2)


def _with_rising_curves(terms: Coefficients, word: str) -> Coefficients:
    """The same terms with a learning curve that never falls."""
    own = max(terms.get(f"{word}:examples", 0.0), -max(terms.get("examples", 0.0), 0.0))
    return {**terms, "examples": max(terms.get("examples", 0.0), 0.0), f"{word}:examples": own}


def _encoder(calibration: Mapping[str, Any], kind: str, case: LearningCase, start: Floats) -> Shares:
    """The better of two ways to tune an encoder: contrastive pairs or plain. Pairs were compared up to 64 examples per class only;
    beyond, their curve is drawn on."""
    ways = [_against_best(calibration, word, kind, case, start) for word in ("finetune_encoder", "setfit")]
    return _shares(start, _around(calibration, "finetune_encoder", np.maximum(*ways)))


def _classical(calibration: Mapping[str, Any], kind: str, case: LearningCase, start: Floats) -> Shares:
    """A linear model on word counts or frozen vectors never beats the better tuned encoder by its own mean."""
    encoder = np.maximum(*(_against_best(calibration, word, kind, case, start) for word in ("finetune_encoder", "setfit")))
    own = np.minimum(_against_best(calibration, "classical_ml", kind, case, start), encoder)
    return _shares(start, _around(calibration, "classical_ml", own))


def _from_scratch(calibration: Mapping[str, Any], kind: str, case: LearningCase, start: Floats) -> Shares:
    shift = _against_best(calibration, "train_from_scratch", kind, case, start)
    return _shares(start, _around(calibration, "train_from_scratch", shift))


def _distilled(calibration: Mapping[str, Any], kind: str, case: LearningCase, start: Floats) -> Shares:
    """A student approaches its teacher, the best prompted model, and does not pass it."""
    terms = calibration["terms"]
    shift = terms.get("distillation", 0.0) - terms.get("teacher", 0.0) - terms.get("base_of_other", 0.0) * log_odds(start) / 2
    low, mid, _ = _shares(start, _around(calibration, "distillation", np.minimum(shift, 0.0)))
    return low, mid, np.zeros_like(mid)


def _tuned_llm(calibration: Mapping[str, Any], kind: str, case: LearningCase, start: Floats) -> Shares:
    """From a model's own start towards what labels make of any model; never below the start, since the untuned model can be kept."""
    reached, own = _reached("finetune_llm", kind, case) * _still_true(kind, case), log_odds(start)
    shifts = _around(calibration, "finetune_llm", _aim_of_tuning(calibration, kind, case, start) - own)
    low, mid, high = (reached * np.maximum(shift, 0.0) for shift in shifts)
    return _shares(start, (low, mid, high))


def _aim_of_tuning(calibration: Mapping[str, Any], kind: str, case: LearningCase, start: Floats) -> Floats:
    """Where all examples in the world would bring a model: what the studies' models reached against the best prompted one, and of what
    it starts ahead of them or behind, the share that is left after tuning. [logits]"""
    terms, own = calibration["terms"], log_odds(start)
    added = sum(terms.get(name, 0.0) for name in ("any", "trained", "finetune_llm", f"finetune_llm:{kind}"))
    known = _familiarity(calibration, "finetune_llm", kind, case)
    if case.best_prompted is None:
        return np.asarray(own + (added + _own_pull(terms, start)) * known)
    best = log_odds(np.asarray(case.best_prompted, dtype=float))
    studied = best - _lead_of_the_best(terms, kind, float(calibration["newest_rival_year"]), case)
    kept = case.assumed["start_carries_over"] * (own - studied)
    if case.is_own_wording:
        return np.asarray(best + case.assumed["tuned_writing_lead"] + kept)
    pull = terms.get("base_of_other", 0.0) * best / 2
    return np.asarray(studied + (added - pull) * known + kept)


def _reached(strategy: str, kind: str, case: LearningCase) -> Floats:
    """How far examples move a model: texts in one's own words and pairs to search by what is assumed, all others as fitted. [0-1]"""
    half = {"finetune_llm": "half_writing_examples" if case.is_own_wording else "", "finetune_specialist": PAIRS.get(kind, "")}
    if not half[strategy]:
        return adapted(strategy, examples_per_class(case, kind))
    shown = (NOISY_LABEL_WORTH if case.is_noisy else 1.0) * np.maximum(np.asarray(case.labelled_examples, dtype=float), 0.0)
    return np.asarray(shown / (shown + case.assumed[half[strategy]]))


def _lead_of_the_best(terms: Coefficients, kind: str, year: float, case: LearningCase) -> Floats:
    """How far the best prompted model is ahead of an untuned one such as the studies tuned: as in their first years, and as far as those
    that are tuned did not keep pace since. [logits]"""
    first, today = (float(total(rival_strength(kind, when), terms)) for when in (FIRST_YEAR, year))
    return np.maximum(today - case.assumed["carriers_keep_pace"] * (today - first), 0.0)


def _specialist(calibration: Mapping[str, Any], kind: str, case: LearningCase, start: Floats) -> Shares:
    """A speech model gains much in a language it hardly knows, little in one it knows; never less than nothing."""
    terms = calibration["terms"]
    unheard = terms.get("speech_not_yet_spoken", 0.0) * ((start < LOW_SPEECH_SCORE) & (kind == "speech"))
    full = sum(terms.get(name, 0.0) for name in ("any", "trained", "finetune_specialist", f"finetune_specialist:{kind}"))
    full = (full + _own_pull(terms, start) + unheard) * _familiarity(calibration, "finetune_specialist", kind, case)
    reached = _reached("finetune_specialist", kind, case)
    low, mid, high = (reached * np.maximum(shift, 0.0) for shift in _around(calibration, "finetune_specialist", full))
    return _shares(start, (low, mid, high))


def _few_shot(calibration: Mapping[str, Any], kind: str, case: LearningCase, start: Floats) -> Shares:
    terms = calibration["terms"]
    shots = np.clip(np.asarray(case.labelled_examples, dtype=float), 0.0, MOST_SHOTS_SHOWN)
    shown = strategy_terms("few_shot", kind, 0.0, shots / _likely_classes(case, kind), "", False)
    shift = total(shown, terms) + _own_pull(terms, start)
    shift = np.where(shots > 0, np.maximum(shift, 0.0) * _familiarity(calibration, "few_shot", kind, case), 0.0)
    return _shares(start, _around(calibration, "few_shot", shift))


def _likely_classes(case: LearningCase, kind: str) -> Floats:
    """Classes that the examples shown are spread over: all, or the few that an input looks like, as far as there are enough
    examples to find its likes among. Ten likes of a message say more of its intent than ten of seventy-seven at random."""
    classes = _classes_or_tens(case)
    found = adapted("finetune_llm", examples_per_class(case, kind))
    return np.asarray(classes ** (1.0 - found) * np.minimum(classes, case.assumed["likely_classes"]) ** found)


def _pretrained_further(calibration: Mapping[str, Any], kind: str, case: LearningCase, start: Floats) -> Shares:
    terms = calibration["terms"]
    full = terms.get("any", 0.0) + terms.get("continued_pretraining", 0.0) + _own_pull(terms, start)
    tokens = np.inf if case.unlabelled_tokens is None else np.asarray(case.unlabelled_tokens, dtype=float)
    reached = 1.0 / (1.0 + case.assumed["half_pretraining_tokens"] / np.maximum(tokens, 1.0))
    known = _familiarity(calibration, "continued_pretraining", kind, case)
    shift = np.maximum(full, 0.0) * known * reached * _still_true(kind, case)
    return _shares(start, _around(calibration, "continued_pretraining", shift))


def _still_true(kind: str, case: LearningCase) -> Quantity:
    """Share of what weights learned that still holds: only facts go stale, not form or labels, and only where they change."""
    if kind not in KNOWLEDGE_KINDS or case.updates == "static":
        return 1.0
    return 1.0 - case.assumed[f"stale_share_{case.updates}"] * np.asarray(case.knowledge_is_private, dtype=float)


def _retrieval(calibration: Mapping[str, Any], kind: str, case: LearningCase, start: Floats) -> Shares:
    return _looked_up(calibration, case, start, ("rag", 0.0))


def _retrieval_tuned(calibration: Mapping[str, Any], kind: str, case: LearningCase, start: Floats) -> Shares:
    """Between tuned with distractors, which helps, and tuned on raw text, which does not: some do the former."""
    terms, share = calibration["terms"], case.assumed["tuned_to_read_share"]
    reading = share * terms.get("tuned_to_read", 0.0) + (1.0 - share) * terms.get("tuned_on_raw_text", 0.0)
    reached = adapted("finetune_llm", examples_per_class(case, kind))
    return _looked_up(calibration, case, start, ("rag", np.maximum(reading, 0.0) * reached))


def _long_context(calibration: Mapping[str, Any], kind: str, case: LearningCase, start: Floats) -> Shares:
    tokens = LONG_CONTEXT_FREE_TOKENS if case.corpus_tokens is None else np.asarray(case.corpus_tokens, dtype=float)
    decades = np.log10(np.maximum(tokens / LONG_CONTEXT_FREE_TOKENS, 1.0))
    everything_is_there = replace(case, retriever_recall=1.0)
    low, mid, high = _looked_up(calibration, everything_is_there, start, ("long_context", 0.0))
    loss = LONG_CONTEXT_LOSS_PER_DECADE * decades
    return low - loss, mid - loss, high - loss


def _looked_up(calibration: Mapping[str, Any], case: LearningCase, start: Floats, way: tuple[str, Quantity]) -> Shares:
    """Answers in the documents help by how often they are found; where there are none, passages only distract."""
    terms, (word, extra) = calibration["terms"], way
    pull = _own_pull(terms, start) + extra
    shift_private = total(strategy_terms(word, "", 0.0, 0.0, "holds", True), terms) + pull
    shift_known = total(strategy_terms(word, "", 0.0, 0.0, "partly", False), terms) + pull
    private = _shares(start, _around(calibration, word, shift_private))
    known = _shares(start, _around(calibration, word, shift_known))
    lacking = _shares(start, _around(calibration, word, min(terms.get("look_up:lacks", 0.0), 0.0)))
    unknown, holds = np.asarray(case.knowledge_is_private, dtype=float), _answers(case)
    found = holds * (_recall(case) / case.assumed["recall_in_studies"])
    mixed = [unknown * of_private + (1 - unknown) * of_known for of_private, of_known in zip(private, known, strict=True)]
    low, mid, high = (
        np.asarray(np.minimum(found * np.maximum(share, 0.0), 1.0) + holds * np.minimum(share, 0.0)) for share in mixed
    )
    return low + (1 - holds) * lacking[0], mid + (1 - holds) * np.minimum(lacking[1], 0.0), high


def _answers(case: LearningCase) -> Floats:
    """Share of questions whose answer the corpus holds. [0-1]"""
    found = case.assumed["private_answers_in_corpus"] if case.answers_in_corpus is None else case.answers_in_corpus
    return np.asarray(np.clip(np.asarray(found, dtype=float), 0.0, 1.0))


def _recall(case: LearningCase) -> Floats:
    recall = case.assumed["recall_in_studies"] if case.retriever_recall is None else case.retriever_recall
    return np.asarray(np.clip(np.asarray(recall, dtype=float), 0.0, 1.0))


Shape = Callable[[Mapping[str, Any], str, LearningCase, Floats], Shares]
SHARES: dict[str, Shape] = {
    "few_shot": _few_shot,
    "long_context": _long_context,
    "rag": _retrieval,
    "rag_finetune": _retrieval_tuned,
    "finetune_llm": _tuned_llm,
    "finetune_encoder": _encoder,
    "finetune_specialist": _specialist,
    "distillation": _distilled,
    "continued_pretraining": _pretrained_further,
    "train_from_scratch": _from_scratch,
    "classical_ml": _classical,
}
STUDIED_AS: dict[str, tuple[str, ...]] = {
    "few_shot": ("few_shot", "few_shot_retrieved"),
    "rag_finetune": ("rag_finetune", "rag_finetune_raw"),
    "finetune_encoder": ("finetune_encoder", "setfit"),
    "finetune_specialist": ("finetune_specialist", "few_shot_cache"),
    "long_context": ("rag",),
}
