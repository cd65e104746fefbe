"""What could go wrong with a candidate, from 0 (nothing known) to 1: a sum of named parts, each shown on request."""

from __future__ import annotations

import numpy as np

from recommender.decision.costing import Estimates
from recommender.decision.estimation import DEVICE, OWN_CLOUD, OWN_SITE, VENDOR, Array, Rows
from recommender.decision.live_speech import is_live, writes_as_it_hears
from recommender.decision.lookups import are_of, looked_up
from recommender.domain.columns import Mask
from recommender.domain.words import GRADES, LANGUAGE_MODELS

SENSITIVITY = {None: 0.3, "public": 0.0, "internal": 0.3, "confidential": 0.6, "regulated": 1.0}
BOUNDARY_PLACES = {
    "any_cloud": (VENDOR, OWN_CLOUD, OWN_SITE, DEVICE),
    "own_tenant": (OWN_CLOUD, OWN_SITE, DEVICE),
    "on_premises": (OWN_SITE, DEVICE),
    "air_gapped": (OWN_SITE, DEVICE),
    "on_device": (DEVICE,),
}
GRADE_RISK = {"measured": 0.0, "self_reported": 0.04, "predicted": 0.07, "none": 0.16}
FORBIDDEN_RISK = 0.3
BROKEN_WISH_RISK = 0.35
REPEATED_PROBLEM_RISK = 0.15
NOT_LIVE_RISK = 0.3
LATE_AS_NOT = 0.5  # that it is late where half the usual weeks must do, about the middle of what is assumed of a hurry
LEAST_WEEKS = 1e-9
MADE_BY_THE_MODEL = ("prompting", "as_is")  # approaches that another model changes altogether
TRAINING_SKILL_RISK = {"no_code": 0.20, "software": 0.06}
OVERTAKEN_RISK = 0.035  # of own language models: a prompt moves to the next model in a day, tuned weights are tuned anew
RETIRED_SOON_RISK = 0.12
PREVIEW_RISK = 0.08  # as retired soon, two times in three: Gemini 3 Pro's preview ended four months after it appeared


def risk_of(rows: Rows, grades: Array, estimates: Estimates) -> Array:
    """The sum of all parts, for every candidate (and draw). [1]"""
    parts = (
        _privacy(rows), _wish(rows), _operations(rows), _technique(rows), _overtaken(rows), _vendor(rows), _unasked_device(rows),
        _evidence(grades), _licence(rows), _repeated_problem(rows), _not_known_to_be_live(rows),
    )  # fmt: skip
    whole, late = np.asarray(sum(parts), float), _late(rows, estimates)
    return np.asarray(whole + late if late.ndim == 1 else whole[:, None] + late)


def _late(rows: Rows, estimates: Estimates) -> Array:
    """How likely the stated week passes before it runs: as likely as not where the usual weeks are twice as many, in proportion to how
    many more they are, and certain at most. Of two options the one that takes longer so gains on the other with every week more."""
    weeks = rows.situation.requirements.team.weeks_to_launch
    if weeks is None:
        return np.zeros(len(rows.candidates))
    beyond = estimates.weeks_to_launch / max(weeks, LEAST_WEEKS) - 1.0
    return np.asarray(np.clip(LATE_AS_NOT * np.nan_to_num(beyond, nan=1.0), 0.0, 1.0))


def _privacy(rows: Rows) -> Array:
    """Data that leave one's own machines, more so where the vendor's terms are not known."""
    needs = rows.situation.requirements.privacy
    weight = SENSITIVITY[needs.sensitivity]
    trains = looked_up(rows.columns.offers.trains_on_customer_data, rows.candidates.offer, 0)
    exposure = np.where(trains == 0, 0.08, np.where(trains == 1, 0.5, 0.22))
    at_vendor = rows.candidates.place == VENDOR
    return np.asarray(np.where(at_vendor, exposure, np.where(rows.candidates.place == OWN_CLOUD, 0.03, 0.0)) * weight)


def _wish(rows: Rows) -> Array:
    """A boundary that is a wish, not a must."""
    needs = rows.situation.requirements.privacy
    if needs.boundary is None or needs.boundary_is != "wish":
        return np.zeros(len(rows.candidates))
    return np.where(_keeps(rows, needs.boundary), 0.0, BROKEN_WISH_RISK)


def _keeps(rows: Rows, boundary: str) -> Mask:
    """What the rules on a boundary that is a must let pass: by its place, or in one's own tenancy also by its isolation."""
    inside = np.isin(rows.candidates.place, BOUNDARY_PLACES[boundary])
    if boundary != "own_tenant":
        return inside
    return np.asarray(inside | (looked_up(rows.columns.offers.is_tenant_isolated, rows.candidates.offer, 0) == 1), bool)


