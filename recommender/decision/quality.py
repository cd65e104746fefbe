"""Quality of every candidate: the model's own at the task, and what the strategy makes of it. Points, 0 to 100.

What a strategy adds comes from the calibrated comparisons (`evidence/strategy_gain.py`) where studies speak, else from a named
assumption. The rival of anything that is trained from nothing is the best prompted model in the catalog, not a small model's
own start. Unknown stays NaN. More labels never lower it; a corpus without the answers never makes retrieval attractive.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from recommender.decision.acting import as_far_as_words_go
from recommender.decision.alike import first_of_each
from recommender.decision.estimation import Array, Rows
from recommender.decision.labelled import classical, encoder
from recommender.decision.languages import (
    is_measured_elsewhere,
    language_fit,
    rare_language,
    rare_language_of_the_largest,
    rare_language_when_prompted,
    with_language_doubt,
)
from recommender.decision.learning import (
    LABEL_TASKS,
    OWN_CLASSES,
    STUDIED_B,
    Ends,
    doubtful,
    from_their_start,
    gained,
    long_context_recall,
    lowered,
    plain,
    reference,
    smaller_than_studied,
)
from recommender.decision.lookups import known_or, looked_up
from recommender.decision.many_classes import lost_among_many_classes, share_without_examples
from recommender.decision.model_quality import Quality, model_quality
from recommender.decision.own_pictures import NAMED, doubt_of_ones_own_pictures, on_ones_own_pictures
from recommender.decision.quality_tables import has_too_little_history
from recommender.decision.ready_made import by_hand, ready_made, search, specialist
from recommender.decision.staying import as_judged
from recommender.decision.trialled import as_measured
from recommender.domain.situation import Quantity
from recommender.domain.words import GRADES, SCALES, TASKS
from recommender.techniques import distillation

AS_IT_IS = frozenset(("zero_shot", "pretrained_as_is", "embedding_search"))
CLASSES_STUDIED = 10.0  # up to which few_examples_loss is told; more of them share the examples
LARGE_STUDENT_B = 70.0  # from this size on, a student can hold what its teacher knows of a task: where student_size_loss begins
AGENTIC = "agentic"
# How much of what tools add to writing code (headroom_tools) they add elsewhere. What agents do is measured with their tools.
TOOLS_HELP = {"reasoning": "tools_help_checked", "text_to_sql": "tools_help_checked", "chat": "tools_help_chat"}
TOOLS_HELP_BY_DEFINITION = {"agentic": 0.0, "code_generation": 1.0}


def middle_quality_of(rows: Rows) -> Quality:
    """Every candidate's quality without its interval, which only what is shown needs."""
    if rows.columns.trial is not None:
        return quality_of(rows)  # a measurement is weighed against the interval of what was expected
    task = SCALES.index(rows.situation.scale)
    model = rows.candidates.model
    supply = rows.deployments.supply[rows.candidates.deployment]
    first, place = first_of_each(rows.candidates.strategy * (int(supply.max(initial=0)) + 1) + supply)
    _, mid, _ = _with_strategy(rows.without_demand(first), rows.wide(rows.columns.quality.mid[task][model[first]]))
    mid = np.clip(mid, 0, 100)[place]
    nowhere = np.full(np.shape(mid), np.nan)
    return as_judged(rows, Quality(nowhere, mid, nowhere, _grades(rows, mid, rows.columns.quality.grades[task][model])))


