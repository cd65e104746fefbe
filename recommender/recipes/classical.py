"""What a classical recipe trains: the option's own model, on what the examples are, for labels or for quantities."""

from __future__ import annotations

from typing import Any

from recommender.domain.recommendation import Option
from recommender.domain.requirements import Requirements

KINDS = {
    "tabular_prediction": "table",
    "time_series_forecasting": "series",
    "image_classification": "pictures",
    "audio_classification": "sounds",
}
TREES, TABPFN = "classical/gradient-boosted-trees", "prior-labs/tabpfn-v2-clf"
SEED = 'random_state=SETTINGS["seed"]'
# The catalog's model: for labels, for quantities; module, what makes it, arguments.
ESTIMATORS = {
    TREES: (
        ("sklearn.ensemble", "HistGradientBoostingClassifier", f"min_samples_leaf=5, {SEED}"),
        ("sklearn.ensemble", "HistGradientBoostingRegressor", f"min_samples_leaf=5, {SEED}"),
    ),
    "classical/random-forest": (
        ("sklearn.ensemble", "RandomForestClassifier", f"n_estimators=300, {SEED}"),
        ("sklearn.ensemble", "RandomForestRegressor", f"n_estimators=300, {SEED}"),
    ),
    "classical/k-nearest-neighbours": (
        ("sklearn.neighbors", "KNeighborsClassifier", "n_neighbors=15"),
        ("sklearn.neighbors", "KNeighborsRegressor", "n_neighbors=15"),
    ),
    TABPFN: (
        ("tabpfn", "TabPFNClassifier.create_default_for_version", '"v2"'),
        ("tabpfn", "TabPFNRegressor.create_default_for_version", '"v2"'),
    ),
}
LINEAR = (("sklearn.linear_model", "LogisticRegression", "max_iter=1000"), ("sklearn.linear_model", "Ridge", ""))
LINEAR_ON_WORDS = ("sklearn.svm", "LinearSVC", SEED)  # as `recommender trial` measures it
MOST_DISTINCT = 20  # more distinct numbers than this are a quantity, not classes: as `recommender trial` tells them apart
SEPARATOR = "|"  # between the labels of one example


def classical_values(needs: Requirements, task: str, option: Option) -> dict[str, Any]:
    """What is read, what is predicted, and with which model.

    Args:
        needs: what the team stated.
        task: what it is for.
        option: what is to be built.
    """
    kind = KINDS.get(task, "text")
    is_embedded = option.model.type == "embedding"
    for_labels, for_quantities = ESTIMATORS.get(option.model.id, LINEAR)
    if kind == "text" and for_labels == LINEAR[0] and not is_embedded:
        for_labels = LINEAR_ON_WORDS
    return {
        "classical_kind": kind,
        "is_embedded": is_embedded,
        "is_trees": option.model.id == TREES,
        "reads_raw": option.model.id == TABPFN,
        "answers": _answers(needs, kind),
        "for_labels": _named(for_labels),
        "for_quantities": _named(for_quantities),
        "most_distinct": MOST_DISTINCT,
        "separator": SEPARATOR,
        "horizon": int(needs.data.horizon or 1),
        "horizon_source": "as stated" if needs.data.horizon else "no horizon was stated: set it",
    }


def _named(estimator: tuple[str, str, str]) -> dict[str, str]:
    return dict(zip(("module", "name", "arguments"), estimator, strict=True))


def _answers(needs: Requirements, kind: str) -> str:
    """Labels, sets of labels or quantities; a table's own examples tell where nobody stated classes."""
    if kind == "series":
        return "quantities"
    if needs.data.multi_label:
        return "label_sets"
    return "by_examples" if kind == "table" and needs.data.classes is None else "labels"