def is_unasked_device(rows: Rows) -> Mask:
    """Users' devices that nobody spoke of: they may be too weak, or may not be there at all."""
    needs = rows.situation.requirements
    is_asked = needs.privacy.boundary == "on_device" or needs.hardware.device_memory_gb is not None
    owned = rows.deployments.is_owned[rows.candidates.deployment]
    return np.asarray((rows.candidates.place == DEVICE) & ~owned & (not is_asked), bool)


def _unasked_device(rows: Rows) -> Array:
    return np.where(is_unasked_device(rows), 0.3, 0.0)


def _operations(rows: Rows) -> Array:
    """Machines break, and somebody must notice; a team without programmers has nobody."""
    place = rows.candidates.place
    own = np.where(place == OWN_CLOUD, 0.05, np.where(place == OWN_SITE, 0.08, np.where(place == DEVICE, 0.08, 0.0)))
    factor = {"no_code": 3.0, "ml": 0.8, "research": 0.8}.get(rows.situation.requirements.team.skills or "", 1.0)
    return np.asarray(own * factor)


def _technique(rows: Rows) -> Array:
    """Training can fail; rules by hand rot."""
    skills = TRAINING_SKILL_RISK.get(rows.situation.requirements.team.skills or "", 0.03)
    of_strategy = np.array(
        [skills if one.changes_weights else (0.12 if one.family == "rules" else 0.0) for one in rows.columns.strategies]
    )
    heavy = np.array([0.25 if one.family == "train" else 0.0 for one in rows.columns.strategies])
    loops = np.array([0.05 if one.id in ("tool_agent", "rag_finetune", "cascade") else 0.0 for one in rows.columns.strategies])
    return np.asarray((of_strategy + heavy + loops)[rows.candidates.strategy])


def _overtaken(rows: Rows) -> Array:
    """Prompted models get better within the year; a language model of one's own stays what it was tuned from."""
    changes = np.array([one.changes_weights for one in rows.columns.strategies])[rows.candidates.strategy]
    is_llm = are_of(rows.columns.models.types, *LANGUAGE_MODELS)[rows.candidates.model]
    return np.where(changes & is_llm, OVERTAKEN_RISK, 0.0)


def _vendor(rows: Rows) -> Array:
    """A single vendor may change prices or end a model: what is called deprecated soon, a preview at any time; open weights stay."""
    models, mine = rows.columns.models, rows.candidates.model
    soon = ~np.isnan(models.retired) & (models.retired < rows.columns.as_of.toordinal() + 365)
    is_preview = (models.is_preview == 1) & ~models.has_open_weights
    fleeting = np.maximum(RETIRED_SOON_RISK * (soon | (models.is_deprecated == 1)), PREVIEW_RISK * is_preview)
    alone = np.where(models.has_open_weights, 0.02, 0.04)
    return np.where(rows.candidates.place == VENDOR, (alone + fleeting)[mine], 0.0)


def _licence(rows: Rows) -> Array:
    """A licence that forbids commercial use, where nobody said whether theirs is."""
    forbids = rows.columns.models.allows_commercial_use[rows.candidates.model] == 0
    unsaid = rows.situation.requirements.licence.commercial_use is None
    return np.where(forbids & unsaid, FORBIDDEN_RISK, 0.0)


def repeats_a_problem(rows: Rows) -> Mask:
    """What takes the approach that runs today and has a problem, where the approach rests on one's own work: on rules, retrieval or
    training, which another model alone may not mend."""
    today = rows.situation.requirements.incumbent
    problem = None if today is None or not today.problem else today.strategy
    same = [one.id == problem and one.family not in MADE_BY_THE_MODEL for one in rows.columns.strategies]
    return np.asarray(np.array(same, bool)[rows.candidates.strategy])


def _repeated_problem(rows: Rows) -> Array:
    return np.where(repeats_a_problem(rows), REPEATED_PROBLEM_RISK, 0.0)


def _not_known_to_be_live(rows: Rows) -> Array:
    """Recognisers that are asked to write while people speak and are not documented to."""
    return np.where(writes_as_it_hears(rows) | (not is_live(rows.situation)), 0.0, NOT_LIVE_RISK)


def _evidence(grades: Array) -> Array:
    return np.asarray(np.array([GRADE_RISK[grade] for grade in GRADES])[grades.astype(int)], float)