def quality_of(rows: Rows) -> Quality:
    """Every candidate's quality with its interval: the model's own doubt and the strategy's, as independent."""
    columns, task, model = rows.columns, SCALES.index(rows.situation.scale), rows.candidates.model
    low, mid, high = (rows.wide(getattr(columns.quality, name)[task][model]) for name in ("low", "mid", "high"))
    size = len(model)
    thrice = rows.without_demand(np.tile(np.arange(size), 3))  # at once: short columns cost as much as long ones
    weak, strong = np.where(np.isnan(low), mid, low), np.where(np.isnan(high), mid, high)
    least, middle, most = _with_strategy(thrice, np.concatenate([mid, weak, strong]))
    weaker, stronger = middle[size : 2 * size], middle[2 * size :]
    least, middle, most = least[:size], middle[:size], most[:size]
    below = np.hypot(np.maximum(middle - weaker, 0.0), np.maximum(middle - least, 0.0))
    above = np.hypot(np.maximum(stronger - middle, 0.0), np.maximum(most - middle, 0.0))
    below, above = with_language_doubt(rows, below, above)
    if _are_pictures_found(rows):
        below, above = (np.hypot(one, rows.situation["picture_search_doubt"]) for one in (below, above))
    less, more = doubt_of_ones_own_pictures(rows)
    below, above = np.hypot(below, rows.wide(less)), np.hypot(above, rows.wide(more))
    least, middle, most = (np.clip(one, 0, 100) for one in (middle - below, middle, middle + above))
    judged = as_judged(rows, Quality(least, middle, most, _grades(rows, middle, columns.quality.grades[task][model])))
    return as_measured(rows, judged, columns.trial)


def _grades(rows: Rows, mid: Array, own: Array) -> Array:
    """A strategy's gain is always predicted, so is what scores in other languages say, on others' pictures, or on longer series than
    one's own; what nothing is known of has no grade."""
    none, predicted = GRADES.index("none"), GRADES.index("predicted")
    from_elsewhere = (is_measured_elsewhere(rows) | _are_pictures_found(rows) | (rows.situation.task == NAMED)) & (own != none)
    is_as_measured = _is_plain(rows) & ~from_elsewhere & (not has_too_little_history(rows))
    grades = np.where(is_as_measured, own, predicted)
    unknown = np.isnan(mid) if mid.ndim == 1 else np.isnan(mid).all(axis=1)
    return np.asarray(np.where(unknown, none, grades))


def _are_pictures_found(rows: Rows) -> bool:
    """Whether the question has no words, though embeddings were measured at finding texts, or pictures, by words."""
    given = rows.situation.requirements.goes_in
    return rows.situation.task == "semantic_search" and bool(given) and "text" not in given


def _is_plain(rows: Rows) -> Array:
    """Whether a candidate is the model as it is; what is nearest among one's own labelled items is no longer, and recognisers stand by
    what others of their kind were measured at."""
    task = rows.situation.task
    left_out = {"embedding_search"} if task in OWN_CLASSES else set()
    plain_ones = AS_IT_IS - left_out - ({"pretrained_as_is"} if task == "extraction" else set())
    flags = np.array([one.id in plain_ones for one in rows.columns.strategies])
    return np.asarray(flags[rows.candidates.strategy])


def _with_strategy(rows: Rows, base: Array) -> Ends:
    """The strategy's quality and the ends of its own interval, each strategy by its own reasoning."""
    found = np.full((3, len(rows.candidates), *rows.situation.draws), np.nan)
    base = np.asarray(on_ones_own_pictures(rows.situation, base))
    for place, strategy in enumerate(rows.columns.strategies):
        mine = np.flatnonzero(rows.candidates.strategy == place)
        if len(mine):
            chosen = rows.without_demand(mine)
            ends = as_far_as_words_go(chosen, strategy.id, FORMULAS[strategy.id](chosen, base[mine]))
            for end, values in zip(found, ends, strict=True):
                end[mine] = values
    return found[0], found[1], found[2]


# --- prompting ---------------------------------------------------------------------------------------------------------


def _prompted(rows: Rows, base: Array) -> Array:
    """A model on its own; a small one loses more in languages beyond the major ones, each in lists of hundreds of classes."""
    return lost_among_many_classes(rows, base - rare_language_when_prompted(rows))


def _closed_book(rows: Rows, base: Array) -> Array:
    """Questions that rest on one's own documents fail without them."""
    share = rows.situation.private_share
    return np.asarray(share * np.minimum(rows.situation["quality_without_the_documents"], base) + (1.0 - share) * base)


def _looked_up(rows: Rows, base: Array, strategy: str, finder: str = "retriever_recall") -> Ends:
    """Questions on one's own documents by how often the passage is found (the assumption `finder`) and read; all others by the
    calibrated comparisons, where there is a corpus that they can be looked up in."""
    situation = rows.situation
    is_tuned = strategy == "rag_finetune"
    others = gained(rows, strategy, base, private=0.0) if situation.corpus_is_stated or is_tuned else plain(base)
    read_better = np.maximum(others[1] - gained(rows, "rag", base, private=0.0)[1], 0.0) if is_tuned else 0.0
    reading = np.minimum(base + situation["grounded_headroom"] * (100.0 - base) + read_better, 98.0)
    missing = np.minimum(situation["quality_without_the_documents"], base)
    recall = long_context_recall(rows) if strategy == "long_context" else situation[finder]
    reached = recall * situation.answers_in_corpus
    own = doubtful(rows, strategy, reached * reading + (1.0 - reached) * missing)
    share = situation.private_share
    ends = [share * mine + (1.0 - share) * other for mine, other in zip(own, others, strict=True)]
    return ends[0], ends[1], ends[2]


def _finder(rows: Rows) -> str:
    """How often one look-up finds what is needed: nearness of words finds passages of prose, and less of what a change of code touches,
    which an agent follows from file to file."""
    return "code_retriever_recall" if rows.situation.task == "code_generation" else "retriever_recall"


def _all_closed_book(rows: Rows, ends: Ends) -> Ends:
    low, mid, high = (_closed_book(rows, end) for end in ends)
    return low, mid, high


def _few_shot(rows: Rows, base: Array) -> Ends:
    spoken = base - rare_language_when_prompted(rows)
    start = lost_among_many_classes(rows, spoken, share_without_examples(rows))
    return _all_closed_book(rows, gained(rows, "few_shot", start, rows.situation.labels_at_hand))


def _with_tools(rows: Rows, base: Array) -> Ends:
    """Tools help where there is something to act on or to check, and looking things up is a tool like the others: all of it as
    far as a model is able to use tools."""
    situation, task = rows.situation, rows.situation.task
    helps = TOOLS_HELP_BY_DEFINITION.get(task, situation[TOOLS_HELP.get(task, "tools_help_others")])
    able = _able_to_use_tools(rows)
    share = situation["headroom_tools"] * helps
    alone = (1.0 - able) * _closed_book(rows, base)
    low, mid, high = _looked_up(rows, base + share * (100.0 - base), "rag")
    return able * low + alone, able * mid + alone, able * high + alone


def _able_to_use_tools(rows: Rows) -> Array:
    """By what each model scores as an agent, against one of high quality; one that nobody tested counts as a first draft. [0-1]"""
    levels = rows.columns.tasks[AGENTIC].levels
    scored = known_or(rows.columns.quality.mid[TASKS.index(AGENTIC)], levels.draft)
    return np.clip(rows.of_model(scored) / levels.high, 0.0, 1.0) ** 2


def _cascade(rows: Rows, base: Array) -> Array:
    """Escalation recovers most of the gap to the vendor's best model, which languages cost too, if less; never more than the large
    model gets right of what is passed on."""
    best = lost_among_many_classes(rows, _best_of_vendor(rows) - rare_language_of_the_largest(rows))
    gap = np.maximum(best - base, 0.0)
    return np.asarray(base + np.minimum(rows.situation["cascade_recovers"] * gap, rows.situation["escalation_share"] * best))


def _best_of_vendor(rows: Rows) -> Array:
    """The model that escalated requests go to: the one on the path and on the bill. [points]"""
    scores = model_quality(rows.columns, rows.situation.task)
    best = rows.wide(looked_up(scores[rows.columns.offers.model], rows.candidates.escalates_to, np.nan))
    return np.asarray(on_ones_own_pictures(rows.situation, best))


# --- tuning ------------------------------------------------------------------------------------------------------------


def _tuned_llm(rows: Rows, base: Array, examples: Quantity | None = None) -> Ends:
    """A tuned language model, from its own start; the studies tuned models of about eight billion parameters."""
    start, smaller = _prompted(rows, base), smaller_than_studied(rows)
    low, mid, high = (np.maximum(end - smaller, start) for end in gained(rows, "finetune_llm", start, examples))
    return low, mid, high


def _tuned(rows: Rows, base: Array) -> Ends:
    return _all_closed_book(rows, _tuned_llm(rows, base))


def _pretrained_on(rows: Rows, base: Array) -> Ends:
    """Raw text of one's own field or language adds where the model knew little; the tuning comes on top."""
    _, tuned, _ = _tuned_llm(rows, base)
    low, mid, high = gained(rows, "continued_pretraining", tuned)
    heard = np.where(rare_language(rows) > 0, rows.situation["pretraining_gain_rare_language"], 0.0)
    low, mid, high = (end + heard * (100.0 - end) for end in (low, mid, high))
    return _all_closed_book(rows, (low, mid, high))


def _from_scratch(rows: Rows) -> Ends:
    """Without a base to start from, what researchers with huge data reach is a good model, not the best."""
    levels = rows.situation.spec.levels
    whole = np.zeros_like(rows.wide(rows.candidates.model))
    return whole + levels.draft, whole + levels.good, whole + levels.high


def _distilled(rows: Rows, base: Array) -> Ends:
    """A student comes close to its teacher, the best prompted model that may see the examples, and never passes it.

    Nor does it learn more from a teacher's answers than from as many answers by people.
    """
    labels_only = rows.situation.task in LABEL_TASKS
    small = np.clip(known_or(rows.of_model(rows.columns.models.parameters_b), STUDIED_B), 0.05, LARGE_STUDENT_B)
    size = np.where(rows.is_llm, np.log10(LARGE_STUDENT_B / small) * rows.situation["student_size_loss"], 0.0)
    size = size * (rows.situation["labelling_size_loss_share"] if labels_only else 1.0)
    taught = np.minimum(distillation.taught(rows.situation), rows.situation.items_at_hand)
    per_ten_classes = taught * CLASSES_STUDIED / np.maximum(rows.situation.classes, CLASSES_STUDIED)
    few = rows.situation["few_examples_loss"] * (per_ten_classes / 64.0) ** -0.5
    writes = np.where(rows.is_type("encoder") & (not labels_only), rows.situation["encoder_student_writing_loss"], 0.0)
    unheard = rare_language_of_the_largest(rows)  # which the teacher loses too
    below = rows.situation["student_below_teacher"] + size + writes + few + language_fit(rows) + unheard
    taught_ends = gained(rows, "distillation", lost_among_many_classes(rows, _teacher(rows)))
    own_start = from_their_start(rows, taught_ends)
    least, middle, most = (np.minimum(one, own) for one, own in zip(taught_ends, own_start, strict=True))
    near_teacher = lowered((least, middle, most), below)
    by_itself = _tuned_llm(rows, base, taught)
    ends = [
        _closed_book(rows, np.where(rows.is_llm, np.fmin(near, own), near))
        for near, own in zip(near_teacher, by_itself, strict=True)
    ]
    return ends[0], ends[1], ends[2]


def _teacher(rows: Rows) -> Array:
    terms = rows.situation.parts
    return reference(rows) if terms is None else np.fmin(reference(rows), terms.teacher.points)


# --- the one table of strategies -----------------------------------------------------------------------------------------

FORMULAS: dict[str, Callable[[Rows, Array], Ends]] = {
    "zero_shot": lambda rows, base: plain(_closed_book(rows, _prompted(rows, base))),
    "few_shot": _few_shot,
    "long_context": lambda rows, base: _looked_up(rows, _prompted(rows, base), "long_context"),
    "tool_agent": lambda rows, base: _with_tools(rows, _prompted(rows, base)),
    "cascade": lambda rows, base: plain(
        _closed_book(rows, _cascade(rows, _prompted(rows, base))), rows.situation["cascade_doubt"]
    ),
    "rag": lambda rows, base: _looked_up(rows, _prompted(rows, base), "rag", _finder(rows)),
    "rag_finetune": lambda rows, base: _looked_up(rows, _prompted(rows, base), "rag_finetune", _finder(rows)),
    "finetune_llm": _tuned,
    "continued_pretraining": _pretrained_on,
    "train_from_scratch": lambda rows, base: _from_scratch(rows),
    "finetune_specialist": specialist,
    "pretrained_as_is": ready_made,
    "embedding_search": search,
    "finetune_encoder": lambda rows, base: encoder(rows),
    "classical_ml": classical,
    "distillation": _distilled,
    "rules": lambda rows, base: by_hand(rows),
}
